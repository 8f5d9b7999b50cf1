package fieldnotes.cluster;

import static fieldnotes.cluster.Fixtures.close;
import static fieldnotes.cluster.Fixtures.ints;
import static fieldnotes.cluster.Fixtures.matrix;
import static fieldnotes.cluster.Fixtures.number;
import static fieldnotes.cluster.Fixtures.read;
import static fieldnotes.cluster.Fixtures.vector;
import static fieldnotes.cluster.Fixtures.x;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.evaluate.Agreement;
import fieldnotes.table.Matrix;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class MixtureTest {
  @Test
  @DisplayName("−1, 1: one Gaussian of mean 0 and variance 1")
  void handWorked() {
    Mixture one = Mixture.fit(new double[][] {{-1}, {1}}, MixtureOptions.of(1, 0));
    close(one.means()[0][0], 0, 0, 1e-12);
    close(one.covariances().get(0)[0][0], 1 + 1e-6, 1e-12, 0);
    close(one.logLikelihood(), -Math.log(2 * Math.PI) - 1, 1e-6, 0);
    close(one.aic(), 2 * Math.log(2 * Math.PI) + 2 + 4, 1e-6, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"blobs", "aniso", "iris", "one", "single"})
  void asScikitLearn(String set) {
    double[][] x = x(set);
    for (JsonNode one : read("mixture").get(set)) {
      int k = one.get("k").intValue();
      boolean full = one.get("full").booleanValue();
      double[] variance = vector(one.get("variance"));
      double[][][] covariances = new double[k][variance.length][variance.length];
      for (double[][] covariance : covariances) {
        for (int j = 0; j < variance.length; j++) {
          covariance[j][j] = variance[j];
        }
      }
      double[] weights = new double[k];
      Arrays.fill(weights, 1.0 / k);
      Mixture found =
          Mixture.fromStart(
              x,
              weights,
              matrix(one.get("start")),
              covariances,
              MixtureOptions.of(k, 0).withDiagonal(!full).withMaxRounds(500).withTolerance(1e-10));
      close(found.weights(), vector(one.get("weights")), 1e-6);
      close(found.means(), matrix(one.get("means")), 1e-6);
      for (int c = 0; c < k; c++) {
        if (full) {
          close(found.covariances().get(c), matrix(one.get("covariances").get(c)), 1e-6);
        } else {
          double[] diagonal = vector(one.get("covariances").get(c));
          for (int j = 0; j < diagonal.length; j++) {
            close(found.covariances().get(c)[j][j], diagonal[j], 1e-6, 0);
          }
        }
      }
      assertThat(found.labels()).isEqualTo(ints(one.get("labels")));
      close(
          Arrays.copyOf(found.probabilities(Matrix.of(x)), 5),
          matrix(one.get("probabilities")),
          1e-6);
      close(found.logLikelihood(), number(one.get("logLikelihood")), 1e-6, 0);
      close(found.bic(), number(one.get("bic")), 1e-6, 0);
      close(found.aic(), number(one.get("aic")), 1e-6, 0);
    }
  }

  @Test
  void theSweepFindsFourBlobs() {
    MixtureSweep sweep = MixtureSweep.of(x("blobs"), 1, 6, 0);
    assertThat(sweep.bestByBic().count()).isEqualTo(4);
    assertThat(Agreement.of(Fixtures.y("blobs"), sweep.bestByBic().labels()).adjustedRand())
        .isGreaterThan(0.95);
    assertThat(sweep.toTable().rowCount()).isEqualTo(12);
  }

  @Test
  @DisplayName("the start after the one of seed 4294967295 is that of seed 0")
  void seedsGoRound() {
    double[][] x = x("blobs");
    MixtureOptions last = MixtureOptions.of(4, 0xffffffffL);
    double best =
        Math.max(
            Mixture.fit(x, last).logLikelihood(),
            Mixture.fit(x, MixtureOptions.of(4, 0)).logLikelihood());
    assertThat(Mixture.fit(x, last.withRestarts(2)).logLikelihood()).isEqualTo(best);
  }

  @Test
  @DisplayName("at 1e200 only the wider Gaussian counts: deviation 10 around 100, not 1 around 0")
  void farAway() {
    double[][] x = {{-1, -1}, {-1, 1}, {1, -1}, {1, 1}, {90, 90}, {90, 110}, {110, 90}, {110, 110}};
    for (boolean diagonal : new boolean[] {true, false}) {
      Mixture two = Mixture.fit(x, MixtureOptions.of(2, 0).withDiagonal(diagonal));
      int wide = two.labels()[7];
      assertThat(two.labels()[0]).isNotEqualTo(wide);
      Matrix far = Matrix.of(new double[][] {{1e200, 0}, {-1e200, -1e200}, {Double.MAX_VALUE, 5}});
      for (double[] shares : two.probabilities(far)) {
        assertThat(shares[wide]).isEqualTo(1);
        assertThat(shares[1 - wide]).isZero();
      }
      assertThat(two.predict(far)).containsExactly(wide, wide, wide);
    }
  }

  @Test
  @DisplayName("what it gives can be written to without changing what it says")
  void cannotBeWrittenTo() {
    double[][] x = {{-1}, {1}, {9}, {11}};
    Mixture two = Mixture.fit(x, MixtureOptions.of(2, 0));
    int[] before = two.predict(Matrix.of(x));
    two.means()[0][0] = 1e9;
    two.weights()[0] = 0;
    two.covariances().getFirst()[0][0] = 1e9;
    two.labels()[0] = 77;
    assertThat(two.predict(Matrix.of(x))).containsExactly(before).containsExactly(two.labels());
  }

  @Test
  void badAndSenselessInput() {
    assertThatThrownBy(() -> Mixture.fit(x("few"), MixtureOptions.of(6, 0)))
        .hasMessageContaining("components=6: must be at most the number of rows, 5");
    assertThatThrownBy(() -> MixtureOptions.of(2, -1))
        .hasMessage("seed=-1: must lie within 0 and 4294967295");
    assertThat(Mixture.fit(x("wide"), MixtureOptions.of(2, 0)).warnings())
        .anyMatch(w -> w.contains("parameters for 12 rows"));
  }
}
