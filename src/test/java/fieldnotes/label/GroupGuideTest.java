package fieldnotes.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.table.Samples;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GroupGuideTest {
  private static final GroupOptions TWO =
      GroupOptions.of().withHeard(2).withGrowth(0).withPurity(1).withRecheck(0);

  /** Two groups of five rows. */
  private static final Samples ROWS = GuideRows.line(0, 1, 2, 3, 4, 100, 101, 102, 103, 104);

  private static Guide guide(ChangeScore score, GroupOptions options) {
    return Strategies.changeGroups(score, options).over(ROWS, 1).begin();
  }

  /** Answers as asked; the rows asked about. */
  private static List<Integer> answer(Guide guide, int times, String name) {
    return IntStream.range(0, times)
        .mapToObj(
            i -> {
              int row = guide.next().orElseThrow();
              guide.heard(row, name);
              return row;
            })
        .toList();
  }

  @Test
  @DisplayName("two clips of each half agree: the other six take over their class")
  void passes() {
    Guide guide = guide(ChangeScore.GAP, TWO);
    List<Integer> first = answer(guide, 2, "a");
    IntPredicate half = row -> row < 5 == first.getFirst() < 5;
    assertThat(first).allMatch(half::test);
    assertThat(guide.propagated())
        .hasSize(3)
        .containsValue(new Guide.Propagated("a", 2, 2))
        .allSatisfy((row, label) -> assertThat(half.test(row)).isTrue());
    List<Integer> second = answer(guide, 2, "b");
    assertThat(second).noneMatch(half::test);
    assertThat(guide.propagated()).hasSize(6).containsValue(new Guide.Propagated("b", 2, 2));
    // then it rechecks, until all was heard
    answer(guide, 6, "a");
    assertThat(guide.next()).isEmpty();
    assertThat(guide.propagated()).isEmpty();
  }

  @Test
  @DisplayName("a mixed group is left to the groups inside it")
  void mixed() {
    Guide guide = guide(ChangeScore.GAP, TWO);
    int first = guide.next().orElseThrow();
    guide.heard(first, "a");
    int second = guide.next().orElseThrow();
    guide.heard(second, "b");
    assertThat(guide.propagated()).isEmpty();
    int third = guide.next().orElseThrow();
    assertThat(third).isNotIn(first, second);
  }

  @Test
  @DisplayName("an answer that contradicts a group takes its labels back")
  void takesBack() {
    Guide guide = guide(ChangeScore.GAP, TWO);
    List<Integer> heard = answer(guide, 2, "a");
    int other = guide.propagated().keySet().iterator().next();
    guide.heard(other, "b");
    assertThat(guide.propagated().values()).doesNotContain(new Guide.Propagated("a", 2, 3));
    guide.heard(other, "a"); // another answer of the same row
    assertThat(guide.propagated()).hasSize(2).containsValue(new Guide.Propagated("a", 3, 3));
    assertThat(heard).hasSize(2);
  }

  @Test
  @DisplayName("a share of the questions goes to groups that passed")
  void rechecks() {
    Guide guide = guide(ChangeScore.GAP, TWO.withRecheck(0.999));
    List<Integer> heard = answer(guide, 3, "a");
    assertThat(heard.get(2) < 5).isEqualTo(heard.get(0) < 5);
    assertThat(guide.propagated()).hasSize(2).containsValue(new Guide.Propagated("a", 3, 3));
  }

  @Test
  @DisplayName("more is heard of larger groups")
  void growth() {
    GroupOptions options = GroupOptions.of().withHeard(3).withGrowth(1);
    assertThat(options.toHear(2)).isEqualTo(2);
    assertThat(options.toHear(3)).isEqualTo(3);
    assertThat(options.toHear(6)).isEqualTo(4);
    assertThat(options.toHear(12)).isEqualTo(5);
    assertThat(options.toHear(3 << 10)).isEqualTo(13);
    assertThat(options.passes(new Guide.Propagated("a", 9, 10))).isTrue();
    assertThat(options.passes(new Guide.Propagated("a", 8, 10))).isFalse();
  }

  @Test
  @DisplayName("a flat cut hears so many of each group and goes by the majority")
  void flatCut() {
    Guide guide = Strategies.flatCut(2, 3).over(ROWS, 1).begin();
    List<Integer> first = answer(guide, 2, "a");
    assertThat(guide.propagated()).isEmpty();
    answer(guide, 1, "b");
    assertThat(guide.propagated()).hasSize(2).containsValue(new Guide.Propagated("a", 2, 3));
    List<Integer> second = answer(guide, 3, "c");
    assertThat(second).allMatch(row -> row < 5 != first.getFirst() < 5);
    assertThat(guide.propagated()).hasSize(4);
    answer(guide, 4, "c");
    assertThat(guide.next()).isEmpty();
  }

  @Test
  @DisplayName("a growing cut asks about the part without a heard clip")
  void growingCut() {
    Guide guide = Strategies.growingCut().over(ROWS, 1).begin();
    int first = guide.next().orElseThrow();
    guide.heard(first, "a");
    assertThat(guide.propagated()).hasSize(9).containsValue(new Guide.Propagated("a", 1, 1));
    int second = guide.next().orElseThrow();
    assertThat(second < 5).isNotEqualTo(first < 5);
    guide.heard(second, "b");
    Map<Integer, Guide.Propagated> labels = guide.propagated();
    assertThat(labels).hasSize(8);
    labels.forEach(
        (row, label) -> assertThat(label.name()).isEqualTo(row < 5 == first < 5 ? "a" : "b"));
    // the halves are split next, and mixed parts give nothing
    int third = guide.next().orElseThrow();
    guide.heard(third, "c");
    assertThat(guide.propagated()).hasSize(7);
  }

  @Test
  void badInput() {
    assertThatThrownBy(() -> GroupOptions.of().withPurity(0.5))
        .hasMessage("purity=0.5: must be above 0.5 and at most 1");
    assertThatThrownBy(() -> GroupOptions.of().withRecheck(1))
        .hasMessage("recheck=1.0: must be at least 0 and below 1");
    assertThatThrownBy(() -> GroupOptions.of().withHeard(0))
        .hasMessage("heard=0: must be at least 1");
    assertThatThrownBy(() -> guide(ChangeScore.GAP, TWO).heard(10, "a"))
        .hasMessage("row=10: must be from 0 to 9");
    assertThatThrownBy(() -> guide(ChangeScore.GAP, TWO).heard(1, " "))
        .hasMessage("row 1: the class is empty; an answer needs a name");
    assertThatThrownBy(() -> Strategies.flatCut(0)).hasMessage("groups=0: must be at least 1");
  }
}
