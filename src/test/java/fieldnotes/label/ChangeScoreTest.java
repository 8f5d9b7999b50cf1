package fieldnotes.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChangeScoreTest {
  /** Nodes 4 = {0, 1} and 5 = {10, 12} under the root 6; heights 1, 2, √2·10.5 in one unit. */
  private final ClipTree tree = ClipTree.of(GuideRows.line(0, 1, 10, 12));

  @Test
  @DisplayName("heights 1 : 2 : 10.5·√2")
  void handWorked() {
    double unit = tree.height[4];
    double top = 10.5 * Math.sqrt(2);
    assertThat(ChangeScore.GAP.of(tree, 4) / unit).isEqualTo(top - 1, within(1e-9));
    assertThat(ChangeScore.GAP.of(tree, 5) / unit).isEqualTo(top - 2, within(1e-9));
    assertThat(ChangeScore.RELATIVE_GAP.of(tree, 5)).isEqualTo((top - 2) / top, within(1e-9));
    assertThat(ChangeScore.RELATIVE_GAP_BY_SIZE.of(tree, 5))
        .isEqualTo((top - 2) / top * Math.sqrt(2), within(1e-9));
    // one height below: by itself
    assertThat(ChangeScore.LOCAL.of(tree, 5)).isEqualTo((top - 2) / 2, within(1e-9));
    assertThat(ChangeScore.GAP.order(tree, 2)).containsExactly(4, 5);
    assertThat(ChangeScore.GAP.order(tree, 3)).isEmpty();
  }

  @Test
  @DisplayName("the local score takes the heights up to three levels below")
  void local() {
    // merges at 1, 2·√(4/3)…: a chain under a far row
    ClipTree chain = ClipTree.of(GuideRows.line(0, 1, 3, 9, 100));
    int node = chain.parent[chain.parent[chain.parent[0]]]; // 0, 1, 3, 9
    assertThat(chain.size(node)).isEqualTo(4);
    double[] h = {
      chain.height[node], chain.height[chain.parent[chain.parent[0]]], chain.height[chain.parent[0]]
    };
    double mean = (h[0] + h[1] + h[2]) / 3;
    double deviation = Math.sqrt((h[0] * h[0] + h[1] * h[1] + h[2] * h[2]) / 3 - mean * mean);
    assertThat(ChangeScore.LOCAL.of(chain, node))
        .isEqualTo((chain.height[chain.root] - mean) / deviation, within(1e-9));
  }

  @Test
  @DisplayName("ties go to the larger group, then to the lower node")
  void ties() {
    ClipTree same = ClipTree.of(GuideRows.line(0, 0, 0, 0, 9, 9, 50, 50));
    int[] order = ChangeScore.RELATIVE_GAP.order(same, 2);
    // {0 ×4}, {9 ×2} and {50 ×2} have the score 1: they lie at height 0 under a merge above 0
    assertThat(same.size(order[0])).isEqualTo(4);
    assertThat(same.size(order[1])).isEqualTo(2);
    assertThat(order[1]).isLessThan(order[2]);
    // pairs of equal points inside equal points: h(q) = 0
    for (int node : order) {
      assertThat(ChangeScore.RELATIVE_GAP.of(same, node)).isFinite();
      assertThat(ChangeScore.LOCAL.of(same, node)).isFinite();
    }
  }
}
