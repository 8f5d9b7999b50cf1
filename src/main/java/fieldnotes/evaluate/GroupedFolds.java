package fieldnotes.evaluate;

import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Folds that keep each group together.
 *
 * @param folds how many, or {@link #EACH}
 * @param groups what a group is
 * @param seed of the shuffle of the groups; groups by their size where there is none
 */
record GroupedFolds(int folds, String groups, OptionalLong seed) implements Folds, Shuffling {
  /** As many folds as there are groups. */
  static final int EACH = 0;

  GroupedFolds {
    FoldParts.check(folds == EACH ? 2 : folds, seed);
  }

  @Override
  public List<Split> splits(Samples rows) {
    return Shuffling.super.splits(rows);
  }

  @Override
  public List<Split> splits(Samples rows, NumpyRandom random) {
    Coded coded = FoldParts.groups(rows, groups, folds);
    if (folds == EACH) {
      return FoldParts.splits(coded.codes(), coded.names().size());
    }
    int count = coded.names().size();
    int[] foldOf =
        random == null
            ? lightest(coded.sizes())
            : PlainFolds.foldOf(random.permutation(count), folds);
    return FoldParts.splits(Arrays.stream(coded.codes()).map(g -> foldOf[g]).toArray(), folds);
  }

  /** The fold of each group: the largest first, of equals the last, to the fold of fewest rows. */
  private int[] lightest(int[] sizes) {
    int[] falling =
        IntStream.range(0, sizes.length)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(g -> -sizes[g])
                    .thenComparing(Comparator.reverseOrder()))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] foldOf = new int[sizes.length];
    int[] rows = new int[folds];
    for (int group : falling) {
      int lightest = 0;
      for (int f = 1; f < folds; f++) {
        if (rows[f] < rows[lightest]) {
          lightest = f;
        }
      }
      rows[lightest] += sizes[group];
      foldOf[group] = lightest;
    }
    return foldOf;
  }

  @Override
  public String toString() {
    return folds == EACH
        ? "leave one " + groups + " out"
        : folds + " folds by " + groups + FoldParts.shown(seed);
  }
}
