package fieldnotes.regress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LinearTest {
  @Test
  @DisplayName("y = 3 + 2a − b, with a column twice: the smallest coefficients share it")
  void minimumNorm() {
    double[][] rows = {{1, 5, 1}, {2, 1, 2}, {3, 4, 3}, {4, 0, 4}, {7, 2, 7}};
    double[] y = new double[5];
    for (int i = 0; i < 5; i++) {
      y[i] = 3 + 2 * rows[i][0] - rows[i][1];
    }
    Linear linear = Regressors.leastSquares().fit(Matrix.of(rows), y);
    assertThat(linear.rank()).isEqualTo(2);
    assertThat(linear.intercept()).isCloseTo(3, within(1e-12));
    assertThat(linear.coefficients()).containsExactly(new double[] {1, -1, 1}, within(1e-12));
    Linear wide =
        Regressors.leastSquares()
            .fit(Matrix.of(new double[][] {{1, 0, 2}, {3, 1, 1}}), new double[] {1, 5});
    assertThat(wide.predict(Matrix.of(new double[][] {{1, 0, 2}, {3, 1, 1}})))
        .containsExactly(new double[] {1, 5}, within(1e-12));
  }

  @Test
  @DisplayName("ridge of one centred column by hand: Σxy / (Σx² + alpha)")
  void ridgeByHand() {
    Linear ridge =
        Regressors.ridge(3).fit(Matrix.of(new double[][] {{-1}, {0}, {1}}), new double[] {1, 2, 6});
    assertThat(ridge.coefficients()[0]).isCloseTo(5.0 / 5, within(1e-12));
    assertThat(ridge.intercept()).isCloseTo(3, within(1e-12));
  }

  @Test
  @DisplayName("least squares by blocks of rows is least squares of all rows")
  void blocksOfRows() {
    NumpyRandom random = NumpyRandom.of(5);
    double[][] x = new double[9000][4];
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = new double[] {random.normal(), 100 + random.uniform(), i, 0};
      x[i][3] = x[i][0] - 2 * x[i][2];
      y[i] = 7 + 2 * x[i][0] - 3 * x[i][1] + random.normal();
    }
    Linear all = Regressors.leastSquares().fit(Matrix.of(x), y);
    assertThat(all.rank()).isEqualTo(3);
    // what is left over is at right angles to every column
    double[] predicted = all.predict(Matrix.of(x));
    for (int j = 0; j < 4; j++) {
      double product = 0;
      double size = 0;
      for (int i = 0; i < x.length; i++) {
        product += (y[i] - predicted[i]) * x[i][j];
        size += Math.abs((y[i] - predicted[i]) * x[i][j]);
      }
      assertThat(product / size).isCloseTo(0, within(1e-10));
    }
    // and of the dependent columns the smallest coefficients are taken: none along (1, 0, −2, −1)
    double[] c = all.coefficients();
    assertThat(c[0] - 2 * c[2] - c[3]).isCloseTo(0, within(1e-9));
  }

  @Test
  @DisplayName("a row that counts three times is three rows; one that counts nothing is none")
  void weights() {
    double[][] x = {{1, 2}, {2, 1}, {3, 5}, {4, 3}, {9, 9}};
    double[] y = {3, 1, 8, 4, 100};
    Samples weighted = Samples.of(Matrix.of(x), y).withWeights(new double[] {1, 3, 1, 2, 0});
    Samples repeated = Samples.of(Matrix.of(x), y).rows(new int[] {0, 1, 1, 1, 2, 3, 3});
    for (double alpha : new double[] {0, 0.7}) {
      Linear one = new Linear.Options(alpha).fit(weighted);
      Linear other = new Linear.Options(alpha).fit(repeated);
      assertThat(one.coefficients()).containsExactly(other.coefficients(), within(1e-12));
      assertThat(one.intercept()).isCloseTo(other.intercept(), within(1e-12));
    }
  }
}
