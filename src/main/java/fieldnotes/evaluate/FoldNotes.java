package fieldnotes.evaluate;

import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What is uneven about folds of these rows, although they are possible. */
final class FoldNotes {
  private FoldNotes() {}

  static List<String> of(Folds folds, Samples rows) {
    if (folds instanceof PlainFolds plain && plain.folds() == PlainFolds.EACH) {
      return List.of(); // a fold for each row: nothing can be uneven
    }
    List<Split> splits = folds.splits(rows);
    List<String> notes = new ArrayList<>();
    String groups = groups(folds);
    boolean each = folds instanceof GroupedFolds grouped && grouped.folds() == GroupedFolds.EACH;
    if (!groups.isEmpty() && !each) {
      largest(rows, groups, splits).ifPresent(notes::add);
    }
    if (rows.hasClasses()) {
      for (String name : rows.classNames()) {
        missing(rows, name, splits, each, remedy(rows, name, folds)).ifPresent(notes::add);
      }
    }
    return List.copyOf(notes);
  }

  private static String groups(Folds folds) {
    return switch (folds) {
      case GroupedFolds grouped -> grouped.groups();
      case StratifiedGroupedFolds grouped -> grouped.groups();
      case RandomSplits random -> random.groups();
      case RepeatedFolds repeated -> groups(repeated.once());
      case PlainFolds _, StratifiedFolds _, TimeFolds _ -> "";
    };
  }

  private static Optional<String> largest(Samples rows, String groups, List<Split> splits) {
    Coded coded = Coded.of(rows.groups(groups));
    int[] sizes = coded.sizes();
    int at = 0;
    for (int g = 1; g < sizes.length; g++) {
      at = sizes[g] > sizes[at] ? g : at;
    }
    double fold = splits.stream().mapToInt(s -> s.test().length).average().orElse(0);
    return sizes[at] <= fold + 1
        ? Optional.empty()
        : Optional.of(
            "%s '%s' has %d rows, more than a fold of about %d: folds are uneven; choose fewer folds"
                .formatted(groups, coded.names().get(at), sizes[at], Math.round(fold)));
  }

  /** What to do about a class that some training rows lack. */
  private static String remedy(Samples rows, String name, Folds folds) {
    if (folds instanceof TimeFolds) {
      return ": choose fewer folds";
    }
    String groups = groups(folds);
    List<?> parts =
        groups.isEmpty()
            ? IntStream.range(0, rows.rowCount()).boxed().toList()
            : rows.groups(groups);
    long distinct =
        IntStream.range(0, rows.rowCount())
            .filter(i -> rows.classes().get(i).equals(name))
            .<Object>mapToObj(parts::get)
            .distinct()
            .count();
    return distinct == 1
        ? ": all of it is in one %s, so label more of it, or drop the class"
            .formatted(groups.isEmpty() ? "row" : groups)
        : ": choose stratified folds, or drop the class";
  }

  private static Optional<String> missing(
      Samples rows, String name, List<Split> splits, boolean each, String remedy) {
    boolean[] is = new boolean[rows.rowCount()];
    List<String> classes = rows.classes();
    for (int i = 0; i < is.length; i++) {
      is[i] = classes.get(i).equals(name);
    }
    long unlearnt = splits.stream().filter(s -> !any(is, s.train())).count();
    if (unlearnt > 0) {
      return Optional.of(
          "class '%s' is missing from the training rows of %d of %d folds, where no model can know it"
                  .formatted(name, unlearnt, splits.size())
              + remedy);
    }
    long untested = each ? 0 : splits.stream().filter(s -> !any(is, s.test())).count();
    return untested == 0
        ? Optional.empty()
        : Optional.of(
            "class '%s' is missing from the test rows of %d of %d folds, where its scores are"
                    .formatted(name, untested, splits.size())
                + " undefined: choose fewer folds");
  }

  private static boolean any(boolean[] is, int[] rows) {
    return Arrays.stream(rows).anyMatch(i -> is[i]);
  }
}
