package fieldnotes.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PairwiseTest {
  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    ones[0] = 1e16;
    ones[count - 1] = -1e16;
    return ones;
  }

  @Test
  @DisplayName("a one added to 1e16 is lost: what is left tells the order, which is NumPy's")
  void order() {
    assertThat(Pairwise.sum(new double[0])).isZero();
    assertThat(Pairwise.sum(ones(7))).as("one after the other").isZero();
    assertThat(Pairwise.sum(ones(9))).as("eight in pairs, then the ninth").isEqualTo(6);
    assertThat(Pairwise.sum(ones(136))).as("64, then 72").isEqualTo(126);
    assertThat(Pairwise.sum(ones(9), 1, 7)).isEqualTo(7);
  }
}
