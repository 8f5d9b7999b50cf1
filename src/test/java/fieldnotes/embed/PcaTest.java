package fieldnotes.embed;

import static fieldnotes.cluster.Fixtures.close;
import static fieldnotes.cluster.Fixtures.matrix;
import static fieldnotes.cluster.Fixtures.read;
import static fieldnotes.cluster.Fixtures.vector;
import static fieldnotes.cluster.Fixtures.x;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.common.Parallel;
import fieldnotes.math.Moments;
import fieldnotes.table.Matrix;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PcaTest {
  @Test
  @DisplayName("points on the line y = x: one component (1,1)/√2 with all the variance")
  void handWorked() {
    Pca pca = Pca.fit(new double[][] {{-1, -1}, {0, 0}, {1, 1}});
    double half = Math.sqrt(0.5);
    close(pca.components()[0], new double[] {half, half}, 1e-15);
    close(pca.explainedVariance(), new double[] {2, 0}, 1e-12);
    close(pca.explainedVarianceRatio()[0], 1, 1e-12, 1);
    assertThat(pca.componentsFor(0.8)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"blobs", "iris", "constant", "single", "wide", "moons", "telephone"})
  void asScikitLearn(String set) {
    JsonNode expected = read("pca").get(set);
    int keep = expected.get("keep").intValue();
    double[][] x = x(set);
    Pca pca = Pca.fit(x, PcaOptions.of(keep));
    double[] mean = vector(expected.get("mean"));
    for (int j = 0; j < mean.length; j++) {
      close(pca.mean()[j], mean[j], 1e-14, largest(x)); // scaled columns have a mean of nearly 0
    }
    close(pca.explainedVariance(), vector(expected.get("variance")), 1e-9);
    close(pca.explainedVarianceRatio(), vector(expected.get("ratio")), 1e-9);
    close(pca.components(), matrix(expected.get("components")), 1e-9);
    close(first(pca.scores()), matrix(expected.get("scores")), 1e-9);
    close(first(pca.apply(Matrix.of(x))), matrix(expected.get("scores")), 1e-9);
    PcaOptions white = PcaOptions.of(Math.min(2, x[0].length)).withWhiten(true);
    close(first(Pca.fit(x, white).scores()), matrix(expected.get("whitened")), 1e-9);
    close(Pca.fit(x).inverse(Pca.fit(x).scores()).values(), x, 1e-9);
    Pca whitened = Pca.fit(x, PcaOptions.all().withWhiten(true));
    close(whitened.inverse(whitened.scores()).values(), x, 1e-9);
  }

  private static double[][] first(Matrix scores) {
    return Arrays.copyOf(scores.values(), 4);
  }

  private static double largest(double[][] x) {
    return Arrays.stream(x).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElseThrow();
  }

  @Property(tries = 30)
  void componentsStandAtRightAnglesAndVariancesAddUp(
      @ForAll @IntRange(min = 2, max = 30) int rows,
      @ForAll @IntRange(min = 1, max = 30) int columns,
      @ForAll long seed) {
    Random random = new Random(seed);
    double[][] x = new double[rows][columns];
    for (double[] row : x) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextGaussian() * (j + 1);
      }
    }
    double total = 0;
    for (int j = 0; j < columns; j++) {
      double mean = 0;
      for (double[] row : x) {
        mean += row[j] / rows;
      }
      for (double[] row : x) {
        total += (row[j] - mean) * (row[j] - mean) / (rows - 1);
      }
    }
    Pca pca = Pca.fit(x);
    close(Arrays.stream(pca.explainedVariance()).sum(), total, 1e-9, 0);
    for (int a = 0; a < pca.count(); a++) {
      for (int b = 0; b <= a; b++) {
        double dot = 0;
        for (int j = 0; j < columns; j++) {
          dot += pca.components()[a][j] * pca.components()[b][j];
        }
        assertThat(Math.abs(dot - (a == b ? 1 : 0))).isLessThan(1e-10);
      }
    }
  }

  @Test
  @DisplayName("the products of far-off columns over several shares are those of two plain passes")
  void momentsOfManyRows() {
    Random random = new Random(3);
    double[][] x = new double[6_001][11];
    for (double[] row : x) {
      for (int j = 0; j < row.length; j++) {
        row[j] = 1e6 * j + random.nextGaussian() + (j > 0 ? row[j - 1] - 1e6 * (j - 1) : 0);
      }
    }
    Moments moments = Moments.of(x);
    double[][] actual = moments.matrix();
    for (int a = 0; a < 11; a++) {
      BigDecimal sum = BigDecimal.ZERO;
      for (double[] row : x) {
        sum = sum.add(new BigDecimal(row[a]));
      }
      double mean = sum.divide(BigDecimal.valueOf(x.length), MathContext.DECIMAL128).doubleValue();
      close(moments.means()[a], mean, 1e-15, 1);
    }
    for (int a = 0; a < 11; a++) {
      for (int b = 0; b < 11; b++) {
        double sum = 0;
        for (double[] row : x) {
          sum += (row[a] - moments.means()[a]) * (row[b] - moments.means()[b]);
        }
        close(actual[a][b], sum, 1e-10, 1000);
      }
    }
  }

  @Test
  void theSameBitsOnAnyNumberOfThreads() {
    Random random = new Random(4);
    double[][] x = new double[8_000][9];
    for (double[] row : x) {
      Arrays.setAll(row, j -> random.nextGaussian() * (j + 1));
    }
    Pca two = Pca.fit(x);
    Pca[] one = new Pca[2]; // a loop inside a loop runs on its own thread alone
    Parallel.forEach(2, 2, i -> one[i] = Pca.fit(x));
    assertThat(one[0].components()).isDeepEqualTo(two.components());
    assertThat(one[1].scores()).isEqualTo(two.scores());
  }

  @Test
  @DisplayName("equal rows of 0.1 have no variance at all, whatever their number")
  void equalRowsHaveNone() {
    for (int rows : new int[] {2, 3, 7, 65, 3_000}) {
      double[][] x = new double[rows][];
      Arrays.fill(x, new double[] {0.1, -7.3, 1e9 / 3});
      assertThat(Pca.fit(x).explainedVariance()).containsOnly(0);
      assertThat(Pca.fit(x).mean()).containsExactly(0.1, -7.3, 1e9 / 3);
    }
  }

  @Test
  void senselessInputIsSaid() {
    double[][] unscaled = {{1, 2, 9000}, {2, 1, 100}, {3, 3, 4000}};
    assertThat(Pca.fit(unscaled).warnings())
        .singleElement()
        .asString()
        .contains("'x2' carries 100 % of the variance");
    Pca same = Pca.fit(new double[][] {{1, 1}, {1, 1}});
    assertThat(same.warnings()).singleElement().asString().contains("all rows are the same");
    assertThat(same.explainedVarianceRatio()).containsExactly(0, 0);
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> Pca.fit(new double[][] {{1, 2}})).hasMessageContaining("at least 2");
    assertThatThrownBy(() -> Pca.fit(new double[][] {{1}, {Double.NaN}}))
        .hasMessageContaining("NaN at row 1, column 'x0'");
    assertThatThrownBy(() -> Pca.fit(new double[][] {{1, 0, 2}, {3, Double.NEGATIVE_INFINITY, 4}}))
        .hasMessageContaining("-Infinity at row 1, column 'x1'");
    assertThatThrownBy(() -> Pca.fit(new double[][] {{1e200}, {-1e200}}))
        .hasMessage(
            "the matrix of the PCA, column 'x0': values from -1.0E200 to 1.0E200: their squares overflow; scale first, for example with Scaler.standard()");
    assertThatThrownBy(() -> Pca.fit(new double[][] {{1, 2}, {3, 5}}, PcaOptions.of(3)))
        .hasMessageContaining("components=3: 2 rows × 2 columns have at most 2");
    Pca one = Pca.fit(new double[][] {{1, 2}, {3, 1}, {5, 5}}, PcaOptions.of(1));
    assertThatThrownBy(() -> one.componentsFor(1)).hasMessageContaining("keep more");
  }
}
