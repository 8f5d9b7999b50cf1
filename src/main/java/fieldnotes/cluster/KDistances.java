package fieldnotes.cluster;

import fieldnotes.common.Check;
import fieldnotes.math.Neighbours;
import fieldnotes.table.Rows;
import java.util.Arrays;
import java.util.Locale;

/**
 * How far the neighbour that makes a row a core is, for all rows in rising order. DBSCAN with eps
 * at the knee calls the flat part cores and the steep part noise.
 *
 * @param sorted the distances, rising, shape [rows]
 * @param minSamples the number of neighbours, the row itself included
 * @param suggestedEps the distance at the knee (Kneedle), a first guess at eps
 */
public record KDistances(double[] sorted, int minSamples, double suggestedEps) {

  /** The distances to the fourth nearest other row (minSamples 5), or the last of fewer. */
  public static KDistances of(Rows x) {
    return of(x, Math.clamp(x.matrix().rowCount(), 2, 5));
  }

  /**
   * The distances to the (minSamples − 1)-th nearest other row.
   *
   * @param minSamples from 2 to the number of rows
   */
  public static KDistances of(Rows x, int minSamples) {
    return of(x.matrix().requireFinite("x").values(), minSamples);
  }

  /** The same for rows of shape [rows][columns]. */
  public static KDistances of(double[][] x, int minSamples) {
    Check.matrix("x", x);
    Check.that(
        minSamples >= 2 && minSamples <= x.length,
        "minSamples=%d: must be from 2 to %d, the number of rows",
        minSamples,
        x.length);
    double[] sorted = Neighbours.of(x, minSamples - 1).kDistances(minSamples - 1);
    Arrays.sort(sorted);
    return new KDistances(sorted, minSamples, sorted[Scales.knee(sorted)]);
  }

  /** The same object only. */
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
