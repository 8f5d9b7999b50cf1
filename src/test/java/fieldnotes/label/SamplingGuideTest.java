package fieldnotes.label;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.table.Samples;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SamplingGuideTest {
  /** Rows 0–3 and 4–7: two groups, each a node below the root. */
  private static final Samples ROWS = GuideRows.line(0, 1, 2, 3, 100, 101, 102, 103);

  private static Guide guide() {
    return Strategies.dasguptaHsu().over(ROWS, 1).begin();
  }

  /**
   * Of N = 8 rows n = 1 was heard: f = 7/8, δ = 7/8, so LB = max(1, 8·(1 − 7/8)) = 1, and of a
   * class not heard UB = min(7, 8·7/8) = 7: 1 > 2·7 − 8 does not hold. With n = 2: f = 3/4, δ =
   * 3/8, LB = 5, UB = 3: 5 > −2 holds.
   */
  @Test
  @DisplayName("one clip of eight says nothing, two that agree do")
  void handWorked() {
    Guide guide = guide();
    guide.heard(0, "a");
    assertThat(guide.propagated()).isEmpty();
    guide.heard(4, "a");
    assertThat(guide.propagated()).hasSize(6).containsValue(new Guide.Propagated("a", 2, 2));
  }

  /**
   * After a, a in one half and b, b in the other the root has no admissible label: p = 1/2, f =
   * 1/2, δ = 1/8 + √(1/32) = 0.30, LB = max(2, 1.6) = 2, UB = min(6, 6.4) = 6, and 2 > 4 fails.
   * With a third a: n = 5, f = 3/8, δ = 0.075 + √(0.375·0.24/5) = 0.209; LB(a) = 8·(0.6 − 0.209) =
   * 3.13, UB(b) = 8·(0.4 + 0.209) = 4.87, 3.13 > 1.75 holds. Cost of the root 8 − 3.13 = 4.87; the
   * halves: a, a, a of 4: f = 1/4, δ = 1/12, LB = 3.67, cost 0.33; b, b of 4: f = 1/2, δ = 1/4, LB
   * = 3, cost 1. 1.33 < 4.87, so it is split.
   */
  @Test
  @DisplayName("the root is split when its halves are surer")
  void splits() {
    Guide guide = guide();
    guide.heard(0, "a");
    guide.heard(1, "a");
    guide.heard(4, "b");
    guide.heard(5, "b");
    assertThat(guide.propagated()).isEmpty();
    guide.heard(2, "a");
    assertThat(guide.propagated())
        .isEqualTo(
            Map.of(
                3, new Guide.Propagated("a", 3, 3),
                6, new Guide.Propagated("b", 2, 2),
                7, new Guide.Propagated("b", 2, 2)));
    // an answer counts up to the node of the pruning that it is under, and no further
    guide.heard(6, "b");
    assertThat(guide.propagated())
        .isEqualTo(Map.of(3, new Guide.Propagated("a", 3, 3), 7, new Guide.Propagated("b", 3, 3)));
  }

  @Test
  @DisplayName("a node without a label of its own has that of the one it was split off")
  void takesOver() {
    Guide guide = guide();
    for (int row : new int[] {0, 1, 2}) {
      guide.heard(row, "a");
    }
    // the root: a, 3 of 3; its left half is surer, its right half costs 4: no split yet
    assertThat(guide.propagated()).hasSize(5).containsValue(new Guide.Propagated("a", 3, 3));
    guide.heard(4, "b");
    guide.heard(5, "b");
    guide.heard(6, "c");
    Map<Integer, Guide.Propagated> labels = guide.propagated();
    assertThat(labels.get(3)).isEqualTo(new Guide.Propagated("a", 3, 3));
  }

  @Test
  @DisplayName("a mixed node of which all was heard is not asked about again")
  void exhausted() {
    for (long seed = 0; seed < 20; seed++) {
      Guide guide = Strategies.dasguptaHsu().over(ROWS, seed).begin();
      Set<Integer> asked = new HashSet<>();
      for (int i = 0; i < ROWS.rowCount(); i++) {
        int row = guide.next().orElseThrow();
        assertThat(asked.add(row)).isTrue();
        guide.heard(row, "class " + row % 3);
      }
      assertThat(guide.next()).isEmpty();
      assertThat(guide.propagated()).isEmpty();
    }
  }

  @Test
  @DisplayName("what no label is admissible for stays unlabelled")
  void unlabelled() {
    Guide guide = guide();
    guide.heard(0, "b");
    guide.heard(4, "a");
    assertThat(guide.propagated()).isEmpty();
  }
}
