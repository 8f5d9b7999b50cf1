package fieldnotes.cluster;

import fieldnotes.common.Check;
import fieldnotes.math.Points;
import fieldnotes.table.Matrix;
import java.util.Arrays;
import java.util.Optional;

/**
 * Rows for k-means, moved so that their mean is 0, ready for many runs, and the arithmetic that
 * distances and means are found with.
 *
 * <p>The usual arithmetic is the quick one of {@link Points}. The plain one adds and multiplies in
 * the order of scikit-learn's loops, nothing fused: rows on a grid, such as places to two decimals,
 * lie as near to one centre as to another up to the last bit, and of 188 clusterings of the housing
 * chapter's places two came out otherwise with the quick one (a centre moved by 0.001 degrees).
 * With it, the book's numbers are met to the last digit.
 */
final class CentredRows {
  /** So many rows stay in the nearest cache while their columns are added up. */
  private static final int BLOCK = 1024;

  final int n;
  final double[][] x;
  final double[] mean;

  /** How much each row counts. */
  final double[] weights;

  /** The mean of the columns' variances. */
  final double meanVariance;

  /** Whether the arithmetic is the plain one. */
  final boolean plain;

  private final Points points;

  /** For the plain arithmetic only, shape [columns][rows]. */
  private final double[][] byColumn;

  /**
   * Moves rows.
   *
   * @param matrix finite
   * @param given how much each row counts; 1 each where not given
   * @param plain whether the arithmetic is the plain one
   */
  CentredRows(Matrix matrix, Optional<double[]> given, boolean plain) {
    this.plain = plain;
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
    byColumn = new double[plain ? columns : 0][n];
    for (int j = 0; j < byColumn.length; j++) {
      for (int i = 0; i < n; i++) {
        byColumn[j][i] = x[i][j];
      }
    }
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

  /** The length that a buffer for distances to all rows must have. */
  int bufferLength() {
    return points.bufferLength();
  }

  /** Squared distances from several points to all rows, shape [points][bufferLength]. */
  void squared(double[][] from, double[][] out) {
    if (!plain) {
      points.squared(from, out);
      return;
    }
    for (int f = 0; f < from.length; f++) {
      for (int start = 0; start < n; start += BLOCK) {
        plainly(from[f], start, Math.min(n, start + BLOCK), out[f]);
      }
    }
  }

  private void plainly(double[] from, int start, int end, double[] out) {
    Arrays.fill(out, start, end, 0);
    for (int j = 0; j < from.length; j++) {
      double[] column = byColumn[j];
      double at = from[j];
      for (int i = start; i < end; i++) {
        double d = column[i] - at;
        out[i] += d * d;
      }
    }
  }

  /** The squared distance between two points. */
  double between(double[] a, double[] b) {
    if (!plain) {
      return Points.between(a, b);
    }
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      double d = a[j] - b[j];
      sum += d * d;
    }
    return sum;
  }

  /**
   * For every row the nearest of several centres, the first of equally near ones.
   *
   * @param distances to these centres, or null to find them four at a time
   * @param label receives the centre's number, shape [bufferLength]
   * @param squared receives its squared distance, shape [bufferLength]
   */
  void nearest(double[][] centres, double[][] distances, double[] label, double[] squared) {
    if (distances != null) {
      points.nearest(distances, centres.length, 0, label, squared);
      return;
    }
    double[][] four = new double[Math.min(4, centres.length)][bufferLength()];
    for (int from = 0; from < centres.length; from += 4) {
      int to = Math.min(from + 4, centres.length);
      squared(Arrays.copyOfRange(centres, from, to), four);
      points.nearest(four, to - from, from, label, squared);
    }
  }

  /** A mean, from the sum of what it is of. */
  void divide(double[] sum, double weight) {
    double share = 1 / weight;
    for (int j = 0; j < sum.length; j++) {
      sum[j] = plain ? sum[j] * share : sum[j] / weight;
    }
  }

  /** Lowers squared distances to those before; gives their sum by weight. */
  double lowered(double[] squared, double[] before) {
    for (int i = 0; i < n; i++) {
      squared[i] = Math.min(squared[i], before[i]);
    }
    return plain ? sum(squared) : sumOfFour(squared);
  }

  /** The sum of numbers by the weights of their rows, one after the other. */
  double sum(double[] a) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += a[i] * weights[i];
    }
    return sum;
  }

  /** The same from four partial sums. */
  private double sumOfFour(double[] a) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < n; i += 4) {
      s0 += a[i] * weights[i];
      s1 += a[i + 1] * weights[i + 1];
      s2 += a[i + 2] * weights[i + 2];
      s3 += a[i + 3] * weights[i + 3];
    }
    for (; i < n; i++) {
      s0 += a[i] * weights[i];
    }
    return s0 + s1 + (s2 + s3);
  }
}
