package fieldnotes.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ComponentsTest {
  @Test
  @DisplayName("groups that share something are one, by any chain; empty text joins nothing")
  void byHand() {
    assertThat(
            Components.of(
                List.of("d", "c", "b", "b", "a", "e", "f"),
                List.of("1", "1", "", "2", "", "2", "")))
        .containsExactly("c", "c", "b", "b", "a", "b", "f");
    assertThat(Components.of(List.of("c", "b", "b", "a"), List.of("1", "1", "2", "2")))
        .containsOnly("a");
    assertThat(Components.of(List.of(), List.of())).isEmpty();
    assertThatThrownBy(() -> Components.of(List.of("a"), List.of()))
        .hasMessage("1 rows have groups, 0 have others");
  }

  @Test
  @DisplayName("the order of the rows does not matter")
  void order() {
    Random random = new Random(3);
    List<Integer> rows = new ArrayList<>(IntStream.range(0, 200).boxed().toList());
    List<String> groups = rows.stream().map(i -> "g" + random.nextInt(120)).toList();
    List<String> others = rows.stream().map(i -> "o" + random.nextInt(160)).toList();
    List<String> made = Components.of(groups, others);
    assertThat(made.stream().distinct().count()).isBetween(10L, 110L);
    Collections.shuffle(rows, random);
    assertThat(
            Components.of(
                rows.stream().map(groups::get).toList(), rows.stream().map(others::get).toList()))
        .isEqualTo(rows.stream().map(made::get).toList());
  }
}
