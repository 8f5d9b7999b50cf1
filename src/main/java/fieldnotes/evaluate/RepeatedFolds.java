package fieldnotes.evaluate;

import fieldnotes.common.Check;
import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.ArrayList;
import java.util.List;

/**
 * Shuffled folds several times over, each time shuffled anew.
 *
 * @param once the folds of one repetition
 * @param times how many repetitions
 */
record RepeatedFolds(Folds once, int times) implements Folds {
  RepeatedFolds {
    Check.atLeast("times", times, 1);
    Check.that(
        once instanceof Shuffling shuffling && shuffling.seed().isPresent(),
        "%s would be the same each time: repeat shuffled folds, such as Folds.shuffled(5, 42) or"
            + " Folds.stratified(5, 42)",
        once);
  }

  @Override
  public List<Split> splits(Samples rows) {
    Shuffling shuffling = (Shuffling) once;
    NumpyRandom random = NumpyRandom.of(shuffling.seed().getAsLong());
    List<Split> all = new ArrayList<>();
    for (int t = 0; t < times; t++) {
      all.addAll(shuffling.splits(rows, random));
    }
    return all;
  }

  @Override
  public String toString() {
    return times + " times " + once;
  }
}
