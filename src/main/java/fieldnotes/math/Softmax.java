package fieldnotes.math;

/** Scores of classes and probabilities, computed without overflow. */
public final class Softmax {
  private Softmax() {}

  /** 1 / (1 + e^−x), 0 to 1. */
  public static double sigmoid(double x) {
    if (x >= 0) {
      return 1 / (1 + Math.exp(-x));
    }
    double e = Math.exp(x);
    return e / (1 + e);
  }

  /** ln Σ e^x of numbers, at least one. */
  public static double logSumExp(double[] x) {
    double most = Double.NEGATIVE_INFINITY;
    for (double v : x) {
      most = Math.max(most, v);
    }
    if (Double.isInfinite(most)) {
      return most;
    }
    double sum = 0;
    for (double v : x) {
      sum += Math.exp(v - most);
    }
    return most + Math.log(sum);
  }

  /** Replaces scores by e^score / Σ e^score, which sum to 1. */
  public static void inPlace(double[] scores) {
    double most = Double.NEGATIVE_INFINITY;
    for (double v : scores) {
      most = Math.max(most, v);
    }
    double sum = 0;
    for (int c = 0; c < scores.length; c++) {
      scores[c] = Math.exp(scores[c] - most);
      sum += scores[c];
    }
    for (int c = 0; c < scores.length; c++) {
      scores[c] /= sum;
    }
  }
}
