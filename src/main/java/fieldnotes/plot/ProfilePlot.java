package fieldnotes.plot;

import fieldnotes.cluster.ClusterProfiles;
import fieldnotes.common.Check;
import fieldnotes.draw.ColorMap;
import fieldnotes.draw.HeatMap;
import fieldnotes.draw.Style;
import fieldnotes.table.Matrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Heat map of what distinguishes clusters. */
public final class ProfilePlot {
  private ProfilePlot() {}

  /**
   * Difference of each cluster from the other rows in each feature, in standard deviations;
   * features are sorted by the largest absolute difference.
   *
   * @param most maximum number of features
   */
  public static HeatMap of(String title, ClusterProfiles profiles, int most) {
    Check.atLeast("most", most, 1);
    Check.that(profiles.clusters().length > 1, "profiles has 1 cluster: the plot needs at least 2");
    double[][] differences = profiles.differences();
    int features = profiles.features().size();
    double[] farthest = new double[features];
    for (double[] cluster : differences) {
      for (int j = 0; j < features; j++) {
        farthest[j] = Math.max(farthest[j], Math.abs(cluster[j]));
      }
    }
    int[] shown =
        IntStream.range(0, features)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -farthest[j]))
            .limit(most)
            .mapToInt(Integer::intValue)
            .toArray();
    double[][] cells = new double[shown.length][differences.length];
    for (int r = 0; r < shown.length; r++) {
      for (int c = 0; c < differences.length; c++) {
        cells[r][c] = differences[c][shown[r]];
      }
    }
    double reach = Math.max(1e-9, farthest[shown[0]]);
    List<String> names = Arrays.stream(shown).mapToObj(profiles.features()::get).toList();
    List<String> clusters =
        Arrays.stream(profiles.clusters()).mapToObj(c -> c < 0 ? "noise" : "" + c).toList();
    return HeatMap.of(title, "", names, "cluster", Matrix.of(clusters, cells))
        .withColours(ColorMap.DIVERGING)
        .withRange(-reach, reach)
        .withUnit("deviations")
        .withNumbers("%.1f")
        .sized(Style.WIDTH, Math.clamp(130 + 20L * shown.length, 260, 1_200));
  }
}
