package fieldnotes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.evaluate.Better;
import fieldnotes.math.NumpyRandom;
import fieldnotes.model.Search.Candidate;
import fieldnotes.model.Search.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdaptiveSearchIT {
  /** A function to be made small, 0 at best. */
  private record Valley(String name, Map<String, Draw> space, ToDoubleFunction<Setting> value) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Branin's has three equal minima on a curved valley; then one with an option of each kind. */
  static Stream<Valley> valleys() {
    return Stream.of(
        new Valley(
            "Branin",
            Map.of("x", Draw.uniform(-5, 10), "y", Draw.uniform(0, 15)),
            AdaptiveSearchIT::branin),
        new Valley(
            "mixed",
            Map.of(
                "C",
                Draw.logUniform(1e-3, 1e3),
                "depth",
                Draw.integer(1, 30),
                "kind",
                Draw.oneOf("a", "b", "c"),
                "gamma",
                Draw.exponential(1)),
            AdaptiveSearchIT::mixed),
        new Valley(
            "five options, of which the last counts most",
            Map.of(
                "a", Draw.uniform(0, 1),
                "b", Draw.uniform(0, 1),
                "c", Draw.uniform(0, 1),
                "d", Draw.uniform(0, 1),
                "e", Draw.uniform(0, 3)),
            s ->
                s.values().values().stream()
                    .mapToDouble(v -> Math.pow((Double) v - 0.4, 2))
                    .sum()));
  }

  private static double branin(Setting s) {
    double x = s.number("x");
    double a = s.number("y") - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
    return a * a + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10 - 0.39788735;
  }

  private static double mixed(Setting s) {
    return Math.pow((Math.log10(s.number("C")) - 1.3) / 2, 2)
        + Math.pow((s.whole("depth") - 7) / 10.0, 2)
        + (s.word("kind").charAt(0) - 'a') / 5.0
        + Math.pow(s.number("gamma") - 0.3, 2);
  }

  private static List<Candidate> run(
      Tuning.Chooser chooser, int settings, ToDoubleFunction<Setting> value) {
    List<Candidate> tried = new ArrayList<>();
    while (tried.size() < settings) {
      List<Setting> next = chooser.next(List.copyOf(tried), settings - tried.size());
      if (next.isEmpty()) {
        break;
      }
      for (Setting setting : next) {
        tried.add(new Candidate(setting, new double[] {value.applyAsDouble(setting)}, ""));
      }
    }
    return tried;
  }

  private static double best(List<Candidate> tried) {
    return tried.stream().mapToDouble(Candidate::mean).min().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("valleys")
  @DisplayName("over 15 seeds, 40 settings: nearer to the minimum than random ones")
  void betterThanRandom(Valley f) {
    int seeds = 15;
    double[] logarithms = new double[3];
    int wins = 0;
    for (int seed = 0; seed < seeds; seed++) {
      double drawn =
          Search.random(f.space, 40, seed).stream().mapToDouble(f.value).min().orElseThrow();
      double parzen =
          best(run(new Parzen(Bayesian.of(f.space, 40, seed), Better.LOWER), 40, f.value));
      double bred =
          best(run(new Breeding(Genetic.of(f.space, 40, seed), Better.LOWER), 40, f.value));
      logarithms[0] += Math.log(drawn) / seeds;
      logarithms[1] += Math.log(parzen) / seeds;
      logarithms[2] += Math.log(bred) / seeds;
      wins += parzen < drawn ? 1 : 0;
    }
    assertThat(Math.exp(logarithms[1])).isLessThan(0.5 * Math.exp(logarithms[0]));
    assertThat(Math.exp(logarithms[2])).isLessThan(0.85 * Math.exp(logarithms[0]));
    assertThat(wins).isGreaterThanOrEqualTo(11);
  }

  @Test
  @DisplayName("higher scores are better where the score says so, and failures count as worst")
  void directionAndFailures() {
    Map<String, Draw> space = Map.of("x", Draw.uniform(0, 1));
    for (Tuning.Chooser chooser :
        List.of(
            new Parzen(Bayesian.of(space, 40, 3), Better.HIGHER),
            new Breeding(Genetic.of(space, 40, 3), Better.HIGHER))) {
      List<Candidate> tried = new ArrayList<>();
      while (tried.size() < 40) {
        for (Setting s : chooser.next(List.copyOf(tried), 40 - tried.size())) {
          double x = s.number("x");
          tried.add(
              x > 0.8
                  ? new Candidate(s, new double[] {Double.NaN}, "too large")
                  : new Candidate(s, new double[] {x}, ""));
        }
      }
      double mean =
          tried.subList(20, 40).stream()
              .mapToDouble(c -> c.setting().number("x"))
              .average()
              .orElseThrow();
      assertThat(mean).isBetween(0.62, 0.85);
    }
  }

  @Test
  @DisplayName("all six combinations are tried, none twice, and then the search ends")
  void exhausted() {
    Map<String, Draw> space = Map.of("n", Draw.integer(1, 4), "k", Draw.oneOf("u", "v"));
    for (Tuning.Chooser chooser :
        List.of(
            new Parzen(Bayesian.of(space, 50, 1), Better.LOWER),
            new Breeding(Genetic.of(space, 50, 1), Better.LOWER))) {
      assertThat(run(chooser, 50, s -> s.whole("n"))).hasSize(6).doesNotHaveDuplicates();
    }
  }

  @Test
  @DisplayName("a value's place leads back to it, and every place to a value within the bounds")
  void places() {
    NumpyRandom random = NumpyRandom.of(4);
    for (Draw draw :
        List.of(
            Draw.integer(-3, 12),
            Draw.uniform(-2, 5),
            Draw.logUniform(1e-4, 10),
            Draw.exponential(3),
            Draw.oneOf("a", 2, 0.5))) {
      Draws.Range range = (Draws.Range) draw;
      for (int i = 0; i < 50; i++) {
        Object value = draw.from(random);
        Object again = range.at(range.place(value));
        if (value instanceof Double number) {
          assertThat((Double) again).isCloseTo(number, Percentage.withPercentage(1e-8));
        } else {
          assertThat(again).isEqualTo(value);
        }
      }
    }
    assertThat(((Draws.Range) Draw.integer(-3, 12)).at(0)).isEqualTo(-3);
    assertThat(((Draws.Range) Draw.integer(-3, 12)).at(1)).isEqualTo(11);
    assertThat((Double) ((Draws.Range) Draw.exponential(3)).at(1)).isFinite();
  }

  @Test
  void badOptions() {
    assertThatThrownBy(() -> Bayesian.of(Map.of(), 5, 1))
        .hasMessageStartingWith("options is empty");
    assertThatThrownBy(() -> Genetic.of(Map.of("x", Draw.oneOf(1)), 5, 1).withPopulation(1))
        .hasMessage("population=1: must be at least 2");
    assertThatThrownBy(() -> Draw.uniform(1, 1)).hasMessageContaining("from < to");
    assertThatThrownBy(() -> Draw.oneOf()).hasMessage("values is empty");
    assertThat(Bayesian.of(Map.of("x", Draw.integer(1, 9)), 30, 4).withTogether(3))
        .hasToString(
            "Bayesian search of 30 settings over {x=1 to 8}, 7 of them drawn at random, 3 at a time"
                + " (seed 4)");
  }
}
