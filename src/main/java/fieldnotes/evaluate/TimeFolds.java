package fieldnotes.evaluate;

import fieldnotes.common.Check;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Folds of rows that follow each other in time.
 *
 * @param folds how many
 */
record TimeFolds(int folds) implements Folds {
  TimeFolds {
    FoldParts.check(folds, OptionalLong.empty());
  }

  @Override
  public List<Split> splits(Samples rows) {
    int count = rows.rowCount();
    Check.that(
        folds < count,
        "folds=%d: must be below the number of rows, %d, as the first rows are only learnt from",
        folds,
        count);
    int length = count / (folds + 1);
    List<Split> splits = new ArrayList<>();
    for (int from = count - folds * length; from < count; from += length) {
      splits.add(
          new Split(
              IntStream.range(0, from).toArray(), IntStream.range(from, from + length).toArray()));
    }
    return splits;
  }

  @Override
  public String toString() {
    return folds + " folds in time";
  }
}
