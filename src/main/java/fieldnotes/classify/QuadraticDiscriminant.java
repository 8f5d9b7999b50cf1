package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.math.Cholesky;
import fieldnotes.math.Moments;
import fieldnotes.math.SymmetricEigen;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.table.Samples;
import java.util.List;
import java.util.Optional;

/**
 * Quadratic discriminant analysis: each class is a normal distribution with a covariance of its
 * own. As scikit-learn's {@code QuadraticDiscriminantAnalysis} with its solver {@code svd}. It
 * takes no weights.
 *
 * @param regularization 0 to 1: each covariance becomes (1 − this) · covariance + this · identity
 * @param priors the prior probability of each class, sorted by code point; empty for their shares
 */
public record QuadraticDiscriminant(double regularization, List<Double> priors)
    implements Learner<Classified, QuadraticDiscriminantModel> {
  /** The least variance in any direction. */
  private static final double TOLERANCE = 1e-4;

  /** Checks the ranges. */
  public QuadraticDiscriminant {
    Check.within("regularization", regularization, 0, 1);
    priors = Priors.checked(priors);
  }

  /**
   * The same with covariances nearer to the identity; scale the columns first.
   *
   * @param share of the identity, 0 to 1
   */
  public QuadraticDiscriminant withRegularization(double share) {
    return new QuadraticDiscriminant(share, priors);
  }

  /**
   * The same with these prior probabilities.
   *
   * @param probabilities of each class, sorted by code point; above 0, they sum to 1
   */
  public QuadraticDiscriminant withPriors(double... probabilities) {
    return new QuadraticDiscriminant(regularization, Priors.listed(probabilities));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException also naming a class that has one row only, or whose variance
   *     is at most 1e-4 in some direction
   */
  @Override
  public QuadraticDiscriminantModel fit(Samples rows) {
    Made.refuseWeights(rows, "quadratic discriminant analysis");
    double[][] x = Made.learnFrom(rows).values();
    Made made = Made.of(this, rows);
    int[] codes = made.codes(rows);
    int classes = made.classes().size();
    double[] chosen = Priors.of(priors, made, Priors.totals(made, codes, null));
    double[][][] members = Priors.members(x, codes, classes);
    double[][] means = new double[classes][];
    double[][] whitening = new double[Math.multiplyExact(classes, x[0].length)][];
    double[] offsets = new double[classes];
    for (int c = 0; c < classes; c++) {
      String name = made.classes().get(c);
      int count = members[c].length;
      Check.that(
          count > 1,
          "class '%s' has one row only, which has no covariance: add rows, or leave out the class",
          name);
      Moments moments = Moments.of(members[c]);
      means[c] = moments.means();
      double[][] covariance = moments.matrix();
      for (int i = 0; i < covariance.length; i++) {
        for (int j = 0; j < covariance.length; j++) {
          covariance[i][j] *= (1 - regularization) / count;
        }
        covariance[i][i] += regularization;
      }
      Optional<Cholesky> factor = Cholesky.of(covariance);
      double[][] inverse = factor.map(Cholesky::inverseOfFactor).orElse(new double[0][]);
      if (factor.isEmpty() || leastVariance(inverse) <= TOLERANCE) {
        throw new IllegalArgumentException(
            "the covariance of class '%s' (%d rows, %d columns) is not of full rank: %s"
                .formatted(
                    name,
                    count,
                    means[c].length,
                    count <= means[c].length
                        ? "it needs more rows than columns; use withRegularization, fewer"
                            + " columns, or linearDiscriminant()"
                        : "drop columns that are constant or depend on others, scale very"
                            + " narrow ones, or use withRegularization"));
      }
      System.arraycopy(inverse, 0, whitening, c * inverse.length, inverse.length);
      offsets[c] = Math.log(chosen[c]) - factor.get().logDeterminant() / 2;
    }
    return new QuadraticDiscriminantModel(made, means, whitening, offsets);
  }

  /** The least eigenvalue of the covariance whose factor has this inverse. */
  private static double leastVariance(double[][] inverse) {
    int n = inverse.length;
    double[][] precision = new double[n][n];
    for (double[] row : inverse) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          precision[i][j] += row[i] * row[j];
        }
      }
    }
    return 1 / SymmetricEigen.of(precision).values[0];
  }

  @Override
  public String toString() {
    return "quadratic discriminant analysis"
        + (regularization == 0 ? "" : ", regularization " + regularization)
        + Priors.text(priors);
  }
}
