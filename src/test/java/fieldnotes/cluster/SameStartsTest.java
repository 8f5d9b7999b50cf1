package fieldnotes.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.evaluate.Silhouette;
import fieldnotes.table.Matrix;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What takes rows takes them as a table, as a matrix and as arrays, with the same result. */
class SameStartsTest {
  private static final double[][] ARRAYS =
      new Random(5)
          .doubles(24)
          .mapToObj(v -> new double[] {v, v * v + (v > 0.5 ? 1 : 0)})
          .toArray(double[][]::new);
  private static final Matrix MATRIX = Matrix.of(List.of("a", "b"), ARRAYS);
  private static final Table TABLE =
      Table.create(
          "t",
          StringColumn.create("name", IntStream.range(0, 24).mapToObj(i -> "n" + i).toList()),
          DoubleColumn.create("a", IntStream.range(0, 24).mapToDouble(i -> ARRAYS[i][0]).toArray()),
          DoubleColumn.create(
              "b", IntStream.range(0, 24).mapToDouble(i -> ARRAYS[i][1]).toArray()));
  private static final int[] LABELS = IntStream.range(0, 24).map(i -> i % 3).toArray();

  private record Start(
      String name,
      Function<Table, Object> table,
      Function<Matrix, Object> matrix,
      Function<double[][], Object> arrays) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Start> starts() {
    return List.of(
        new Start(
            "k means",
            t -> KMeans.fit(t, KMeansOptions.of(3, 1)).labels(),
            m -> KMeans.fit(m, KMeansOptions.of(3, 1)).labels(),
            x -> KMeans.fit(x, KMeansOptions.of(3, 1)).labels()),
        new Start(
            "k means short",
            t -> KMeans.fit(t, 3, 1).labels(),
            m -> KMeans.fit(m, 3, 1).labels(),
            x -> KMeans.fit(x, 3, 1).labels()),
        new Start(
            "sweep up to",
            t -> KMeansSweep.upTo(t, 4, 1).calinskiHarabasz(),
            m -> KMeansSweep.upTo(m, 4, 1).calinskiHarabasz(),
            x -> KMeansSweep.upTo(x, 4, 1).calinskiHarabasz()),
        new Start(
            "sweep",
            t -> KMeansSweep.of(t, 2, 4, 1).calinskiHarabasz(),
            m -> KMeansSweep.of(m, 2, 4, 1).calinskiHarabasz(),
            x -> KMeansSweep.of(x, 2, 4, 1).calinskiHarabasz()),
        new Start(
            "mixtures up to",
            t -> MixtureSweep.upTo(t, 2, 1).bestByBic().count(),
            m -> MixtureSweep.upTo(m, 2, 1).bestByBic().count(),
            x -> MixtureSweep.upTo(x, 2, 1).bestByBic().count()),
        new Start(
            "mixtures",
            t -> MixtureSweep.of(t, 1, 2, 1).bestByBic().count(),
            m -> MixtureSweep.of(m, 1, 2, 1).bestByBic().count(),
            x -> MixtureSweep.of(x, 1, 2, 1).bestByBic().count()),
        new Start(
            "hierarchies",
            t -> HierarchySweep.of(t).cophenetic(),
            m -> HierarchySweep.of(m).cophenetic(),
            x -> HierarchySweep.of(x).cophenetic()),
        new Start(
            "distances",
            t -> KDistances.of(t).sorted(),
            m -> KDistances.of(m).sorted(),
            x -> KDistances.of(x).sorted()),
        new Start(
            "distances to",
            t -> KDistances.of(t, 3).sorted(),
            m -> KDistances.of(m, 3).sorted(),
            x -> KDistances.of(x, 3).sorted()),
        new Start(
            "silhouette",
            t -> Silhouette.of(t, LABELS).mean(),
            m -> Silhouette.of(m, LABELS).mean(),
            x -> Silhouette.of(x, LABELS).mean()),
        new Start(
            "profiles",
            t -> ClusterProfiles.of(t, LABELS).medoids(),
            m -> ClusterProfiles.of(m, LABELS).medoids(),
            x -> ClusterProfiles.of(Matrix.of(x), LABELS).medoids()));
  }

  @ParameterizedTest
  @MethodSource("starts")
  @DisplayName("a table, a matrix and arrays give the same")
  void same(Start start) {
    Object expected = start.matrix.apply(MATRIX);
    assertThat(start.table.apply(TABLE)).isEqualTo(expected);
    assertThat(start.arrays.apply(ARRAYS)).isEqualTo(expected);
  }
}
