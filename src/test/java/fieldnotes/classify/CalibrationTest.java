package fieldnotes.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Scores;
import fieldnotes.table.Samples;
import fieldnotes.tree.TreeOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class CalibrationTest {
  private static Offset<Double> within(double tolerance) {
    return Offset.offset(tolerance);
  }

  private static boolean[] inside(double... flags) {
    boolean[] in = new boolean[flags.length];
    for (int i = 0; i < in.length; i++) {
      in[i] = flags[i] == 1;
    }
    return in;
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  @DisplayName("0 1 0 1 rising: the two in the middle are pooled to a half")
  void isotonicByHand() {
    Isotonic of = Isotonic.fit(new double[] {3, 1, 2, 4}, inside(0, 0, 1, 1), ones(4));
    assertThat(of.scores()).containsExactly(1, 2, 3, 4);
    assertThat(of.probabilities()).containsExactly(0, 0.5, 0.5, 1);
    assertThat(of.of(1.5)).isEqualTo(0.25);
    assertThat(of.of(2.7)).isEqualTo(0.5);
    assertThat(of.of(-9)).isZero();
    assertThat(of.of(9)).isEqualTo(1);
    assertThat(Isotonic.fit(new double[] {2, 2}, inside(0, 1), ones(2)).of(7)).isEqualTo(0.5);
  }

  @Test
  @DisplayName("scores that do not tell the classes apart: the mean of the targets")
  void sigmoidByHand() {
    // two of four rows are in the class: targets 3/4 and 1/4
    Sigmoid flat = Sigmoid.fit(new double[] {1, 2, 1, 2}, inside(1, 1, 0, 0), ones(4));
    assertThat(flat.of(1)).isCloseTo(0.5, within(1e-12));
    assertThat(flat.of(7)).isCloseTo(0.5, within(1e-9));
    // apart: the targets themselves
    Sigmoid apart = Sigmoid.fit(new double[] {-1, 1, -1, 1}, inside(0, 1, 0, 1), ones(4));
    assertThat(apart.of(1)).isCloseTo(0.75, within(1e-12));
    assertThat(apart.of(-1)).isCloseTo(0.25, within(1e-12));
    // scores in millions are no harder
    Sigmoid large = Sigmoid.fit(new double[] {-1e6, 1e6, -1e6, 1e6}, inside(0, 1, 0, 1), ones(4));
    assertThat(large.of(1e6)).isCloseTo(0.75, within(1e-12));
  }

  @Test
  @DisplayName("a sigmoid keeps the order of scores, and both keep probabilities within 0 and 1")
  void boldScoresBecomeModest() {
    Samples rows = Drawn.rows(40, 200, 3, false);
    Samples test = Drawn.rows(41, 400, 3, false);
    var bold = Classifiers.tree(TreeOptions.of(1));
    double before = Scores.logLoss().of(bold.fit(rows).judge(test));
    for (Calibration by :
        List.of(
            Classifiers.calibrated(bold),
            Classifiers.calibrated(bold).withoutEnsemble(),
            Classifiers.calibrated(bold).withIsotonic())) {
      assertThat(Scores.logLoss().of(by.fit(rows).judge(test))).isLessThan(before / 2);
    }
  }

  @Test
  @DisplayName("a class that no row is calibrated to is said, with what to do")
  void invalid() {
    Samples rows = Drawn.rows(1, 60, 2, false);
    List<String> recordings = new ArrayList<>(Collections.nCopies(60, "r"));
    for (int i = 0; i < 60; i++) {
      recordings.set(i, rows.classes().get(i).equals("a") ? "r" + i % 4 : "s" + i % 2);
    }
    Samples grouped = rows.withGroups("recording", recordings);
    Calibration by = Classifiers.calibrated(Classifiers.tree(TreeOptions.of(1)));
    assertThatThrownBy(() -> by.withFolds(Folds.grouped(5, "recording")).fit(grouped))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no row of class")
        .hasMessageContaining("to calibrate by: take fewer folds");
    assertThat(by.withFolds(Folds.grouped(3, "recording")).withoutEnsemble().fit(grouped).fitted())
        .hasSize(1);
    assertThatThrownBy(() -> by.fit(rows.rows(new int[] {0, 1, 2, 3, 4, 5, 6, 7})))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static Stream<JsonNode> calibrators() {
    return Drawn.read("classify/ensembles").get("calibrators").valueStream();
  }

  @ParameterizedTest
  @MethodSource("calibrators")
  void agreeWithScikitLearn(JsonNode one) {
    double[] scores = Drawn.numbers(one.get("scores"));
    boolean[] in = inside(Drawn.numbers(one.get("inside")));
    double[] weights = Drawn.numbers(one.get("weights"));
    double[] grid = Drawn.numbers(one.get("grid"));
    Sigmoid sigmoid = Sigmoid.fit(scores, in, weights);
    Isotonic isotonic = Isotonic.fit(scores, in, weights);
    assertThat(Arrays.stream(grid).map(sigmoid::of).toArray())
        .containsExactly(Drawn.numbers(one.get("sigmoid")), within(1e-6));
    assertThat(Arrays.stream(grid).map(isotonic::of).toArray())
        .containsExactly(Drawn.numbers(one.get("isotonic")), within(1e-12));
    assertThat(isotonic.scores()).containsExactly(Drawn.numbers(one.get("corners")));
  }

  @Test
  @DisplayName("what has probabilities already stays a distribution")
  void rowsSumToOne() {
    Samples rows = Drawn.rows(7, 120, 4, true);
    Classified said =
        Classifiers.calibrated(Classifiers.tree(TreeOptions.of(1).withMaxDepth(2)))
            .withFolds(Folds.stratified(3, 1))
            .fit(rows)
            .predict(rows);
    assertThat(said.hasProbabilities()).isTrue();
    for (double[] p : said.probabilities()) {
      assertThat(Arrays.stream(p).sum()).isCloseTo(1, within(1e-12));
    }
  }
}
