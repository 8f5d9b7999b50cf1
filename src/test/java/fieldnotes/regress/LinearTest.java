package fieldnotes.regress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.cluster.Fixtures;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Scores;
import fieldnotes.math.NumpyRandom;
import fieldnotes.model.CrossValidation;
import fieldnotes.model.Learner;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.TreeOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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

  /** Written by src/test/python/number_fixtures.py. */
  @Test
  @DisplayName("a wide column next to a narrow one: both count, unlike in scikit-learn 1.9")
  void cutOff() throws IOException {
    try (InputStream in = LinearTest.class.getResourceAsStream("/evaluate/numbers.json")) {
      JsonNode one = JsonMapper.builder().build().readTree(in).get("cutOff");
      Linear linear =
          Regressors.leastSquares()
              .fit(Matrix.of(Fixtures.matrix(one.get("x"))), Fixtures.vector(one.get("y")));
      assertThat(linear.rank()).isEqualTo(2).isEqualTo(one.get("exactRank").intValue());
      assertThat(linear.coefficients()[0]).isCloseTo(2, within(1e-12));
      assertThat(linear.coefficients()[1]).isCloseTo(1e-7, within(1e-19));
      assertThat(linear.intercept()).isCloseTo(3, within(1e-12));
      assertThat(one.get("rank").intValue()).as("scikit-learn's").isEqualTo(1);
      assertThat(one.get("coefficients").get(0).doubleValue()).isCloseTo(0, within(1e-12));
    }
  }

  private static List<Learner<double[], ?>> learners() {
    return List.of(
        Regressors.leastSquares(),
        Regressors.ridge(1),
        Regressors.tree(TreeOptions.of(1)),
        Regressors.forest(ForestOptions.of(1).withTrees(3)),
        Regressors.onScaledTarget(Regressors.ridge(1)),
        Regressors.smileLinearSvr(0.1, 1, 1e-3),
        Regressors.smileRbfSvr(1, 0.1, 1, 1e-3),
        Regressors.smileForest(3, 1, 1),
        Regressors.smileBoosting(3, 3, 4, 0.5));
  }

  @Test
  @DisplayName(
      "targets and columns whose squares overflow, in every learner: named with their range")
  void largeNumbers() {
    double[][] x = {{1, 1}, {2, 5}, {3, 2}, {4, 4}, {5, 9}, {6, 7}};
    double[] y = {1, 1e155, 3, -1e156, 5, 6};
    double[][] large = {{1, 1}, {2, 1e160}, {3, 2}, {4, 4}, {5, 9}, {6, 7}};
    for (Learner<double[], ?> learner : learners()) {
      assertThatThrownBy(() -> learner.fit(Matrix.of(x), y))
          .as("%s", learner)
          .hasMessageContaining("'target'")
          .hasMessageContaining("values from -1.0E156 to 1.0E155: their squares overflow; divide");
      assertThatThrownBy(() -> learner.fit(Matrix.of(large), new double[] {1, 2, 3, 4, 5, 6}))
          .as("%s", learner)
          .hasMessageContaining("column 'x1': values from 1.0 to 1.0E160: their squares overflow");
    }
  }

  private static Linear linear(double alpha, double[][] x, double[] y) {
    return (alpha == 0 ? Regressors.leastSquares() : Regressors.ridge(alpha)).fit(Matrix.of(x), y);
  }

  @Test
  @DisplayName("columns of any scale give the same plane, also with a penalty")
  void scales() {
    double[][] x = {{1, 1}, {2, 5}, {3, 2}, {4, 4}, {5, 9}, {6, 7}};
    double[] y = {7, 20, 12, 19, 35, 30};
    for (double scale : new double[] {1e-140, 1e-90, 1e-3, 1e70, 1e80, 1e100, 1e140}) {
      double[][] scaled = Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
      for (double[] row : scaled) {
        row[0] *= scale;
        row[1] *= scale;
      }
      for (double alpha : new double[] {0, 2}) {
        double[] expected = linear(alpha, x, y).predict(Matrix.of(x));
        Linear model = linear(alpha * scale * scale, scaled, y);
        assertThat(model.predict(Matrix.of(scaled)))
            .as("columns × %s, alpha %s", scale, alpha)
            .containsExactly(expected, within(1e-11));
      }
    }
  }

  @Test
  @DisplayName("targets that are not finite, in every learner and in cross-validation: their row")
  void targetsAreChecked() {
    Matrix x = Matrix.of(new double[][] {{1, 1}, {2, 5}, {3, 2}, {4, 4}, {5, 9}, {6, 7}});
    for (double bad : new double[] {Double.NaN, 1 / 0.0, -1 / 0.0}) {
      double[] y = {1, 2, 3, bad, 5, 6};
      String says = "target 'target' has %s at row 3: drop such rows first".formatted(bad);
      for (Learner<double[], ?> learner : learners()) {
        assertThatThrownBy(() -> learner.fit(x, y)).as("%s", learner).hasMessage(says);
        assertThatThrownBy(
                () -> CrossValidation.of(learner, Samples.of(x, y), Folds.of(2), Scores.rmse()))
            .hasMessage(says);
      }
      Table table = x.toTable("t").addColumns(DoubleColumn.create("price", y));
      assertThatThrownBy(() -> Samples.of(table).withTarget("price"))
          .hasMessage("target 'price' has %s at row 3: drop such rows first", bad);
    }
  }
}
