package fieldnotes.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeLeftTest {
  /** An estimate that was shown, and what it should have been. */
  private record Shown(double at, double left, double truth) {
    double factor() {
      return Math.max(left + 2, truth + 2) / Math.min(left + 2, truth + 2);
    }
  }

  /** Runs steps of given seconds; updates come at most every tenth of a second. */
  private static List<Shown> run(int steps, IntToDoubleFunction secondsOfStep) {
    double end = 0;
    for (int i = 0; i < steps; i++) {
      end += secondsOfStep.applyAsDouble(i);
    }
    TimeLeft timeLeft = new TimeLeft();
    List<Shown> shown = new ArrayList<>();
    double now = 0;
    double last = 0;
    for (int i = 0; i < steps; i++) {
      now += secondsOfStep.applyAsDouble(i);
      if (now - last > 0.1) {
        last = now;
        double left = timeLeft.update(now, i + 1, steps);
        if (!Double.isNaN(left)) {
          shown.add(new Shown(now, left, end - now));
        }
      }
    }
    return shown;
  }

  private static double worst(List<Shown> shown) {
    return shown.stream().mapToDouble(Shown::factor).max().orElse(1);
  }

  @Test
  @DisplayName("even steps: from the sixth second, right within a second")
  void even() {
    List<Shown> shown = run(1000, i -> 0.06);
    assertThat(shown.getFirst().at()).isBetween(5.0, 5.5);
    assertThat(shown).allSatisfy(s -> assertThat(s.left()).isCloseTo(s.truth(), within(1)));
  }

  @Test
  @DisplayName("a short task shows none")
  void shortTask() {
    assertThat(run(100, i -> 0.045)).isEmpty();
  }

  @Test
  @DisplayName("half of the steps from a cache at once: no wild estimate, a right one later")
  void burstFirst() {
    List<Shown> shown = run(1000, i -> i < 500 ? 0.0005 : 0.1);
    assertThat(worst(shown)).isLessThan(2);
    assertThat(shown.getLast().factor()).isLessThan(1.3);
  }

  @Test
  @DisplayName("a slow first step: no estimate of hours")
  void slowFirst() {
    List<Shown> shown = run(1000, i -> i == 0 ? 6 : 0.04);
    assertThat(shown).isNotEmpty();
    assertThat(worst(shown)).isLessThan(2);
  }

  @Test
  @DisplayName("steps of very different length in random order: within a factor of two")
  void uneven() {
    for (int seed = 0; seed < 20; seed++) {
      double[] seconds =
          new Random(seed).doubles(400, 0, 1).map(x -> Math.exp(3 * x - 3)).toArray();
      List<Shown> shown = run(400, i -> seconds[i]);
      assertThat(shown).isNotEmpty();
      assertThat(worst(shown)).isLessThan(2);
      double jump = 0;
      for (int i = 1; i < shown.size(); i++) {
        double between = shown.get(i).at() - shown.get(i - 1).at();
        double expected = shown.get(i - 1).left() - between;
        if (between < 1) {
          jump = Math.max(jump, Math.abs(shown.get(i).left() - expected) / (expected + 5));
        }
      }
      assertThat(jump).as("smooth").isLessThan(0.5);
    }
  }

  @Test
  @DisplayName("no estimate without a total, before a step, and beyond the total")
  void unknown() {
    TimeLeft timeLeft = new TimeLeft();
    assertThat(timeLeft.update(10, 5, 0)).isNaN();
    assertThat(timeLeft.update(11, 0, 5)).isNaN();
    assertThat(timeLeft.update(12, 6, 5)).isNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, ''",
    "1, a few seconds left",
    "7.4, about 7 s left",
    "43, about 45 s left",
    "130, about 2 min left",
    "7200, about 2 h left"
  })
  @DisplayName("in words, with no more digits than an estimate has")
  void words(double seconds, String text) {
    assertThat(TimeLeft.text(seconds)).isEqualTo(text);
  }

  private static org.assertj.core.data.Offset<Double> within(double most) {
    return org.assertj.core.data.Offset.offset(most);
  }
}
