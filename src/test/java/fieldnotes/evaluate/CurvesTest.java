package fieldnotes.evaluate;

import static fieldnotes.cluster.Fixtures.close;
import static fieldnotes.cluster.Fixtures.matrix;
import static fieldnotes.cluster.Fixtures.number;
import static fieldnotes.cluster.Fixtures.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CurvesTest {
  /** Rows of a, b, a, b, b by falling probability of a. */
  private static final Outcome.Classes FIVE =
      new Outcome.Classes(
          List.of("a", "b", "a", "b", "b"),
          new Classified(
              List.of("a", "b"),
              new double[][] {{0.9, 0.1}, {0.8, 0.2}, {0.5, 0.5}, {0.4, 0.6}, {0.1, 0.9}}));

  @Test
  @DisplayName("a found at 0.9, a false alarm at 0.8, the other a at 0.5: area 1 − 1/2 · 1/3")
  void rocByHand() {
    RocCurve curve = RocCurve.of(FIVE, "a");
    assertThat(curve.thresholds())
        .containsExactly(Double.POSITIVE_INFINITY, 0.9, 0.8, 0.5, 0.4, 0.1);
    assertThat(curve.truePositiveRates()).containsExactly(0, 0.5, 0.5, 1, 1, 1);
    assertThat(curve.falsePositives()).containsExactly(0, 0, 1, 1, 2, 3);
    close(curve.area(), 5.0 / 6, 1e-15, 0);
    assertThat(curve.corners().thresholds())
        .containsExactly(Double.POSITIVE_INFINITY, 0.9, 0.8, 0.5, 0.1);
    assertThat(curve).hasToString("ROC curve of a: area 0.8333, 6 points");
    assertThat(curve.toTable().rowCount()).isEqualTo(6);
    assertThat(curve).isEqualTo(RocCurve.of(FIVE, "a")).isNotEqualTo(curve.corners());
  }

  @Test
  void thresholdsByHand() {
    RocCurve roc = RocCurve.of(FIVE, "a");
    assertThat(roc.atFalsePositiveRate(0)).isEqualTo(new RocCurve.Point(0.9, 0, 0.5));
    assertThat(roc.atFalsePositiveRate(0.34)).isEqualTo(new RocCurve.Point(0.5, 1.0 / 3, 1));
    assertThat(roc.atFalsePositiveRate(1).threshold()).isEqualTo(0.5); // no more is found below
    assertThat(roc.atTruePositiveRate(0.95).threshold()).isEqualTo(0.5);
    assertThat(roc.atTruePositiveRate(0).threshold()).isInfinite();
    assertThat(roc.atTruePositiveRate(0.5))
        .hasToString("from 0.9000: finds 50.0 %, false alarms 0.0 %");
    PrecisionRecallCurve curve = PrecisionRecallCurve.of(FIVE, "a");
    assertThat(curve.atRecall(0.9)).isEqualTo(new PrecisionRecallCurve.Point(0.5, 2.0 / 3, 1));
    assertThat(curve.atRecall(0.5).threshold()).isEqualTo(0.9);
    assertThat(curve.atPrecision(0.6).threshold()).isEqualTo(0.5);
    assertThat(curve.atPrecision(1)).hasToString("from 0.9000: precision 1.000, recall 0.500");
  }

  @Test
  @DisplayName("precision from the lowest threshold: 2/5, 2/4, 2/3, 1/2, 1; mean over recall 5/6")
  void precisionByHand() {
    PrecisionRecallCurve curve = PrecisionRecallCurve.of(FIVE, "a");
    assertThat(curve.thresholds()).containsExactly(0.1, 0.4, 0.5, 0.8, 0.9);
    assertThat(curve.precision()).containsExactly(0.4, 0.5, 2.0 / 3, 0.5, 1, 1);
    assertThat(curve.recall()).containsExactly(1, 1, 1, 0.5, 0.5, 0);
    close(curve.averagePrecision(), 5.0 / 6, 1e-15, 0);
    assertThat(curve.share()).isEqualTo(0.4);
    assertThat(curve)
        .hasToString(
            "precision–recall curve of a: average precision 0.8333, chance 0.4000, 6 points");
    assertThat(curve.toTable().rowCount()).isEqualTo(5);
  }

  @Test
  void curveOfAnyScores() {
    RocCurve strange =
        RocCurve.of(
            "unknown", new double[] {3, -0.0, 0.0, -2}, new boolean[] {true, true, false, false});
    assertThat(strange.thresholds()).containsExactly(Double.POSITIVE_INFINITY, 3, 0, -2);
    assertThat(strange.area()).isEqualTo(0.875);
  }

  @Property(tries = 30)
  void theAreaOfAMeanCurveIsTheMeanOfTheAreas(
      @ForAll @IntRange(min = 2, max = 5) int k, @ForAll long seed) {
    Random random = new Random(seed);
    List<String> classes = IntStream.range(0, k).mapToObj(c -> "c" + c).toList();
    double[][] p = new double[30][k];
    for (double[] row : p) {
      Arrays.setAll(row, c -> 1 + random.nextInt(4));
      double sum = Arrays.stream(row).sum();
      Arrays.setAll(row, c -> row[c] / sum);
    }
    List<String> truth =
        IntStream.range(0, 30).mapToObj(i -> classes.get(i < k ? i : random.nextInt(k))).toList();
    double[] weights = random.doubles(30, 0.1, 2).toArray();
    Outcome.Classes outcome = new Outcome.Classes(truth, new Classified(classes, p), weights);
    close(
        RocCurve.macro(outcome).area(),
        classes.stream().mapToDouble(c -> RocCurve.of(outcome, c).area()).sum() / k,
        1e-13,
        0);
    close(
        PrecisionRecallCurve.macro(outcome).averagePrecision(),
        Scores.averagePrecision(Average.MACRO).of(outcome),
        1e-13,
        0);
    classes.forEach(
        c ->
            close(
                RocCurve.of(outcome, c).corners().area(),
                RocCurve.of(outcome, c).area(),
                1e-13,
                0));
  }

  /** Written by src/test/python/class_score_fixtures.py with scikit-learn 1.9.1. */
  @Test
  void asScikitLearn() {
    JsonNode cases = Reference.read("class_scores").get("cases");
    int checked = 0;
    for (JsonNode one : Reference.read("curves").get("cases")) {
      Outcome.Classes outcome = ClassScoresTest.outcome(cases.get(one.get("case").intValue()));
      String name = one.get("of").asString();
      RocCurve curve = RocCurve.of(outcome, name);
      agree(curve, one.get("every"));
      agree(curve.corners(), one.get("corners"));
      close(curve.area(), number(one.get("area")), 1e-12, 0);
      PrecisionRecallCurve other = PrecisionRecallCurve.of(outcome, name);
      double[][] points = matrix(one.get("precision recall"));
      close(other.precision(), points[0], 1e-13);
      close(other.recall(), points[1], 1e-13);
      assertThat(other.thresholds()).containsExactly(points[2]);
      close(other.averagePrecision(), number(one.get("average precision")), 1e-12, 0);
      checked++;
    }
    assertThat(checked).isEqualTo(20);
  }

  private static void agree(RocCurve curve, JsonNode points) {
    close(curve.falsePositiveRates(), vector(points.get(0)), 1e-13);
    close(curve.truePositiveRates(), vector(points.get(1)), 1e-13);
    assertThat(curve.thresholds()).containsExactly(vector(points.get(2)));
  }

  @Test
  void badInput() {
    assertThatThrownBy(() -> RocCurve.of(FIVE, "c"))
        .hasMessage("class 'c' has no scores; the predicted are [a, b]");
    assertThatThrownBy(() -> PrecisionRecallCurve.of(FIVE, "c"))
        .hasMessage("class 'c' has no scores; the predicted are [a, b]");
    Outcome.Classes one = FIVE.rows(new int[] {0, 2});
    assertThat(RocCurve.of(one, "a").area()).isNaN();
    assertThatThrownBy(() -> RocCurve.of(one, "a").atFalsePositiveRate(0.1))
        .hasMessage("every row is of 'a': a ROC curve needs rows of the class and others");
    assertThatThrownBy(() -> RocCurve.macro(one.rows(new int[] {1})))
        .hasMessage("every row is of 'a': a ROC curve needs rows of the class and others");
    assertThatThrownBy(() -> RocCurve.of(one, "b").atTruePositiveRate(0.5))
        .hasMessage("there is no row of 'b': a ROC curve needs rows of the class and others");
    assertThatThrownBy(() -> RocCurve.of(FIVE, "a").atFalsePositiveRate(2))
        .hasMessage("most=2.0: must lie within 0.0 and 1.0");
    assertThatThrownBy(
            () -> PrecisionRecallCurve.of(FIVE.rows(new int[] {1, 2}), "a").atPrecision(0.9))
        .hasMessage("least=0.9: the precision of 'a' is at most 0.5000");
    assertThatThrownBy(() -> RocCurve.of("x", new double[] {Double.NaN}, new boolean[1]))
        .hasMessage("scores has NaN at row 0: must be finite");
    double[] two = {0, 1};
    assertThatThrownBy(() -> new RocCurve("x", two, new double[] {1, 0}, two))
        .hasMessage(
            "falsePositives has 0.0 at point 1: must be finite, at least 0, and never fall");
  }
}
