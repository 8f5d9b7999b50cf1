package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.math.Moments;
import fieldnotes.math.SymmetricEigen;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.List;

/**
 * Linear discriminant analysis: the classes are normal distributions with one covariance. As
 * scikit-learn's {@code LinearDiscriminantAnalysis}; without shrinkage as with its solver {@code
 * svd}, with shrinkage as with {@code lsqr}. It takes no weights.
 *
 * <p>Without shrinkage, columns that depend on others within 1e-4 of their deviation add nothing
 * and do no harm. scikit-learn finds them by a singular value decomposition, this by the
 * eigenvalues of the correlations, which is several times as fast and loses digits where columns
 * nearly depend on one another: about 1e-15 divided by the least eigenvalue that counts.
 *
 * @param shrinkage the share of the mean variance in the covariance, 0 to 1; −1 for no shrinkage,
 *     −2 for as much as seems best
 * @param priors the prior probability of each class, sorted by code point; empty for their shares
 */
public record LinearDiscriminant(double shrinkage, List<Double> priors)
    implements Learner<Classified, LinearDiscriminantModel> {
  /** No shrinkage. */
  static final double NONE = -1;

  /** Shrinkage as found by Ledoit and Wolf. */
  static final double AUTO = -2;

  /** The least singular value that counts. */
  private static final double TOLERANCE = 1e-4;

  /** Checks the ranges. */
  public LinearDiscriminant {
    Check.that(
        shrinkage == NONE || shrinkage == AUTO || (shrinkage >= 0 && shrinkage <= 1),
        "shrinkage=%s: must be 0 to 1",
        shrinkage);
    priors = Priors.checked(priors);
  }

  /**
   * The same with a shrunk covariance: (1 − share) · covariance + share · mean variance on the
   * diagonal.
   *
   * @param share 0 to 1
   */
  public LinearDiscriminant withShrinkage(double share) {
    return new LinearDiscriminant(Check.within("share", share, 0, 1), priors);
  }

  /**
   * The same with a covariance that is shrunk as much as seems best for each class.
   *
   * @see "O. Ledoit and M. Wolf, A well-conditioned estimator for large-dimensional covariance
   *     matrices, 2004"
   */
  public LinearDiscriminant withAutoShrinkage() {
    return new LinearDiscriminant(AUTO, priors);
  }

  /**
   * The same with these prior probabilities.
   *
   * @param probabilities of each class, sorted by code point; above 0, they sum to 1
   */
  public LinearDiscriminant withPriors(double... probabilities) {
    return new LinearDiscriminant(shrinkage, Priors.listed(probabilities));
  }

  @Override
  public LinearDiscriminantModel fit(Samples rows) {
    Made.refuseWeights(rows, "linear discriminant analysis");
    double[][] x = Made.learnFrom(rows).values();
    Made made = Made.of(this, rows);
    int[] codes = made.codes(rows);
    int classes = made.classes().size();
    Check.that(
        x.length > classes,
        "'%s' has %s rows of %s classes: there must be more rows than classes",
        rows.id(),
        x.length,
        classes);
    double[] chosen = Priors.of(priors, made, Priors.totals(made, codes, null));
    double[][][] members = Priors.members(x, codes, classes);
    Moments[] moments = Arrays.stream(members).map(Moments::of).toArray(Moments[]::new);
    double[][] means = Arrays.stream(moments).map(Moments::means).toArray(double[][]::new);
    double[][] directions =
        shrinkage == NONE
            ? new Within(moments, means, x.length, chosen).coefficients()
            : Shrunk.coefficients(members, moments, means, chosen, shrinkage);
    double[] centre = shrinkage == NONE ? mean(means, chosen) : new double[means[0].length];
    double[] intercepts = new double[classes];
    for (int c = 0; c < classes; c++) {
      intercepts[c] = Math.log(chosen[c]);
      for (int j = 0; j < centre.length; j++) {
        intercepts[c] -= directions[c][j] * ((means[c][j] + centre[j]) / 2);
      }
    }
    if (classes > 2) {
      return new LinearDiscriminantModel(made, directions, intercepts, means, chosen);
    }
    double[] difference = new double[centre.length];
    for (int j = 0; j < difference.length; j++) {
      difference[j] = directions[1][j] - directions[0][j];
    }
    return new LinearDiscriminantModel(
        made,
        new double[][] {difference},
        new double[] {intercepts[1] - intercepts[0]},
        means,
        chosen);
  }

  private static double[] mean(double[][] means, double[] priors) {
    double[] mean = new double[means[0].length];
    for (int c = 0; c < means.length; c++) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += priors[c] * means[c][j];
      }
    }
    return mean;
  }

  /** The way without shrinkage. */
  private static final class Within {
    private final double[][] means;
    private final double[] priors;
    private final int rows;
    private final double[] deviations;

    /** What makes the covariance within classes the identity, shape [rank][columns]. */
    private final double[][] whitening;

    Within(Moments[] moments, double[][] means, int rows, double[] priors) {
      this.means = means;
      this.rows = rows;
      this.priors = priors;
      int columns = means[0].length;
      double[][] within = new double[columns][columns];
      for (Moments one : moments) {
        double[][] products = one.matrix();
        for (int i = 0; i < columns; i++) {
          for (int j = 0; j < columns; j++) {
            within[i][j] += products[i][j] / rows;
          }
        }
      }
      deviations = new double[columns];
      for (int j = 0; j < columns; j++) {
        deviations[j] = within[j][j] > 0 ? Math.sqrt(within[j][j]) : 1;
      }
      for (int i = 0; i < columns; i++) {
        for (int j = 0; j < columns; j++) {
          within[i][j] /= deviations[i] * deviations[j];
        }
      }
      SymmetricEigen eigen = SymmetricEigen.of(within);
      int rank = 0;
      while (rank < columns && eigen.values[rank] > TOLERANCE * TOLERANCE) {
        rank++;
      }
      whitening = new double[rank][columns];
      for (int r = 0; r < rank; r++) {
        for (int j = 0; j < columns; j++) {
          whitening[r][j] = eigen.vectors[r][j] / deviations[j] / Math.sqrt(eigen.values[r]);
        }
      }
    }

    /** The coefficients of each class's score, shape [classes][columns]. */
    double[][] coefficients() {
      double[][] whitened = between(Moments.project(means, mean(means, priors), whitening));
      int columns = means[0].length;
      double[][] coefficients = new double[means.length][columns];
      for (int c = 0; c < means.length; c++) {
        for (int r = 0; r < whitening.length; r++) {
          for (int j = 0; j < columns; j++) {
            coefficients[c][j] += whitened[c][r] * whitening[r][j];
          }
        }
      }
      return coefficients;
    }

    /** Leaves of whitened means only the directions in which the classes clearly differ. */
    private double[][] between(double[][] whitened) {
      int classes = whitened.length;
      double[][] scaled = new double[classes][];
      for (int c = 0; c < classes; c++) {
        double factor = Math.sqrt(rows * priors[c] / (classes - 1));
        scaled[c] = Arrays.stream(whitened[c]).map(v -> factor * v).toArray();
      }
      double[][] products = new double[classes][classes];
      for (int a = 0; a < classes; a++) {
        for (int b = 0; b < classes; b++) {
          for (int r = 0; r < whitening.length; r++) {
            products[a][b] += scaled[a][r] * scaled[b][r];
          }
        }
      }
      SymmetricEigen eigen = SymmetricEigen.of(products);
      double cut = TOLERANCE * TOLERANCE * eigen.values[0];
      int kept = 0;
      while (kept < classes && eigen.values[kept] > cut) {
        kept++;
      }
      if (kept >= Math.min(classes - 1, whitening.length)) {
        return whitened; // they have no other directions
      }
      double[][] clear = new double[classes][whitening.length];
      for (int k = 0; k < kept; k++) {
        double[] direction = new double[whitening.length];
        for (int c = 0; c < classes; c++) {
          for (int r = 0; r < direction.length; r++) {
            direction[r] += eigen.vectors[k][c] * scaled[c][r] / Math.sqrt(eigen.values[k]);
          }
        }
        for (int c = 0; c < classes; c++) {
          double along = 0;
          for (int r = 0; r < direction.length; r++) {
            along += whitened[c][r] * direction[r];
          }
          for (int r = 0; r < direction.length; r++) {
            clear[c][r] += along * direction[r];
          }
        }
      }
      return clear;
    }
  }

  @Override
  public String toString() {
    String shrunk;
    if (shrinkage == NONE) {
      shrunk = "";
    } else {
      shrunk = shrinkage == AUTO ? ", automatic shrinkage" : ", shrinkage " + shrinkage;
    }
    return "linear discriminant analysis" + shrunk + Priors.text(priors);
  }
}
