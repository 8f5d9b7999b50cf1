package fieldnotes.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ErrorsTest {
  private static double[] vector(JsonNode node) {
    return node.valueStream().mapToDouble(JsonNode::doubleValue).toArray();
  }

  /** Written by src/test/python/number_fixtures.py. */
  @Test
  @DisplayName("R² of constant, perfect, single and weighted rows as scikit-learn defines it")
  void asScikitLearn() {
    for (JsonNode one : Reference.read("numbers").get("scores")) {
      double[] truth = vector(one.get("truth"));
      double[] predicted = vector(one.get("predicted"));
      double[] weights = one.get("weights").isNull() ? null : vector(one.get("weights"));
      double r2 = one.get("r2").isNumber() ? one.get("r2").doubleValue() : Double.NaN;
      Outcome.Numbers outcome = new Outcome.Numbers(truth, predicted, weights);
      assertThat(Scores.r2().of(outcome)).as(one.toString()).isCloseTo(r2, within(1e-12));
      assertThat(Scores.mae().of(outcome)).isCloseTo(one.get("mae").doubleValue(), within(1e-12));
      assertThat(Scores.rmse().of(outcome)).isCloseTo(one.get("rmse").doubleValue(), within(1e-12));
      if (weights == null) {
        assertThat(Errors.r2(truth, predicted)).as(one.toString()).isCloseTo(r2, within(1e-12));
      }
    }
  }

  @Test
  @DisplayName("errors of any size: 3 and 4 times the scale have the root mean square 3.54 of it")
  void anyScale() {
    for (double scale : new double[] {1, 1e155, 1e200, 1e307, 1e-170, 1e-300}) {
      double[] actual = {0, scale, -scale};
      double[] predicted = {3 * scale, 5 * scale, -scale};
      assertThat(Errors.rmse(actual, predicted) / scale)
          .as("%s", scale)
          .isCloseTo(Math.sqrt(25 / 3.0), within(1e-12));
      assertThat(Errors.r2(actual, predicted)).isCloseTo(1 - 25 / 2.0, within(1e-12));
      assertThat(Errors.mae(actual, predicted) / scale).isCloseTo(7 / 3.0, within(1e-12));
      double[] weights = {1, 1, 1};
      assertThat(Scores.r2().of(new Outcome.Numbers(actual, predicted, weights)))
          .isCloseTo(1 - 25 / 2.0, within(1e-12));
    }
    double[] most = {Double.MAX_VALUE, Double.MAX_VALUE};
    assertThat(Errors.mae(most, new double[2])).isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void badInputIsNamed() {
    double[] good = {1, 2};
    double[] bad = {1, Double.NaN};
    assertThatThrownBy(() -> Errors.rmse(bad, good))
        .hasMessage("actual has NaN at row 1: drop such rows first");
    assertThatThrownBy(() -> Errors.mae(good, new double[] {Double.NEGATIVE_INFINITY, 2}))
        .hasMessage("predicted has -Infinity at row 0: drop such rows first");
    assertThatThrownBy(() -> Errors.r2(bad, good)).hasMessageContaining("NaN at row 1");
    assertThatThrownBy(() -> Errors.squares(good, bad)).hasMessageContaining("NaN at row 1");
  }
}
