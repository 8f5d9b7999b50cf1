package fieldnotes.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.cluster.Fixtures;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RepeatedFoldsTest {
  private static Samples rows(List<String> classes, List<String> groups) {
    return Samples.of(Matrix.of(new double[classes.size()][1]), classes)
        .withId("birds")
        .withGroups("recording", groups);
  }

  private static Samples rows(String classes, String groups) {
    return rows(List.of(classes.split("")), List.of(groups.split("")));
  }

  @Test
  @DisplayName("twice three folds: the first three as they were, then every row once more")
  void repeated() {
    Samples rows = rows("aabbaabb", "xxyyzzxx");
    Folds once = Folds.stratified(2, 7);
    List<Split> splits = once.repeated(3).splits(rows);
    assertThat(splits).hasSize(6);
    assertThat(splits.subList(0, 2)).isEqualTo(once.splits(rows));
    assertThat(splits.subList(2, 4)).isNotEqualTo(once.splits(rows));
    for (int r = 0; r < 6; r += 2) {
      assertThat(
              IntStream.concat(
                      Arrays.stream(splits.get(r).test()), Arrays.stream(splits.get(r + 1).test()))
                  .sorted())
          .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }
    assertThat(once.repeated(3)).isEqualTo(Folds.stratified(2, 7).repeated(3));
  }

  @Test
  void groupsStayTogether() {
    Samples rows = rows("aabbaabbab", "xxyyzzxxww");
    List<String> groups = rows.groups("recording");
    for (Folds folds :
        List.of(
            Folds.grouped(2, "recording", 3),
            Folds.grouped(2, "recording", 3).repeated(4),
            Folds.stratifiedGrouped(2, "recording", 3).repeated(2),
            Folds.randomGrouped(5, 0.4, "recording", 3))) {
      for (Split split : folds.splits(rows)) {
        Set<String> learnt = new HashSet<>();
        Arrays.stream(split.train()).forEach(i -> learnt.add(groups.get(i)));
        assertThat(Arrays.stream(split.test()).mapToObj(groups::get))
            .doesNotContainAnyElementsOf(learnt);
        assertThat(split.train().length + split.test().length).isEqualTo(10);
      }
    }
    assertThat(Folds.randomGrouped(1, 0.4, "recording", 3).splits(rows).getFirst().test().length)
        .isGreaterThan(3); // two of four recordings
  }

  @Test
  void firstRandomSplitIsThatOfSplit() {
    Samples rows = rows("ababababab", "xxxxxyyyyy");
    assertThat(Folds.randomSplits(2, 0.3, 5).splits(rows).getFirst())
        .isEqualTo(Split.random(10, 0.3, 5));
    assertThat(Folds.randomStratified(2, 0.3, 5).splits(rows).getFirst())
        .isEqualTo(Split.stratified(rows.classes(), 0.3, 5));
  }

  /** Written by src/test/python/fold_score_fixtures.py with scikit-learn 1.9.1. */
  @Test
  void sameRowsAsScikitLearn() {
    JsonNode expected = Reference.read("repeated");
    int checked = 0;
    for (JsonNode one : expected.get("cases")) {
      JsonNode set = expected.get("sets").get(one.get("set").asString());
      Samples rows = rows(Reference.texts(set.get("classes")), Reference.texts(set.get("groups")));
      Folds folds = folds(one);
      if (one.get("test").isString()) {
        assertThatThrownBy(() -> folds.splits(rows)).hasMessageContaining("no row");
        continue;
      }
      List<Split> splits = folds.splits(rows);
      assertThat(shown(splits.stream().map(Split::test)))
          .as("%s of %s", folds, one.get("set"))
          .isEqualTo(shown(one.get("test").valueStream().map(Fixtures::ints)));
      if (one.has("train")) {
        assertThat(shown(splits.stream().map(Split::train)))
            .as("%s of %s", folds, one.get("set"))
            .isEqualTo(shown(one.get("train").valueStream().map(Fixtures::ints)));
      }
      checked++;
    }
    assertThat(checked).isGreaterThan(60);
  }

  private static String shown(Stream<int[]> parts) {
    return parts.map(Arrays::toString).collect(Collectors.joining("\n"));
  }

  private static Folds folds(JsonNode one) {
    int k = one.get("k").intValue();
    int times = one.get("times").intValue();
    long seed = one.get("seed").longValue();
    Folds folds =
        switch (one.get("kind").asString()) {
          case "shuffled" -> Folds.shuffled(k, seed);
          case "stratified" -> Folds.stratified(k, seed);
          case "grouped" -> Folds.grouped(k, "recording", seed);
          case "stratifiedGrouped" -> Folds.stratifiedGrouped(k, "recording", seed);
          case "random" -> Folds.randomSplits(k, 0.3, seed);
          case "randomStratified" -> Folds.randomStratified(k, 0.3, seed);
          case "randomGrouped" -> Folds.randomGrouped(k, 0.3, "recording", seed);
          default -> throw new IllegalArgumentException(one.toString());
        };
    return times == 1 ? folds : folds.repeated(times);
  }

  @Test
  @DisplayName("a recording of six of eight rows, a class of one row")
  void notes() {
    Samples rows = rows("aabbaabc", "xxxxxxyz");
    assertThat(Folds.stratified(3, 1).notes(rows))
        .containsExactly(
            "class 'c' is missing from the training rows of 1 of 3 folds, where no model can know"
                + " it: all of it is in one row, so label more of it, or drop the class");
    assertThat(Folds.grouped(3, "recording").notes(rows))
        .contains(
            "recording 'x' has 6 rows, more than a fold of about 3: folds are uneven; choose fewer"
                + " folds",
            "class 'a' is missing from the training rows of 1 of 3 folds, where no model can know"
                + " it: all of it is in one recording, so label more of it, or drop the class");
    assertThat(Folds.of(2).notes(rows("aabb", "wxyz")))
        .contains(
            "class 'a' is missing from the training rows of 1 of 2 folds, where no model can know"
                + " it: choose stratified folds, or drop the class");
    assertThat(Folds.stratified(3, 1).notes(rows("aaabb", "xxxxx")))
        .containsExactly(
            "class 'b' is missing from the test rows of 1 of 3 folds, where its scores are"
                + " undefined: choose fewer folds");
    assertThat(Folds.inTime(2).notes(rows("aaab", "xxxx")))
        .contains(
            "class 'b' is missing from the training rows of 2 of 2 folds, where no model can know"
                + " it: choose fewer folds");
    assertThat(Folds.stratified(2, 1).repeated(2).notes(rows("aabb", "xyxy"))).isEmpty();
    assertThat(Folds.leaveOneOut().notes(rows("aabb", "xyxy"))).isEmpty();
    assertThat(Folds.leaveOneGroupOut("recording").notes(rows("abab", "xxyy"))).isEmpty();
  }

  @Test
  void print() {
    assertThat(Folds.stratified(5, 42).repeated(10))
        .hasToString("10 times 5 stratified folds (seed 42)");
    assertThat(Folds.grouped(5, "speaker", 42)).hasToString("5 folds by speaker (seed 42)");
    assertThat(Folds.randomSplits(10, 0.2, 42))
        .hasToString("10 random splits, 0.2 of the rows held back (seed 42)");
    assertThat(Folds.randomStratified(10, 0.2, 42))
        .hasToString("10 random stratified splits, 0.2 of the rows held back (seed 42)");
    assertThat(Folds.randomGrouped(10, 0.2, "speaker", 42))
        .hasToString("10 random splits by speaker, 0.2 of the groups held back (seed 42)");
  }

  @Test
  void badInput() {
    assertThatThrownBy(() -> Folds.stratified(5).repeated(2))
        .hasMessage(
            "5 stratified folds would be the same each time: repeat shuffled folds, such as"
                + " Folds.shuffled(5, 42) or Folds.stratified(5, 42)");
    assertThatThrownBy(() -> Folds.inTime(5).repeated(2))
        .hasMessageStartingWith("5 folds in time would be the same each time");
    assertThatThrownBy(() -> Folds.shuffled(5, 1).repeated(0))
        .hasMessage("times=0: must be at least 1");
    assertThatThrownBy(() -> Folds.randomSplits(0, 0.2, 1))
        .hasMessage("splits=0: must be at least 1");
    assertThatThrownBy(() -> Folds.randomSplits(1, 1, 1))
        .hasMessage("testShare=1.0: must lie between 0 and 1, both excluded");
    assertThatThrownBy(() -> Folds.randomSplits(1, 0.2, -1)).hasMessageStartingWith("seed=-1: ");
    Samples rows = rows("aabbc", "xxyyy");
    assertThatThrownBy(() -> Folds.randomStratified(1, 0.4, 1).splits(rows))
        .hasMessage(
            "class 'c' has a single row: stratified splits need 2 of each class; drop it, or take"
                + " Folds.randomSplits");
    assertThatThrownBy(() -> Folds.randomGrouped(1, 0.6, "recording", 1).splits(rows))
        .hasMessage(
            "testShare=0.6 of 2 groups 'recording' leaves none to train on: choose a smaller share");
    assertThatThrownBy(() -> Folds.grouped(3, "recording", 1).splits(rows))
        .hasMessage("folds=3: must be at most the number of groups 'recording', 2");
  }
}
