package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.evaluate.Classified;
import fieldnotes.math.Points;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.Arrays;

/**
 * Knownness by the distance to the k-th nearest training row.
 *
 * @param k at least 1
 */
record ByNeighbour(int k) implements Knownness {
  ByNeighbour {
    Check.atLeast("k", k, 1);
  }

  /**
   * The training rows.
   *
   * @param k 1 to the number of rows
   * @param rows shape [rows][columns]
   */
  record Fitted(int k, double[][] rows) implements Knownness.Fitted {
    Fitted {
      rows = Copy.finite("rows", rows);
      Check.that(
          k >= 1 && k <= rows.length,
          "k=%d: must be from 1 to %d, the number of training rows",
          k,
          rows.length);
    }

    @Override
    public double[][] rows() {
      return Copy.of(rows);
    }

    @Override
    public int columns() {
      return rows[0].length;
    }

    private record Nearest(int[] index, double[] squared) {}

    @Override
    public double[] of(Matrix x, Classified predicted, String unknown) {
      Points points = Points.ofChecked(rows);
      double[] known = new double[x.rowCount()];
      points.forEachRow(
          "distances",
          x.values(),
          () -> new Nearest(new int[k], new double[k]),
          (i, squared, nearest) -> {
            points.nearest(squared, -1, k, nearest.index, nearest.squared);
            known[i] = -Math.min(Math.sqrt(nearest.squared[k - 1]), Double.MAX_VALUE);
          });
      return known;
    }

    /** Equal rows and k. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Fitted that && k == that.k && Arrays.deepEquals(rows, that.rows);
    }

    @Override
    public int hashCode() {
      return 31 * k + Arrays.deepHashCode(rows);
    }

    @Override
    public String toString() {
      return "distance to neighbour %s of %s rows".formatted(k, rows.length);
    }
  }

  @Override
  public Knownness.Fitted fit(Samples known) {
    Made.refuseWeights(known, "the distance to the nearest rows");
    return new Fitted(k, Made.learnFrom(known).values());
  }

  @Override
  public String toString() {
    return "distance to neighbour " + k;
  }
}
