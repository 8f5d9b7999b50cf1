package fieldnotes.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Suggests known words for an unknown one. */
final class Alike {
  private static final int MOST_EDITS = 3;

  private Alike() {}

  /**
   * The end of a message: the known words that differ from a word by the fewest letters, or nothing
   * if all differ in more than three or in half of their letters.
   */
  static String suggestion(String word, Iterable<String> known) {
    int least = MOST_EDITS;
    List<String> found = new ArrayList<>();
    for (String candidate : known) {
      int edits = edits(word, candidate);
      if (edits > least || 2 * edits >= candidate.length()) {
        continue;
      }
      if (edits < least) {
        found.clear();
      }
      least = edits;
      found.add(candidate);
    }
    return found.isEmpty() ? "" : "; did you mean " + String.join(" or ", found) + "?";
  }

  /** Levenshtein's distance, with two swapped neighbours as one edit. */
  private static int edits(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      Arrays.setAll(d[i], j -> j);
      d[i][0] = i;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
