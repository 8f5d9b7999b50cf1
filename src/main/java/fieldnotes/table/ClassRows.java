package fieldnotes.table;

import fieldnotes.common.Check;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The classes of samples, and row numbers chosen by class. */
final class ClassRows {
  private ClassRows() {}

  /** See {@link Samples#classNames()}. */
  static List<String> names(List<String> classes) {
    return classes.stream().filter(c -> !c.isEmpty()).distinct().sorted(Split.ORDER).toList();
  }

  /** See {@link Samples#only(List)}. */
  static int[] of(Samples samples, List<String> wanted) {
    List<String> names = samples.classNames();
    Check.that(
        !names.isEmpty(),
        "'%s' has no classes to choose rows by: give it some with withClasses(column)",
        samples.id());
    Check.that(!wanted.isEmpty(), "no class is given: name at least one of %s", names);
    List<String> unknown = wanted.stream().filter(c -> !names.contains(c)).toList();
    Check.that(
        unknown.isEmpty(),
        "'%s' has no row of the classes %s: name some of %s",
        samples.id(),
        unknown,
        names);
    Set<String> kept = Set.copyOf(wanted);
    List<String> classes = samples.classes();
    return IntStream.range(0, classes.size()).filter(i -> kept.contains(classes.get(i))).toArray();
  }

  /** See {@link Samples#labelled()}. */
  static int[] known(List<String> classes) {
    return IntStream.range(0, classes.size()).filter(i -> !classes.get(i).isEmpty()).toArray();
  }

  /** See {@link Samples#some(int, int)}. */
  static int[] some(Samples samples, int each, int most) {
    Check.atLeast("each", each, 1);
    Check.atLeast("most", most, 1);
    int rows = samples.rowCount();
    if (!samples.hasClasses()) {
      int count = Math.min(most, rows);
      return IntStream.range(0, count).map(i -> (int) ((long) i * rows / count)).toArray();
    }
    List<String> classes = samples.classes();
    return samples.classNames().stream()
        .flatMapToInt(
            c -> IntStream.range(0, rows).filter(i -> classes.get(i).equals(c)).limit(each))
        .limit(most)
        .toArray();
  }
}
