package fieldnotes.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MagnitudeTest {
  @Test
  @DisplayName("the column with the largest numbers is named with its range; so is the widest")
  void namesTheColumn() {
    assertThatThrownBy(
            () ->
                Magnitude.columns("x", List.of("a", "b"), new double[][] {{1, -1e155}, {2, 3e155}}))
        .hasMessage(
            "x, column 'b': values from -1.0E155 to 3.0E155: their squares overflow; scale first,"
                + " for example with Scaler.standard()");
    assertThatThrownBy(() -> Magnitude.matrix("x", new double[][] {{5, 1e-170}, {5, 3e-170}}))
        .hasMessage(
            "x, column 1: values from 1.0E-170 to 3.0E-170: their squares underflow; scale first,"
                + " for example with Scaler.standard()");
    assertThatThrownBy(() -> Magnitude.target("y", new double[] {1, 1e155}, null))
        .hasMessage(
            "y: values from 1.0 to 1.0E155: their squares overflow; divide them by a power of ten"
                + " first");
    assertThatThrownBy(() -> Magnitude.target("y", new double[] {1e-170, 3e-170}, null))
        .hasMessage(
            "y: values from 1.0E-170 to 3.0E-170: their squares underflow; multiply them by a power"
                + " of ten first");
    assertThatThrownBy(() -> Magnitude.target("y", new double[] {1, Double.NaN}, null))
        .hasMessage("y has NaN at row 1: drop such rows first");
    assertThatThrownBy(
            () -> Magnitude.target("y", new double[] {1, 2}, new double[] {1e307, 1e307}))
        .hasMessageContaining("divide the weights by a power of ten first");
    assertThatThrownBy(() -> Magnitude.weights(new double[][] {{1e10}}, new double[] {1e300}))
        .hasMessageStartingWith("weights sum to 1.0E300: times the squares of the columns");
    assertThatThrownBy(() -> Magnitude.weights(new double[][] {{1}}, new double[] {1e-200}))
        .hasMessageContaining("underflow");
  }

  @Test
  @DisplayName("constant columns, tiny columns next to wide ones and 1e140 are no error")
  void refusesNothingElse() {
    double[][] x = {{1e140, 1e-170, 0, 7}, {-1e140, 0, 0, 7}};
    assertThatCode(() -> Magnitude.matrix("x", x)).doesNotThrowAnyException();
    assertThatCode(() -> Magnitude.matrix("x", new double[3][2])).doesNotThrowAnyException();
    assertThatCode(() -> Magnitude.target("y", new double[] {1e-170, 1e-170}, null))
        .doesNotThrowAnyException();
    double[][] near = {{5, 1e-170}, {5, 2e-170}};
    assertThatCode(() -> Magnitude.notTooLarge("x", null, near)).doesNotThrowAnyException();
    assertThatCode(() -> Magnitude.notTooLarge("x", null, new double[0][]))
        .doesNotThrowAnyException();
  }

  @Test
  @DisplayName("rows at 1e9 move, their distances keep their bits; rows near 0 stay as they are")
  void shift() {
    double[][] x = {{1e9 + 0.125, 3}, {1e9 + 1, 2}, {1e9 + 0.5, 4}};
    Shift moved = Shift.of(x);
    assertThat(moved.by()).containsExactly(1e9 + 0.125, 0);
    assertThat(moved.x()[1]).containsExactly(0.875, 2);
    for (int i = 0; i < 3; i++) {
      assertThat(Points.between(moved.x()[0], moved.x()[i])).isEqualTo(Points.between(x[0], x[i]));
    }
    assertThat(moved.back(moved.x())).isDeepEqualTo(x);
    double[][] near = {{-5, 100}, {5, 101}};
    assertThat(Shift.of(near).x()).isSameAs(near);
    double[][] constant = {{1e9, -1e9}, {1e9, -1e9}};
    assertThat(Shift.of(constant).x()).isDeepEqualTo(new double[2][2]);
  }
}
