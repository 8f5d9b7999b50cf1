package fieldnotes.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CheckTest {
  @Test
  void finiteNumbers() {
    for (int length = 0; length < 12; length++) {
      double[] x = new double[length];
      Arrays.fill(x, 1e308);
      assertThat(Check.allFinite(x)).isTrue();
      for (int i = 0; i < length; i++) {
        for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, 1 / 0.0}) {
          double[] one = x.clone();
          one[i] = bad;
          assertThat(Check.allFinite(one)).isFalse();
        }
      }
    }
  }

  @Test
  void matrices() {
    assertThatThrownBy(() -> Check.matrix("x", new double[][] {{1, 2}, {3, Double.NaN}}))
        .hasMessage("x has NaN at row 1, column 1: fill or drop such rows first");
    assertThatThrownBy(() -> Check.matrix("x", new double[][] {{1, 2}, {3}}))
        .hasMessage("x is ragged: row 1 has 1 columns, row 0 has 2");
  }
}
