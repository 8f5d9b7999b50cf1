package fieldnotes.evaluate;

import fieldnotes.common.Check;
import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Folds of rows that have nothing to do with each other.
 *
 * @param folds how many, or {@link #EACH}
 * @param seed of the shuffle; consecutive rows where there is none
 */
record PlainFolds(int folds, OptionalLong seed) implements Folds, Shuffling {
  /** As many folds as there are rows. */
  static final int EACH = 0;

  PlainFolds {
    FoldParts.check(folds == EACH ? 2 : folds, seed);
  }

  @Override
  public List<Split> splits(Samples rows) {
    return Shuffling.super.splits(rows);
  }

  @Override
  public List<Split> splits(Samples rows, NumpyRandom random) {
    int count = rows.rowCount();
    Check.that(count >= 2, "'%s' has %d rows: folds need at least 2", rows.id(), count);
    int[] order = random != null ? random.permutation(count) : IntStream.range(0, count).toArray();
    return parts(order, folds == EACH ? count : folds);
  }

  /** Rows in this order parted into folds; the first rows mod k folds are one row longer. */
  static List<Split> parts(int[] order, int folds) {
    Check.that(
        folds <= order.length,
        "folds=%d: must be at most the number of rows, %d",
        folds,
        order.length);
    return FoldParts.splits(foldOf(order, folds), folds);
  }

  /** The fold of each, dealt in this order; the first k folds mod count are one longer. */
  static int[] foldOf(int[] order, int folds) {
    int[] foldOf = new int[order.length];
    int at = 0;
    for (int f = 0; f < folds; f++) {
      int to = at + order.length / folds + (f < order.length % folds ? 1 : 0);
      for (; at < to; at++) {
        foldOf[order[at]] = f;
      }
    }
    return foldOf;
  }

  @Override
  public String toString() {
    if (folds == EACH) {
      return "leave one row out";
    }
    return folds + (seed.isPresent() ? " shuffled folds" : " folds") + FoldParts.shown(seed);
  }
}
