package fieldnotes.cluster;

import fieldnotes.math.Magnitude;
import fieldnotes.math.Points;
import fieldnotes.table.Matrix;
import java.util.Arrays;
import java.util.Optional;

/**
 * Rows for k-means, centred on their mean, prepared for many runs, and the arithmetic for distances
 * and means.
 *
 * <p>The default arithmetic is the fast one of {@link Points}. The plain one adds and multiplies in
 * the order of scikit-learn's loops, without fused operations. Rows on a grid, for example places
 * with two decimals, can be equally near to two centres up to the last bit: with the fast
 * arithmetic, 2 of 188 clusterings of the housing chapter's places differed (a centre by 0.001
 * degrees). The plain one reproduces the book's numbers to the last digit.
 */
final class CentredRows {
  /** Number of rows per block, chosen to stay in the first-level cache. */
  private static final int BLOCK = 1024;

  final int n;
  final double[][] x;
  final double[] mean;

  /** Weight of each row. */
  final double[] weights;

  /** The mean of the columns' variances. */
  final double meanVariance;

  /** Whether to use the plain arithmetic. */
  final boolean plain;

  private final Points points;

  /** For the plain arithmetic only, shape [columns][rows]. */
  private final double[][] byColumn;

  /**
   * Centres rows.
   *
   * @param matrix finite rows whose squares can be summed
   * @param given weight of each row; default: 1
   * @param plain whether to use the plain arithmetic
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
    given.ifPresent(w -> Magnitude.weights(original, w));
    double squares = 0;
    for (int i = 0; i < n; i++) {
      x[i] = shifted(original[i], -1);
      for (double v : x[i]) {
        squares += v * v;
      }
    }
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

  /** Returns a row plus {@code sign} times the mean. */
  double[] shifted(double[] row, int sign) {
    double[] moved = new double[row.length];
    for (int j = 0; j < row.length; j++) {
      moved[j] = row[j] + sign * mean[j];
    }
    return moved;
  }

  /** Returns the length of a buffer for distances to all rows. */
  int bufferLength() {
    return points.bufferLength();
  }

  /** Computes squared distances from points to all rows, shape [points][bufferLength]. */
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

  /** Returns the squared distance between two points. */
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
   * Finds the nearest centre of every row, the first in case of ties.
   *
   * @param distances squared distances to these centres, or null to compute them here
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

  /** Turns a sum into a mean. */
  void divide(double[] sum, double weight) {
    double share = 1 / weight;
    for (int j = 0; j < sum.length; j++) {
      sum[j] = plain ? sum[j] * share : sum[j] / weight;
    }
  }

  /** Lowers squared distances to those before; returns their weighted sum. */
  double lowered(double[] squared, double[] before) {
    for (int i = 0; i < n; i++) {
      squared[i] = Math.min(squared[i], before[i]);
    }
    return plain ? sum(squared) : sumOfFour(squared);
  }

  /** Returns the weighted sum of one number per row, in order. */
  double sum(double[] a) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += a[i] * weights[i];
    }
    return sum;
  }

  /** Returns the same from four partial sums. */
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
