package fieldnotes.table;

import fieldnotes.common.Check;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The parts of samples other than features. */
record SampleParts(
    String id,
    Target target,
    Map<String, List<String>> groups,
    double[] weights,
    List<String> names,
    Path folder,
    List<String> leftOut,
    Provenance provenance) {

  /**
   * The target: numbers, or class names, empty where unknown.
   *
   * @param every the known classes of the rows that these were chosen from
   */
  record Target(
      String name,
      String unit,
      double[] numbers,
      List<String> classes,
      Supplier<List<String>> every) {
    static Target of(String name, double[] numbers) {
      for (int i = 0; i < numbers.length; i++) {
        Check.that(
            Double.isFinite(numbers[i]),
            "target '%s' has %s at row %d: drop such rows first",
            name,
            numbers[i],
            i);
      }
      return new Target(name, "", numbers, null, List::of);
    }

    static Target of(String name, List<String> classes) {
      return new Target(
          name, "", null, classes, SampleColumns.once(() -> ClassRows.names(classes)));
    }

    Target withUnit(String other) {
      return new Target(name, other, numbers, classes, every);
    }

    Target rows(int[] rows) {
      return new Target(
          name,
          unit,
          numbers == null ? null : at(numbers, rows),
          classes == null ? null : at(classes, rows),
          every);
    }
  }

  static SampleParts of(String id) {
    return new SampleParts(id, null, Map.of(), null, null, null, List.of(), Provenance.none());
  }

  SampleParts withId(String other) {
    return new SampleParts(other, target, groups, weights, names, folder, leftOut, provenance);
  }

  SampleParts withTarget(Target other) {
    return new SampleParts(id, other, groups, weights, names, folder, leftOut, provenance);
  }

  SampleParts withGroups(String name, List<String> of) {
    Map<String, List<String>> more = new LinkedHashMap<>(groups);
    more.put(name, List.copyOf(of));
    return withGroups(more);
  }

  private SampleParts withGroups(Map<String, List<String>> all) {
    return new SampleParts(
        id, target, Collections.unmodifiableMap(all), weights, names, folder, leftOut, provenance);
  }

  SampleParts withWeights(double[] other) {
    return new SampleParts(id, target, groups, other, names, folder, leftOut, provenance);
  }

  SampleParts withNames(List<String> other) {
    return new SampleParts(
        id, target, groups, weights, List.copyOf(other), folder, leftOut, provenance);
  }

  SampleParts withFolder(Path other) {
    return new SampleParts(id, target, groups, weights, names, other, leftOut, provenance);
  }

  SampleParts withLeftOut(List<String> other) {
    return new SampleParts(
        id, target, groups, weights, names, folder, List.copyOf(other), provenance);
  }

  SampleParts withProvenance(Provenance other) {
    return new SampleParts(id, target, groups, weights, names, folder, leftOut, other);
  }

  SampleParts rows(int[] rows) {
    Map<String, List<String>> chosen = new LinkedHashMap<>();
    groups.forEach((name, of) -> chosen.put(name, at(of, rows)));
    SampleParts some = withGroups(chosen);
    some = target == null ? some : some.withTarget(target.rows(rows));
    some = weights == null ? some : some.withWeights(at(weights, rows));
    return names == null ? some : some.withNames(at(names, rows));
  }

  private static double[] at(double[] values, int[] rows) {
    return Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
  }

  private static List<String> at(List<String> values, int[] rows) {
    return Arrays.stream(rows).mapToObj(values::get).toList();
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  /** A text for each row. */
  static List<String> texts(String what, List<String> texts, int rows) {
    Check.sameLength(what, texts.size(), "rows", rows);
    int missing = new ArrayList<>(texts).indexOf(null);
    Check.that(missing < 0, "%s has null at row %d: give empty text instead", what, missing);
    return List.copyOf(texts);
  }
}
