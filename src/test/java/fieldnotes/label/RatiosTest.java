package fieldnotes.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RatiosTest {
  @Test
  @DisplayName("the journal's line: 10 music, 4 dialogue, 86 both")
  void journal() {
    assertThat(Ratios.of(Map.of("music", 10, "dialogue", 4, "both", 86)))
        .hasToString("M: 0.10 D: 0.04 B: 0.86; Music & Both 96.0 %; Dialogue 4.0 %");
    assertThat(Ratios.of(Map.of("music", 1, "dialogue", 2)))
        .hasToString("M: 0.33 D: 0.67 B: 0.00; Music & Both 33.3 %; Dialogue 66.7 %");
    assertThat(Ratios.of(Map.of("both", 7)))
        .hasToString("M: 0.00 D: 0.00 B: 1.00; Music & Both 100.0 %; Dialogue 0.0 %");
  }

  @Test
  @DisplayName("what is unknown has no share, but is said")
  void unknown() {
    Ratios ratios = Ratios.of(Map.of("music", 10, "dialogue", 4, "both", 86, "unknown", 12));
    assertThat(ratios)
        .hasToString("M: 0.10 D: 0.04 B: 0.86; Music & Both 96.0 %; Dialogue 4.0 %; unknown 12");
    assertThat(ratios.share("both")).isEqualTo(0.86);
    assertThat(ratios.share("unknown")).isNaN();
    assertThat(Ratios.of(Map.of("unknown", 3))).hasToString("no class is known; unknown 3");
    assertThat(Ratios.of(LabelSet.empty())).hasToString("no labels");
    assertThat(Ratios.of(LabelSet.empty()).share("music")).isNaN();
  }

  @Test
  @DisplayName("of other classes by their names, in any locale")
  void otherClasses() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(Ratios.of(Map.of("rain", 1, "wind", 3, "none", 0, "unknown", 1)))
          .hasToString("rain: 0.25 wind: 0.75; unknown 1");
      assertThat(Ratios.of(Map.of("music", 1, "speech", 1)))
          .hasToString("music: 0.50 speech: 0.50");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void ofLabels() {
    LabelSet labels =
        LabelSet.of(
            List.of(
                Label.byEar(Segment.of("a.wav"), "music", "", Instant.EPOCH),
                Label.byModel(Segment.of("b.wav"), "both", 0.5, "", Instant.EPOCH)));
    assertThat(Ratios.of(labels))
        .hasToString("M: 0.50 D: 0.00 B: 0.50; Music & Both 100.0 %; Dialogue 0.0 %");
    assertThatThrownBy(() -> Ratios.of(Map.of("music", -1)))
        .hasMessage("music=-1: must be at least 0");
  }
}
