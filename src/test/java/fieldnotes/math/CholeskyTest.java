package fieldnotes.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CholeskyTest {
  @Test
  @DisplayName("4 2 / 2 5 is (2 0 / 1 2) times its transpose")
  void byHand() {
    Cholesky factor = Cholesky.of(new double[][] {{4, 2}, {2, 5}}).orElseThrow();
    assertThat(factor.logDeterminant()).isCloseTo(Math.log(16), within(1e-15));
    assertThat(factor.inverseOfFactor()).isDeepEqualTo(new double[][] {{0.5, 0}, {-0.25, 0.5}});
    double[] sides = {8, 4, 9, 2, 7, 7};
    factor.solve(sides, 2);
    assertThat(sides).containsExactly(new double[] {1.375, 1, 1.25, 0, 7, 7}, within(1e-15));
  }

  @Test
  @DisplayName("solves what was multiplied, whatever the units; nine columns")
  void roundTrip() {
    NumpyRandom random = NumpyRandom.of(2);
    double[][] a = new double[9][9];
    double[][] half = new double[20][9];
    for (double[] row : half) {
      Arrays.setAll(row, j -> random.normal() * Math.pow(1000, j - 4));
    }
    for (int i = 0; i < 9; i++) {
      for (int j = 0; j < 9; j++) {
        for (double[] row : half) {
          a[i][j] += row[i] * row[j];
        }
      }
    }
    double[] b = new double[9];
    for (int i = 0; i < 9; i++) {
      for (int j = 0; j < 9; j++) {
        b[i] += a[i][j] * (j + 1) * Math.pow(1000, 4 - j);
      }
    }
    Cholesky.of(a).orElseThrow().solve(b, 1);
    for (int j = 0; j < 9; j++) {
      assertThat(b[j] * Math.pow(1000, j - 4)).isCloseTo(j + 1, within(1e-10));
    }
  }

  @Test
  @DisplayName("empty: a column twice, a negative square, zero, NaN")
  void notPositiveDefinite() {
    assertThat(Cholesky.of(new double[][] {{0.1, 0.1}, {0.1, 0.1}})).isEmpty();
    assertThat(Cholesky.of(new double[][] {{1, 2}, {2, 1}})).isEmpty();
    assertThat(Cholesky.of(new double[][] {{0}})).isEmpty();
    assertThat(Cholesky.of(new double[][] {{Double.NaN}})).isEmpty();
  }
}
