package fieldnotes.evaluate;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Scores of predicted numbers, with weights. Without weights they are those of {@link Errors}. */
final class NumberScores {
  private NumberScores() {}

  static double rmse(Outcome.Numbers outcome) {
    double[] squares = Errors.squares(outcome.truth(), outcome.predicted());
    double[] weights = outcome.weights();
    return weights == null ? Errors.rootMean(squares) : Math.sqrt(mean(squares, weights));
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
    double[] truth = outcome.truth();
    double[] predicted = outcome.predicted();
    double[] weights = outcome.weights();
    if (truth.length < 2) {
      return Double.NaN;
    }
    if (Arrays.stream(truth).allMatch(v -> v == truth[0])) {
      return IntStream.range(0, truth.length).allMatch(i -> truth[i] == predicted[i]) ? 1 : 0;
    }
    if (weights == null) {
      return Errors.r2(truth, predicted);
    }
    double mean = mean(truth, weights);
    double left = mean(Errors.squares(truth, predicted), weights);
    double[] around = new double[truth.length];
    Arrays.setAll(around, i -> (truth[i] - mean) * (truth[i] - mean));
    double all = mean(around, weights);
    return all == 0 ? left == 0 ? 1 : 0 : 1 - left / all;
  }

  /** The weighted mean, Σ w·v / Σ w. */
  static double mean(double[] values, double[] weights) {
    double[] weighted = new double[values.length];
    Arrays.setAll(weighted, i -> weights[i] * values[i]);
    return Errors.sum(weighted) / Errors.sum(weights);
  }
}
