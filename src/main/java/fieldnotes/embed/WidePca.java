package fieldnotes.embed;

import fieldnotes.math.SymmetricEigen;
import java.util.Arrays;

/**
 * Principal components for more columns than rows: the eigenvectors of the small matrix x·xᵀ,
 * converted to those of xᵀ·x.
 */
final class WidePca {
  private WidePca() {}

  /** Returns the mean of each column. */
  static double[] means(double[][] x) {
    double[] mean = new double[x[0].length];
    for (double[] row : x) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += row[j] - x[0][j];
      }
    }
    for (int j = 0; j < mean.length; j++) {
      mean[j] = x[0][j] + mean[j] / x.length;
    }
    return mean;
  }

  /** Returns the sum of squares of each column. */
  static double[] squares(double[][] centred) {
    double[] squares = new double[centred[0].length];
    for (double[] row : centred) {
      for (int j = 0; j < squares.length; j++) {
        squares[j] += row[j] * row[j];
      }
    }
    return squares;
  }

  /** Returns the rows minus the mean. */
  static double[][] centred(double[][] x, double[] mean) {
    double[][] centred = new double[x.length][mean.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < mean.length; j++) {
        centred[i][j] = x[i][j] - mean[j];
      }
    }
    return centred;
  }

  /**
   * Computes the first components.
   *
   * @param x centred, shape [rows][columns]
   * @param variance receives the variance along each, shape [k]
   * @param vectors receives them, shape [k][columns]
   */
  static void solve(double[][] x, int k, double[] variance, double[][] vectors) {
    int n = x.length;
    int d = x[0].length;
    double[][] gram = new double[n][n];
    for (int a = 0; a < n; a++) {
      for (int b = 0; b <= a; b++) {
        double sum = 0;
        for (int j = 0; j < d; j++) {
          sum += x[a][j] * x[b][j];
        }
        gram[a][b] = sum;
        gram[b][a] = sum;
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(gram);
    double least = Math.max(eigen.values[0], 0) * n * Math.ulp(1.0);
    for (int c = 0; c < k; c++) {
      double[] v = new double[d];
      boolean real = eigen.values[c] > least;
      if (real) {
        for (int i = 0; i < n; i++) {
          double u = eigen.vectors[c][i];
          for (int j = 0; j < d; j++) {
            v[j] += u * x[i][j];
          }
        }
      }
      variance[c] = real ? eigen.values[c] / (n - 1) : 0;
      // A direction without variance is any that is orthogonal to those before it.
      for (int next = 0; !orthonormal(v, vectors, c); next++) {
        Arrays.fill(v, 0);
        v[next] = 1;
      }
      vectors[c] = v;
    }
  }

  private static boolean orthonormal(double[] v, double[][] before, int count) {
    double length = Math.sqrt(dot(v, v));
    if (length == 0) {
      return false;
    }
    for (int pass = 0; pass < 2; pass++) {
      for (int c = 0; c < count; c++) {
        double s = dot(v, before[c]);
        for (int j = 0; j < v.length; j++) {
          v[j] -= s * before[c][j];
        }
      }
    }
    double rest = Math.sqrt(dot(v, v));
    if (rest < 1e-8 * length) {
      return false;
    }
    for (int j = 0; j < v.length; j++) {
      v[j] /= rest;
    }
    return true;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }
}
