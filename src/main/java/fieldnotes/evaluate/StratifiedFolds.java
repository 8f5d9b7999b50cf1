package fieldnotes.evaluate;

import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Folds with the classes in proportion.
 *
 * @param folds how many
 * @param seed of the shuffle; rows in their order where there is none
 */
record StratifiedFolds(int folds, OptionalLong seed) implements Folds, Shuffling {
  StratifiedFolds {
    FoldParts.check(folds, seed);
  }

  @Override
  public List<Split> splits(Samples rows) {
    return Shuffling.super.splits(rows);
  }

  @Override
  public List<Split> splits(Samples rows, NumpyRandom random) {
    Coded classes = FoldParts.classes(rows, folds);
    int[] codes = classes.codes();
    int[] sizes = classes.sizes();
    int[] foldOf = new int[codes.length];
    int before = 0; // rows of the classes so far
    for (int code : Arrays.stream(codes).distinct().toArray()) { // by their first row
      int[] share = share(before, sizes[code]);
      if (random != null) {
        random.shuffle(share);
      }
      int next = 0;
      for (int i = 0; i < codes.length; i++) {
        if (codes[i] == code) {
          foldOf[i] = share[next++];
        }
      }
      before += sizes[code];
    }
    return FoldParts.splits(foldOf, folds);
  }

  /**
   * The fold of each row of a class, ascending: rows sorted by class are dealt to the folds in
   * turn, so that folds differ by one row at most.
   */
  private int[] share(int before, int size) {
    int[] share = new int[size];
    for (int i = 0; i < size; i++) {
      share[i] = (before + i) % folds;
    }
    Arrays.sort(share);
    return share;
  }

  @Override
  public String toString() {
    return folds + " stratified folds" + FoldParts.shown(seed);
  }
}
