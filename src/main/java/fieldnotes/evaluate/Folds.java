package fieldnotes.evaluate;

import fieldnotes.common.Check;
import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows split into k folds; each fold is the test set once. The first (rows mod k) folds have one
 * row more, as in scikit-learn's {@code KFold}.
 */
public final class Folds {
  private Folds() {}

  /** Folds of consecutive rows, in the order of the rows. */
  public static List<Split> consecutive(int rows, int folds) {
    int[] order = new int[rows];
    Arrays.setAll(order, i -> i);
    return of(order, folds);
  }

  /** Folds of shuffled rows; within a fold, rows keep their order. */
  public static List<Split> shuffled(int rows, int folds, long seed) {
    return of(NumpyRandom.of(seed).permutation(rows), folds);
  }

  private static List<Split> of(int[] order, int folds) {
    Check.atLeast("folds", folds, 2);
    Check.that(
        folds <= order.length,
        "folds=%d: must be at most the number of rows, %d",
        folds,
        order.length);
    List<Split> splits = new ArrayList<>();
    int from = 0;
    for (int f = 0; f < folds; f++) {
      int to = from + order.length / folds + (f < order.length % folds ? 1 : 0);
      int[] test = Arrays.copyOfRange(order, from, to);
      int[] train = new int[order.length - test.length];
      System.arraycopy(order, 0, train, 0, from);
      System.arraycopy(order, to, train, from, order.length - to);
      Arrays.sort(test);
      Arrays.sort(train);
      splits.add(new Split(train, test));
      from = to;
    }
    return splits;
  }
}
