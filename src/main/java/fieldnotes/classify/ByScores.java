package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.math.Softmax;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.Locale;

/**
 * Knownness by the scores of the classes alone.
 *
 * @param rule what is made of the scores
 * @param temperature of the energy; 1 for the other rules
 */
record ByScores(Rule rule, double temperature) implements Knownness, Knownness.Fitted {
  enum Rule {
    LARGEST,
    MARGIN,
    ENTROPY,
    ENERGY;

    @Override
    public String toString() {
      return switch (this) {
        case LARGEST -> "largest score";
        default -> name().toLowerCase(Locale.ROOT);
      };
    }
  }

  ByScores {
    Check.positive("temperature", temperature);
    Check.that(
        rule == Rule.ENERGY || temperature == 1,
        "temperature=%s: must be 1 for the %s",
        temperature,
        rule);
  }

  @Override
  public Knownness.Fitted fit(Samples known) {
    return this;
  }

  @Override
  public int columns() {
    return 0;
  }

  @Override
  public boolean countsUnknown(Classified predicted) {
    return rule == Rule.MARGIN || (rule == Rule.LARGEST && predicted.hasProbabilities());
  }

  @Override
  public double[] of(Matrix x, Classified predicted, String unknown) {
    double[][] scores = rule == Rule.ENTROPY ? predicted.probabilities() : predicted.scores();
    if (rule == Rule.ENERGY && predicted.hasProbabilities()) {
      Check.that(
          temperature < 1,
          "temperature=%s: these predictions are probabilities, whose energy is 0 for every row at"
              + " temperature 1: choose one below 1, such as 0.5, or a learner of decision values",
          temperature);
    }
    int without = predicted.classes().indexOf(unknown);
    double[] known = new double[scores.length];
    for (int row = 0; row < known.length; row++) {
      known[row] =
          switch (rule) {
            case LARGEST -> scores[row][best(scores[row], without)];
            case MARGIN -> margin(scores[row], without);
            case ENTROPY -> negativeEntropy(scores[row]);
            case ENERGY -> negativeEnergy(scores[row], predicted.hasProbabilities());
          };
    }
    return known;
  }

  /** The column of the largest score, which is not this one. */
  private static int best(double[] scores, int without) {
    int best = -1;
    for (int c = 0; c < scores.length; c++) {
      if (c != without && (best < 0 || scores[c] > scores[best])) {
        best = c;
      }
    }
    return best;
  }

  /** How far the best of the known classes is ahead of all others. */
  private static double margin(double[] scores, int without) {
    int best = best(scores, without);
    return scores[best] - scores[best(scores, best)];
  }

  private static double negativeEntropy(double[] probabilities) {
    double sum = 0;
    for (double p : probabilities) {
      sum += p > 0 ? p * Math.log(p) : 0;
    }
    return sum;
  }

  private double negativeEnergy(double[] scores, boolean probabilities) {
    double[] f = new double[scores.length];
    for (int c = 0; c < f.length; c++) {
      f[c] = (probabilities ? Math.log(scores[c]) : scores[c]) / temperature;
    }
    return temperature * Softmax.logSumExp(f);
  }

  @Override
  public String toString() {
    return rule == Rule.ENERGY ? "energy at temperature " + temperature : rule.toString();
  }
}
