package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.label.ClipList;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TallyTest {
  @TempDir Path folder;

  private static Tally gave(ClipList clips, Path folder, String... times) {
    Tally tally = new Tally(clips, folder);
    for (String time : times) {
      tally.gave(Instant.parse("2026-03-01T" + time + "Z"), false);
    }
    return tally;
  }

  @Test
  @DisplayName("labels per hour are counted without pauses, and without a clock that is set back")
  void perHour() throws Exception {
    ClipList clips = Bench.clips(folder, 1, 0.05);
    assertThat(gave(clips, folder, "10:00:00", "10:00:10", "10:00:20").perHour()).isEqualTo(360);
    assertThat(gave(clips, folder, "10:00:00", "10:00:10", "09:00:10", "09:00:20").perHour())
        .isEqualTo(360);
    assertThat(gave(clips, folder, "10:00:00", "09:00:00", "08:00:00").perHour()).isZero();
  }
}
