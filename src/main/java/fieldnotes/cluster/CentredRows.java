package fieldnotes.cluster;

import fieldnotes.common.Check;
import fieldnotes.math.Points;
import fieldnotes.table.Matrix;
import java.util.Arrays;
import java.util.Optional;

/** Rows for k-means, moved so that their mean is 0, ready for many runs. */
final class CentredRows {
  final int n;
  final double[][] x;
  final double[] mean;

  /** How much each row counts. */
  final double[] weights;

  /** The mean of the columns' variances. */
  final double meanVariance;

  final Points points;

  /**
   * Moves rows.
   *
   * @param matrix finite
   * @param given how much each row counts; 1 each where not given
   */
  CentredRows(Matrix matrix, Optional<double[]> given) {
    double[][] original = matrix.values();
    n = original.length;
    int columns = matrix.columnCount();
    weights = given.orElseGet(() -> ones(n));
    mean = new double[columns];
    for (double[] row : original) {
      for (int j = 0; j < columns; j++) {
        mean[j] += row[j];
      }
    }
    for (int j = 0; j < columns; j++) {
      mean[j] /= n;
    }
    x = new double[n][];
    double squares = 0;
    for (int i = 0; i < n; i++) {
      x[i] = shifted(original[i], -1);
      for (double v : x[i]) {
        squares += v * v;
      }
    }
    Check.that(
        Double.isFinite(8 * squares),
        "the rows have numbers whose squares are too large: scale the columns first");
    meanVariance = squares / n / columns;
    points = Points.ofChecked(x);
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** A row less the mean, or plus the mean. */
  double[] shifted(double[] row, int sign) {
    double[] moved = new double[row.length];
    for (int j = 0; j < row.length; j++) {
      moved[j] = row[j] + sign * mean[j];
    }
    return moved;
  }
}
