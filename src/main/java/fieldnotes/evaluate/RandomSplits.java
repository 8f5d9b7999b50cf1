package fieldnotes.evaluate;

import fieldnotes.common.Check;
import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Random splits that do not depend on each other: a row may be tested several times or never.
 *
 * @param splits how many
 * @param testShare the share of the rows, or of the groups, that is tested
 * @param kind what is kept
 * @param groups what a group is; empty unless groups are kept together
 * @param seed of the generator
 */
record RandomSplits(int splits, double testShare, Kind kind, String groups, long seed)
    implements Folds {
  enum Kind {
    PLAIN,
    STRATIFIED,
    GROUPED
  }

  RandomSplits {
    Check.atLeast("splits", splits, 1);
    Check.that(
        testShare > 0 && testShare < 1,
        "testShare=%s: must lie between 0 and 1, both excluded",
        testShare);
    FoldParts.check(2, OptionalLong.of(seed));
  }

  @Override
  public List<Split> splits(Samples rows) {
    return switch (kind) {
      case PLAIN -> draw(rows.rowCount(), "rows");
      case STRATIFIED -> stratified(rows);
      case GROUPED -> {
        int[] codes = FoldParts.groups(rows, groups, 2).codes();
        int count = Arrays.stream(codes).max().orElse(0) + 1;
        yield draw(count, "groups '" + groups + "'").stream()
            .map(split -> new Split(members(codes, split.train()), members(codes, split.test())))
            .toList();
      }
    };
  }

  private List<Split> draw(int count, String what) {
    int tested = (int) Math.ceil(testShare * count);
    Check.that(
        tested < count,
        "testShare=%s of %d %s leaves none to train on: choose a smaller share",
        testShare,
        count,
        what);
    NumpyRandom random = NumpyRandom.of(seed);
    List<Split> all = new ArrayList<>();
    for (int s = 0; s < splits; s++) {
      int[] order = random.permutation(count);
      all.add(
          new Split(
              Arrays.copyOfRange(order, tested, count), Arrays.copyOfRange(order, 0, tested)));
    }
    return all;
  }

  private static int[] members(int[] codes, int[] groups) {
    int[] sorted = groups.clone();
    Arrays.sort(sorted);
    return IntStream.range(0, codes.length)
        .filter(i -> Arrays.binarySearch(sorted, codes[i]) >= 0)
        .toArray();
  }

  private List<Split> stratified(Samples rows) {
    Coded classes = FoldParts.classes(rows, 2);
    int[] sizes = classes.sizes();
    for (int c = 0; c < sizes.length; c++) {
      Check.that(
          sizes[c] >= 2,
          "class '%s' has a single row: stratified splits need 2 of each class; drop it, or take"
              + " Folds.randomSplits",
          classes.names().get(c));
    }
    return Split.stratified(classes.codes(), testShare, seed, splits);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d random %ssplits%s, %s of %s held back%s",
        splits,
        kind == Kind.STRATIFIED ? "stratified " : "",
        kind == Kind.GROUPED ? " by " + groups : "",
        testShare,
        kind == Kind.GROUPED ? "the groups" : "the rows",
        FoldParts.shown(OptionalLong.of(seed)));
  }
}
