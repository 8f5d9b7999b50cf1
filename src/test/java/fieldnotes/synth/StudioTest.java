package fieldnotes.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.data.CatalogueEntry;
import fieldnotes.data.DataSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated sound without a data set around it. */
class StudioTest {
  private static final StudioOptions TINY =
      StudioOptions.of(3).withEpisodes(0).withTracks(2).withTrackSeconds(1).withSoundsPerClass(0);

  @TempDir Path folder;

  @Test
  @DisplayName("a folder has the sound, a table a kind, and the options; nothing else")
  void files() throws IOException {
    assertThat(Studio.make(folder.resolve("new"), TINY)).isEqualTo(folder.resolve("new"));
    try (Stream<Path> all = Files.walk(folder.resolve("new"))) {
      assertThat(all.filter(Files::isRegularFile).map(f -> folder.relativize(f).toString()))
          .containsExactlyInAnyOrder(
              "new/about.txt",
              "new/episodes/episodes.csv",
              "new/sounds/sounds.csv",
              "new/tracks/tracks.csv",
              "new/tracks/track-01.wav",
              "new/tracks/track-02.wav");
    }
    assertThat(Files.readAllLines(folder.resolve("new/tracks/tracks.csv")))
        .hasSize(3)
        .startsWith("file,style,tempo_bpm,key,instruments,seconds");
    assertThat(folder.resolve("new/about.txt")).hasContent(Studio.about(TINY));
  }

  @Test
  @DisplayName("what was cut off is continued, what is finished is left, other files are refused")
  void again() throws IOException {
    Path made = Studio.make(folder.resolve("a").toString(), TINY);
    byte[] whole = Files.readAllBytes(made.resolve("tracks/track-02.wav"));
    Files.write(made.resolve("tracks/track-02.wav"), new byte[44]);
    Studio.make(made, TINY);
    assertThat(made.resolve("tracks/track-02.wav")).hasBinaryContent(new byte[44]);
    Files.delete(made.resolve("tracks/track-02.wav"));
    Files.delete(made.resolve("sounds/sounds.csv"));
    Files.createDirectories(made.resolve("rows"));
    Files.writeString(made.resolve("rows/tracks-track-01.csv"), "of the run before\n");
    Studio.make(made, TINY);
    assertThat(made.resolve("tracks/track-02.wav")).hasBinaryContent(whole);
    assertThat(made.resolve("tracks/tracks.csv")).content().contains("of the run before\ntrack-02");
    assertThat(made.resolve("rows")).doesNotExist();
    assertThatThrownBy(() -> Studio.make(made, TINY.withTracks(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "folder=%s: holds generated sound of other options; give an empty folder, or delete it",
            made);
    assertThatThrownBy(() -> Studio.make(folder, TINY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("folder=%s: is not empty; give an empty folder or a new one", folder);
  }

  @Test
  @DisplayName("the catalogue's citation names the version")
  void version() {
    assertThat(DataSets.catalogue().stream().map(CatalogueEntry::citation).findFirst())
        .hasValueSatisfying(c -> assertThat(c).contains("version " + Studio.VERSION + ","));
  }

  @Test
  void anotherSeedGivesOtherSound() {
    float[] a = SynthMusic.piece(MusicStyle.FOLK, 1, 22_050, 1).clip().samples();
    float[] b = SynthMusic.piece(MusicStyle.FOLK, 1, 22_050, 2).clip().samples();
    assertThat(a).isNotEqualTo(b);
  }

  @Test
  void everySentenceIsPlainAndIsSpoken() {
    List<String> sentences = SynthSpeech.sentences();
    assertThat(sentences).hasSizeGreaterThanOrEqualTo(150).doesNotHaveDuplicates();
    assertThat(sentences).allMatch(s -> s.matches("[a-z ,']+[.?]|[a-z ,']+[?.] ?[a-z ,']*[.?]"));
    SynthSpeech.Speaker quick = SynthSpeech.Speaker.of(120, 200);
    assertThat(sentences.subList(0, 20))
        .allSatisfy(
            s -> assertThat(SynthSpeech.say(s, quick).durationSeconds()).isBetween(0.8, 8.0));
  }

  @Test
  void speakersDiffer() {
    SynthSpeech.Speaker slow = SynthSpeech.Speaker.of(100, 120);
    double slowly = SynthSpeech.say("good morning", slow).durationSeconds();
    double fast =
        SynthSpeech.say("good morning", SynthSpeech.Speaker.of(100, 220)).durationSeconds();
    double child = SynthSpeech.say("good morning", slow.withTract(1.25)).durationSeconds();
    assertThat(slowly).isGreaterThan(1.4 * fast);
    // a shorter tract speaks higher, not faster
    assertThat(child).isCloseTo(slowly, within(0.12 * slowly));
  }
}
