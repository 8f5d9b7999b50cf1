package fieldnotes.cluster;

import fieldnotes.common.Check;
import fieldnotes.math.Magnitude;
import fieldnotes.math.Neighbours;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import java.util.Arrays;
import java.util.Locale;
import tech.tablesaw.api.Table;

/**
 * The distance of every row to the neighbour that makes it a core, in ascending order. With eps at
 * the knee, DBSCAN treats the flat part as cores and the steep part as noise.
 *
 * @param sorted the distances in ascending order, shape [rows]
 * @param minSamples the number of neighbours, including the row itself
 * @param suggestedEps the distance at the knee (Kneedle), a first guess at eps
 */
public record KDistances(double[] sorted, int minSamples, double suggestedEps) {
  /** Copies the distances. */
  public KDistances {
    sorted = sorted.clone();
  }

  @Override
  public double[] sorted() {
    return sorted.clone();
  }

  /** Computes the distances for minSamples 5, or the number of rows if there are fewer. */
  public static KDistances of(Rows x) {
    return of(x, Math.clamp(x.matrix().rowCount(), 2, 5));
  }

  /** The same for rows of shape [rows][columns]. */
  public static KDistances of(double[][] x) {
    return of(Matrix.of(Check.rectangular("x", x)));
  }

  /** The same for the numeric columns of a table. */
  public static KDistances of(Table table) {
    return of(KMeans.samples(table));
  }

  /** The distances between the rows of a table, by its numeric columns; see the other. */
  public static KDistances of(Table table, int minSamples) {
    return of(KMeans.samples(table), minSamples);
  }

  /**
   * The distances to the (minSamples − 1)-th nearest other row.
   *
   * @param minSamples from 2 to the number of rows
   */
  public static KDistances of(Rows x, int minSamples) {
    return of(x.matrix().requireSquares("x").values(), minSamples);
  }

  /** The same for rows of shape [rows][columns]. */
  public static KDistances of(double[][] x, int minSamples) {
    Magnitude.matrix("x", x);
    Check.that(
        minSamples >= 2 && minSamples <= x.length,
        "minSamples=%d: must be from 2 to the number of rows, %d",
        minSamples,
        x.length);
    double[] sorted = Neighbours.of(x, minSamples - 1).kDistances(minSamples - 1);
    Arrays.sort(sorted);
    return new KDistances(sorted, minSamples, sorted[Scales.knee(sorted)]);
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
        "distances to neighbour %d of %d rows: median %.4g, knee at %.4g",
        minSamples - 1,
        sorted.length,
        sorted[sorted.length / 2],
        suggestedEps);
  }
}
