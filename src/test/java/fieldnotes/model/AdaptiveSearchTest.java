package fieldnotes.model;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.evaluate.Better;
import fieldnotes.model.Search.Candidate;
import fieldnotes.model.Search.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class AdaptiveSearchTest {
  static double branin(Setting s) {
    double x = s.number("x");
    double y = s.number("y");
    double a = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
    return a * a + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10 - 0.397887;
  }
  static final Map<String, Draw> BRANIN = Map.of("x", Draw.uniform(-5, 10), "y", Draw.uniform(0, 15));

  static double mixed(Setting s) {
    double c = (Math.log10(s.number("C")) - 1.3) / 2;
    double d = (s.whole("depth") - 7) / 10.0;
    double k = switch (s.word("kind")) { case "a" -> 0; case "b" -> 0.1; default -> 0.4; };
    double e = s.number("share") - 0.3;
    return c * c + d * d + k + e * e;
  }
  static final Map<String, Draw> MIXED = Map.of("C", Draw.logUniform(1e-3, 1e3), "depth", Draw.integer(1, 30), "kind", Draw.oneOf("a", "b", "c"), "share", Draw.uniform(0, 1));

  static double six(Setting s) {
    double sum = 0;
    int i = 0;
    for (Object v : s.values().values()) { double d = ((Double) v) - 0.2 - 0.1 * i++; sum += d * d; }
    return sum;
  }
  static final Map<String, Draw> SIX = Map.of("a", Draw.uniform(0, 1), "b", Draw.uniform(0, 1), "c", Draw.uniform(0, 1), "d", Draw.uniform(0, 1), "e", Draw.uniform(0, 1), "f", Draw.uniform(0, 1));

  static double best(Tuning.Chooser chooser, int settings, ToDoubleFunction<Setting> f) {
    List<Candidate> tried = new ArrayList<>();
    while (tried.size() < settings) {
      for (Setting s : chooser.next(List.copyOf(tried), settings - tried.size())) {
        tried.add(new Candidate(s, new double[] {f.applyAsDouble(s)}, ""));
      }
    }
    return tried.stream().mapToDouble(Candidate::mean).min().orElseThrow();
  }

  @Test
  void print() {
    for (int n : new int[] {20, 40, 60}) {
      show("branin", BRANIN, AdaptiveSearchTest::branin, n);
      show("mixed", MIXED, AdaptiveSearchTest::mixed, n);
      show("six", SIX, AdaptiveSearchTest::six, n);
    }
    assertThat(1).isEqualTo(1);
  }

  static void show(String name, Map<String, Draw> space, ToDoubleFunction<Setting> f, int n) {
    double[] log = new double[3];
    int[] wins = new int[2];
    int seeds = 40;
    for (int seed = 0; seed < seeds; seed++) {
      double r = Search.random(space, n, seed).stream().mapToDouble(f).min().orElseThrow();
      double b = best(new Parzen(Bayesian.of(space, n, seed), Better.LOWER), n, f);
      double g = best(new Breeding(Genetic.of(space, n, seed), Better.LOWER), n, f);
      log[0] += Math.log(r) / seeds; log[1] += Math.log(b) / seeds; log[2] += Math.log(g) / seeds;
      if (b < r) wins[0]++;
      if (g < r) wins[1]++;
    }
    System.out.printf("%s n=%d random %.4f bayes %.4f (%d/%d) genetic %.4f (%d)%n", name, n, Math.exp(log[0]), Math.exp(log[1]), wins[0], seeds, Math.exp(log[2]), wins[1]);
  }
}
