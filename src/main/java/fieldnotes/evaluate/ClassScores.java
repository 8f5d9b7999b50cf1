package fieldnotes.evaluate;

import fieldnotes.common.Check;
import java.util.Arrays;
import java.util.Comparator;
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

  static double rocAuc(Outcome.Classes outcome) {
    List<String> classes = Coded.names(outcome.truth(), outcome.predicted().classes());
    double[] weights = weights(outcome);
    if (classes.size() <= 2) {
      return rocAuc(outcome, classes.getLast(), weights);
    }
    return classes.stream().mapToDouble(c -> rocAuc(outcome, c, weights)).sum() / classes.size();
  }

  /** The area under the curve of one class against the rest; rows of equal probability tie. */
  private static double rocAuc(Outcome.Classes outcome, String name, double[] weights) {
    double[] probability = outcome.predicted().of(name);
    int[] falling =
        IntStream.range(0, probability.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -probability[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double found = 0; // rows of the class so far
    double mistaken = 0; // other rows so far
    double area = 0;
    for (int at = 0; at < falling.length; ) {
      double value = probability[falling[at]];
      double before = found;
      double width = 0;
      for (; at < falling.length && probability[falling[at]] == value; at++) {
        double weight = weights[falling[at]];
        if (outcome.truth().get(falling[at]).equals(name)) {
          found += weight;
        } else {
          width += weight;
        }
      }
      area += width * (before + found) / 2;
      mistaken += width;
    }
    return area / (found * mistaken);
  }
}
