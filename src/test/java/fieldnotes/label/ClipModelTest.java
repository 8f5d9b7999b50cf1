package fieldnotes.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClipModelTest {
  /** Two classes apart by the distance, in two columns. */
  private static Samples rows(int n, double apart) {
    Random random = new Random(5);
    double[][] x = new double[n][2];
    for (int i = 0; i < n; i++) {
      x[i][0] = random.nextGaussian() + (i % 2) * apart;
      x[i][1] = random.nextGaussian();
    }
    return Samples.of(Matrix.of(List.of("a", "b"), x));
  }

  private static Map<Integer, String> heard(int n) {
    Map<Integer, String> heard = new HashMap<>();
    for (int i = 0; i < n; i++) {
      heard.put(i, i % 2 == 0 ? "music" : "dialogue");
    }
    return heard;
  }

  @Test
  @DisplayName("errors that halve with each doubling: 0.2 at 50, 0.1 at 100, so 0.05 at 200")
  void powerLaw() {
    TreeMap<Integer, double[]> curve = new TreeMap<>();
    curve.put(25, new double[] {0.6, 0.6});
    curve.put(50, new double[] {0.8, 0.8});
    curve.put(100, new double[] {0.9, 0.9});
    ClipModel.Outlook outlook = ClipModel.outlook(curve, 100, 100, 1);
    assertThat(outlook.accuracy()).isCloseTo(0.9, within(1e-9));
    assertThat(outlook.gain()).isCloseTo(0.05, within(1e-9));
    assertThat(outlook.low()).isCloseTo(0.9, within(1e-9));
    assertThat(outlook.gainHigh()).isCloseTo(0.05, within(1e-9));
  }

  @Test
  @DisplayName("a curve that does not rise promises nothing; folds that differ widen the band")
  void flat() {
    TreeMap<Integer, double[]> curve = new TreeMap<>();
    curve.put(20, new double[] {0.6, 0.8, 0.9, 0.7});
    curve.put(40, new double[] {0.6, 0.8, 0.9, 0.7});
    ClipModel.Outlook outlook = ClipModel.outlook(curve, 50, 50, 1);
    assertThat(outlook.gain()).isCloseTo(0, within(1e-9));
    assertThat(outlook.accuracy()).isCloseTo(0.75, within(1e-9));
    assertThat(outlook.low()).isBetween(0.6, 0.74);
    assertThat(outlook.high()).isBetween(0.76, 0.9);
  }

  @Test
  @DisplayName("guesses are right where the classes are apart, and the outlook says so")
  void apart() {
    ClipModel model = ClipModel.of(rows(300, 6), 1);
    Map<Integer, ClipModel.Guess> guesses = model.guesses(heard(60));
    long right =
        guesses.entrySet().stream()
            .filter(e -> e.getValue().name().equals(e.getKey() % 2 == 0 ? "music" : "dialogue"))
            .count();
    assertThat(guesses).hasSize(300);
    assertThat(right).isGreaterThan(290);
    ClipModel.Outlook outlook = model.outlook(heard(60), 50).orElseThrow();
    assertThat(outlook.accuracy()).isGreaterThan(0.93);
    assertThat(outlook.heard()).isEqualTo(60);
    assertThat(outlook.gain()).isBetween(0.0, 0.05);
    assertThat(ClipModel.of(rows(300, 6), 1).outlook(heard(60), 50)).contains(outlook);
    ClipModel.Outlook hard = ClipModel.of(rows(300, 0), 1).outlook(heard(60), 50).orElseThrow();
    assertThat(hard.accuracy()).isBetween(0.25, 0.75);
  }

  @Test
  @DisplayName("chunks that are alike only within a recording do not flatter the outlook")
  void byRecording() {
    Random random = new Random(6);
    double[][] x = new double[120][1];
    List<String> recordings = new ArrayList<>();
    Map<Integer, String> heard = new HashMap<>();
    for (int i = 0; i < x.length; i++) {
      int recording = i / 6;
      if (i % 6 == 0) {
        x[i][0] = random.nextGaussian();
      } else {
        x[i][0] = x[i - 1][0] + 1e-4 * random.nextGaussian();
      }
      recordings.add("r" + recording);
      heard.put(i, recording % 2 == 0 ? "music" : "dialogue"); // nothing but the recording tells
    }
    Samples rows = Samples.of(Matrix.of(List.of("a"), x));
    double alone = ClipModel.of(rows, 1).outlook(heard, 50).orElseThrow().accuracy();
    Samples grouped = rows.withGroups("recording", recordings);
    double apart = ClipModel.of(grouped, 1).outlook(heard, 50).orElseThrow().accuracy();
    assertThat(alone).isGreaterThan(0.9);
    assertThat(apart).isLessThan(0.75);
    Samples four =
        rows.withGroups("recording", recordings.stream().map(r -> "" + r.hashCode() % 4).toList());
    assertThat(ClipModel.of(four, 1).outlook(heard, 50)).isEmpty();
  }

  @Test
  @DisplayName("with one class there is no guess, and with few clips no outlook")
  void few() {
    ClipModel model = ClipModel.of(rows(40, 2), 1);
    assertThat(model.guesses(Map.of(1, "music", 2, "music"))).isEmpty();
    assertThat(model.outlook(heard(24), 50)).isEmpty();
    assertThatThrownBy(() -> model.outlook(heard(40), 0)).hasMessage("more=0: must be at least 1");
  }
}
