package fieldnotes.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
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

  @Test
  @DisplayName("groups of one row: any row may be drawn; one group a class: always the same sample")
  void bootstrapOfGroups() {
    double[] values = {0, 0, 0, 0, 10, 10, 4};
    List<String> groups = List.of("a", "a", "a", "a", "b", "b", "c");
    List<String> same = Collections.nCopies(7, "x");
    ToDoubleFunction<int[]> mean =
        rows -> Arrays.stream(rows).mapToDouble(i -> values[i]).average().orElseThrow();
    Interval all = Interval.bootstrapGroups(groups, same, mean, 0.95, 2000, 1);
    assertThat(all.low()).isZero(); // a drawn three times: 1 of 27 samples
    assertThat(all.high()).isEqualTo(10);
    assertThat(all.how()).isEqualTo("bootstrap of 3 groups, 2000 resamples");
    assertThat(Interval.bootstrapGroups(groups, same, mean, 0.95, 2000, 1)).isEqualTo(all);
    List<String> apart = List.of("x", "x", "x", "x", "y", "y", "z");
    Interval fixed = Interval.bootstrapGroups(groups, apart, mean, 0.95, 100, 1);
    assertThat(fixed.low()).isEqualTo(24.0 / 7);
    assertThat(fixed.high()).isEqualTo(24.0 / 7);
    assertThat(fixed.how())
        .isEqualTo(
            "bootstrap of 3 groups, 100 resamples; in each, 3 that are alone with their classes");
  }

  @Test
  @DisplayName("rows that repeat one another: the interval of groups is the wider one")
  void groupsCountOnce() {
    NumpyRandom random = NumpyRandom.of(3);
    double[] values = DoubleStream.generate(random::normal).limit(20).toArray();
    List<String> alone = IntStream.range(0, 400).mapToObj(i -> "row " + i).toList();
    List<String> groups = IntStream.range(0, 400).mapToObj(i -> "group " + i / 20).toList();
    List<String> same = Collections.nCopies(400, "x");
    ToDoubleFunction<int[]> mean =
        rows -> Arrays.stream(rows).mapToDouble(i -> values[i / 20]).average().orElseThrow();
    Interval wide = Interval.bootstrapGroups(groups, same, mean, 0.95, 500, 1);
    Interval narrow = Interval.bootstrapGroups(alone, same, mean, 0.95, 500, 1);
    assertThat(wide.high() - wide.low()).isGreaterThan(3 * (narrow.high() - narrow.low()));
    assertThatThrownBy(() -> Interval.bootstrapGroups(groups, List.of("x"), mean, 0.95, 500, 1))
        .hasMessage("groups has 400 entries and classes has 1: they must be equally long");
  }

  @Test
  @DisplayName("1, 2, 6: mean 3, from 1 to 6; a score of the seeds 0 to 3")
  void spread() {
    assertThat(Spread.of(2, 6, 1)).isEqualTo(new Spread(3, 1, 6, 3));
    assertThat(Spread.of(2, 6, 1)).hasToString("3.000 (1.000 … 6.000, 3 times)");
    assertThat(Spread.overSeeds(4, seed -> seed)).isEqualTo(new Spread(1.5, 0, 3, 4));
    assertThat(Spread.of(1, Double.NaN).high()).isNaN();
    assertThatThrownBy(() -> Spread.of()).hasMessage("the number of scores=0: must be at least 1");
  }
}
