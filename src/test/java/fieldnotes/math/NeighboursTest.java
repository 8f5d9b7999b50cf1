package fieldnotes.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NeighboursTest {
  private static final Neighbours ON_A_LINE = Neighbours.of(new double[][] {{0}, {1}, {3}, {7}}, 2);

  @Test
  @DisplayName("0, 1, 3, 7: the second nearest are 3, 2, 3 and 6 away")
  void handWorked() {
    assertThat(ON_A_LINE.kDistances(1)).containsExactly(1, 1, 2, 4);
    assertThat(ON_A_LINE.kDistances(2)).containsExactly(3, 2, 3, 6);
    assertThat(ON_A_LINE.index()).isDeepEqualTo(new int[][] {{1, 2}, {0, 2}, {1, 0}, {2, 1}});
  }

  @Test
  void badInputIsNamed() {
    for (int k : new int[] {0, 3}) {
      assertThatThrownBy(() -> ON_A_LINE.kDistances(k))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("k=" + k + ": must be from 1 to 2");
    }
    assertThatThrownBy(() -> Neighbours.of(new double[][] {{0}, {1}}, 2))
        .hasMessage("k=2: must be from 1 to 1, the number of other rows");
  }
}
