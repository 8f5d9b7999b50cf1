package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.label.ClipList;
import fieldnotes.label.LabelStep;
import fieldnotes.label.LabelStore;
import fieldnotes.label.Segment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TallyTest {
  @TempDir Path folder;

  private static Tally gave(ClipList clips, Path folder, String... times) {
    Tally tally = new Tally(clips, folder, List.of());
    for (String time : times) {
      tally.gave(Instant.parse("2026-03-01T" + time + "Z"));
    }
    return tally;
  }

  @Test
  @DisplayName("in whatever order news come, what holds is what the store says")
  void orders() throws Exception {
    ClipList clips = Bench.clips(folder, 3, 0.05);
    try (LabelStore store = LabelStore.open(folder.resolve("labels.json"), "ann")) {
      Random random = new Random(7);
      for (int round = 0; round < 50; round++) {
        List<LabelStep> before = store.steps();
        List<Object[]> news = new ArrayList<>(); // a step, and whether it was done or taken back
        for (int i = 0; i < 12; i++) {
          Segment clip = clips.segment(random.nextInt(3), store.folder());
          switch (random.nextInt(6)) {
            case 0, 1 -> news.add(new Object[] {store.add(clip, "abc".charAt(i % 3) + ""), true});
            case 2 -> news.add(new Object[] {store.skip(clip), true});
            case 3 -> news.add(new Object[] {store.remove(clip), true});
            default -> store.undo().ifPresent(step -> news.add(new Object[] {step, false}));
          }
        }
        Collections.shuffle(news, random);
        Tally tally = new Tally(clips, store.folder(), before);
        for (Object[] one : news) {
          if ((boolean) one[1]) {
            tally.did((LabelStep) one[0]);
          } else {
            tally.undid((LabelStep) one[0]);
          }
        }
        assertThat(tally.labels()).containsExactlyElementsOf(store.labels().labels());
        Set<Segment> skipped = new HashSet<>();
        for (int i = 0; i < 3; i++) {
          if (tally.isSkipped(i)) {
            skipped.add(tally.clip(i));
          }
        }
        assertThat(skipped).isEqualTo(store.skipped());
        assertThat(tally.done()).isEqualTo(store.labels().size());
      }
    }
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
