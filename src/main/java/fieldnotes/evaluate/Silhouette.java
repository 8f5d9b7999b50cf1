package fieldnotes.evaluate;

import fieldnotes.common.Check;
import fieldnotes.math.Magnitude;
import fieldnotes.math.Points;
import fieldnotes.math.Sums;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.Table;

/**
 * Silhouettes: (b − a) / max(a, b) for each row, where a is its mean distance to the other rows of
 * its cluster and b the smallest mean distance to the rows of another cluster. 1 is well inside the
 * cluster, 0 on the border, below 0 nearer to another cluster. A row alone in its cluster has 0.
 *
 * @param values the silhouette of each row, −1 to 1, shape [rows]
 * @param labels the cluster of each row, shape [rows]; noise (−1) counts as a cluster, as in
 *     scikit-learn: remove such rows first to exclude them
 * @param mean the mean of the values
 * @see "P. Rousseeuw, Silhouettes, J. Comput. Appl. Math. 20, 1987"
 */
public record Silhouette(double[] values, int[] labels, double mean) {
  /** Copies the arrays. */
  public Silhouette {
    values = values.clone();
    labels = labels.clone();
  }

  @Override
  public double[] values() {
    return values.clone();
  }

  @Override
  public int[] labels() {
    return labels.clone();
  }

  /**
   * The silhouettes of one clustering, by Euclidean distance.
   *
   * @param labels shape [rows], of 2 to rows − 1 clusters
   */
  public static Silhouette of(Rows x, int[] labels) {
    return of(x.matrix().requireSquares("x").values(), labels);
  }

  /** The same for rows of shape [rows][columns]. */
  public static Silhouette of(double[][] x, int[] labels) {
    return ofAll(x, List.of(labels)).get(0);
  }

  /** Computes the silhouette of clustered rows of a table, by its numeric columns. */
  public static Silhouette of(Table table, int[] labels) {
    return of(Matrix.ofNumeric(table), labels);
  }

  /**
   * The silhouettes of several clusterings of the same rows. Every distance is computed once for
   * all clusterings and not stored.
   *
   * @param x shape [rows][columns]
   * @param labelings each of shape [rows], of 2 to rows − 1 clusters
   */
  public static List<Silhouette> ofAll(double[][] x, List<int[]> labelings) {
    Magnitude.matrix("x", x);
    int n = x.length;
    int many = labelings.size();
    int[][] codes = new int[many][];
    int[][] sizes = new int[many][];
    for (int l = 0; l < many; l++) {
      Check.sameLength("x", n, "labels", labelings.get(l).length);
      Agreement.Codes coded = Agreement.Codes.of(labelings.get(l));
      codes[l] = coded.codes();
      sizes[l] = coded.sizes();
      Check.that(
          sizes[l].length >= 2 && sizes[l].length < n,
          "labels name %d clusters of %d rows: silhouettes need 2 to rows − 1",
          sizes[l].length,
          n);
    }
    // Rows with the same labels in all clusterings form a cell; cells are contiguous, so that the
    // distances to a cell are summed in one pass.
    Map<List<Integer>, Integer> cells = new HashMap<>();
    int[] cellOf = new int[n];
    List<Integer> firstOf = new ArrayList<>();
    List<Integer> key = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      key.clear();
      for (int[] code : codes) {
        key.add(code[i]);
      }
      Integer cell = cells.get(key);
      if (cell == null) {
        cell = cells.size();
        cells.put(List.copyOf(key), cell);
        firstOf.add(i);
      }
      cellOf[i] = cell;
    }
    int cellCount = cells.size();
    int[] start = new int[cellCount + 1];
    for (int c : cellOf) {
      start[c + 1]++;
    }
    Arrays.parallelPrefix(start, Integer::sum);
    double[][] ordered = new double[n][];
    int[] next = start.clone();
    for (int i = 0; i < n; i++) {
      ordered[next[cellOf[i]]++] = x[i];
    }
    int[][] clusterOfCell = new int[many][cellCount];
    for (int l = 0; l < many; l++) {
      for (int c = 0; c < cellCount; c++) {
        clusterOfCell[l][c] = codes[l][firstOf.get(c)];
      }
    }
    double[][] values = new double[many][n];
    Points points = Points.of(ordered);
    int widest = Arrays.stream(sizes).mapToInt(s -> s.length).max().orElse(0);
    points.forEachRow(
        "silhouettes",
        x,
        () -> new double[2][Math.max(cellCount, widest)],
        (i, squared, scratch) -> {
          points.root(squared, n);
          double[] ofCell = scratch[0];
          double[] ofCluster = scratch[1];
          for (int c = 0; c < cellCount; c++) {
            ofCell[c] = Sums.sum(squared, start[c], start[c + 1]);
          }
          for (int l = 0; l < many; l++) {
            Arrays.fill(ofCluster, 0, sizes[l].length, 0);
            int[] cluster = clusterOfCell[l];
            for (int c = 0; c < cellCount; c++) {
              ofCluster[cluster[c]] += ofCell[c];
            }
            values[l][i] = value(ofCluster, sizes[l], codes[l][i]);
          }
        });
    List<Silhouette> all = new ArrayList<>();
    for (int l = 0; l < many; l++) {
      all.add(new Silhouette(values[l], labelings.get(l), Arrays.stream(values[l]).sum() / n));
    }
    return all;
  }

  private static double value(double[] sums, int[] sizes, int own) {
    if (sizes[own] == 1) {
      return 0;
    }
    double inside = sums[own] / (sizes[own] - 1);
    double outside = Double.POSITIVE_INFINITY;
    for (int c = 0; c < sizes.length; c++) {
      if (c != own) {
        outside = Math.min(outside, sums[c] / sizes[c]);
      }
    }
    double larger = Math.max(inside, outside);
    return larger == 0 ? 0 : (outside - inside) / larger;
  }

  /** The share of rows nearer to another cluster (value below 0), 0 to 1. */
  public double misplaced() {
    return (double) Arrays.stream(values).filter(v -> v < 0).count() / values.length;
  }

  /** Compares by identity. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "silhouette %.3f over %d rows; %.0f %% nearer to another cluster",
        mean,
        values.length,
        100 * misplaced());
  }
}
