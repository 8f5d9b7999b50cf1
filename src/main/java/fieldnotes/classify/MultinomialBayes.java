package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.math.Magnitude;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.List;

/**
 * Multinomial naive Bayes: columns are counts, such as of words, and every class has its own
 * probability of each. As scikit-learn's {@code MultinomialNB}.
 *
 * @param alpha what is added to each count, above 0
 * @param priors the prior probability of each class, sorted by code point; empty for their shares
 */
public record MultinomialBayes(double alpha, List<Double> priors)
    implements Learner<Classified, DiscreteBayesModel> {
  /** Checks the ranges. */
  public MultinomialBayes {
    Check.positive("alpha", alpha);
    priors = Priors.checked(priors);
  }

  /**
   * The same with other smoothing.
   *
   * @param more what is added to each count, above 0
   */
  public MultinomialBayes withAlpha(double more) {
    return new MultinomialBayes(more, priors);
  }

  /**
   * The same with these prior probabilities.
   *
   * @param probabilities of each class, sorted by code point; above 0, they sum to 1
   */
  public MultinomialBayes withPriors(double... probabilities) {
    return new MultinomialBayes(alpha, Priors.listed(probabilities));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException also naming a cell that is negative
   */
  @Override
  public DiscreteBayesModel fit(Samples rows) {
    Matrix x = Made.learnFrom(rows);
    Made made = Made.of(this, rows);
    int[] codes = made.codes(rows);
    for (int i = 0; i < x.rowCount(); i++) {
      double[] row = x.values()[i];
      for (int j = 0; j < row.length; j++) {
        if (row[j] < 0) {
          throw new IllegalArgumentException(
              ("'%s' has %s at row %d, column '%s': multinomial naive Bayes takes counts,"
                      + " at least 0; use gaussianBayes(), or Scaler.minMax() first")
                  .formatted(rows.id(), row[j], i, x.names().get(j)));
        }
      }
    }
    double[] weights = rows.weights().orElse(null);
    if (weights != null) {
      Magnitude.weights(x.values(), weights);
    }
    double[] totals = Priors.totals(made, codes, weights);
    double[][] counts = ClassSums.of(x.values(), codes, weights, totals.length);
    for (double[] count : counts) {
      double sum = 0;
      for (int j = 0; j < count.length; j++) {
        count[j] += alpha;
        sum += count[j];
      }
      for (int j = 0; j < count.length; j++) {
        count[j] = Math.log(count[j]) - Math.log(sum);
      }
    }
    return new DiscreteBayesModel(made, false, 0, counts, Priors.of(priors, made, totals));
  }

  @Override
  public String toString() {
    return "multinomial naive Bayes" + (alpha == 1 ? "" : ", alpha " + alpha) + Priors.text(priors);
  }
}
