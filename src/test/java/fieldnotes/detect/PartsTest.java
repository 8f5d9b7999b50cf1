package fieldnotes.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartsTest {
  private static final Training.Split USUAL = new Training.Split(70, 15, 15);

  private static Samples rows(List<String> classes) {
    return Samples.of(Matrix.of(List.of("x"), new double[classes.size()][1]), classes);
  }

  private static Set<String> in(int[] rows, List<String> of) {
    return Arrays.stream(rows).mapToObj(of::get).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  @DisplayName("by hand: groups of 5, 2, 2 rows and 60/20/20: the largest to learn from, one each")
  void byHand() {
    List<String> groups = List.of("p", "q", "p", "r", "p", "q", "p", "r", "p");
    Parts parts =
        Parts.of(
            rows(java.util.Collections.nCopies(9, "a")), groups, new Training.Split(3, 1, 1), 42);
    assertThat(parts.train()).containsExactly(0, 2, 4, 6, 8);
    assertThat(new HashSet<>(List.of(in(parts.test(), groups), in(parts.validation(), groups))))
        .isEqualTo(Set.of(Set.of("q"), Set.of("r")));
  }

  @Test
  @DisplayName(
      "twenty single rows of a class are split 14, 3, 3; of two, one is to learn, one to judge")
  void inProportion() {
    List<String> classes = new ArrayList<>(java.util.Collections.nCopies(20, "a"));
    classes.addAll(List.of("b", "b", "c"));
    List<String> groups = java.util.stream.IntStream.range(0, 23).mapToObj(i -> "g" + i).toList();
    Parts parts = Parts.of(rows(classes), groups, USUAL, 1);
    assertThat(Arrays.stream(parts.train()).filter(i -> i < 20)).hasSize(14);
    assertThat(Arrays.stream(parts.validation()).filter(i -> i < 20)).hasSize(3);
    assertThat(Arrays.stream(parts.test()).filter(i -> i < 20)).hasSize(3);
    assertThat(in(parts.train(), classes)).containsExactly("a", "b", "c");
    assertThat(in(parts.validation(), classes)).containsExactly("a");
    assertThat(in(parts.test(), classes)).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  @DisplayName("each row is in one part, each group in one, each class with three groups in all")
  void holds(long seed) {
    NumpyRandom random = NumpyRandom.of(seed);
    List<String> classes = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    for (int g = 0; g < 40; g++) {
      for (int n = random.upTo(8); n >= 0; n--) {
        classes.add(List.of("a", "b", "c").get(g % 7 == 0 ? 2 : g % 2));
        groups.add("recording " + g);
      }
    }
    Parts parts = Parts.of(rows(classes), groups, USUAL, seed);
    List<Integer> all = new ArrayList<>();
    for (int[] part : List.of(parts.train(), parts.validation(), parts.test())) {
      Arrays.stream(part).forEach(all::add);
      assertThat(in(part, classes)).containsExactly("a", "b", "c");
      assertThat(part).isSorted();
    }
    assertThat(all).hasSize(classes.size()).doesNotHaveDuplicates();
    assertThat(in(parts.train(), groups)).doesNotContainAnyElementsOf(in(parts.test(), groups));
    assertThat(in(parts.train(), groups))
        .doesNotContainAnyElementsOf(in(parts.validation(), groups));
    assertThat(in(parts.test(), groups))
        .doesNotContainAnyElementsOf(in(parts.validation(), groups));
    assertThat((double) parts.train().length / classes.size()).isBetween(0.6, 0.8);
    Parts again = Parts.of(rows(classes), groups, USUAL, seed);
    assertThat(again.train()).isEqualTo(parts.train());
    assertThat(again.test()).isEqualTo(parts.test());
    Parts other = Parts.of(rows(classes), groups, USUAL, seed + 100);
    assertThat(other.train()).isNotEqualTo(parts.train());
  }

  @Test
  @DisplayName("the order of the rows does not change which group is in which part")
  void orderOfRows() {
    List<String> groups = java.util.stream.IntStream.range(0, 30).mapToObj(i -> "g" + i).toList();
    List<String> classes = groups.stream().map(g -> g.hashCode() % 3 == 0 ? "a" : "b").toList();
    Parts parts = Parts.of(rows(classes), groups, USUAL, 7);
    Parts back = Parts.of(rows(classes.reversed()), groups.reversed(), USUAL, 7);
    assertThat(in(back.test(), groups.reversed())).isEqualTo(in(parts.test(), groups));
    assertThat(in(back.train(), groups.reversed())).isEqualTo(in(parts.train(), groups));
  }

  @Test
  void tooFewGroups() {
    Samples two = rows(List.of("a", "b"));
    assertThatThrownBy(() -> Parts.of(two, List.of("p", "q"), USUAL, 1).checked(two, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'rows' cannot be split in three: 2 rows to learn from, 0 to choose the threshold on, 0"
                + " to judge by; it needs a class of at least three recordings");
    Samples one = rows(List.of("a", "a", "a"));
    assertThatThrownBy(() -> Parts.of(one, List.of("p", "q", "r"), USUAL, 1).checked(one, ""))
        .hasMessage("'rows' has [a] to learn from: a model needs at least two classes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"70/30", "70/15/x", "70/0/30", "", "70/15/15/0", "-1/1/1", "NaN/1/1"})
  void splitsThatAreNone(String text) {
    assertThatThrownBy(() -> Training.Split.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "split '%s': must be three numbers above 0, to learn from, to choose the threshold on"
                    .formatted(text)
                + " and to judge by, such as 70/15/15");
  }

  @Test
  void splitsAreRead() {
    assertThat(Training.Split.parse("70/15/15")).isEqualTo(USUAL).hasToString("70/15/15");
    assertThat(Training.Split.parse("3 / 1 / 1").shares()).containsExactly(0.6, 0.2, 0.2);
  }
}
