package fieldnotes.bench;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.label.ChangeScore;
import fieldnotes.label.Doubt;
import fieldnotes.label.DoubtOptions;
import fieldnotes.label.Strategies;
import fieldnotes.label.Strategy;
import fieldnotes.table.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What guides must reach with many clips: two of them, or all five by {@code
 * -Dfieldnotes.guides=all}; {@code bench/labels.py} measures every one.
 */
class LabelsIT {
  @Test
  @Tag("timed")
  @DisplayName("of 30,000 clips the next question takes less than 200 ms, in a heap of 2 GB")
  void speed() {
    Samples clips = LabelsBench.clips(30_000);
    List<Strategy> strategies =
        List.of(
            Strategies.standard(),
            Strategies.dasguptaHsu(),
            Strategies.changeGroups(ChangeScore.RELATIVE_GAP_BY_SIZE),
            Strategies.doubts(DoubtOptions.of(Doubt.COMMITTEE).withBatch(50)),
            Strategies.densityWeighted(Doubt.MARGIN));
    boolean all = "all".equals(System.getProperty("fieldnotes.guides"));
    for (Strategy strategy : strategies.subList(0, all ? strategies.size() : 2)) {
      Map<String, Object> took = LabelsBench.speed(clips, strategy, 200);
      for (String step : List.of("next", "heard", "propagated", "replay")) {
        assertThat((double) took.get(step)).as("%s of %s", step, strategy).isLessThan(0.2);
      }
    }
  }
}
