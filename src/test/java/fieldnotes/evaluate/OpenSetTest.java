package fieldnotes.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OpenSetTest {
  /** Predicted a, a, b, b with falling knownness; rows below 0.5 are Unknown. */
  private static Rejected predicted() {
    Classified classified =
        new Classified(List.of("a", "b"), new double[][] {{0.9, 0.1}, {0.8, 0.2}, {0, 1}, {0, 1}});
    return new Rejected(classified, new double[] {0.9, 0.7, 0.5, 0.1}, 0.5, "Unknown");
  }

  @Test
  @DisplayName("of 3 known and 2 unknown rows, 4 of 6 pairs are in order and one is equal: 0.75")
  void aurocByHand() {
    OpenSet open = OpenSet.of(new double[] {0.9, 0.5, 0.3}, new double[] {0.5, 0.1});
    assertThat(open.auroc()).isEqualTo(4.5 / 6);
    assertThat(open.threshold(0.95)).isEqualTo(0.3);
    assertThat(open.fprAt95()).isEqualTo(0.5);
    assertThat(open.fprAt(1 / 3.0)).isZero();
    assertThat(open.fprAt(0.5)).isEqualTo(0.5);
    assertThat(open)
        .hasToString("3 known and 2 unknown rows: AUROC 0.7500, FPR at 95 % TPR 0.5000");
  }

  @Test
  @DisplayName("the order of the knownness counts, not its size; turned round, the area is 1 − it")
  void auroc() {
    double[] known = {3, 1, 4, 1, 5, 9};
    double[] unknown = {2, 6, 1, 3};
    double area = OpenSet.of(known, unknown).auroc();
    assertThat(OpenSet.of(unknown, known).auroc()).isCloseTo(1 - area, within(1e-15));
    double[] cubes = java.util.Arrays.stream(known).map(v -> v * v * v - 50).toArray();
    double[] others = java.util.Arrays.stream(unknown).map(v -> v * v * v - 50).toArray();
    assertThat(OpenSet.of(cubes, others).auroc()).isEqualTo(area);
  }

  @Test
  @DisplayName("a right, a wrong, a rejected known row, and an unknown one that is missed")
  void answersByHand() {
    OpenAccuracy open = OpenAccuracy.of(List.of("a", "b", "never heard", "b"), predicted());
    assertThat(open).isEqualTo(new OpenAccuracy(1, 1, 1, 0, 1));
    assertThat(open.accuracy()).isEqualTo(0.25);
    assertThat(open.knownAccuracy()).isEqualTo(1 / 3.0);
    assertThat(open.falseAlarmRate()).isEqualTo(1 / 3.0);
    assertThat(open.foundRate()).isZero();
    assertThat(open)
        .hasToString(
            "open-set accuracy 0.2500: of 3 known rows 1 right, 1 wrong, 1 called Unknown;"
                + " of 1 unknown rows 0 found, 1 missed");
    assertThat(OpenAccuracy.of(List.of("a", "a", "b", "Unknown"), predicted()))
        .isEqualTo(new OpenAccuracy(3, 0, 0, 1, 0));
  }

  @Test
  @DisplayName("right, right, wrong, right: accuracies 1, 1, 2/3, 3/4 and an area of 7/48")
  void coverageByHand() {
    CoverageCurve curve =
        CoverageCurve.of(new double[] {1, 4, 2, 3}, new boolean[] {true, true, false, true});
    assertThat(curve.thresholds()).containsExactly(4, 3, 2, 1);
    assertThat(curve.coverage()).containsExactly(0.25, 0.5, 0.75, 1);
    assertThat(curve.accuracy()).containsExactly(1, 1, 2 / 3.0, 0.75);
    assertThat(curve.area()).isCloseTo((0 + 0 + 1 / 3.0 + 1 / 4.0) / 4, within(1e-15));
    assertThat(curve.accuracyAt(0.6)).isEqualTo(2 / 3.0);
    assertThat(curve.coverageAt(0.7)).isOne();
    assertThat(curve.coverageAt(0.9)).isEqualTo(0.5);
    assertThat(
            CoverageCurve.of(new double[] {2, 2, 1}, new boolean[] {false, false, true})
                .coverageAt(0.9))
        .isZero();
  }

  @Test
  @DisplayName("equally known rows are answered together; weights count; never-seen rows are wrong")
  void coverage() {
    CoverageCurve tied =
        CoverageCurve.of(new double[] {2, 2, 1}, new boolean[] {true, false, true});
    assertThat(tied.coverage()).containsExactly(2 / 3.0, 1);
    assertThat(tied.accuracy()).containsExactly(0.5, 2 / 3.0);
    Classified p = predicted().classified();
    List<String> truth = List.of("a", "b", "b", "a");
    CoverageCurve weighted =
        CoverageCurve.of(new Outcome.Classes(truth, p, new double[] {1, 1, 2, 0}));
    // both rows with probability 1 first: weight 2 of 4 right
    assertThat(weighted.coverage()).containsExactly(0.5, 0.75, 1);
    assertThat(weighted.accuracy()).containsExactly(1, 1, 0.75);
    CoverageCurve open = CoverageCurve.of(List.of("a", "x", "b", "Unknown"), predicted());
    assertThat(open.accuracy()).containsExactly(1, 0.5, 2 / 3.0, 0.5);
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> OpenSet.of(new double[] {1}, new double[0]))
        .hasMessageStartingWith("unknown has no rows");
    assertThatThrownBy(() -> OpenSet.of(new double[] {1, Double.NaN}, new double[] {1}))
        .hasMessage("known has NaN at row 1: must be finite");
    assertThatThrownBy(() -> OpenSet.of(List.of("a", "b", "b", "a"), predicted()))
        .hasMessageStartingWith("unknown has no rows");
    assertThatThrownBy(() -> OpenAccuracy.of(List.of("a", "", "b", "a"), predicted()))
        .hasMessage("truth has no class at row 1: drop such rows first");
    assertThatThrownBy(() -> OpenSet.of(new double[] {1}, new double[] {1}).fprAt(0))
        .hasMessage("tpr=0.0: must be above 0 and at most 1");
    assertThatThrownBy(() -> CoverageCurve.of(new double[0], new boolean[0]))
        .hasMessage("knownness has no rows");
  }
}
