package fieldnotes.label;

import java.util.Arrays;

/**
 * How little a model is sure of a clip.
 *
 * @see "B. Settles, Active learning literature survey, 2009"
 */
public enum Doubt {
  /** 1 − the largest probability. */
  LEAST_CONFIDENCE("least confidence"),
  /** 1 − the largest probability + the second largest. */
  MARGIN("margin"),
  /** −Σ p·ln p over the classes. */
  ENTROPY("entropy"),
  /**
   * How far a forest, a logistic regression and the nearest neighbour differ: the mean divergence
   * of the probabilities of each from their mean. The trees of the forest are no committee: they
   * are grown until their leaves are pure, so that their votes are the probabilities of the forest.
   *
   * @see "A. McCallum and K. Nigam, Employing EM in pool-based active learning for text
   *     classification, 1998"
   */
  COMMITTEE("committee");

  private final String words;

  Doubt(String words) {
    this.words = words;
  }

  /** The doubt of a row, by the probabilities that each model gives to the classes. */
  double of(double[]... models) {
    double[] mean = new double[models[0].length];
    double own = 0;
    for (double[] model : models) {
      Arrays.setAll(mean, c -> mean[c] + model[c] / models.length);
      own += entropy(model) / models.length;
    }
    double most = 0;
    double second = 0;
    for (double p : mean) {
      second = Math.max(second, Math.min(most, p));
      most = Math.max(most, p);
    }
    return switch (this) {
      case LEAST_CONFIDENCE -> 1 - most;
      case MARGIN -> 1 - most + second;
      case ENTROPY -> entropy(mean);
      case COMMITTEE -> entropy(mean) - own;
    };
  }

  private static double entropy(double[] probabilities) {
    double entropy = 0;
    for (double p : probabilities) {
      entropy -= p > 0 ? p * Math.log(p) : 0;
    }
    return entropy;
  }

  @Override
  public String toString() {
    return words;
  }
}
