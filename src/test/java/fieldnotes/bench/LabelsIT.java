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

/** What guides must reach with many clips; {@code bench/labels.py} measures all of them. */
class LabelsIT {
  @Test
  @Tag("timed")
  @DisplayName("of 30,000 clips the next question takes less than 200 ms, in a heap of 2 GB")
  void speed() {
    Samples clips = LabelsBench.clips(30_000);
    for (Strategy strategy :
        List.of(
            Strategies.standard(),
            Strategies.changeGroups(ChangeScore.RELATIVE_GAP_BY_SIZE),
            Strategies.dasguptaHsu(),
            Strategies.doubts(DoubtOptions.of(Doubt.COMMITTEE).withBatch(50)),
            Strategies.densityWeighted(Doubt.MARGIN))) {
      Map<String, Object> took = LabelsBench.speed(clips, strategy, 200);
      for (String step : List.of("next", "heard", "propagated", "replay")) {
        assertThat((double) took.get(step)).as("%s of %s", step, strategy).isLessThan(0.2);
      }
    }
  }
}
