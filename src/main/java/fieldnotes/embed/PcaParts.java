package fieldnotes.embed;

import fieldnotes.table.Matrix;
import java.util.Arrays;

/** Checks and conventions of {@link Pca}. */
final class PcaParts {
  /** Sums of squares outside these may hide overflow and underflow. */
  private static final double LARGE = 1e290;

  private static final double SMALL = 1e-290;

  private PcaParts() {}

  /**
   * A number that is not finite makes the sum of squares of its column not finite, so a second pass
   * over the numbers is needed only if the sum is suspicious.
   */
  static double[] requireSquares(double[] squares, Matrix matrix) {
    double sum = Arrays.stream(squares).sum();
    if (!(sum <= LARGE && sum >= SMALL)) {
      matrix.requireSquares("the matrix of the PCA");
    }
    return squares;
  }

  /** Whether a column lies far from zero compared with the largest standard deviation. */
  static boolean isFar(double[] mean, double[] squares, int rows) {
    double deviation = Math.sqrt(Arrays.stream(squares).max().orElse(0) / rows);
    return deviation > 0 && Arrays.stream(mean).map(Math::abs).max().orElse(0) > 10_000 * deviation;
  }

  /** The entry with the largest absolute value becomes positive, as in scikit-learn. */
  static void flip(double[] v) {
    int largest = 0;
    for (int j = 1; j < v.length; j++) {
      if (Math.abs(v[j]) > Math.abs(v[largest])) {
        largest = j;
      }
    }
    if (v[largest] < 0) {
      for (int j = 0; j < v.length; j++) {
        v[j] = -v[j];
      }
    }
  }
}
