package fieldnotes.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.cluster.Hierarchy;
import fieldnotes.cluster.Linkage;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClipTreeTest {
  @Test
  @DisplayName("0, 1 | 10, 12: two merges of two rows, and the root")
  void handWorked() {
    ClipTree tree = ClipTree.of(GuideRows.line(10, 0, 12, 1));
    assertThat(tree.nodes()).isEqualTo(7);
    assertThat(tree.root).isEqualTo(6);
    assertThat(List.of(tree.left[4], tree.right[4])).containsExactlyInAnyOrder(1, 3);
    assertThat(List.of(tree.left[5], tree.right[5])).containsExactlyInAnyOrder(0, 2);
    assertThat(tree.parent).containsExactly(5, 4, 5, 4, 6, 6, -1);
    assertThat(IntStream.range(0, 7).map(tree::size)).containsExactly(1, 1, 1, 1, 2, 2, 4);
    assertThat(tree.height[4]).isLessThan(tree.height[5]).isPositive();
    assertThat(tree.cutInto(2)).containsExactlyInAnyOrder(4, 5);
    assertThat(tree.cutInto(3)).containsExactlyInAnyOrder(4, 0, 2);
    assertThat(tree.cutInto(1)).containsExactly(6);
    assertThat(tree.cutInto(9)).containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Test
  @DisplayName("a node is a range of the leaves: the ranges of its children, side by side")
  void ranges() {
    ClipTree tree = ClipTree.of(GuideRows.blobs(3, 20, 2, 1));
    for (int node = tree.rows; node < tree.nodes(); node++) {
      int a = tree.left[node];
      int b = tree.right[node];
      int[] ends = {tree.low[a], tree.high[a], tree.low[b], tree.high[b]};
      Arrays.sort(ends);
      assertThat(ends[1]).isEqualTo(ends[2]);
      assertThat(tree.low[node]).isEqualTo(ends[0]);
      assertThat(tree.high[node]).isEqualTo(ends[3]);
      assertThat(tree.height[node]).isGreaterThanOrEqualTo(tree.height[a]);
    }
    for (int row = 0; row < tree.rows; row++) {
      assertThat(tree.order[tree.place[row]]).isEqualTo(row);
    }
  }

  @Test
  @DisplayName("the cut is that of the hierarchy")
  void cuts() {
    Samples rows = GuideRows.blobs(4, 15, 2, 3);
    Hierarchy hierarchy = Hierarchy.of(ScaledClips.of(rows), Linkage.WARD);
    ClipTree tree = ClipTree.of(hierarchy);
    for (int count : new int[] {1, 2, 5, 30, 60}) {
      int[] expected = hierarchy.cutInto(count);
      for (int group : tree.cutInto(count)) {
        int[] members = Arrays.copyOfRange(tree.order, tree.low[group], tree.high[group]);
        assertThat(IntStream.of(members).map(row -> expected[row]).distinct().count()).isOne();
      }
    }
  }

  @Test
  @DisplayName("columns are put on one scale, constant ones dropped, missing cells filled")
  void scaled() {
    double[][] x = {{1, 7, 1000}, {2, 7, Double.NaN}, {3, 7, 3000}, {4, 7, 2000}};
    Matrix scaled = ScaledClips.of(Samples.of(Matrix.of(x)));
    assertThat(scaled.names()).containsExactly("x0", "x2");
    assertThat(scaled.values()[1][1]).isZero(); // the median, which is the mean here
    assertThat(scaled.values()[0][0]).isEqualTo(-1.5 / Math.sqrt(1.25));
  }

  @Test
  void badRows() {
    double[][] infinite = {{1, 2}, {3, Double.POSITIVE_INFINITY}};
    assertThatThrownBy(() -> ScaledClips.of(Samples.of(Matrix.of(infinite))))
        .hasMessageContaining("column 'x1' has Infinity at row 1");
    assertThatThrownBy(() -> ScaledClips.of(GuideRows.line(5, 5, 5).withId("same")))
        .hasMessage(
            "'same': none of the 1 columns varies, so rows cannot be told apart: choose other"
                + " features");
    // the nearest two of an equilateral triangle are farther apart than their centre from the third
    double[][] triangle = {{0, 0}, {1, 0}, {0.5, 0.9}};
    Hierarchy inverted = Hierarchy.of(triangle, Linkage.MEDIAN);
    assertThat(inverted.inversions()).isOne();
    assertThatThrownBy(() -> ClipTree.of(inverted))
        .hasMessage(
            "median linkage has 1 inversions (merges lower than one inside them): a guide goes by"
                + " the change of height, so use ward linkage");
  }
}
