package fieldnotes.classify;

import fieldnotes.math.Cholesky;
import fieldnotes.math.Moments;
import fieldnotes.math.SymmetricEigen;
import java.util.Optional;

/** Linear discriminants by a covariance that is shrunk towards a simpler one. */
final class Shrunk {
  private Shrunk() {}

  /**
   * The coefficients of each class's score: the class's mean times the inverse of the covariances'
   * mean by priors.
   *
   * @param members the rows of each class
   * @param shrinkage 0 to 1, or {@link LinearDiscriminant#AUTO}
   * @return shape [classes][columns]
   */
  static double[][] coefficients(
      double[][][] members,
      Moments[] moments,
      double[][] means,
      double[] priors,
      double shrinkage) {
    int columns = means[0].length;
    double[][] covariance = new double[columns][columns];
    for (int c = 0; c < members.length; c++) {
      double[][] own = moments[c].matrix();
      for (double[] row : own) {
        for (int j = 0; j < columns; j++) {
          row[j] /= members[c].length;
        }
      }
      if (shrinkage == LinearDiscriminant.AUTO) {
        shrinkScaled(own, members[c], means[c]);
      } else {
        shrink(own, shrinkage);
      }
      for (int i = 0; i < columns; i++) {
        for (int j = 0; j < columns; j++) {
          covariance[i][j] += priors[c] * own[i][j];
        }
      }
    }
    return solve(covariance, means);
  }

  private static void shrink(double[][] covariance, double share) {
    double mean = 0;
    for (int i = 0; i < covariance.length; i++) {
      mean += covariance[i][i] / covariance.length;
    }
    for (int i = 0; i < covariance.length; i++) {
      for (int j = 0; j < covariance.length; j++) {
        covariance[i][j] *= 1 - share;
      }
      covariance[i][i] += share * mean;
    }
  }

  /** Shrinks the correlations, as Ledoit and Wolf do, and scales them back. */
  private static void shrinkScaled(double[][] covariance, double[][] rows, double[] mean) {
    int columns = mean.length;
    double[] deviations = new double[columns];
    for (int j = 0; j < columns; j++) {
      deviations[j] = covariance[j][j] > 0 ? Math.sqrt(covariance[j][j]) : 1;
    }
    scale(covariance, deviations, false);
    shrink(covariance, share(covariance, rows, mean, deviations));
    scale(covariance, deviations, true);
  }

  private static void scale(double[][] matrix, double[] by, boolean back) {
    for (int i = 0; i < by.length; i++) {
      for (int j = 0; j < by.length; j++) {
        double factor = by[i] * by[j];
        matrix[i][j] = back ? matrix[i][j] * factor : matrix[i][j] / factor;
      }
    }
  }

  /** How much to shrink: how the products of columns vary, relative to what shrinking can do. */
  private static double share(
      double[][] correlations, double[][] rows, double[] mean, double[] deviations) {
    int columns = mean.length;
    if (columns == 1) {
      return 0;
    }
    double trace = 0;
    double squares = 0;
    for (int i = 0; i < columns; i++) {
      trace += correlations[i][i];
      for (int j = 0; j < columns; j++) {
        squares += correlations[i][j] * correlations[i][j];
      }
    }
    double fourth = 0;
    for (double[] row : rows) {
      double length = 0;
      for (int j = 0; j < columns; j++) {
        double z = (row[j] - mean[j]) / deviations[j];
        length += z * z;
      }
      fourth += length * length;
    }
    double beta = (fourth / rows.length - squares) / ((double) columns * rows.length);
    double middle = trace / columns;
    double delta = (squares - 2 * middle * trace + columns * middle * middle) / columns;
    beta = Math.min(beta, delta);
    return beta == 0 ? 0 : beta / delta;
  }

  /** The means times the inverse; where columns depend on others, the pseudo-inverse. */
  private static double[][] solve(double[][] covariance, double[][] means) {
    int columns = covariance.length;
    Optional<Cholesky> factor = Cholesky.of(covariance);
    double[][] solved = new double[means.length][columns];
    if (factor.isPresent()) {
      double[] turned = new double[columns * means.length];
      for (int c = 0; c < means.length; c++) {
        for (int j = 0; j < columns; j++) {
          turned[j * means.length + c] = means[c][j];
        }
      }
      factor.get().solve(turned, means.length);
      for (int c = 0; c < means.length; c++) {
        for (int j = 0; j < columns; j++) {
          solved[c][j] = turned[j * means.length + c];
        }
      }
      return solved;
    }
    SymmetricEigen eigen = SymmetricEigen.of(covariance);
    double cut = columns * Math.ulp(1.0) * eigen.values[0];
    for (int k = 0; k < columns && eigen.values[k] > cut; k++) {
      for (int c = 0; c < means.length; c++) {
        double along = 0;
        for (int j = 0; j < columns; j++) {
          along += means[c][j] * eigen.vectors[k][j];
        }
        for (int j = 0; j < columns; j++) {
          solved[c][j] += along / eigen.values[k] * eigen.vectors[k][j];
        }
      }
    }
    return solved;
  }
}
