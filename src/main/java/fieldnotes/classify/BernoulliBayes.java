package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.table.Samples;
import java.util.List;

/**
 * Bernoulli naive Bayes: a column is above a threshold or not, and every class has its own
 * probability of that. As scikit-learn's {@code BernoulliNB}.
 *
 * @param alpha what is added to the counts of either case, above 0
 * @param threshold a cell counts if it is above this
 * @param priors the prior probability of each class, sorted by code point; empty for their shares
 */
public record BernoulliBayes(double alpha, double threshold, List<Double> priors)
    implements Learner<Classified, DiscreteBayesModel> {
  /** Checks the ranges. */
  public BernoulliBayes {
    Check.positive("alpha", alpha);
    Check.that(Double.isFinite(threshold), "threshold=%s: must be finite", threshold);
    priors = Priors.checked(priors);
  }

  /**
   * The same with other smoothing.
   *
   * @param more what is added to the counts of either case, above 0
   */
  public BernoulliBayes withAlpha(double more) {
    return new BernoulliBayes(more, threshold, priors);
  }

  /** The same with another threshold; a cell counts if it is above. */
  public BernoulliBayes withThreshold(double other) {
    return new BernoulliBayes(alpha, other, priors);
  }

  /**
   * The same with these prior probabilities.
   *
   * @param probabilities of each class, sorted by code point; above 0, they sum to 1
   */
  public BernoulliBayes withPriors(double... probabilities) {
    return new BernoulliBayes(alpha, threshold, Priors.listed(probabilities));
  }

  @Override
  public DiscreteBayesModel fit(Samples rows) {
    double[][] x = Made.learnFrom(rows).values();
    Made made = Made.of(this, rows);
    int[] codes = made.codes(rows);
    double[] weights = rows.weights().orElse(null);
    double[] totals = Priors.totals(made, codes, weights);
    double[][] counts = ClassSums.above(threshold, x, codes, weights, totals.length);
    for (int c = 0; c < counts.length; c++) {
      double sum = totals[c] + 2 * alpha;
      for (int j = 0; j < counts[c].length; j++) {
        double log = Math.log(counts[c][j] + alpha) - Math.log(sum);
        if (!(log < 0)) {
          throw new IllegalArgumentException(
              ("alpha=%s is too small: column '%s' is above the threshold in all rows of"
                      + " class '%s', whose other probability becomes 0")
                  .formatted(alpha, made.columns().get(j), made.classes().get(c)));
        }
        counts[c][j] = log;
      }
    }
    return new DiscreteBayesModel(made, true, threshold, counts, Priors.of(priors, made, totals));
  }

  @Override
  public String toString() {
    return "Bernoulli naive Bayes"
        + (alpha == 1 ? "" : ", alpha " + alpha)
        + (threshold == 0 ? "" : ", threshold " + threshold)
        + Priors.text(priors);
  }
}
