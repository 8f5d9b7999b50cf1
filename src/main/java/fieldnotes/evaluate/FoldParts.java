package fieldnotes.evaluate;

import fieldnotes.common.Check;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** What the kinds of folds share: their checks, and splits from the fold of each row. */
final class FoldParts {
  private FoldParts() {}

  /** A number of folds and a seed that are possible whatever the rows. */
  static void check(int folds, OptionalLong seed) {
    Check.atLeast("folds", folds, 2);
    long value = seed.orElse(0);
    Check.that(
        value >= 0 && value <= 0xffffffffL,
        "seed=%d: must lie within 0 and 4294967295, as NumPy's seeds do",
        value);
  }

  /** The seed as a printed value ends with it. */
  static String shown(OptionalLong seed) {
    return seed.isPresent() ? " (seed " + seed.getAsLong() + ")" : "";
  }

  /** The class of each row, every one known, at least two, one of them with a row for each fold. */
  static Coded classes(Samples rows, int folds) {
    Check.that(
        rows.hasClasses(),
        "'%s' has no classes to keep in proportion: choose them with withClasses(column), or take"
            + " folds that need none, such as Folds.shuffled",
        rows.id());
    int unknown = rows.classes().indexOf("");
    Check.that(
        unknown < 0,
        "'%s' has no class at row %d: keep the rows with one by labelled()",
        rows.id(),
        unknown);
    Coded classes = Coded.of(rows.classes());
    Check.that(
        classes.names().size() > 1,
        "'%s' has only the class '%s': stratified folds need at least 2 classes",
        rows.id(),
        classes.names().getFirst());
    int most = Arrays.stream(classes.sizes()).max().orElse(0);
    Check.that(
        folds <= most,
        "folds=%d: must be at most the number of rows of the commonest class, %d",
        folds,
        most);
    return classes;
  }

  /** The group of each row, every one known, at least two and at least as many as folds. */
  static Coded groups(Samples rows, String name, int folds) {
    List<String> groups = rows.groups(name);
    int unknown = groups.indexOf("");
    Check.that(
        unknown < 0, "'%s' has no %s at row %d: drop such rows first", rows.id(), name, unknown);
    Coded coded = Coded.of(groups);
    Check.that(
        coded.names().size() >= 2,
        "'%s' has only one %s, '%s': folds by group need at least 2",
        rows.id(),
        name,
        coded.names().getFirst());
    Check.that(
        folds <= coded.names().size(),
        "folds=%d: must be at most the number of groups '%s', %d",
        folds,
        name,
        coded.names().size());
    return coded;
  }

  /** The split of each fold, from the fold that each row is tested in. */
  static List<Split> splits(int[] foldOf, int folds) {
    int[] tested = new int[folds];
    for (int fold : foldOf) {
      tested[fold]++;
    }
    List<Split> splits = new ArrayList<>();
    for (int f = 0; f < folds; f++) {
      Check.that(
          tested[f] > 0,
          "folds=%d: fold %d would have no row, as groups stay together: choose fewer folds",
          folds,
          f);
      int[] test = new int[tested[f]];
      int[] train = new int[foldOf.length - tested[f]];
      int tests = 0;
      for (int i = 0; i < foldOf.length; i++) {
        if (foldOf[i] == f) {
          test[tests++] = i;
        } else {
          train[i - tests] = i;
        }
      }
      splits.add(new Split(train, test));
    }
    return splits;
  }
}
