package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.model.Made;
import java.util.Arrays;
import java.util.List;

/** Weights of classes in the training data and their prior probabilities. */
final class Priors {
  private static final double SUM_TOLERANCE = 1e-8;

  private Priors() {}

  /** A list of priors, in the order of the classes; empty to take them from the data. */
  static List<Double> checked(List<Double> priors) {
    for (double prior : priors) {
      Check.that(prior > 0 && prior <= 1, "priors=%s: each must be above 0 and at most 1", priors);
    }
    return List.copyOf(priors);
  }

  static List<Double> listed(double... priors) {
    return Arrays.stream(priors).boxed().toList();
  }

  private static void requireSum(double[] priors) {
    double sum = Arrays.stream(priors).sum();
    Check.that(
        Math.abs(sum - 1) <= SUM_TOLERANCE,
        "priors=%s: must sum to 1, but sum to %s: divide each by the sum",
        Arrays.toString(priors),
        sum);
  }

  /**
   * The sum of the weights of each class.
   *
   * @param weights of the rows; null for 1 each
   * @throws IllegalArgumentException naming a class whose rows all have weight 0
   */
  static double[] totals(Made made, int[] codes, double[] weights) {
    double[] totals = new double[made.classes().size()];
    for (int i = 0; i < codes.length; i++) {
      totals[codes[i]] += weights == null ? 1 : weights[i];
    }
    for (int c = 0; c < totals.length; c++) {
      Check.that(
          totals[c] > 0,
          "all rows of class '%s' have weight 0: leave at least one in, or leave out the class",
          made.classes().get(c));
    }
    return totals;
  }

  /** The priors given, or the classes' shares. */
  static double[] of(List<Double> given, Made made, double[] totals) {
    if (!given.isEmpty()) {
      Check.that(
          given.size() == totals.length,
          "%d priors for %d classes: give one for each of %s, in this order",
          given.size(),
          totals.length,
          made.classes());
      double[] priors = given.stream().mapToDouble(Double::doubleValue).toArray();
      requireSum(priors);
      return priors;
    }
    double sum = Arrays.stream(totals).sum();
    return Arrays.stream(totals).map(total -> total / sum).toArray();
  }

  /** Checks the priors of a model. */
  static void require(double[] priors, Made made) {
    Check.sameLength("priors", priors.length, "classes", made.classes().size());
    checked(listed(priors));
    requireSum(priors);
  }

  /** How priors show in the text of a learner. */
  static String text(List<Double> priors) {
    return priors.isEmpty() ? "" : ", priors " + priors;
  }

  /** The rows of each class, not copied. */
  static double[][][] members(double[][] x, int[] codes, int classes) {
    int[] counts = new int[classes];
    for (int code : codes) {
      counts[code]++;
    }
    double[][][] members = new double[classes][][];
    for (int c = 0; c < classes; c++) {
      members[c] = new double[counts[c]][];
    }
    int[] next = new int[classes];
    for (int i = 0; i < codes.length; i++) {
      members[codes[i]][next[codes[i]]++] = x[i];
    }
    return members;
  }
}
