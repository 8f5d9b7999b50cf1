package fieldnotes.evaluate;

import fieldnotes.common.Check;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Scores of predicted classes, with weights. */
final class ClassScores {
  private static final double EPS = Math.ulp(1.0);

  /** Of the log loss; probabilities are at least 2⁻⁵² from 0 and 1. */
  static final Score.Range LOG_LOSSES = new Score.Range(0, -Math.log(EPS));

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

  /** The mean squared distance of probabilities from the truth, halved for two classes. */
  static double brier(Outcome.Classes outcome) {
    requireProbabilities("Brier score", outcome);
    List<String> classes = outcome.predicted().classes();
    double[][] probabilities = outcome.predicted().probabilities();
    double[] loss = new double[probabilities.length];
    for (int i = 0; i < loss.length; i++) {
      int truth = classes.indexOf(outcome.truth().get(i));
      loss[i] = truth < 0 ? 1 : 0;
      for (int c = 0; c < classes.size(); c++) {
        double off = probabilities[i][c] - (c == truth ? 1 : 0);
        loss[i] += off * off;
      }
    }
    boolean two = Coded.names(outcome.truth(), classes).size() < 3;
    return NumberScores.mean(loss, weights(outcome)) * (two ? 0.5 : 1);
  }

  /** The correlation of true and predicted classes; 0 if one of them is always the same. */
  static double matthews(Outcome.Classes outcome) {
    ClassSums sums = ClassSums.of(outcome);
    double all = Errors.sum(sums.predicted());
    double both = Errors.sum(sums.hits()) * all - product(sums.truth(), sums.predicted());
    double predicted = all * all - product(sums.predicted(), sums.predicted());
    double truth = all * all - product(sums.truth(), sums.truth());
    return predicted * truth == 0 ? 0 : both / Math.sqrt(predicted * truth);
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
