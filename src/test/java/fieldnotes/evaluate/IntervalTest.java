package fieldnotes.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IntervalTest {
  @Test
  void errorsByHand() {
    double[] actual = {1, 2, 3};
    double[] predicted = {2, 2, 5};
    assertThat(Errors.rmse(actual, predicted)).isCloseTo(Math.sqrt(5.0 / 3), within(1e-15));
    assertThat(Errors.mae(actual, predicted)).isEqualTo(1);
    assertThat(Errors.r2(actual, predicted)).isEqualTo(1 - 5.0 / 2);
    assertThatThrownBy(() -> Errors.rmse(actual, new double[2]))
        .hasMessage("actual has 3 entries and predicted has 2: they must be equally long");
  }

  @Test
  @DisplayName("mean 3, deviation √2.5 of five values: ± t · deviation / √5")
  void byHand() {
    Interval interval = Interval.ofMean(new double[] {1, 2, 3, 4, 5}, 0.95);
    assertThat(interval.low()).isCloseTo(1.036756838522439, within(1e-14));
    assertThat(interval.high()).isCloseTo(4.963243161477561, within(1e-14));
    assertThat(interval).hasToString("1.03676 … 4.96324 (95 %, t)");
    Interval normal = Interval.ofMeanByNormal(new double[] {1, 2, 3, 4, 5}, 0.95);
    double z = 1.959963984540054; // printed by SciPy 1.17.1
    assertThat(normal.high()).isCloseTo(3 + z / Math.sqrt(2), within(1e-14));
  }

  @Test
  @DisplayName("a statistic beyond all its resamples: the interval ends at the nearest of them")
  void beyondAllResamples() {
    double[] values = {1, 2, 3, 4, 5, 6};
    boolean[] first = {true};
    Interval interval =
        Interval.bootstrap(
            values,
            sample -> {
              double found = first[0] ? 100 : sample[0];
              first[0] = false;
              return found;
            },
            0.95,
            100,
            1);
    assertThat(interval.low()).isEqualTo(6);
    assertThat(interval.high()).isEqualTo(6);
  }

  /** Printed by scipy.stats.bootstrap, see src/test/python/interval_fixtures.py. */
  @Test
  void bootstrapAsScipy() {
    NumpyRandom random = NumpyRandom.of(3);
    double[] values = new double[50];
    for (int i = 0; i < 50; i++) {
      values[i] = random.uniform() * random.uniform();
    }
    Interval interval = Interval.bootstrap(values, Errors::rootMean, 0.95, 999, 42);
    assertThat(interval.low()).isCloseTo(0.441462266301091, within(1e-12));
    assertThat(interval.high()).isCloseTo(0.5607946251226263, within(1e-12));
  }

  @Test
  void folds() {
    List<Split> folds = Folds.consecutive(7, 3);
    assertThat(folds.get(0).test()).containsExactly(0, 1, 2);
    assertThat(folds.get(2).train()).containsExactly(0, 1, 2, 3, 4);
    assertThat(Folds.shuffled(3, 1).splits(Samples.of(Matrix.of(new double[7][1]))).get(1).test())
        .hasSize(2);
    assertThatThrownBy(() -> Folds.consecutive(3, 4))
        .hasMessage("folds=4: must be at most the number of rows, 3");
  }
}
