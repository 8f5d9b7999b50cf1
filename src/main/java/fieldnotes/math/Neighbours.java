package fieldnotes.math;

import fieldnotes.common.Check;
import java.util.Arrays;

/**
 * Exact nearest neighbours of all rows by brute force.
 *
 * @param index nearest other rows in order of distance, ties by row number, shape [rows][k]
 * @param distances Euclidean distances, shape [rows][k]
 */
public record Neighbours(int[][] index, double[][] distances) {

  /**
   * The {@code k} nearest other rows of each row.
   *
   * @param x shape [rows][columns]
   * @param k from 1 to rows − 1
   */
  public static Neighbours of(double[][] x, int k) {
    Points points = Points.of(x);
    Check.that(
        k >= 1 && k < x.length,
        "k=%d: must be from 1 to %d, the number of other rows",
        k,
        x.length - 1);
    int[][] index = new int[x.length][k];
    double[][] distances = new double[x.length][k];
    points.<Void>forEachRow(
        "neighbours",
        x,
        () -> null,
        (i, squared, none) -> {
          points.nearest(squared, i, k, index[i], distances[i]);
          for (int j = 0; j < k; j++) {
            distances[i][j] = Math.sqrt(distances[i][j]);
          }
        });
    return new Neighbours(index, distances);
  }

  /** The number of neighbours per row. */
  public int k() {
    return index[0].length;
  }

  /**
   * Distances to the k-th nearest other row, shape [rows].
   *
   * @param k from 1 to {@link #k()}
   */
  public double[] kDistances(int k) {
    Check.that(k >= 1 && k <= k(), "k=%d: must be from 1 to %d", k, k());
    return Arrays.stream(distances).mapToDouble(d -> d[k - 1]).toArray();
  }

  /** Identity. */
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
    return "%d nearest neighbours of %d rows".formatted(k(), index.length);
  }
}
