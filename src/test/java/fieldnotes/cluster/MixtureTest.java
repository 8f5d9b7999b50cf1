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
  void badAndSenselessInput() {
    assertThatThrownBy(() -> Mixture.fit(x("few"), MixtureOptions.of(6, 0)))
        .hasMessageContaining("components=6: must be at most the number of rows, 5");
    assertThat(Mixture.fit(x("wide"), MixtureOptions.of(2, 0)).warnings())
        .anyMatch(w -> w.contains("parameters for 12 rows"));
  }
}
