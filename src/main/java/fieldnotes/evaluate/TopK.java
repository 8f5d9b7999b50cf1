package fieldnotes.evaluate;

import fieldnotes.common.Check;
import java.util.Arrays;
import java.util.List;

/**
 * The share of rows whose true class is among the likeliest.
 *
 * @param k how many of the likeliest, at least 1
 */
record TopK(int k) implements ClassScore {
  TopK {
    Check.atLeast("k", k, 1);
  }

  @Override
  public double ofClasses(Outcome.Classes outcome) {
    List<String> classes = outcome.predicted().classes();
    List<String> names = Coded.names(classes, List.of());
    int[] rank = classes.stream().mapToInt(names::indexOf).toArray();
    double[][] scores = outcome.predicted().scores();
    double[] hits = new double[scores.length];
    Arrays.setAll(
        hits,
        i -> {
          int truth = classes.indexOf(outcome.truth().get(i));
          return truth >= 0 && before(scores[i], rank, truth) < k ? 1 : 0;
        });
    return NumberScores.mean(hits, ClassScores.weights(outcome));
  }

  /** How many classes come before one: of equal scores the last by name, but the first of two. */
  private static int before(double[] scores, int[] rank, int one) {
    int count = 0;
    for (int c = 0; c < scores.length; c++) {
      boolean firstOfEqual = scores.length == 2 ? rank[c] < rank[one] : rank[c] > rank[one];
      if (scores[c] > scores[one] || (scores[c] == scores[one] && c != one && firstOfEqual)) {
        count++;
      }
    }
    return count;
  }

  @Override
  public String name() {
    return "top-" + k + " accuracy";
  }

  @Override
  public String toString() {
    return name();
  }
}
