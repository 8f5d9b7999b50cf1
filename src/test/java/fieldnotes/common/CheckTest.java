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

  @Test
  void copies() {
    int columns = 300; // in several parts
    double[][] x = new double[2000][columns];
    for (double[] row : x) {
      Arrays.setAll(row, j -> j);
    }
    double[][] copy = Copy.finite("x", x);
    assertThat(copy).isDeepEqualTo(x).isNotSameAs(x);
    x[7][3] = -1;
    assertThat(copy[7][3]).isEqualTo(3);
    x[1500][2] = Double.NaN;
    x[1900][1] = Double.POSITIVE_INFINITY;
    assertThatThrownBy(() -> Copy.finite("x", x))
        .hasMessage("x has NaN at row 1500, column 2: fill or drop such rows first");
    assertThatThrownBy(() -> Copy.finite("x", new double[][] {{1, 2}, {3}}))
        .hasMessage("x is ragged: row 1 has 1 columns, row 0 has 2");
    assertThatThrownBy(() -> Copy.finite("x", new double[0][])).hasMessage("x has no rows");
  }
}
