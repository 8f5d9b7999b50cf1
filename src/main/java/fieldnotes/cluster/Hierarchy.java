package fieldnotes.cluster;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.math.Magnitude;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.Table;

/**
 * Agglomerative clustering: rows are merged pairwise until one cluster is left.
 *
 * <p>Ward, single, centroid and median linkage store no distances and handle tens of thousands of
 * rows; complete, average and weighted linkage store the distance of every pair.
 *
 * @param linkage the merges in SciPy's form, shape [rows − 1][4]: the two merged clusters (rows are
 *     0…n−1, merge i makes cluster n + i), the height, and the number of rows in the new cluster
 * @param method the distance between clusters
 * @param inversions number of merges lower than one inside them; possible only with centroid and
 *     median linkage
 * @param warnings warnings about valid but questionable input
 * @see "scipy.cluster.hierarchy.linkage of SciPy 1.17"
 * @see "D. Müllner, Modern hierarchical, agglomerative clustering algorithms, 2011"
 */
public record Hierarchy(double[][] linkage, Linkage method, int inversions, List<String> warnings) {
  /** Copies the list. */
  public Hierarchy {
    warnings = List.copyOf(warnings);
    linkage = Copy.of(linkage);
  }

  @Override
  public double[][] linkage() {
    return Copy.of(linkage);
  }

  /** Merges the rows of a table by its numeric columns. */
  public static Hierarchy of(Table table, Linkage method) {
    Matrix x = Matrix.ofNumeric(table).requireSquares(table.name());
    return of(x.values(), x.names(), method);
  }

  /** Merges rows by Euclidean distance, at least two. */
  public static Hierarchy of(Rows rows, Linkage method) {
    Matrix x = rows.matrix().requireSquares("x");
    return of(x.values(), x.names(), method);
  }

  /**
   * Merges rows by Euclidean distance.
   *
   * @param x shape [rows][columns], at least two rows
   */
  public static Hierarchy of(double[][] x, Linkage method) {
    return of(Magnitude.matrix("x", x), null, method);
  }

  private static Hierarchy of(double[][] x, List<String> names, Linkage method) {
    Check.that(x.length >= 2, "x has %d row: must have at least 2", x.length);
    double[][] linkage =
        switch (method) {
          case SINGLE -> SpanningTree.of(x, null).linkage();
          case WARD -> Linkages.ward(x);
          case CENTROID, MEDIAN -> Linkages.centres(x, method == Linkage.MEDIAN);
          case COMPLETE, AVERAGE, WEIGHTED -> Linkages.stored(x, method);
        };
    List<String> warnings = new ArrayList<>();
    Scales.warning(x, names).ifPresent(warnings::add);
    int n = x.length;
    int inversions = 0;
    for (double[] merge : linkage) {
      boolean lower = false;
      for (int side = 0; side < 2; side++) {
        int child = (int) merge[side];
        lower |= child >= n && linkage[child - n][2] > merge[2] * (1 + 1e-12);
      }
      inversions += lower ? 1 : 0;
    }
    if (inversions > 0) {
      warnings.add(
          String.format(
                  Locale.ROOT,
                  "%d of %d merges lie lower than one inside them (inversions), as %s linkage allows: cut by",
                  inversions,
                  n - 1,
                  method.label())
              + " count rather than by height");
    }
    return new Hierarchy(linkage, method, inversions, warnings);
  }

  /** The number of rows. */
  public int rows() {
    return linkage.length + 1;
  }

  /** The height of each merge, in order, shape [rows − 1]. */
  public double[] heights() {
    return Arrays.stream(linkage).mapToDouble(merge -> merge[2]).toArray();
  }

  /** The rows in the order of a dendrogram, from left to right, shape [rows]. */
  public int[] leaves() {
    int n = rows();
    int[] order = new int[n];
    int next = 0;
    Deque<Integer> open = new ArrayDeque<>();
    open.push(2 * n - 2);
    while (!open.isEmpty()) {
      int node = open.pop();
      if (node < n) {
        order[next++] = node;
      } else {
        open.push((int) linkage[node - n][1]);
        open.push((int) linkage[node - n][0]);
      }
    }
    return order;
  }

  /** The highest merge within each merge, including itself, so that heights never decrease. */
  private double[] highest() {
    int n = rows();
    double[] highest = heights();
    for (int m = 0; m < highest.length; m++) {
      for (int side = 0; side < 2; side++) {
        int child = (int) linkage[m][side];
        if (child >= n) {
          highest[m] = Math.max(highest[m], highest[child - n]);
        }
      }
    }
    return highest;
  }

  /**
   * Cuts the tree at a height: no merge within a cluster is higher than {@code height}.
   *
   * @return the cluster of each row, 0…, numbered from left to right in the dendrogram, shape
   *     [rows]
   */
  public int[] cutAt(double height) {
    Check.that(!Double.isNaN(height), "height=NaN: must be a number");
    return cut(highest(), height);
  }

  /**
   * Cuts the tree into this number of clusters, or fewer if several merges have the same height.
   *
   * @param count from 1 to the number of rows
   * @return the cluster of each row, 0…, numbered from left to right in the dendrogram, shape
   *     [rows]
   */
  public int[] cutInto(int count) {
    double[] highest = highest();
    return cut(highest, heightFor(highest, count));
  }

  /** A height that cuts into {@code count} clusters: halfway between the two merges around it. */
  public double heightFor(int count) {
    double[] sorted = highest();
    double below = heightFor(sorted, count);
    Arrays.sort(sorted);
    int above = Arrays.binarySearch(sorted, below);
    above = above < 0 ? -above - 1 : above;
    while (above < sorted.length && sorted[above] <= below) {
      above++;
    }
    return above == sorted.length ? below * 1.05 : (Math.max(0, below) + sorted[above]) / 2;
  }

  private double heightFor(double[] highest, int count) {
    Check.that(
        count >= 1 && count <= rows(),
        "count=%d: must be from 1 to the number of rows, %d",
        count,
        rows());
    double[] sorted = highest.clone();
    Arrays.sort(sorted);
    return count == rows() ? -1 : sorted[rows() - 1 - count];
  }

  private int[] cut(double[] highest, double height) {
    int n = rows();
    int[] labels = new int[n];
    int next = 0;
    Deque<Integer> open = new ArrayDeque<>();
    open.push(2 * n - 2);
    while (!open.isEmpty()) {
      int node = open.pop();
      if (node >= n && highest[node - n] > height) {
        open.push((int) linkage[node - n][1]);
        open.push((int) linkage[node - n][0]);
      } else {
        int cluster = next++;
        Deque<Integer> inside = new ArrayDeque<>();
        inside.push(node);
        while (!inside.isEmpty()) {
          int one = inside.pop();
          if (one < n) {
            labels[one] = cluster;
          } else {
            inside.push((int) linkage[one - n][0]);
            inside.push((int) linkage[one - n][1]);
          }
        }
      }
    }
    return labels;
  }

  /**
   * The cophenetic correlation: how well the heights at which rows are merged follow their
   * distances; 1 is best. NaN, as in SciPy, where there is nothing to compare: of two rows, which
   * have one distance, and where all heights or all distances are equal.
   *
   * @param x the rows of the tree
   */
  public double copheneticCorrelation(Rows x) {
    return copheneticCorrelation(x.matrix().requireSquares("x").values());
  }

  /** The same for rows of shape [rows][columns]. */
  public double copheneticCorrelation(double[][] x) {
    Magnitude.matrix("x", x);
    Check.sameLength("x", x.length, "the hierarchy", rows());
    return Cophenetic.correlation(x, this);
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
        "%s linkage of %d rows, highest merge %.4g%s",
        method.label(),
        rows(),
        linkage[linkage.length - 1][2],
        warnings.isEmpty() ? "" : "; " + String.join("; ", warnings));
  }
}
