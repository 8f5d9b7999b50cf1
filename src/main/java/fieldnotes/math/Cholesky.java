package fieldnotes.math;

import fieldnotes.common.Progress;
import java.util.Optional;

/**
 * The lower triangular factor L of a symmetric positive definite matrix, A = L·Lᵀ. What is found
 * with it does not lose digits by columns of different units: scaling rows and columns of A alike
 * scales the factor.
 *
 * @see "N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2002, chapter 10"
 */
public final class Cholesky {
  /** L by rows, row i with i + 1 entries. */
  private final double[][] lower;

  private Cholesky(double[][] lower) {
    this.lower = lower;
  }

  /**
   * Factors a matrix; only its lower triangle is read.
   *
   * @param a shape [n][n]
   * @return empty if the matrix is not positive definite to working precision: what a column adds
   *     to those before it is below n · 2⁻⁵² of its own diagonal entry
   */
  public static Optional<Cholesky> of(double[][] a) {
    int n = a.length;
    double[][] lower = new double[n][];
    for (int i = 0; i < n; i++) {
      Progress.stopIfInterrupted();
      double[] row = new double[i + 1];
      for (int j = 0; j < i; j++) {
        row[j] = (a[i][j] - dot(row, lower[j], j)) / lower[j][j];
      }
      double left = a[i][i] - dot(row, row, i);
      if (!(left > n * Math.ulp(1.0) * a[i][i])) {
        return Optional.empty();
      }
      row[i] = Math.sqrt(left);
      lower[i] = row;
    }
    return Optional.of(new Cholesky(lower));
  }

  private static double dot(double[] a, double[] b, int n) {
    // four sums at a time: one alone would wait for each addition to end
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = 0;
    for (; j + 4 <= n; j += 4) {
      s0 += a[j] * b[j];
      s1 += a[j + 1] * b[j + 1];
      s2 += a[j + 2] * b[j + 2];
      s3 += a[j + 3] * b[j + 3];
    }
    for (; j < n; j++) {
      s0 += a[j] * b[j];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /**
   * Solves A·X = B for several right sides at once.
   *
   * @param b right sides as the columns of a flat array, shape [n or more][width]; its first n rows
   *     are replaced by the solutions
   * @param width the number of right sides
   */
  public void solve(double[] b, int width) {
    int n = lower.length;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        subtract(b, i * width, lower[i][j], j * width, width);
      }
      divide(b, i * width, lower[i][i], width);
    }
    for (int i = n - 1; i >= 0; i--) {
      divide(b, i * width, lower[i][i], width);
      for (int j = 0; j < i; j++) {
        subtract(b, j * width, lower[i][j], i * width, width);
      }
    }
  }

  private static void subtract(double[] b, int to, double factor, int from, int width) {
    for (int c = 0; c < width; c++) {
      b[to + c] -= factor * b[from + c];
    }
  }

  private static void divide(double[] b, int at, double by, int width) {
    for (int c = 0; c < width; c++) {
      b[at + c] /= by;
    }
  }

  /** The inverse of L, lower triangular, shape [n][n]: its rows turn A into the identity. */
  public double[][] inverseOfFactor() {
    int n = lower.length;
    double[][] inverse = new double[n][n];
    for (int i = 0; i < n; i++) {
      double[] row = inverse[i];
      for (int k = 0; k < i; k++) {
        double factor = lower[i][k];
        double[] before = inverse[k];
        for (int j = 0; j <= k; j++) {
          row[j] -= factor * before[j];
        }
      }
      for (int j = 0; j < i; j++) {
        row[j] /= lower[i][i];
      }
      row[i] = 1 / lower[i][i];
    }
    return inverse;
  }

  /** The natural logarithm of the determinant of A. */
  public double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < lower.length; i++) {
      sum += Math.log(lower[i][i]);
    }
    return 2 * sum;
  }
}
