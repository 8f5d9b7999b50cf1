package fieldnotes.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.SoundFiles;
import fieldnotes.table.Samples;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class ClipListTest {
  private static final Path FOLDER = Path.of("/data/talks");

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
  @DisplayName("no clips, no folder, or no columns: the message says what is needed")
  void bad() {
    assertThatThrownBy(() -> ClipList.of(SoundFiles.listed("talks", List.of())))
        .hasMessage("talks: there is no clip to label");
    assertThatThrownBy(() -> ClipList.of(Samples.of(rows().table())))
        .hasMessage("'t' does not say in which folder its sound files are");
    Table table = Table.create("t", StringColumn.create("file", "x"), DoubleColumn.create("a", 1));
    Samples rows = Samples.of(table).withFeatures(List.of("a")).withFolder(FOLDER);
    assertThatThrownBy(() -> ClipList.of(rows))
        .hasMessage("'t' has no column 'start_s', by which clips are found; it has [file, a]");
  }
}
