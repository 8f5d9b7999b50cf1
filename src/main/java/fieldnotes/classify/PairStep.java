package fieldnotes.classify;

/**
 * Moves α of two rows along the line on which yᵀα stays, and back into the box 0 ≤ α ≤ C, in
 * libsvm's order of cases.
 */
final class PairStep {
  private PairStep() {}

  /** For rows of opposite sides: both rise by {@code delta}, their difference stays. */
  static void opposite(double[] alpha, double[] c, int i, int j, double delta) {
    double difference = alpha[i] - alpha[j];
    alpha[i] += delta;
    alpha[j] += delta;
    if (difference > 0) {
      if (alpha[j] < 0) {
        alpha[j] = 0;
        alpha[i] = difference;
      }
    } else if (alpha[i] < 0) {
      alpha[i] = 0;
      alpha[j] = -difference;
    }
    if (difference > c[i] - c[j]) {
      if (alpha[i] > c[i]) {
        alpha[i] = c[i];
        alpha[j] = c[i] - difference;
      }
    } else if (alpha[j] > c[j]) {
      alpha[j] = c[j];
      alpha[i] = c[j] + difference;
    }
  }

  /** For rows of one side: one falls by {@code delta}, the other rises, their sum stays. */
  static void alike(double[] alpha, double[] c, int i, int j, double delta) {
    double sum = alpha[i] + alpha[j];
    alpha[i] -= delta;
    alpha[j] += delta;
    if (sum > c[i]) {
      if (alpha[i] > c[i]) {
        alpha[i] = c[i];
        alpha[j] = sum - c[i];
      }
    } else if (alpha[j] < 0) {
      alpha[j] = 0;
      alpha[i] = sum;
    }
    if (sum > c[j]) {
      if (alpha[j] > c[j]) {
        alpha[j] = c[j];
        alpha[i] = sum - c[j];
      }
    } else if (alpha[i] < 0) {
      alpha[i] = 0;
      alpha[j] = sum;
    }
  }
}
