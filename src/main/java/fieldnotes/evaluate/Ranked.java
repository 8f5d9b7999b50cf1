package fieldnotes.evaluate;

import java.util.Arrays;

/**
 * The rows of a class and others that are counted as it when every row is whose score is at least a
 * threshold, for each score that occurs.
 *
 * @param thresholds the scores that occur in a row of weight above 0, falling
 * @param hits weight of the rows of the class with at least this score
 * @param mistaken weight of the other rows with at least this score
 * @see "confusion_matrix_at_thresholds of scikit-learn 1.9"
 */
record Ranked(double[] thresholds, double[] hits, double[] mistaken) {
  /** One class against the rest. */
  static Ranked of(Outcome.Classes outcome, String name) {
    boolean[] is = new boolean[outcome.rowCount()];
    for (int i = 0; i < is.length; i++) {
      is[i] = outcome.truth().get(i).equals(name);
    }
    return of(outcome.predicted().of(name), is, ClassScores.weights(outcome));
  }

  /** Rows by score, of which some are of the class. */
  static Ranked of(double[] scores, boolean[] is, double[] weights) {
    double[] rising = new double[scores.length];
    int rows = 0;
    for (int i = 0; i < scores.length; i++) {
      if (weights[i] != 0) {
        rising[rows++] = scores[i] + 0.0; // −0 is 0
      }
    }
    Arrays.sort(rising, 0, rows);
    int many = 0;
    for (int i = 0; i < rows; i++) {
      if (i == 0 || rising[i] != rising[many - 1]) {
        rising[many++] = rising[i];
      }
    }
    // rows by falling score, of equal ones in their order, as the sums are to be the same
    int[] placeOf = new int[scores.length];
    int[] start = new int[many + 1];
    for (int i = 0; i < scores.length; i++) {
      if (weights[i] != 0) {
        placeOf[i] = many - 1 - Arrays.binarySearch(rising, 0, many, scores[i] + 0.0);
        start[placeOf[i] + 1]++;
      }
    }
    Arrays.parallelPrefix(start, Integer::sum);
    int[] next = start.clone();
    int[] order = new int[rows];
    for (int i = 0; i < scores.length; i++) {
      if (weights[i] != 0) {
        order[next[placeOf[i]]++] = i;
      }
    }
    double[] thresholds = new double[many];
    double[] hits = new double[many];
    double[] mistaken = new double[many];
    double found = 0;
    double wrong = 0;
    for (int p = 0; p < many; p++) {
      for (int at = start[p]; at < start[p + 1]; at++) {
        if (is[order[at]]) {
          found += weights[order[at]];
        } else {
          wrong += weights[order[at]];
        }
      }
      thresholds[p] = rising[many - 1 - p];
      hits[p] = found;
      mistaken[p] = wrong;
    }
    return new Ranked(thresholds, hits, mistaken);
  }
}
