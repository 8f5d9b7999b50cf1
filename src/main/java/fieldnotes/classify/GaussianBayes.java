package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.evaluate.Classified;
import fieldnotes.math.Magnitude;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.List;

/**
 * Gaussian naive Bayes: within a class the columns are independent and normally distributed. As
 * scikit-learn's {@code GaussianNB}.
 *
 * @param smoothing this share of the largest column's variance is added to all variances, at least
 *     0
 * @param priors the prior probability of each class, sorted by code point; empty for their shares
 */
public record GaussianBayes(double smoothing, List<Double> priors)
    implements Learner<Classified, GaussianBayesModel> {
  /** Checks the ranges. */
  public GaussianBayes {
    Check.within("smoothing", smoothing, 0, Double.MAX_VALUE);
    priors = Priors.checked(priors);
  }

  /**
   * The same with other variances.
   *
   * @param share of the largest column's variance that is added to all, at least 0
   */
  public GaussianBayes withSmoothing(double share) {
    return new GaussianBayes(share, priors);
  }

  /**
   * The same with these prior probabilities.
   *
   * @param probabilities of each class, sorted by code point; above 0, they sum to 1
   */
  public GaussianBayes withPriors(double... probabilities) {
    return new GaussianBayes(smoothing, Priors.listed(probabilities));
  }

  @Override
  public GaussianBayesModel fit(Samples rows) {
    double[][] x = Made.learnFrom(rows).values();
    Made made = Made.of(this, rows);
    int[] codes = made.codes(rows);
    int classes = made.classes().size();
    double[] weights = rows.weights().orElse(null);
    if (weights != null) {
      Magnitude.weights(x, weights);
    }
    double[] totals = Priors.totals(made, codes, weights);
    double[][] means = new double[classes][x[0].length];
    double[][] variances = new double[classes][x[0].length];
    double[] largest = new double[1];
    Parallel.forEachBrief(
        2,
        task -> {
          if (task == 0) {
            moments(x, codes, weights, totals, means, variances);
          } else {
            largest[0] = largestVariance(x);
          }
        });
    double added = smoothing * largest[0];
    for (int c = 0; c < classes; c++) {
      for (int j = 0; j < x[0].length; j++) {
        variances[c][j] += added;
        if (!(variances[c][j] > 0)) {
          throw new IllegalArgumentException(
              ("column '%s' has the same value in all rows of class '%s', which leaves"
                      + " no variance: drop it, or use withSmoothing(1e-9)")
                  .formatted(made.columns().get(j), made.classes().get(c)));
        }
      }
    }
    return new GaussianBayesModel(made, means, variances, Priors.of(priors, made, totals));
  }

  /** Adds up means and variances of each class in two passes. */
  private static void moments(
      double[][] x,
      int[] codes,
      double[] weights,
      double[] totals,
      double[][] means,
      double[][] variances) {
    for (int i = 0; i < x.length; i++) {
      double[] row = x[i];
      double[] mean = means[codes[i]];
      double weight = weights == null ? 1 : weights[i];
      for (int j = 0; j < row.length; j++) {
        mean[j] += weight * row[j];
      }
    }
    divide(means, totals);
    for (int i = 0; i < x.length; i++) {
      double[] row = x[i];
      double[] mean = means[codes[i]];
      double[] variance = variances[codes[i]];
      double weight = weights == null ? 1 : weights[i];
      for (int j = 0; j < row.length; j++) {
        double apart = row[j] - mean[j];
        variance[j] += weight * apart * apart;
      }
    }
    divide(variances, totals);
  }

  /** The largest variance of a column over all rows, which count alike. */
  private static double largestVariance(double[][] x) {
    double[][] mean = new double[1][x[0].length];
    double[][] variance = new double[1][x[0].length];
    moments(x, new int[x.length], null, new double[] {x.length}, mean, variance);
    return Arrays.stream(variance[0]).max().orElse(0);
  }

  private static void divide(double[][] sums, double[] by) {
    for (int c = 0; c < sums.length; c++) {
      for (int j = 0; j < sums[c].length; j++) {
        sums[c][j] /= by[c];
      }
    }
  }

  @Override
  public String toString() {
    return "Gaussian naive Bayes"
        + (smoothing == Classifiers.SMOOTHING ? "" : ", smoothing " + smoothing)
        + Priors.text(priors);
  }
}
