package fieldnotes.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SeparationTest {
  @Test
  void theShareOfPairsInWhichTheFirstIsLarger() {
    double[] a = {1, 3, 5};
    double[] b = {2, 3};
    // 1 beats none; 3 beats 2 and ties with 3; 5 beats both
    assertThat(Separation.probabilityLarger(a, b)).isCloseTo(3.5 / 6, within(1e-15));
    assertThat(Separation.probabilityLarger(b, a)).isCloseTo(2.5 / 6, within(1e-15));
    assertThat(Separation.probabilityLarger(new double[] {9, Double.NaN}, a)).isEqualTo(1);
    assertThat(Separation.probabilityLarger(new double[0], a)).isNaN();
  }
}
