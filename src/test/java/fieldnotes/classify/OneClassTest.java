package fieldnotes.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.classify.Kernel.Gamma;
import fieldnotes.table.Matrix;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class OneClassTest {
  static Stream<JsonNode> cases() {
    return DrawnRows.cases("svm", "one class");
  }

  @Test
  @DisplayName("of two points and half of them outside, both are on the line: a + b = 1, a = b")
  void handWorked() {
    Matrix x = Matrix.of(new double[][] {{1}, {3}});
    OneClass fitted = OneClass.fit(x, null, Kernel.linear(), 0.5, 1e-9);
    // α1 + α2 = 1, least |α1 + 3·α2|²/2: α = (1, 0), and w = 1; the first point decides rho
    assertThat(fitted.vectors()).isDeepEqualTo(new double[][] {{1}});
    assertThat(fitted.coefficients()).containsExactly(1);
    double[] decided = fitted.decision(Matrix.of(new double[][] {{1}, {3}, {0}}));
    assertThat(decided[1] - decided[0]).isEqualTo(2);
    assertThat(decided[0] - decided[2]).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void decisionsAreThoseOfScikitLearn(JsonNode expected) {
    DrawnRows drawn = DrawnRows.of(expected);
    JsonNode options = expected.get("options");
    Kernel kernel = SupportVectorsTest.kernel(options, "rbf");
    double nu = options.has("nu") ? options.get("nu").asDouble() : 0.5;
    double tolerance = options.has("tol") ? options.get("tol").asDouble() : 1e-3;
    double[] weights = expected.get("weighted").asBoolean() ? drawn.weights() : null;
    OneClass fitted = OneClass.fit(drawn.rows().matrix(), weights, kernel, nu, tolerance);
    assertThat(fitted.vectors()).hasNumberOfRows(expected.get("vectors").asInt());
    assertThat(fitted.decision(drawn.unseen()))
        .containsExactly(DrawnRows.numbers(expected.get("decisions")), within(1e-6));
  }

  @Test
  void atMostNuOfTheRowsAreOutside() {
    Matrix x = DrawnRows.of(5, 400, 3, 2).rows().matrix();
    OneClass fitted = OneClass.fit(x, null, Kernel.rbf(), 0.2, 1e-6);
    double[] decided = fitted.decision(x);
    long outside = java.util.Arrays.stream(decided).filter(d -> d < -1e-4).count();
    assertThat(outside).isBetween(70L, 80L);
  }

  @Test
  void badInput() {
    Matrix x = DrawnRows.of(5, 30, 3, 2).rows().matrix();
    assertThatThrownBy(() -> OneClass.fit(x, null, Kernel.rbf(), 0, 1e-3))
        .hasMessage("nu=0.0: must be above 0 and at most 1");
    assertThatThrownBy(() -> OneClass.fit(x, null, Kernel.rbf(), 1, 1e-3))
        .hasMessageContaining("every row is a support vector at its bound")
        .hasMessageContaining("choose a smaller nu");
    assertThatThrownBy(() -> Gamma.of(0)).hasMessageContaining("gamma=0.0: must be");
  }
}
