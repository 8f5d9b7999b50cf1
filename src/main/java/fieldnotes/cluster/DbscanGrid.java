package fieldnotes.cluster;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.math.Magnitude;
import fieldnotes.math.Points;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * DBSCAN for every pair of a radius and a number of neighbours, with the same results as single
 * runs.
 *
 * <p>Distances are computed twice for the whole grid, independent of its size. Two cores are
 * connected from the smallest radius at which both are cores and within reach; for each number of
 * neighbours, a spanning forest of these radii holds the clusters of all radii. A border row has
 * fewer neighbours than a core needs, so only its nearest rows are stored.
 */
public final class DbscanGrid {
  private final double[] eps;
  private final int[] minSamples;
  private final int rows;
  private final int[][] near;
  private final double[][] nearSquared;

  /** [minSamples][row]: the first radius at which the row is a core, eps.length if none. */
  private final short[][] coreLevel;

  private final DbscanForests forests;

  private final int[][] counts;
  private final double[][] noise;
  private final double[][] largest;
  private final List<String> warnings;

  private DbscanGrid(double[][] x, List<String> names, double[] eps, int[] minSamples) {
    this.eps = Scales.rising("eps", eps);
    this.minSamples = minSamples.clone();
    Arrays.sort(this.minSamples);
    Check.that(this.minSamples.length > 0, "minSamples is empty: needs at least 1 value");
    Check.positive("eps", this.eps[0]);
    Check.positive("eps", this.eps[this.eps.length - 1]);
    Check.that(eps.length < Short.MAX_VALUE, "eps has %d radii: must be below 32767", eps.length);
    Check.atLeast("minSamples", this.minSamples[0], 1);
    rows = x.length;
    int ms = this.minSamples.length;
    int k = Math.min(rows - 1, this.minSamples[ms - 1] - 1);
    near = new int[rows][k];
    nearSquared = new double[rows][k];
    Points points = Points.of(x);
    if (k > 0) {
      points.<Void>forEachRow(
          "nearest rows",
          x,
          () -> null,
          (i, squared, none) -> points.nearest(squared, i, k, near[i], nearSquared[i]));
    }
    coreLevel = new short[ms][rows];
    for (int m = 0; m < ms; m++) {
      int needed = this.minSamples[m] - 1;
      for (int i = 0; i < rows; i++) {
        coreLevel[m][i] =
            needed == 0
                ? 0
                : needed > k
                    ? (short) this.eps.length
                    : DbscanForests.level(this.eps, nearSquared[i][needed - 1]);
      }
    }
    forests = new DbscanForests(x, points, this.eps, coreLevel);
    counts = new int[this.eps.length][ms];
    noise = new double[this.eps.length][ms];
    largest = new double[this.eps.length][ms];
    Parallel.forEach(ms, this::summarise);
    List<String> found = new ArrayList<>();
    Scales.warning(x, names).ifPresent(found::add);
    warnings = List.copyOf(found);
  }

  /**
   * Clusters rows for 30 radii from 0.25 to 1.5 times the suggested radius, each with minSamples
   * 3…9.
   *
   * @param near the k-distances of these rows
   */
  public static DbscanGrid of(Rows x, KDistances near) {
    return of(x, steps(near.suggestedEps() / 4, near.suggestedEps() * 1.5, 30));
  }

  /** Clusters rows for these radii, each with minSamples 3…9, at most the number of rows. */
  public static DbscanGrid of(Rows x, double[] eps) {
    int most = Math.clamp(x.matrix().rowCount(), 3, 9);
    return of(x, eps, IntStream.rangeClosed(3, most).toArray());
  }

  /** Clusters rows for all pairs of these radii and neighbour counts. */
  public static DbscanGrid of(Rows rows, double[] eps, int[] minSamples) {
    Matrix x = rows.matrix().requireSquares("x");
    return new DbscanGrid(x.values(), x.names(), eps, minSamples);
  }

  /** Clusters rows, shape [rows][columns], for all pairs of these radii and neighbour counts. */
  public static DbscanGrid of(double[][] x, double[] eps, int[] minSamples) {
    return new DbscanGrid(Magnitude.matrix("x", x), null, eps, minSamples);
  }

  /** The same for the numeric columns of a table. */
  public static DbscanGrid of(Table table, double[] eps, int[] minSamples) {
    Matrix x = Matrix.ofNumeric(table).requireSquares(table.name());
    return new DbscanGrid(x.values(), x.names(), eps, minSamples);
  }

  static DbscanGrid of(double[][] x, List<String> names, double[] eps, int[] minSamples) {
    return new DbscanGrid(x, names, eps, minSamples);
  }

  /** This number of radii from one to the other, evenly spaced. */
  public static double[] steps(double from, double to, int count) {
    Check.atLeast("count", count, 2);
    double[] steps = new double[count];
    for (int i = 0; i < count; i++) {
      steps[i] = from + (to - from) * i / (count - 1);
    }
    return steps;
  }

  private void summarise(int m) {
    int[] parent = DbscanForests.identity(rows);
    int[] labels = new int[rows];
    int e = 0;
    for (int l = 0; l < eps.length; l++) {
      Progress.stopIfInterrupted();
      e = forests.unite(parent, m, e, l);
      int count = label(parent, l, m, labels);
      int[] sizes = new int[count + 1];
      for (int label : labels) {
        sizes[label + 1]++;
      }
      counts[l][m] = count;
      noise[l][m] = (double) sizes[0] / rows;
      int most = 0;
      for (int c = 1; c < sizes.length; c++) {
        most = Math.max(most, sizes[c]);
      }
      largest[l][m] = (double) most / rows;
    }
  }

  /** Labels from joined cores; the root of a component is its first row. */
  private int label(int[] parent, int l, int m, int[] labels) {
    short[] core = coreLevel[m];
    int count = 0;
    for (int i = 0; i < rows; i++) {
      if (core[i] <= l) {
        int root = DbscanForests.find(parent, i);
        labels[i] = root == i ? count++ : labels[root];
      }
    }
    double limit = eps[l] * eps[l];
    for (int i = 0; i < rows; i++) {
      if (core[i] > l) {
        int first = Integer.MAX_VALUE;
        for (int k = 0; k < near[i].length && nearSquared[i][k] <= limit; k++) {
          int j = near[i][k];
          if (core[j] <= l) {
            first = Math.min(first, labels[j]);
          }
        }
        labels[i] = first == Integer.MAX_VALUE ? -1 : first;
      }
    }
    return count;
  }

  /** The radii, in ascending order. */
  public double[] eps() {
    return eps.clone();
  }

  /** The numbers of neighbours, in ascending order. */
  public int[] minSamples() {
    return minSamples.clone();
  }

  /** The number of rows clustered. */
  public int rows() {
    return rows;
  }

  /** Warnings about the data, for example about unscaled columns. */
  public List<String> warnings() {
    return warnings;
  }

  /** The number of clusters at a radius and a number of neighbours, both by index from 0. */
  public int count(int epsIndex, int minSamplesIndex) {
    return counts[epsIndex][minSamplesIndex];
  }

  /** The share of noise, 0 to 1, at a radius and a number of neighbours, both by index from 0. */
  public double noise(int epsIndex, int minSamplesIndex) {
    return noise[epsIndex][minSamplesIndex];
  }

  /** The share of rows in the largest cluster, 0 to 1, at the same indices. */
  public double largest(int epsIndex, int minSamplesIndex) {
    return largest[epsIndex][minSamplesIndex];
  }

  /** The clusters at a radius and a number of neighbours, both by index from 0. */
  public DensityClusters clusters(int epsIndex, int minSamplesIndex) {
    int m = minSamplesIndex;
    int[] parent = DbscanForests.identity(rows);
    forests.unite(parent, m, 0, epsIndex);
    int[] labels = new int[rows];
    int count = label(parent, epsIndex, m, labels);
    boolean[] core = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      core[i] = coreLevel[m][i] <= epsIndex;
    }
    List<String> said = new ArrayList<>(warnings);
    if (count == 0) {
      said.add(
          String.format(
              Locale.ROOT,
              "every row is noise: eps=%.4g is too small, or minSamples=%d too large; look at the"
                  + " k-distances",
              eps[epsIndex],
              minSamples[m]));
    } else if (count == 1 && noise[epsIndex][m] < 0.01) {
      said.add(
          String.format(
              Locale.ROOT,
              "one cluster holds everything: eps=%.4g is too large; look at the k-distances",
              eps[epsIndex]));
    }
    return new DensityClusters(
        labels, core, count, DbscanOptions.of(eps[epsIndex], minSamples[m]), said);
  }

  /**
   * The clusters of the setting with the most clusters; the first of several in the order of eps,
   * then minSamples.
   *
   * @param mostNoise settings with a larger share of noise are ignored, 0 to 1
   * @throws IllegalArgumentException if all settings have more noise
   */
  public DensityClusters mostClusters(double mostNoise) {
    Check.within("mostNoise", mostNoise, 0, 1);
    int best = -1;
    for (int s = 0; s < eps.length * minSamples.length; s++) {
      int e = s / minSamples.length;
      int m = s % minSamples.length;
      if (noise(e, m) <= mostNoise
          && (best < 0
              || count(e, m) > count(best / minSamples.length, best % minSamples.length))) {
        best = s;
      }
    }
    Check.that(
        best >= 0,
        "mostNoise=%s: every setting of the grid has more noise; try larger eps",
        mostNoise);
    return clusters(best / minSamples.length, best % minSamples.length);
  }

  /** One row per setting: eps, minSamples, clusters, share of noise and of the largest cluster. */
  public Table toTable() {
    DoubleColumn radius = DoubleColumn.create("eps");
    IntColumn samples = IntColumn.create("minSamples");
    IntColumn clusters = IntColumn.create("clusters");
    DoubleColumn loose = DoubleColumn.create("noise");
    DoubleColumn most = DoubleColumn.create("largest");
    for (int m = 0; m < minSamples.length; m++) {
      for (int l = 0; l < eps.length; l++) {
        radius.append(eps[l]);
        samples.append(minSamples[m]);
        clusters.append(counts[l][m]);
        loose.append(noise[l][m]);
        most.append(largest[l][m]);
      }
    }
    return Table.create("DBSCAN grid", radius, samples, clusters, loose, most);
  }

  @Override
  public String toString() {
    int most = 0;
    int telling = 0;
    for (int l = 0; l < eps.length; l++) {
      for (int m = 0; m < minSamples.length; m++) {
        most = Math.max(most, counts[l][m]);
        telling += counts[l][m] >= 2 ? 1 : 0;
      }
    }
    return String.format(
        Locale.ROOT,
        "DBSCAN grid over %d rows: %d settings, %d with two clusters or more, at most %d%s",
        rows,
        eps.length * minSamples.length,
        telling,
        most,
        warnings.isEmpty() ? "" : "; " + String.join("; ", warnings));
  }
}
