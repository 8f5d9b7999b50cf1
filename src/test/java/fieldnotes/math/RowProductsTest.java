package fieldnotes.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RowProductsTest {
  @Test
  @DisplayName("scores by hand: two rows, three columns, one score and two")
  void byHand() {
    double[][] x = {{1, 2, 3}, {0, -1, 4}};
    assertThat(RowProducts.scores(x, new double[][] {{1, 10, 100}}))
        .isDeepEqualTo(new double[][] {{321}, {390}});
    assertThat(RowProducts.scores(x, new double[][] {{1, 0, 0}, {0, 2, 1}}))
        .isDeepEqualTo(new double[][] {{1, 7}, {0, 2}});
  }

  @Test
  @DisplayName("for any number of rows and scores: sums in the order of the columns, to the bit")
  void everyShape() {
    NumpyRandom random = NumpyRandom.of(4);
    for (int rows : new int[] {1, 7, 8, 9, 530}) {
      for (int scores : new int[] {1, 3, 8, 9, 17}) {
        double[][] x = new double[rows][11];
        double[][] weights = new double[scores][11];
        for (double[] row : x) {
          Arrays.setAll(row, j -> random.normal());
        }
        for (double[] row : weights) {
          Arrays.setAll(row, j -> random.normal());
        }
        double[][] found = RowProducts.scores(x, weights);
        for (int i = 0; i < rows; i++) {
          for (int c = 0; c < scores; c++) {
            double sum = 0;
            for (int j = 0; j < 11; j++) {
              sum = Math.fma(weights[c][j], x[i][j], sum);
            }
            assertThat(found[i][c]).isEqualTo(sum);
          }
        }
      }
    }
  }

  @Test
  @DisplayName("transposed products of eight rows are added in the order of the rows")
  void transposed() {
    NumpyRandom random = NumpyRandom.of(5);
    int scores = 11;
    double[] x = new double[8 * 5];
    double[] right = new double[8 * RowProducts.width(scores)];
    double[] sum = new double[5 * RowProducts.width(scores)];
    Arrays.setAll(x, i -> random.normal());
    Arrays.setAll(right, i -> random.normal());
    Arrays.fill(sum, 1);
    RowProducts.addTransposed(x, 0, 5, 4, right, sum, 5, RowProducts.groups(scores));
    for (int j = 0; j < 5; j++) {
      for (int c = 0; c < scores; c++) {
        double expected = 1;
        for (int r = 0; r < 8 && j < 4; r++) {
          expected = Math.fma(right[RowProducts.at(r, c, 8)], x[r * 5 + j], expected);
        }
        assertThat(sum[RowProducts.at(j, c, 5)]).isEqualTo(expected);
      }
    }
  }

  @Test
  @DisplayName("e^x within two units in the last place; the same bits alone as among others")
  void exponentials() {
    double[] x = new double[4003];
    Arrays.setAll(x, i -> -708 + i * 0.3537);
    double[] powers = x.clone();
    Exponential.inPlace(powers, 0, x.length);
    for (int i = 0; i < x.length; i++) {
      double expected = StrictMath.exp(x[i]);
      assertThat(powers[i]).isCloseTo(expected, within(2 * Math.ulp(expected)));
      double[] alone = {x[i]};
      Exponential.inPlace(alone, 0, 1);
      assertThat(alone[0]).isEqualTo(powers[i]);
    }
    double[] special = {0, -1e9, Double.NEGATIVE_INFINITY, 1e9};
    Exponential.inPlace(special, 0, 4);
    assertThat(special[0]).isEqualTo(1);
    assertThat(special[1]).isEqualTo(special[2]).isLessThan(1e-307).isPositive();
    assertThat(special[3]).isGreaterThan(1e307).isFinite();
  }
}
