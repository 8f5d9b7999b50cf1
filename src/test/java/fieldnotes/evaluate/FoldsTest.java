package fieldnotes.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.cluster.Fixtures;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class FoldsTest {
  private static final JsonNode EXPECTED = Reference.read("folds");

  private static Samples rows(List<String> classes, List<String> groups) {
    Samples rows = Samples.of(Matrix.of(new double[classes.size()][1]), classes).withId("birds");
    return groups.isEmpty() ? rows : rows.withGroups("recording", groups);
  }

  private static Samples rows(String classes, String groups) {
    return rows(letters(classes), letters(groups));
  }

  /** One text for each letter; a blank is an empty text. */
  private static List<String> letters(String text) {
    return text.chars().mapToObj(c -> Character.toString(c).strip()).toList();
  }

  private static List<List<Integer>> tests(Folds folds, Samples rows) {
    return folds.splits(rows).stream()
        .map(split -> Arrays.stream(split.test()).boxed().toList())
        .toList();
  }

  @Test
  @DisplayName("seven rows in three folds: three rows, then two, then two")
  void consecutive() {
    Samples rows = rows("aaaaaaa", "");
    assertThat(tests(Folds.of(3), rows))
        .containsExactly(List.of(0, 1, 2), List.of(3, 4), List.of(5, 6));
    assertThat(Folds.of(3).splits(rows).get(1).train()).containsExactly(0, 1, 2, 5, 6);
    assertThat(Folds.consecutive(7, 3)).isEqualTo(Folds.of(3).splits(rows));
  }

  @Test
  @DisplayName("four of a and two of b: two of a and one of b in each half")
  void stratified() {
    assertThat(tests(Folds.stratified(2), rows("aabaab", "")))
        .containsExactly(List.of(0, 1, 2), List.of(3, 4, 5));
  }

  @Test
  @DisplayName("recordings of 3, 2, 1 and 1 rows: the longest first, each to the shorter fold")
  void grouped() {
    Samples rows = rows("aaaaaaa", "xyxzyxw");
    assertThat(tests(Folds.grouped(2, "recording"), rows))
        .containsExactly(List.of(0, 2, 5, 6), List.of(1, 3, 4));
    assertThat(tests(Folds.leaveOneGroupOut("recording"), rows))
        .containsExactly(List.of(6), List.of(0, 2, 5), List.of(1, 4), List.of(3));
  }

  @Test
  @DisplayName("a recording of each class in each fold")
  void stratifiedGrouped() {
    assertThat(tests(Folds.stratifiedGrouped(2, "recording"), rows("aaaabbbb", "uuvvwwxx")))
        .containsExactly(List.of(0, 1, 4, 5), List.of(2, 3, 6, 7));
  }

  @Test
  @DisplayName("seven rows, two folds in time: three rows to begin with, then twice two more")
  void inTime() {
    List<Split> splits = Folds.inTime(2).splits(rows("aaaaaaa", ""));
    assertThat(splits)
        .containsExactly(
            new Split(new int[] {0, 1, 2}, new int[] {3, 4}),
            new Split(new int[] {0, 1, 2, 3, 4}, new int[] {5, 6}));
    assertThat(tests(Folds.leaveOneOut(), rows("ab", ""))).containsExactly(List.of(0), List.of(1));
  }

  @Test
  void numbersNeedNoClasses() {
    Samples rows = Samples.of(Matrix.of(new double[6][1]), new double[6]);
    assertThat(Folds.shuffled(3, 1).splits(rows)).hasSize(3);
    assertThat(Folds.grouped(2, "speaker").splits(rows.withGroups("speaker", letters("aabbcc"))))
        .hasSize(2);
  }

  @Property(tries = 60)
  void everyRowIsTestedOnceAndNoGroupIsOnBothSides(
      @ForAll @IntRange(min = 12, max = 120) int n,
      @ForAll @IntRange(min = 2, max = 5) int k,
      @ForAll @IntRange(min = 0, max = Integer.MAX_VALUE) int seed) {
    Random random = new Random(seed);
    List<String> classes =
        IntStream.range(0, n)
            .mapToObj(
                i ->
                    i < 10
                        ? "ab".substring(i % 2, i % 2 + 1)
                        : "abc".substring(random.nextInt(3)).substring(0, 1))
            .toList();
    List<String> groups =
        IntStream.range(0, n).mapToObj(i -> "r" + (i < 6 ? i : random.nextInt(9))).toList();
    Samples rows = rows(classes, groups);
    List<Folds> byRow =
        List.of(
            Folds.of(k),
            Folds.shuffled(k, seed),
            Folds.stratified(k),
            Folds.stratified(k, seed),
            Folds.leaveOneOut());
    List<Folds> byGroup =
        new ArrayList<>(
            List.of(Folds.grouped(k, "recording"), Folds.leaveOneGroupOut("recording")));
    for (Folds folds :
        List.of(
            Folds.stratifiedGrouped(k, "recording"),
            Folds.stratifiedGrouped(k, "recording", seed))) {
      try {
        folds.splits(rows);
        byGroup.add(folds);
      } catch (IllegalArgumentException empty) {
        assertThat(empty).hasMessageContaining("would have no row");
      }
    }
    for (Folds folds : Stream.concat(byRow.stream(), byGroup.stream()).toList()) {
      List<Split> splits = folds.splits(rows);
      assertThat(splits.stream().flatMapToInt(s -> Arrays.stream(s.test())).sorted())
          .as("%s", folds)
          .containsExactlyElementsOf(IntStream.range(0, n).boxed().toList());
      for (Split split : splits) {
        assertThat(split.train()).isSorted();
        assertThat(split.test()).isSorted();
        assertThat(
                IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.test()))
                    .sorted())
            .containsExactlyElementsOf(IntStream.range(0, n).boxed().toList());
      }
      assertThat(folds.splits(rows)).isEqualTo(splits);
    }
    for (Folds folds : byGroup) {
      for (Split split : folds.splits(rows)) {
        Set<String> learnt = new HashSet<>(rows.rows(split.train()).groups("recording"));
        assertThat(rows.rows(split.test()).groups("recording"))
            .as("%s", folds)
            .doesNotContainAnyElementsOf(learnt);
      }
    }
    for (Folds folds : List.of(Folds.stratified(k), Folds.stratified(k, seed))) {
      for (Split split : folds.splits(rows)) {
        List<String> tested = rows.rows(split.test()).classes();
        assertThat(split.test().length).isBetween(n / k, n / k + 1);
        for (String name : rows.classNames()) {
          double share = (double) classes.stream().filter(name::equals).count() / k;
          assertThat(tested.stream().filter(name::equals).count())
              .as("%s of %s in %s", name, share, folds)
              .isBetween((long) Math.floor(share), (long) Math.ceil(share));
        }
      }
    }
  }

  @Property(tries = 30)
  void theFutureIsNeverLearntFrom(
      @ForAll @IntRange(min = 7, max = 100) int n, @ForAll @IntRange(min = 2, max = 6) int k) {
    List<Split> splits = Folds.inTime(k).splits(rows("a".repeat(n), ""));
    assertThat(splits).hasSize(k);
    int end = n - k * (n / (k + 1));
    for (Split split : splits) {
      assertThat(split.train()).containsExactly(IntStream.range(0, end).toArray());
      assertThat(split.test()).containsExactly(IntStream.range(end, end + n / (k + 1)).toArray());
      end += n / (k + 1);
    }
    assertThat(end).isEqualTo(n);
  }

  static Stream<String> kinds() {
    return EXPECTED.get("cases").valueStream().map(c -> c.get("kind").asString()).distinct();
  }

  /** Written by src/test/python/fold_score_fixtures.py with scikit-learn 1.9.1. */
  @ParameterizedTest
  @MethodSource("kinds")
  void sameRowsAsScikitLearn(String kind) {
    int checked = 0;
    for (JsonNode one : EXPECTED.get("cases")) {
      if (!one.get("kind").asString().equals(kind)) {
        continue;
      }
      JsonNode set = EXPECTED.get("sets").get(one.get("set").asString());
      Samples rows = rows(Reference.texts(set.get("classes")), Reference.texts(set.get("groups")));
      Folds folds = folds(one);
      String what = folds + " of " + one.get("set");
      if (one.get("test").isString()) {
        assertThatThrownBy(() -> folds.splits(rows)).as(what).hasMessageContaining("no row");
      } else {
        assertThat(shown(folds.splits(rows).stream().map(Split::test)))
            .as(what)
            .isEqualTo(shown(one.get("test").valueStream().map(Fixtures::ints)));
        if (one.has("train")) {
          assertThat(shown(folds.splits(rows).stream().map(Split::train)))
              .as(what)
              .isEqualTo(shown(one.get("train").valueStream().map(Fixtures::ints)));
        }
      }
      checked++;
    }
    assertThat(checked).isGreaterThan(5);
  }

  private static String shown(Stream<int[]> parts) {
    return parts.map(Arrays::toString).collect(Collectors.joining("\n"));
  }

  private static Folds folds(JsonNode one) {
    int k = one.get("k").intValue();
    boolean seeded = !one.get("seed").isNull();
    long seed = seeded ? one.get("seed").longValue() : 0;
    return switch (one.get("kind").asString()) {
      case "of" -> Folds.of(k);
      case "shuffled" -> Folds.shuffled(k, seed);
      case "stratified" -> seeded ? Folds.stratified(k, seed) : Folds.stratified(k);
      case "grouped" -> Folds.grouped(k, "recording");
      case "stratifiedGrouped" ->
          seeded
              ? Folds.stratifiedGrouped(k, "recording", seed)
              : Folds.stratifiedGrouped(k, "recording");
      case "leaveOneGroupOut" -> Folds.leaveOneGroupOut("recording");
      case "leaveOneOut" -> Folds.leaveOneOut();
      case "inTime" -> Folds.inTime(k);
      default -> throw new IllegalArgumentException(one.toString());
    };
  }

  @Test
  void printAndEqual() {
    List<Folds> all =
        List.of(
            Folds.of(5),
            Folds.shuffled(5, 42),
            Folds.stratified(5),
            Folds.stratified(5, 42),
            Folds.grouped(5, "speaker"),
            Folds.stratifiedGrouped(5, "speaker"),
            Folds.stratifiedGrouped(5, "speaker", 42),
            Folds.leaveOneOut(),
            Folds.inTime(5),
            Folds.leaveOneGroupOut("speaker"));
    assertThat(all)
        .extracting(Object::toString)
        .containsExactly(
            "5 folds",
            "5 shuffled folds (seed 42)",
            "5 stratified folds",
            "5 stratified folds (seed 42)",
            "5 folds by speaker",
            "5 stratified folds by speaker",
            "5 stratified folds by speaker (seed 42)",
            "leave one row out",
            "5 folds in time",
            "leave one speaker out");
    assertThat(Folds.shuffled(5, 42))
        .isEqualTo(Folds.shuffled(5, 42))
        .hasSameHashCodeAs(all.get(1));
    assertThat(Folds.grouped(5, "speaker")).isEqualTo(all.get(4));
    assertThat(new HashSet<>(all)).hasSameSizeAs(all);
    assertThat(Folds.shuffled(5, 42)).isNotEqualTo(Folds.shuffled(5, 43));
  }

  @Test
  void badInput() {
    for (Runnable one :
        List.<Runnable>of(
            () -> Folds.of(1),
            () -> Folds.shuffled(1, 0),
            () -> Folds.stratified(1),
            () -> Folds.grouped(1, "recording"),
            () -> Folds.stratifiedGrouped(1, "recording"),
            () -> Folds.inTime(1))) {
      assertThatThrownBy(one::run).hasMessage("folds=1: must be at least 2");
    }
    assertThatThrownBy(() -> Folds.of(0)).hasMessage("folds=0: must be at least 2");
    assertThatThrownBy(() -> Folds.grouped(0, "x")).hasMessage("folds=0: must be at least 2");
    assertThatThrownBy(() -> Folds.stratified(2, -1))
        .hasMessage("seed=-1: must lie within 0 and 4294967295, as NumPy's seeds do");
  }

  @Test
  void badRows() {
    refuses(Folds.of(4), rows("abc", ""), "folds=4: must be at most the number of rows, 3");
    refuses(
        Folds.shuffled(4, 1), rows("abc", ""), "folds=4: must be at most the number of rows, 3");
    refuses(Folds.leaveOneOut(), rows("a", ""), "'birds' has 1 rows: folds need at least 2");
    refuses(
        Folds.inTime(3),
        rows("abc", ""),
        "folds=3: must be below the number of rows, 3, as the first rows are only learnt from");
    refuses(
        Folds.stratified(4),
        rows("aabbbc", ""),
        "folds=4: must be at most the number of rows of the commonest class, 3");
    refuses(
        Folds.stratified(2),
        rows("aaaa", ""),
        "'birds' has only the class 'a': stratified folds need at least 2 classes");
    refuses(
        Folds.stratified(2),
        rows("ab ab", ""),
        "'birds' has no class at row 2: keep the rows with one by labelled()");
    refuses(
        Folds.stratified(2),
        Samples.of(Matrix.of(new double[4][1]), new double[4]),
        "'rows' has no classes to keep in proportion: choose them with withClasses(column), or take"
            + " folds that need none, such as Folds.shuffled");
    refuses(
        Folds.grouped(3, "recording"),
        rows("abcd", "xyxy"),
        "folds=3: must be at most the number of groups 'recording', 2");
    refuses(
        Folds.stratifiedGrouped(3, "recording"),
        rows("aaabbb", "xyxyxy"),
        "folds=3: must be at most the number of groups 'recording', 2");
    refuses(
        Folds.leaveOneGroupOut("recording"),
        rows("ab", "xx"),
        "'birds' has only one recording, 'x': folds by group need at least 2");
    refuses(
        Folds.grouped(2, "speaker"),
        rows("ab", "xy"),
        "'birds' has no groups 'speaker'; it has [recording]");
    refuses(
        Folds.grouped(2, "recording"),
        rows("abc", "xy "),
        "'birds' has no recording at row 2: drop such rows first");
    refuses(
        Folds.stratifiedGrouped(5, "recording"),
        rows("abcdaabcdaab", "vwxyzvwxyzvw"),
        "folds=5: fold 2 would have no row, as groups stay together: choose fewer folds");
  }

  private static void refuses(Folds folds, Samples rows, String message) {
    assertThatThrownBy(() -> folds.splits(rows))
        .as("%s", folds)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
