package fieldnotes.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.ChunkOptions;
import fieldnotes.audio.Clip;
import fieldnotes.audio.ReadOptions;
import fieldnotes.audio.SoundFiles;
import fieldnotes.data.DataSets;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.table.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class ClipListTest {
  private static final Path FOLDER = Path.of("/data/talks");
  private static final ReadOptions READING = ReadOptions.of(22_050);

  private static Samples rows() {
    Table table =
        Table.create(
            "t",
            StringColumn.create("file", "a/x.wav", "a/x.wav", "y.wav"),
            DoubleColumn.create("start_s", 0, 10.0004, 2),
            DoubleColumn.create("duration_s", 10.0, 10, 0.5),
            DoubleColumn.create("rms", 1, 2, 3));
    return Samples.of(table).withFeatures(List.of("rms")).withFolder(FOLDER);
  }

  @Test
  @DisplayName("whole files are named relative to the folder of the labels, with forward slashes")
  void wholeFiles() {
    SoundFiles sounds =
        SoundFiles.listed(
            "/data/talks",
            List.of(
                new SoundFiles.Item(FOLDER.resolve("a/x.wav"), "a/x.wav", ""),
                new SoundFiles.Item(Path.of("/other/y.wav"), "y", "")));
    ClipList clips = ClipList.of(sounds);
    assertThat(clips).hasToString("/data/talks: 2 clips to label");
    assertThat(clips.segment(0, FOLDER.resolve("a"))).isEqualTo(Segment.of("x.wav"));
    assertThat(clips.segment(0, Path.of("/data/labels"))).isEqualTo(Segment.of("../talks/a/x.wav"));
    assertThat(clips.segment(1, FOLDER)).isEqualTo(Segment.of("../../other/y.wav"));
    assertThat(clips.root(0)).isEqualTo(FOLDER);
    assertThat(clips.root(1)).isEqualTo(Path.of("/other"));
    assertThat(clips.seconds(0)).isNaN();
    assertThat(clips.rows()).isEmpty();
  }

  @Test
  @DisplayName("rows give parts of files, to the millisecond, or all of each file")
  void parts() {
    ClipList clips = ClipList.of(rows());
    assertThat(clips.size()).isEqualTo(3);
    assertThat(clips.segment(0, FOLDER)).isEqualTo(new Segment("a/x.wav", 0, 10));
    assertThat(clips.segment(1, FOLDER)).isEqualTo(new Segment("a/x.wav", 10, 20));
    assertThat(clips.segment(2, FOLDER)).isEqualTo(new Segment("y.wav", 2, 2.5));
    assertThat(clips.file(1)).isEqualTo(FOLDER.resolve("a/x.wav"));
    assertThat(clips.rows()).isPresent();
    assertThat(ClipList.ofWholeFiles(rows()).segment(2, FOLDER)).isEqualTo(Segment.of("y.wav"));
  }

  @Test
  @DisplayName("chunks are those of the features; what cannot be cut is left out with its reason")
  void chunks(@TempDir Path folder) throws Exception {
    int[] rates = {8000, 22_050, 44_100, 11_025};
    int[] lengths = {20_001, 22_050, 132_301, 5_000};
    for (int f = 0; f < rates.length; f++) {
      float[] x = new float[lengths[f]];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) Math.sin(i * 0.1 * (f + 1));
      }
      AudioFiles.writeWav(Clip.of("c", x, rates[f]), folder.resolve("s" + f + ".wav"));
    }
    Files.writeString(folder.resolve("empty.wav"), "");
    SoundFiles sounds = SoundFiles.folder(folder);
    for (boolean keep : new boolean[] {false, true}) {
      ClipList cut = ClipList.of(sounds, ChunkOptions.of(1).withRemainder(keep), READING);
      Samples rows =
          DataSets.samples(
              folder,
              FeatureSet.JOURNAL_38,
              FeatureOptions.of().withChunks(1).withRemainder(keep).withoutCache());
      ClipList measured = ClipList.of(rows);
      assertThat(segments(cut, folder)).isEqualTo(segments(measured, folder));
      assertThat(cut.size()).isEqualTo(keep ? 9 : 7);
      assertThat(cut.leftOut()).isEqualTo(measured.leftOut()).hasSize(1);
      assertThat(cut.leftOut().getFirst()).startsWith("empty.wav: ");
      assertThat(cut.root(0)).isEqualTo(folder.toAbsolutePath());
    }
    assertThat(ClipList.of(sounds, ChunkOptions.of(1), READING))
        .hasToString(folder + ": 7 clips to label, 1 left out");
    SoundFiles none = SoundFiles.files(List.of(folder.resolve("empty.wav")));
    assertThatThrownBy(() -> ClipList.of(none, ChunkOptions.of(1), READING))
        .hasMessageContaining("1 file: there is no clip to label; ")
        .hasMessageContaining("empty.wav: ");
  }

  private static List<Segment> segments(ClipList clips, Path folder) {
    return IntStream.range(0, clips.size()).mapToObj(i -> clips.segment(i, folder)).toList();
  }

  @Test
  @DisplayName("entries of a list without a file are left out with their reason")
  void leftOut(@TempDir Path folder) throws Exception {
    AudioFiles.writeWav(Clip.of("c", new float[100], 8000), folder.resolve("a.wav"));
    Path list = Files.writeString(folder.resolve("l.m3u"), "no.wav\na.wav\n");
    ClipList clips = ClipList.of(SoundFiles.playlist(list));
    assertThat(clips.leftOut()).containsExactly(list + ", line 1: no.wav: there is no such file");
    assertThat(clips).hasToString(list + ": 1 clip to label, 1 left out");
  }

  @Test
  @DisplayName("no clips, no folder, or no columns: the message says what is needed")
  void bad() {
    assertThatThrownBy(() -> ClipList.of(SoundFiles.listed("talks", List.of())))
        .hasMessage("talks: there is no clip to label");
    assertThatThrownBy(() -> ClipList.of(Samples.of(rows().table())))
        .hasMessage("'t' does not say in which folder its sound files are; give it by withFolder");
    Table table = Table.create("t", StringColumn.create("file", "x"), DoubleColumn.create("a", 1));
    Samples rows = Samples.of(table).withFeatures(List.of("a")).withFolder(FOLDER);
    assertThatThrownBy(() -> ClipList.of(rows))
        .hasMessage("'t' has no column 'start_s', by which clips are found; it has [file, a]");
  }
}
