package fieldnotes.evaluate;

import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.List;
import java.util.OptionalLong;

/** Folds that can be shuffled, and so made again and differently from one generator. */
interface Shuffling {
  /** The seed of the shuffle, if there is one. */
  OptionalLong seed();

  /** The folds of these rows, shuffled by a generator; in the order of the rows if it is null. */
  List<Split> splits(Samples rows, NumpyRandom random);

  /** The folds of these rows, shuffled by the seed. */
  default List<Split> splits(Samples rows) {
    return splits(rows, seed().isPresent() ? NumpyRandom.of(seed().getAsLong()) : null);
  }
}
