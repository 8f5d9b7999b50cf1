package fieldnotes.evaluate;

import static fieldnotes.cluster.Fixtures.close;
import static fieldnotes.cluster.Fixtures.number;
import static fieldnotes.cluster.Fixtures.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ModelTestsTest {
  private static final JsonNode EXPECTED = Reference.read("model_tests");

  /** Rows of a; the first model is right where {@code right} has a 1 or a 3, the second 2 or 3. */
  private static Outcome.Classes outcome(int model, int... right) {
    List<String> predicted =
        IntStream.of(right).mapToObj(r -> (r & model) != 0 ? "a" : "b").toList();
    return ClassReportTest.outcome(Collections.nCopies(right.length, "a"), predicted, null);
  }

  private static Significance mcNemar(int first, int second, boolean exact) {
    int[] right =
        IntStream.range(0, 2 + first + second)
            .map(i -> i == 0 ? 0 : i == 1 ? 3 : i < 2 + first ? 1 : 2)
            .toArray();
    return exact
        ? Significance.mcNemar(outcome(1, right), outcome(2, right))
        : Significance.mcNemarChiSquared(outcome(1, right), outcome(2, right));
  }

  @Test
  @DisplayName("one of four rows for the first, none for the second: p is 1; six to none: 2/64")
  void mcNemarByHand() {
    Significance one = mcNemar(1, 0, true);
    assertThat(one.difference()).isEqualTo(1.0 / 3);
    assertThat(one.p()).isEqualTo(1);
    close(mcNemar(6, 0, true).p(), 2.0 / 64, 1e-14, 0);
    assertThat(mcNemar(0, 6, true))
        .hasToString("McNemar, exact: difference -0.7500, statistic 0.000, p 0.03");
    assertThat(mcNemar(0, 0, false).p()).isEqualTo(1);
  }

  @Test
  @DisplayName("differences 1, 2, 3: t = 2 / (1/√3), corrected by 1/2: t = 2 / √(1/3 + 1/2)")
  void tByHand() {
    double[] first = {2, 4, 6};
    double[] second = {1, 2, 3};
    close(Significance.pairedT(first, second).statistic(), 2 * Math.sqrt(3), 1e-14, 0);
    close(
        Significance.correctedT(first, second, 0.5).statistic(), 2 / Math.sqrt(5.0 / 6), 1e-14, 0);
    assertThat(Significance.pairedT(first, first).p()).isEqualTo(1);
    assertThat(Significance.pairedT(new double[] {2, 3}, new double[] {1, 2}).p()).isZero();
    double[] d = {3, 1, 0, 2, 0, 2, 0, 2, 0, 2}; // variances 2, 2, 2, 2, 2
    Significance five = Significance.fiveByTwo(d, new double[10]);
    close(five.statistic(), 3 / Math.sqrt(2), 1e-14, 0);
    assertThat(five.difference()).isEqualTo(1.2);
  }

  @Test
  @DisplayName("five differences of one sign: 2 of 32 signs; equal ones are left out")
  void wilcoxonByHand() {
    double[] first = {1, 2, 3, 4, 5};
    assertThat(Significance.wilcoxon(first, new double[5]).p()).isEqualTo(2.0 / 32);
    assertThat(Significance.wilcoxon(first, first).p()).isEqualTo(1);
    Significance tied =
        Significance.wilcoxon(new double[] {0.3, 0.4, 0.9}, new double[] {0.2, 0.3, 0.9});
    assertThat(tied.p()).isEqualTo(0.5);
    assertThat(tied).hasToString("Wilcoxon, exact: difference 0.06667, statistic 0.000, p 0.50");
  }

  @Test
  void effectSizesByHand() {
    double[] first = {2, 4, 6};
    double[] second = {1, 2, 3};
    close(EffectSize.cohensD(first, second), 2 / Math.sqrt((4 + 1) / 2.0), 1e-14, 0);
    assertThat(EffectSize.pairedD(first, second)).isEqualTo(2);
    assertThat(EffectSize.cliffsDelta(first, second)).isEqualTo((7 - 1) / 9.0, within(1e-15));
    assertThat(EffectSize.cohensD(first, first)).isZero();
    assertThat(EffectSize.pairedD(first, first)).isZero();
  }

  @Test
  @DisplayName("0.01, 0.04, 0.03 become 0.03, 0.06, 0.06")
  void holmByHand() {
    assertThat(Significance.holm(0.01, 0.04, 0.03)).containsExactly(0.03, 0.06, 0.06);
    assertThat(Significance.holm()).isEmpty();
    assertThat(Significance.holm(0.9, 0.8)).containsExactly(1, 1);
  }

  @Property(tries = 30)
  void turningModelsRoundTurnsTheDifferenceOnly(
      @ForAll @Size(10) List<@DoubleRange(min = 0, max = 1) Double> scores) {
    double[] first = scores.stream().mapToDouble(s -> s).toArray();
    double[] second = scores.stream().mapToDouble(s -> s * s).toArray();
    for (int test = 0; test < 4; test++) {
      Significance one = run(test, first, second);
      Significance other = run(test, second, first);
      assertThat(one.difference()).isEqualTo(-other.difference());
      assertThat(one.p()).isCloseTo(other.p(), within(1e-12)).isBetween(0.0, 1.0);
    }
  }

  private static Significance run(int test, double[] first, double[] second) {
    return switch (test) {
      case 0 -> Significance.pairedT(first, second);
      case 1 -> Significance.correctedT(first, second, 0.1);
      case 2 -> Significance.fiveByTwo(first, second);
      default -> Significance.wilcoxon(first, second);
    };
  }

  /** Written by src/test/python/model_test_fixtures.py with statsmodels 0.15 and SciPy 1.17. */
  @Test
  void asStatsmodelsAndScipy() {
    for (JsonNode one : EXPECTED.get("mcnemar")) {
      int first = one.get("first").intValue();
      int second = one.get("second").intValue();
      agree(mcNemar(first, second, true), one.get("exact"));
      agree(mcNemar(first, second, false), one.get("chi"));
    }
    for (JsonNode one : EXPECTED.get("pairs")) {
      double[] a = vector(one.get("a"));
      double[] b = vector(one.get("b"));
      agree(Significance.pairedT(a, b), one.get("t"));
      agree(Significance.correctedT(a, b, 0.25), one.get("corrected"));
      agree(Significance.wilcoxon(a, b), one.get("wilcoxon"));
      if (!one.get("five by two").isNull()) {
        agree(Significance.fiveByTwo(a, b), one.get("five by two"));
      }
      close(EffectSize.cohensD(a, b), number(one.get("cohen")), 1e-11, 1e-3);
      close(EffectSize.cliffsDelta(a, b), number(one.get("cliff")), 1e-12, 1e-3);
      if (!Double.isNaN(number(one.get("paired")))) {
        close(EffectSize.pairedD(a, b), number(one.get("paired")), 1e-11, 1e-3);
      }
    }
    for (JsonNode one : EXPECTED.get("holm")) {
      close(Significance.holm(vector(one.get("p"))), vector(one.get("holm")), 1e-14);
    }
  }

  private static void agree(Significance is, JsonNode expected) {
    if (expected.isNull() || Double.isNaN(number(expected.get(1)))) {
      assertThat(is.p()).as("%s of models that never differ", is).isEqualTo(1);
      return;
    }
    close(is.statistic(), number(expected.get(0)), 1e-11, 1e-3);
    close(is.p(), number(expected.get(1)), 1e-11, 1e-6);
  }

  @Test
  void intervalsOfSharesAsStatsmodels() {
    for (JsonNode one : EXPECTED.get("shares")) {
      Interval is =
          Interval.ofShare(
              one.get("hits").intValue(),
              one.get("rows").intValue(),
              one.get("confidence").doubleValue());
      close(new double[] {is.low(), is.high()}, vector(one.get("wilson")), 1e-12);
    }
    for (JsonNode one : EXPECTED.get("differences")) {
      double[] c = vector(one.get("counts"));
      Interval is =
          Interval.ofShareDifference((int) c[0], (int) c[1], (int) c[2], (int) c[3], 0.95);
      close(new double[] {is.low(), is.high()}, vector(one.get("newcombe")), 1e-12);
    }
    assertThat(Interval.ofShare(80, 83, 0.95)).hasToString("0.899041 … 0.987632 (95 %, Wilson)");
  }

  @Test
  @DisplayName("a score by recording: the same for any number of threads, and as by hand")
  void intervalOfAScore() {
    List<String> truth = new ArrayList<>();
    List<String> predicted = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      truth.add(i % 2 == 0 ? "owl" : "wren");
      groups.add("r" + i % 12);
      predicted.add(i % 12 < 3 ? "owl" : truth.get(i)); // recording 1 is wrong
    }
    Outcome.Classes outcome = ClassReportTest.outcome(truth, predicted, null);
    Interval of = Interval.ofScore(Scores.balancedAccuracy(), outcome, groups, 0.9, 500, 7);
    assertThat(Interval.ofScore(Scores.balancedAccuracy(), outcome, groups, 0.9, 500, 7))
        .isEqualTo(of);
    String before = System.setProperty("fieldnotes.threads", "1");
    try {
      assertThat(Interval.ofScore(Scores.balancedAccuracy(), outcome, groups, 0.9, 500, 7))
          .isEqualTo(of);
    } finally {
      if (before == null) {
        System.clearProperty("fieldnotes.threads");
      } else {
        System.setProperty("fieldnotes.threads", before);
      }
    }
    assertThat(of.high()).isEqualTo(1);
    assertThat(of.low()).isBetween(0.7, 11.0 / 12);
    assertThat(of.how()).isEqualTo("bootstrap of 12 groups, 500 resamples");
    Outcome numbers = new Outcome.Numbers(new double[] {1, 2, 3}, new double[] {2, 3, 4});
    Interval rmse = Interval.ofScore(Scores.rmse(), numbers, List.of("a", "b", "c"), 0.9, 100, 7);
    assertThat(rmse.low()).isEqualTo(1);
    assertThat(rmse.high()).isEqualTo(1);
    assertThatThrownBy(
            () -> Interval.ofScore(Scores.r2(), numbers, List.of("a", "b", "c"), 0.9, 100, -1))
        .hasMessageStartingWith("seed=-1");
    Outcome one = ClassReportTest.outcome(List.of("a", "a"), List.of("a", "a"), null);
    assertThatThrownBy(() -> Interval.ofScore(Scores.kappa(), one, List.of("x", "y"), 0.9, 100, 1))
        .hasMessage(
            "kappa is undefined in a sample of the groups: choose one that is defined for every"
                + " class, such as accuracy");
  }

  private static List<Split> splits(int folds) {
    return Folds.of(folds).splits(Samples.of(Matrix.of(new double[folds * 10][1])));
  }

  private static final Map<String, double[]> MODELS = new LinkedHashMap<>();

  static {
    MODELS.put("dummy", new double[] {0.5, 0.48, 0.52, 0.5, 0.5});
    MODELS.put("forest", new double[] {0.9, 0.92, 0.91, 0.89, 0.93});
    MODELS.put("boosting", new double[] {0.91, 0.9, 0.92, 0.88, 0.92});
  }

  @Test
  @DisplayName("the mean of equal scores lies in its interval, though its sum rounds")
  void equalScores() {
    double[] thirds = new double[20];
    double[] better = new double[20];
    Arrays.fill(thirds, 1 / 3.0);
    Arrays.setAll(better, i -> 0.5 + i / 100.0);
    ModelComparison of =
        ModelComparison.of(
            Scores.accuracy(), Map.of("third", thirds, "better", better), splits(20));
    ModelComparison.Line line = of.line("third");
    assertThat(line.mean()).isBetween(line.interval().low(), line.interval().high());
  }

  @Test
  @DisplayName("forest and boosting differ by 0.004, the dummy by 0.41")
  void comparison() {
    ModelComparison of = ModelComparison.of(Scores.accuracy(), MODELS, splits(5));
    assertThat(of.noDifference()).containsExactly("forest", "boosting");
    assertThat(of.line("dummy").verdict()).isEqualTo("worse");
    assertThat(of.line("boosting").difference()).isCloseTo(-0.004, within(1e-12));
    double p = Significance.correctedT(MODELS.get("dummy"), MODELS.get("forest"), 0.25).p();
    assertThat(of.line("dummy").p()).isCloseTo(2 * p, within(1e-15));
    Interval interval = of.line("boosting").differenceInterval();
    assertThat(interval.low()).isNegative();
    assertThat(interval.high()).isPositive();
    assertThat(of)
        .hasToString(
            "accuracy: forest is best with 0.9100 (0.8806 … 0.9394); no difference: boosting 0.9060 (p"
                + " 0.68); worse: dummy 0.5000 (p < 0.0001)");
    assertThat(of.toTable().column("model").asList())
        .isEqualTo(List.of("forest", "boosting", "dummy"));
    assertThat(of.toTable().print()).contains("no difference");
    assertThat(of.toTable().column("p").asList()).isEqualTo(List.of("–", "0.68", "< 0.0001"));
    ModelComparison errors = ModelComparison.of(Scores.rmse(), MODELS, splits(5), 0.8);
    assertThat(errors.lines().getFirst().model()).isEqualTo("dummy");
    assertThat(errors.noDifference()).containsExactly("dummy");
    MODELS.forEach(
        (model, folds) -> {
          Interval corrected = of.line(model).interval();
          Interval plain = Interval.ofMean(folds, 0.95);
          assertThat(corrected.low()).isLessThan(plain.low()); // folds are not independent
        });
  }

  @Test
  @DisplayName(
      "an interval is cut to the values that the score can take, a difference to twice as many")
  void cutToTheScore() {
    // deviation √0.002, so the width is t·√((1/5 + 1/4)·0.002) = 2.776445·0.03 for each mean
    double width = 0.0832933535;
    Map<String, double[]> folds =
        Map.of("high", new double[] {1, 1, 0.9, 1, 1}, "low", new double[] {0, 0, 0.1, 0, 0});
    ModelComparison shares = ModelComparison.of(Scores.accuracy(), folds, splits(5));
    assertEnds(shares.line("high").interval(), 0.98 - width, 1);
    assertEnds(shares.line("low").interval(), 0, 0.02 + width);
    assertEnds(shares.line("low").differenceInterval(), -1, -0.96 + 2 * width);
    ModelComparison losses = ModelComparison.of(Scores.logLoss(), folds, splits(5));
    assertEnds(losses.line("high").interval(), 0.98 - width, 0.98 + width);
    assertEnds(losses.line("low").interval(), 0, 0.02 + width);
    assertEnds(losses.line("high").differenceInterval(), 0.96 - 2 * width, 0.96 + 2 * width);
    ModelComparison ofVariance = ModelComparison.of(Scores.r2(), folds, splits(5));
    assertEnds(ofVariance.line("high").interval(), 0.98 - width, 1);
    assertEnds(ofVariance.line("low").interval(), 0.02 - width, 0.02 + width);
  }

  private static void assertEnds(Interval of, double low, double high) {
    assertThat(of.low()).isCloseTo(low, within(1e-8));
    assertThat(of.high()).isCloseTo(high, within(1e-8));
  }

  @Test
  void badInput() {
    double[] two = {1, 2};
    Outcome.Classes one = outcome(1, 1, 1);
    assertThatThrownBy(() -> Significance.pairedT(two, new double[3]))
        .hasMessage("first has 2 entries and second has 3: they must be equally long");
    assertThatThrownBy(() -> Significance.wilcoxon(two, new double[] {1, Double.NaN}))
        .hasMessage(
            "the scores at 1 are 2.0 and NaN: must be finite; choose a score that is defined on"
                + " every fold");
    assertThatThrownBy(() -> Significance.fiveByTwo(two, two))
        .hasMessage("first has 2 scores: must be 10, of Folds.stratified(2, seed).repeated(5)");
    assertThatThrownBy(() -> Significance.correctedT(two, two, 0))
        .hasMessage("testPerTrain=0.0: must be a finite number above 0");
    assertThatThrownBy(() -> Significance.holm(1.5))
        .hasMessage("p=1.5: must lie within 0.0 and 1.0");
    assertThatThrownBy(() -> Significance.mcNemar(one, outcome(1, 1, 1, 1)))
        .hasMessageStartingWith("the true classes of first and second differ");
    Outcome.Classes weighted = new Outcome.Classes(one.truth(), one.predicted(), two);
    assertThatThrownBy(() -> Significance.mcNemar(weighted, one))
        .hasMessageStartingWith("rows have weights, but McNemar's test counts rows");
    assertThatThrownBy(() -> Interval.ofShare(3, 2, 0.95))
        .hasMessage("hits=3: must be 0 to rows=2");
    assertThatThrownBy(() -> ModelComparison.of(Scores.accuracy(), MODELS, splits(4)))
        .hasMessage("'dummy' has 5 scores and there are 4 folds: give a score for each");
    assertThatThrownBy(
            () -> ModelComparison.of(Scores.accuracy(), Map.of("forest", two), splits(2)))
        .hasMessage("there are 1 models: compare at least 2");
    assertThatThrownBy(() -> ModelComparison.of(Scores.accuracy(), MODELS, splits(5)).line("tree"))
        .hasMessage("no model 'tree'; compared were [forest, boosting, dummy]");
    assertThatThrownBy(
            () ->
                ModelComparison.of(
                    Scores.r2(), Map.of("a", two, "b", new double[] {1, Double.NaN}), splits(2)))
        .hasMessage(
            "'b' has the score NaN on a fold: choose a score that is defined on every fold");
  }
}
