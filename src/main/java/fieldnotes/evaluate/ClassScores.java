package fieldnotes.evaluate;

import fieldnotes.common.Check;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Scores of predicted classes, with weights. */
final class ClassScores {
  private static final double EPS = Math.ulp(1.0);

  private ClassScores() {}

  /** The weights, 1 for each row where there are none. */
  static double[] weights(Outcome.Classes outcome) {
    double[] weights = outcome.weights();
    if (weights == null) {
      weights = new double[outcome.rowCount()];
      Arrays.fill(weights, 1);
    }
    return weights;
  }

  /** Refuses predictions without probabilities, for a score that needs them. */
  static void requireProbabilities(String score, Outcome.Classes outcome) {
    Check.that(
        outcome.predicted().hasProbabilities(),
        "%s needs probabilities, but this model gives only scores: calibrate the learner first,"
            + " with Classifiers.calibrated(…), or choose a score such as accuracy or ROC AUC",
        score);
  }

  static double accuracy(Outcome.Classes outcome) {
    double[] right = new double[outcome.rowCount()];
    Arrays.setAll(right, i -> outcome.predicted().label(i).equals(outcome.truth().get(i)) ? 1 : 0);
    return NumberScores.mean(right, weights(outcome));
  }

  static double logLoss(Outcome.Classes outcome) {
    requireProbabilities("log loss", outcome);
    double[] loss = new double[outcome.rowCount()];
    for (String name : outcome.truth().stream().distinct().toList()) {
      double[] probability = outcome.predicted().of(name);
      for (int i = 0; i < loss.length; i++) {
        if (outcome.truth().get(i).equals(name)) {
          loss[i] = -Math.log(Math.clamp(probability[i], EPS, 1 - EPS));
        }
      }
    }
    return NumberScores.mean(loss, weights(outcome));
  }

  /** The mean over the true classes of the share of their rows that is predicted right. */
  static double balanced(Outcome.Classes outcome) {
    ClassSums sums = ClassSums.of(outcome);
    double[] recall = sums.recall();
    return IntStream.range(0, recall.length)
        .filter(c -> sums.truth()[c] > 0)
        .mapToDouble(c -> recall[c])
        .average()
        .orElse(Double.NaN);
  }

  static double mean(double[] values) {
    return Errors.mean(values, null);
  }

  static double mean(double[] values, double[] weights) {
    return Errors.mean(values, weights);
  }

  static double rocAuc(Outcome.Classes outcome) {
    List<String> classes = Coded.names(outcome.truth(), outcome.predicted().classes());
    if (classes.size() <= 2) {
      return rocAuc(outcome, classes.getLast());
    }
    return classes.stream().mapToDouble(c -> rocAuc(outcome, c)).sum() / classes.size();
  }

  private static double rocAuc(Outcome.Classes outcome, String name) {
    return RocCurve.of(name, Ranked.of(outcome, name)).area();
  }
}
