package fieldnotes.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SoftmaxTest {
  @Test
  void handWorked() {
    double[] scores = {Math.log(1), Math.log(2), Math.log(5)};
    assertThat(Softmax.logSumExp(scores)).isCloseTo(Math.log(8), within(1e-15));
    Softmax.inPlace(scores);
    assertThat(scores).containsExactly(new double[] {0.125, 0.25, 0.625}, within(1e-15));
    assertThat(Softmax.sigmoid(0)).isEqualTo(0.5);
    assertThat(Softmax.sigmoid(Math.log(3))).isCloseTo(0.75, within(1e-15));
  }

  @Test
  void largeScoresDoNotOverflow() {
    double[] scores = {1e308, -1e308, 1e308};
    assertThat(Softmax.logSumExp(scores)).isEqualTo(1e308);
    Softmax.inPlace(scores);
    assertThat(scores).containsExactly(0.5, 0, 0.5);
    assertThat(Softmax.sigmoid(-800)).isEqualTo(0);
    assertThat(Softmax.sigmoid(800)).isEqualTo(1);
    assertThat(Softmax.sigmoid(-700)).isGreaterThan(0);
    assertThat(Softmax.logSumExp(new double[] {Double.NEGATIVE_INFINITY}))
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }
}
