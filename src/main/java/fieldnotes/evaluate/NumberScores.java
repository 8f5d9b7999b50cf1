package fieldnotes.evaluate;

import java.util.Arrays;

/** Scores of predicted numbers, with weights. Without weights they are those of {@link Errors}. */
final class NumberScores {
  private NumberScores() {}

  static double rmse(Outcome.Numbers outcome) {
    return Errors.rootMean(outcome.truth(), outcome.predicted(), outcome.weights());
  }

  static double mae(Outcome.Numbers outcome) {
    double[] truth = outcome.truth();
    double[] predicted = outcome.predicted();
    double[] weights = outcome.weights();
    if (weights == null) {
      return Errors.mae(truth, predicted);
    }
    double[] errors = new double[truth.length];
    Arrays.setAll(errors, i -> Math.abs(predicted[i] - truth[i]));
    return mean(errors, weights);
  }

  static double r2(Outcome.Numbers outcome) {
    return Errors.r2(outcome.truth(), outcome.predicted(), outcome.weights());
  }

  /** The weighted mean, Σ w·v / Σ w. */
  static double mean(double[] values, double[] weights) {
    return Errors.mean(values, weights);
  }
}
