package fieldnotes.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.table.Describe;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class LabellingCurvesTest {
  private static final Samples ROWS = recordings(GuideRows.blobs(3, 30, 0.6, 9));

  /** Three rows a recording. */
  private static Samples recordings(Samples rows) {
    List<String> names =
        IntStream.range(0, rows.rowCount()).mapToObj(i -> "recording " + i / 9 + i % 3).toList();
    return rows.withGroups("recording", names);
  }

  private static final LabellingTrial TRIAL =
      LabellingTrial.of(List.of(4, 8, 16)).withSeeds(3).withTrees(10);

  private static final Offset<Double> EXACT = within(1e-9);

  /** Accuracy .5, .7, .9 of one strategy and .4, .4, .8 of the other, with either seed. */
  private static LabellingCurves made() {
    double[][][] accuracy = {
      {{0.4, 0.6}, {0.7, 0.7}, {0.9, 0.9}}, {{0.4, 0.4}, {0.4, 0.4}, {0.7, 0.9}}
    };
    Map<LabellingMeasure, double[][][]> values = new EnumMap<>(LabellingMeasure.class);
    for (LabellingMeasure measure : LabellingMeasure.values()) {
      values.put(measure, accuracy);
    }
    double nan = Double.NaN;
    values.put(
        LabellingMeasure.CORRECT,
        new double[][][] {{{nan, nan}, {nan, 0.5}, {0.5, 1}}, {{1, 1}, {1, 1}, {1, 1}}});
    return new LabellingCurves(
        "made",
        List.of("quick", "slow"),
        LabellingTrial.of(List.of(4, 8, 16)).withSeeds(2),
        values,
        new double[] {1, 1});
  }

  @Test
  @DisplayName("areas, means over seeds, and clips to reach an accuracy")
  void handWorked() {
    LabellingCurves curves = made();
    assertThat(curves.mean(LabellingMeasure.ACCURACY, "quick")).containsExactly(0.5, 0.7, 0.9);
    assertThat(curves.deviation(LabellingMeasure.ACCURACY, "quick")[0])
        .isEqualTo(Math.sqrt(0.02), within(1e-12));
    // (4·(0.4 + 0.7)/2 + 8·(0.7 + 0.9)/2) / 12
    assertThat(curves.area("quick")[0]).isEqualTo(8.6 / 12, within(1e-12));
    assertThat(curves.clipsToReach(0.5, "quick")).isEqualTo(4);
    assertThat(curves.clipsToReach(0.8, "quick")).isEqualTo(12, within(1e-9));
    assertThat(curves.clipsToReach(0.8, "slow")).isEqualTo(16, within(1e-9));
    assertThat(curves.clipsToReach(0.95, "slow")).isNaN();
    assertThat(curves.mean(LabellingMeasure.CORRECT, "quick"))
        .containsExactly(Double.NaN, 0.5, 0.75);
    // by seed: quick 0.7 to 0.9 with both, slow 0.4 to 0.7 with one and 0.4 to 0.9 with the other
    assertThat(curves.clipsBySeed(0.8, "quick")).containsExactly(new double[] {12, 12}, EXACT);
    assertThat(curves.clipsBySeed(0.8, "slow")[0]).isNaN();
    assertThat(curves.clipsBySeed(0.8, "slow")[1]).isEqualTo(8 + 8 * 0.8, within(1e-9));
    assertThat(curves.clipsBySeed(0.5, "quick"))
        .containsExactly(new double[] {4 + 4.0 / 3, 4}, EXACT);
    Table table = curves.summary(0.5, 0.8, 0.95);
    assertThat(table.columnNames())
        .containsExactly(
            "strategy",
            "mean accuracy",
            "lowest",
            "highest",
            "clips to 50 %",
            "clips to 80 %",
            "clips to 95 %");
    assertThat(table.doubleColumn("lowest").get(0)).isEqualTo(8.6 / 12, within(1e-12));
    assertThat(table.doubleColumn("highest").get(0)).isEqualTo(9 / 12.0, within(1e-12));
    assertThat(table.stringColumn("clips to 50 %").asList()).containsExactly("4 to 5", "10 to 11");
    assertThat(table.stringColumn("clips to 80 %").asList()).containsExactly("12", "14 to over 16");
    assertThat(table.stringColumn("clips to 95 %").asList()).containsOnly("over 16");
    assertThat(curves.toTable().rowCount()).isEqualTo(6);
    assertThat(curves)
        .hasToString(
            "labelling of made by 2 strategies (4 to 16 clips, 2 seeds, 1/3 held out, 0 % heard"
                + " wrongly): highest mean accuracy 0.733, quick");
  }

  @Test
  @DisplayName("no recording is on both sides")
  void heldOut() {
    for (int seed = 0; seed < 5; seed++) {
      Split split = TRIAL.split(ROWS, seed);
      Set<String> train = new HashSet<>(ROWS.rows(split.train()).groups("recording"));
      Set<String> test = new HashSet<>(ROWS.rows(split.test()).groups("recording"));
      assertThat(Collections.disjoint(train, test)).isTrue();
      assertThat(split.train().length + split.test().length).isEqualTo(ROWS.rowCount());
    }
  }

  @Test
  @DisplayName("measured: coverage, correctness, classes and accuracy lie where they must")
  void measures() {
    List<Strategy> strategies =
        List.of(Strategies.random(), Strategies.flatCut(3, 1), Strategies.growingCut());
    LabellingCurves curves = LabellingCurves.of(ROWS, strategies, TRIAL);
    int train = TRIAL.split(ROWS, 0).train().length;
    assertThat(curves.mean(LabellingMeasure.COVERAGE, "random")[1])
        .isEqualTo(8.0 / train, within(0.02));
    assertThat(curves.mean(LabellingMeasure.COVERAGE, "growing cut")[0]).isEqualTo(1);
    assertThat(curves.mean(LabellingMeasure.CORRECT, "random")).containsOnly(Double.NaN);
    assertThat(curves.mean(LabellingMeasure.CORRECT, "growing cut")[2]).isBetween(0.5, 1.0);
    assertThat(curves.mean(LabellingMeasure.CLASSES, "random")[2]).isBetween(2.0, 3.0);
    assertThat(curves.mean(LabellingMeasure.SECONDS, "random")).containsOnly(Double.NaN);
    assertThat(Describe.mean(curves.ceiling())).isBetween(0.7, 1.0);
    assertThat(curves.mean(LabellingMeasure.ACCURACY, "random")[2])
        .isGreaterThan(curves.mean(LabellingMeasure.ACCURACY, "random")[0]);
    // again, on one thread, and with an ear that is sometimes wrong
    String threads = System.setProperty("fieldnotes.threads", "1");
    try {
      assertThat(LabellingCurves.of(ROWS, strategies, TRIAL)).isEqualTo(curves);
    } finally {
      if (threads == null) {
        System.clearProperty("fieldnotes.threads");
      } else {
        System.setProperty("fieldnotes.threads", threads);
      }
    }
    assertThat(LabellingCurves.of(ROWS, strategies, TRIAL.withWrong(0.3))).isNotEqualTo(curves);
  }

  @Test
  void badInput() {
    assertThatThrownBy(() -> LabellingTrial.of(List.of(8, 4)))
        .hasMessage("clips=[8, 4]: must rise, from at least 2");
    assertThatThrownBy(() -> LabellingTrial.of(0, 10))
        .hasMessage("step=0, most=10: needs 2 ≤ step ≤ most");
    List<Strategy> twice = List.of(Strategies.random(), Strategies.random());
    assertThatThrownBy(() -> LabellingCurves.of(ROWS, twice, TRIAL))
        .hasMessage("two strategies have one name: [random, random]");
    List<Strategy> one = List.of(Strategies.random());
    assertThatThrownBy(() -> LabellingCurves.of(ROWS, one, LabellingTrial.of(List.of(80))))
        .hasMessageMatching("clips=\\[80\\]: there are only \\d+ clips to label; hear fewer");
    assertThatThrownBy(() -> made().area("none"))
        .hasMessage("no strategy 'none'; there are [quick, slow]");
  }
}
