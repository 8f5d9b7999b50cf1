package fieldnotes.classify;

/** Scores of classes from decisions between pairs of them. */
final class PairVotes {
  private PairVotes() {}

  /**
   * Votes of each class, plus a number between −1/3 and 1/3 that grows with the sum of its
   * confidences, as scikit-learn's {@code _ovr_decision_function}.
   *
   * @param second whether the second class of a pair is chosen: of the classes 0 and 1, 0 and 2 … 1
   *     and 2 …
   * @param confidence in the second class of each pair
   */
  static double[] scores(boolean[] second, double[] confidence, int classes) {
    double[] votes = new double[classes];
    double[] sums = new double[classes];
    int p = 0;
    for (int i = 0; i < classes; i++) {
      for (int j = i + 1; j < classes; j++) {
        sums[i] -= confidence[p];
        sums[j] += confidence[p];
        votes[second[p] ? j : i]++;
        p++;
      }
    }
    for (int c = 0; c < classes; c++) {
      votes[c] += sums[c] / (3 * (Math.abs(sums[c]) + 1));
    }
    return votes;
  }
}
