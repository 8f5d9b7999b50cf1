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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeardDayTest {
  @TempDir Path folder;

  private HeardDay day(Journal journal) throws Exception {
    SoundModel model = SoundModel.load(HeardTones.model(folder));
    return new HeardDay(journal, "two files", model, ListenOptions.of());
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
