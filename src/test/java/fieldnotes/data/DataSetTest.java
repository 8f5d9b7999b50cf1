package fieldnotes.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.audio.SoundFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of one's own as a data set, and what the catalogue says of the others. */
class DataSetTest {
  @TempDir Path folder;

  private void sound(String name) {
    AudioFiles.writeWav(Clip.of(name, new float[] {0.5f, -0.5f}, 8000), folder.resolve(name));
  }

  @Test
  @DisplayName("the folder of a file is its label; hidden and other files are left out")
  void byFolder() throws IOException {
    sound("b/deep/2.wav");
    sound("a/1.wav");
    sound("0.wav");
    sound(".hidden/3.wav");
    Files.writeString(folder.resolve("a/notes.txt"), "no sound");
    DataSet set = DataSets.of(folder);
    assertThat(set.files())
        .extracting(set::name)
        .containsExactly("0.wav", "a/1.wav", "b/deep/2.wav");
    assertThat(set.label(set.file("a/1.wav"))).isEqualTo("a");
    assertThat(set.label(Path.of("b/deep/2.wav"))).isEqualTo("b");
    assertThat(set.label(Path.of("0.wav"))).isEmpty();
    assertThat(set.truth().stringColumn("label").asList()).containsExactly("a", "b");
  }

  @Test
  @DisplayName("a labels.csv is the truth where there is one")
  void byTable() throws IOException {
    sound("b/2.wav");
    sound("1.wav");
    Files.writeString(folder.resolve("labels.csv"), "file,label\n1.wav,one\nb/2.wav,two\n");
    DataSet set = DataSets.of(folder);
    assertThat(set.truth().stringColumn("label").asList()).containsExactly("one", "two");
    Files.writeString(folder.resolve("labels.csv"), "path,kind\n1.wav,one\n");
    assertThatThrownBy(() -> DataSets.of(folder).truth())
        .hasMessageContaining("labels.csv has the columns [path, kind]; it needs file and label");
  }

  @Test
  @DisplayName("a labels.csv is read as every list of sound is, and its groups go along")
  void ownTable() throws IOException {
    sound("b/é.wav");
    sound("1.wav");
    Files.writeString(
        folder.resolve("labels.csv"),
        "filename;category;seconds;speaker\n.\\1.wav;one;1:30;ann\ne\u0301.wav;two;;\n");
    DataSet set = DataSets.of(folder);
    assertThat(set.truth().stringColumn("label").asList()).containsExactly("one", "two");
    assertThat(set.sounds().items().getFirst().groups()).isEqualTo(Map.of("speaker", "ann"));
    Files.writeString(folder.resolve("labels.csv"), "file,label\n1.wav,one\n1.wav,two\n");
    assertThatThrownBy(() -> DataSets.of(folder).truth())
        .hasMessageEndingWith(
            "1.wav has the label 'one' in line 2 and 'two' in line 3; keep one of them");
    Files.writeString(folder.resolve("labels.csv"), "file,label\nx/2.wav,one\n");
    assertThatThrownBy(() -> DataSets.of(folder).truth())
        .hasMessageContaining("labels.csv names none of the sound files in " + folder);
    Files.writeString(folder.resolve("labels.csv"), "file,label\n1.wav,\n");
    assertThat(DataSets.of(folder).hasTruth()).isFalse(); // named, but not labelled yet
  }

  @Test
  @DisplayName("its sounds have names, labels and what cannot be read")
  void sounds() throws IOException {
    sound("a/1.wav");
    sound("0.m4b");
    Files.createSymbolicLink(folder.resolve("a/gone.wav"), folder.resolve("nothing"));
    DataSet set = DataSets.of(folder.toString());
    assertThat(set.sounds().items())
        .extracting(item -> item.name() + "=" + item.label())
        .containsExactly("0.m4b=", "a/1.wav=a");
    assertThat(set.sounds().failures())
        .containsExactly(new SoundFiles.Failure("a/gone.wav", "broken link"));
    assertThat(set.label("a/1.wav")).isEqualTo("a");
    assertThat(set.toString()).endsWith("2 sound files, 1 label (a), 1 entry that cannot be read");
  }

  @Test
  @DisplayName("where nothing is known it says how to tell it")
  void nothingKnown() {
    sound("1.wav");
    DataSet set = DataSets.of(folder);
    assertThat(set.hasTruth()).isFalse();
    assertThatThrownBy(set::truth)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("put a labels.csv with the columns file and label into");
    assertThatThrownBy(() -> set.file("../1.wav"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no file '../1.wav'");
    assertThatThrownBy(() -> DataSets.of(folder.resolve("1.wav")))
        .hasMessageContaining("not a folder but a file");
  }

  @Test
  @DisplayName("the hash changes with a byte or a name, and with nothing else")
  void hash() throws IOException {
    sound("a/1.wav");
    String hash = DataSets.of(folder).hash();
    assertThat(hash).matches("[0-9a-f]{64}");
    Files.writeString(folder.resolve("a/notes.txt"), "no sound");
    assertThat(DataSets.of(folder).hash()).isEqualTo(hash);
    Set<String> seen = new HashSet<>(Set.of(hash));
    Files.move(folder.resolve("a/1.wav"), folder.resolve("a/2.wav"));
    assertThat(seen.add(DataSets.of(folder).hash())).isTrue();
    AudioFiles.writeWav(Clip.of("x", new float[] {0.5f, 0.5f}, 8000), folder.resolve("a/2.wav"));
    assertThat(seen.add(DataSets.of(folder).hash())).isTrue();
  }

  @Test
  @DisplayName("every entry of the catalogue says what it is, whose, and how it is had")
  void catalogue() throws IOException {
    String page = Files.readString(Path.of("data/README.md"));
    assertThat(DataSets.catalogue())
        .extracting(CatalogueEntry::id)
        .containsExactly(
            "studio",
            "telephone",
            "telephone-es",
            "telephone-it",
            "telephone-fr",
            "samples",
            "housing",
            "esc50",
            "urbansound8k",
            "crema-d");
    assertThat(DataSets.catalogue())
        .allSatisfy(
            entry -> {
              assertThat(entry.what()).isNotBlank();
              assertThat(entry.licence()).isNotBlank();
              assertThat(entry.citation()).isNotBlank();
              assertThat(entry.source()).isNotBlank();
              assertThat(entry.layout()).isNotBlank();
              assertThat(entry.files()).isPositive();
              assertThat(entry.diskBytes()).isPositive();
              assertThat(entry.kind()).isIn("sound", "table");
              assertThat(entry.how()).isIn("generate", "debian", "download", "git");
              assertThat(entry.sources().isEmpty()).isEqualTo(entry.how().equals("generate"));
              assertThat(entry.labels() == null).isEqualTo(entry.kind().equals("table"));
              assertThat(page).contains("| `" + entry.id() + "` |");
            });
  }

  @Test
  @DisplayName("Git has nothing of data/ but its page and the journal's record")
  void nothingCommitted() throws IOException {
    assertThat(Files.readAllLines(Path.of(".gitignore")))
        .containsSubsequence("data/*", "!data/README.md");
  }
}
