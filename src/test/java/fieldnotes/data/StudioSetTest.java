package fieldnotes.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.audio.Clip;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.synth.Studio;
import fieldnotes.synth.StudioOptions;
import fieldnotes.table.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class StudioSetTest {
  private static final StudioOptions SMALL =
      StudioOptions.of(3).withEpisodes(2).withTracks(5).withTrackSeconds(2).withSoundsPerClass(1);

  @TempDir static Path folder;
  private static DataSet studio;

  @BeforeAll
  static void make() {
    studio = StudioSet.make(folder.resolve("studio"), SMALL, false);
  }

  @Test
  void hasWhatWasAskedFor() {
    assertThat(studio.part("episodes").files()).hasSize(2);
    assertThat(studio.part("tracks").files()).hasSize(5);
    assertThat(studio.part("sounds").files()).hasSize(10);
    assertThat(studio.files()).hasSize(17).isSortedAccordingTo((a, b) -> cmp(a, b));
    assertThat(studio.toString())
        .startsWith("data set 'studio': 17 sound files, ")
        .doesNotContain(folder.toString());
  }

  private static int cmp(Path a, Path b) {
    return studio.name(a).compareTo(studio.name(b));
  }

  @Test
  @DisplayName("the parts of an episode follow one another from its first second to its last")
  void truthIsWithoutGaps() throws IOException {
    DataSet episodes = studio.part("episodes");
    for (Path file : episodes.files()) {
      Table parts =
          episodes.truth().where(t -> t.stringColumn("file").isEqualTo(episodes.name(file)));
      double end = 0;
      for (int row = 0; row < parts.rowCount(); row++) {
        assertThat(parts.doubleColumn("start_s").get(row)).isEqualTo(end);
        assertThat(parts.stringColumn("what").get(row)).isIn("speech", "music", "both", "silence");
        end = parts.doubleColumn("end_s").get(row);
      }
      double seconds = (Files.size(file) - 44) / 2.0 / 16_000;
      assertThat(end).isCloseTo(seconds, within(0.001)).isBetween(30.0, 60.0);
    }
  }

  @Test
  @DisplayName("what is called silent is quiet, and what is not is not")
  void silenceIsQuiet() throws IOException {
    DataSet episodes = studio.part("episodes");
    Table parts = episodes.truth();
    for (int row = 0; row < parts.rowCount(); row++) {
      double from = parts.doubleColumn("start_s").get(row);
      double to = parts.doubleColumn("end_s").get(row);
      String what = parts.stringColumn("what").get(row);
      // a room may still ring for a moment after the part before
      double start = what.equals("silence") ? from + 0.6 * (to - from) : from;
      double db = level(episodes.file(parts.stringColumn("file").get(row)), 16_000, start, to);
      if (what.equals("silence")) {
        assertThat(db).isLessThan(-38);
      } else {
        assertThat(db).isBetween(-45.0, -8.0);
      }
    }
  }

  private static double level(Path wav, int rate, double from, double to) throws IOException {
    byte[] bytes = Files.readAllBytes(wav);
    double sum = 0;
    int first = (int) (from * rate);
    int last = (int) (to * rate) - 1;
    for (int i = first; i < last; i++) {
      short v = (short) ((bytes[44 + 2 * i] & 0xff) | (bytes[45 + 2 * i] << 8));
      sum += v / 32768.0 * v / 32768.0;
    }
    return 10 * Math.log10(sum / (last - first));
  }

  @Test
  void nothingClips() throws IOException {
    for (Path file : studio.files()) {
      byte[] bytes = Files.readAllBytes(file);
      int peak = 0;
      for (int i = 44; i + 1 < bytes.length; i += 2) {
        peak = Math.max(peak, Math.abs((short) ((bytes[i] & 0xff) | (bytes[i + 1] << 8))));
      }
      assertThat(peak).as(file.toString()).isBetween(3000, 29_300);
    }
  }

  @Tag("long")
  @Test
  @DisplayName("the same bytes on one thread, and under a Turkish locale")
  void sameBytes(@TempDir Path other) throws IOException {
    Locale before = Locale.getDefault();
    String threads = System.getProperty("fieldnotes.threads");
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      System.setProperty("fieldnotes.threads", "1");
      StudioOptions fewer = SMALL.withEpisodes(1).withTracks(5);
      DataSet again = StudioSet.make(other.resolve("studio"), fewer, false);
      for (Path file : again.files()) {
        assertThat(file).hasSameBinaryContentAs(studio.file(again.name(file)));
      }
    } finally {
      Locale.setDefault(before);
      if (threads == null) {
        System.clearProperty("fieldnotes.threads");
      } else {
        System.setProperty("fieldnotes.threads", threads);
      }
    }
  }

  @Test
  @DisplayName("a set with a file missing or cut off is not taken as whole, and is made again")
  void damageIsMended(@TempDir Path other) throws IOException {
    StudioOptions tiny = SMALL.withEpisodes(0).withTracks(2).withSoundsPerClass(0);
    Path place = other.resolve("studio");
    DataSet made = StudioSet.make(place, tiny, false);
    String hash = made.hash();
    Path track = made.file("tracks/track-02.wav");
    Files.write(track, new byte[44]);
    assertThat(StudioSet.isWhole(place, tiny)).isFalse();
    assertThat(StudioSet.make(place, tiny, false).hash()).isEqualTo(hash);
    Files.delete(track);
    assertThat(StudioSet.isWhole(place, tiny)).isFalse();
    assertThat(StudioSet.make(place, tiny, false).hash()).isEqualTo(hash);
    assertThat(StudioSet.isWhole(place, tiny.withTracks(3))).isFalse();
    try (var left = Files.list(other)) {
      assertThat(left).containsExactly(place);
    }
  }

  @Test
  @DisplayName("what a killed run left behind is used, and only what it lacked is made")
  void killedWorkIsTakenUp(@TempDir Path other) throws IOException {
    StudioOptions tiny = SMALL.withEpisodes(0).withTracks(2).withSoundsPerClass(0);
    Path place = other.resolve("studio");
    StudioSet.make(place, tiny, false);
    Path work = StudioSet.workFolder(place, tiny);
    Files.createDirectories(work.resolve("tracks"));
    Files.createDirectories(work.resolve("rows"));
    byte[] marked = {1, 2, 3};
    Files.writeString(work.resolve("about.txt"), Studio.about(tiny));
    Files.write(work.resolve("tracks/track-01.wav"), marked);
    Files.writeString(work.resolve("rows/tracks-track-01.csv"), "track-01.wav,x,1,C,x,2\n");
    Files.write(work.resolve("tracks/.track-02.wav-99999999-1.unfinished"), marked);
    Files.delete(place.resolve("about.txt"));
    DataSet made = StudioSet.make(place, tiny, false);
    assertThat(made.file("tracks/track-01.wav")).hasBinaryContent(marked);
    assertThat(Files.size(made.file("tracks/track-02.wav"))).isEqualTo(44 + 2 * 2 * 22_050);
    assertThat(made.files()).hasSize(2);
    assertThat(place.resolve("tracks/.track-02.wav-99999999-1.unfinished")).doesNotExist();
  }

  @Test
  void examplesAreOneStretchForEveryLabel() {
    DataSet episodes = studio.part("episodes");
    List<Clip> examples = episodes.examples(4);
    assertThat(examples)
        .extracting(clip -> clip.name().replaceFirst(" ·.*", ""))
        .containsExactly(
            Stream.of("speech", "music", "both", "silence")
                .filter(episodes.truth().stringColumn("what").asSet()::contains)
                .toArray(String[]::new));
    assertThat(examples)
        .allSatisfy(clip -> assertThat(clip.durationSeconds()).isBetween(0.5, 4.01));
  }

  @Test
  void labelsOfStretches() {
    DataSet episodes = studio.part("episodes");
    Table truth = episodes.truth();
    for (int i = 0; i < truth.rowCount(); i++) {
      double start = truth.doubleColumn("start_s").getDouble(i);
      double end = truth.doubleColumn("end_s").getDouble(i);
      assertThat(episodes.label(truth.stringColumn("file").get(i), start, end))
          .isEqualTo(truth.stringColumn("what").get(i));
    }
    assertThatThrownBy(() -> episodes.label(truth.stringColumn("file").get(0), 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("toSeconds must be above fromSeconds");
  }

  @Tag("long")
  @Test
  @DisplayName("sound of another seed has labels for its chunks, and never replaces other files")
  void anotherSeed() throws IOException {
    StudioOptions options = SMALL.withEpisodes(1).withTracks(0).withSoundsPerClass(0);
    DataSet episodes = DataSets.studio(folder.resolve("novel"), options).part("episodes");
    Samples rows =
        DataSets.samples(
            episodes, FeatureSet.JOURNAL_38, FeatureOptions.of().withoutCache().withChunks(5));
    assertThat(rows.rowCount()).isBetween(6, 12);
    assertThat(rows.classes()).isSubsetOf("speech", "music", "both", "silence");
    assertThat(rows.groups("recording")).containsOnly("episode-01.wav");
    Path taken = Files.createDirectory(folder.resolve("taken"));
    Files.writeString(taken.resolve("mine.txt"), "mine");
    assertThatThrownBy(() -> DataSets.studio(taken, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not empty");
    assertThat(taken.resolve("mine.txt")).exists();
  }
}
