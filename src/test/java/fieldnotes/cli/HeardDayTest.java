package fieldnotes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.detect.HeardTones;
import fieldnotes.detect.ListenOptions;
import fieldnotes.detect.SoundEvent;
import fieldnotes.detect.SoundModel;
import fieldnotes.detect.SoundStream;
import fieldnotes.journal.Journal;
import fieldnotes.journal.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeardDayTest {
  @TempDir Path folder;
  private final List<String> log = new ArrayList<>();

  private HeardDay day(Journal journal) throws Exception {
    return day(journal, Clock.systemUTC());
  }

  private HeardDay day(Journal journal, Clock clock) throws Exception {
    SoundModel model = SoundModel.load(HeardTones.model(folder));
    return new HeardDay(journal, "two files", model, ListenOptions.of(), clock, log::add);
  }

  @Test
  @DisplayName("an entry of a day has its sounds, their sums and a timeline")
  void entry() throws Exception {
    Journal journal = Journal.at(folder.resolve("journal"));
    HeardDay day = day(journal);
    SoundStream.Part a = new SoundStream.Part("a.wav", 0);
    SoundStream.Part b = new SoundStream.Part("b.wav", 100);
    day.part(a);
    day.heardTo(60);
    day.event(a, new SoundEvent(1, 2, "dog", 0.5), null);
    day.event(a, new SoundEvent(3, 6, "dog", 1), null);
    day.part(b);
    day.heardTo(30);
    day.event(b, new SoundEvent(110, 111, "cat", 0.75), null);
    assertThat(day.save()).get().asString().startsWith("journal: Heard on 20");
    assertThat(journal.runs()).hasSize(1);
    Run run = journal.runs().getFirst();
    assertThat(run.toString()).contains("Heard on ");
    String page = Files.readString(folder.resolve("journal/JOURNAL.md"));
    assertThat(page)
        .contains("Listened to two files for 1.5 minutes in 2 parts; 3 sounds.")
        .contains("| dog", "| cat", "0:01:50.0", "a.wav", "By class", "Timeline");
  }

  @Test
  @DisplayName("at midnight the day is written, and another begins at its own beginning")
  void midnight() throws Exception {
    Instant[] now = {Instant.parse("2026-03-28T23:59:00Z")};
    Clock clock = reading(now);
    Journal journal = Journal.at(folder.resolve("journal"));
    HeardDay day = day(journal, clock);
    SoundStream.Part a = new SoundStream.Part("a", 0);
    day.part(a);
    day.heardTo(50);
    day.event(a, new SoundEvent(10, 12, "dog", 0.5), now[0].atZone(ZoneOffset.UTC));
    now[0] = now[0].plusSeconds(60);
    day.heardTo(70);
    day.heardTo(30);
    day.event(a, new SoundEvent(125, 128, "cat", 0.5), now[0].atZone(ZoneOffset.UTC));
    assertThat(day.save()).hasValue("journal: Heard on 2026-03-29");
    assertThat(journal.runs())
        .extracting(Run::title)
        .containsExactly("Heard on 2026-03-28", "Heard on 2026-03-29");
    String page = Files.readString(folder.resolve("journal/JOURNAL.md"));
    assertThat(page)
        .contains("Listened to two files for 2.0 minutes; 1 sound.")
        .contains("Listened to two files for 0.5 minutes; 1 sound.");
    for (Run run : journal.runs()) {
      assertThat(run.metric("sounds").orElseThrow().value()).isEqualTo(1);
    }
  }

  private static Clock reading(Instant[] now) {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Instant instant() {
        return now[0];
      }
    };
  }

  @Test
  @DisplayName("a day that cannot be written goes on, and is written with the next")
  void cannotBeWritten() throws Exception {
    Instant[] now = {Instant.parse("2026-03-28T23:59:00Z")};
    Path root = folder.resolve("journal");
    HeardDay day = day(Journal.at(root), reading(now));
    SoundStream.Part a = new SoundStream.Part("a", 0);
    day.part(a);
    day.heardTo(60);
    day.event(a, new SoundEvent(10, 12, "dog", 0.5), null);
    Files.writeString(root, "in the way");
    now[0] = now[0].plusSeconds(120);
    day.heardTo(60);
    day.heardTo(60);
    assertThat(log).hasSize(1);
    assertThat(log.getFirst()).contains(root.toString(), "; the day is written with the next one");
    Files.delete(root);
    day.event(a, new SoundEvent(100, 102, "dog", 0.5), null);
    assertThat(day.save()).hasValue("journal: Heard on 2026-03-28");
    assertThat(Files.readString(root.resolve("JOURNAL.md")))
        .contains("Listened to two files for 3.0 minutes; 2 sounds.");
  }

  @Tag("long")
  @Test
  void aDayWithoutSoundsIsSaidSo() throws Exception {
    Journal journal = Journal.at(folder.resolve("journal"));
    HeardDay day = day(journal);
    day.part(new SoundStream.Part("a.wav", 0));
    day.heardTo(6);
    day.save();
    assertThat(Files.readString(folder.resolve("journal/JOURNAL.md")))
        .contains("Listened to two files for 0.1 minutes; 0 sounds.");
  }
}
