package fieldnotes.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.audio.SoundFiles;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.FeatureTable;
import fieldnotes.feature.Measure;
import fieldnotes.table.Samples;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file is taken for: a list of sound, features measured before, or a table of numbers. */
class SampleFilesTest {
  private static final FeatureSet SET = FeatureSet.of("two", Measure.rms(), Measure.zcr());
  private static final FeatureOptions OPTIONS = FeatureOptions.of().withoutCache().withThreads(1);

  @TempDir Path folder;

  private Samples samples(Path what) {
    return DataSets.samples(what, SET, OPTIONS);
  }

  private Samples list(String text) throws IOException {
    return samples(Files.writeString(folder.resolve("list.csv"), text.replace('|', '\n')));
  }

  private Path tone(String name, int seconds) throws IOException {
    float[] samples = new float[seconds * 8_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) Math.sin(0.3 * i);
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    AudioFiles.writeWav(Clip.of("tone", samples, 8_000), file);
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "parquet"})
  @DisplayName("a table of features comes back as it was measured, in its folder or another")
  void measuredBefore(String ending) throws IOException {
    tone("mine/low/a.wav", 22);
    tone("mine/high/b.wav", 3);
    Samples direct = samples(folder.resolve("mine"));
    SoundFiles sounds = DataSets.of(folder.resolve("mine")).sounds();
    for (String place : List.of("mine/t.", "t.")) {
      Path table = folder.resolve(place + ending);
      FeatureTable.write(sounds, SET, OPTIONS, table);
      Samples rows = samples(table);
      assertThat(rows.features()).containsExactly("rms_mean", "zcr_mean");
      assertThat(rows.matrix().values()).isDeepEqualTo(direct.matrix().values());
      assertThat(rows.classes()).containsExactly("high", "low", "low");
      assertThat(rows.names()).isEqualTo(direct.names());
      assertThat(rows.groups("recording")).containsExactly("high/b.wav", "low/a.wav", "low/a.wav");
      assertThat(rows.folder().isPresent()).isEqualTo(place.startsWith("mine"));
    }
  }

  @Test
  @DisplayName("of several columns of labels the first of the stated order has the classes")
  void severalLabels() throws IOException {
    Samples rows = list("target,category,Class,a,fold|1,x,p,5,1|2,y,q,6,2|");
    assertThat(rows.classes()).containsExactly("p", "q");
    assertThat(rows.target()).isEqualTo("Class");
    assertThat(rows.features()).containsExactly("a");
    assertThat(rows.groups("fold")).containsExactly("1", "2");
    assertThat(rows.table().columnNames()).contains("target", "category");
    assertThat(list("target,a|1,5|2,6|").classes()).containsExactly("1", "2");
  }

  @Test
  @DisplayName("the groups of a list go along; the recording is the file where it is not given")
  void groups() throws IOException {
    tone("a.wav", 22);
    tone("b.wav", 2);
    Samples rows =
        list(
            "filename,fold,target,category,speaker,recording|a.wav,1,0,dog,ann,|b.wav,2,1,cat,,r|");
    assertThat(rows.classes()).containsExactly("dog", "dog", "cat");
    assertThat(rows.groupNames()).containsExactly("recording", "speaker", "fold");
    assertThat(rows.groups("recording")).containsExactly("a.wav", "a.wav", "r");
    assertThat(rows.groups("speaker")).containsExactly("ann", "ann", "");
    assertThat(rows.groups("fold")).containsExactly("1", "1", "2");
  }

  @Test
  @DisplayName("files of the same content are one recording, whatever the list says")
  void copies() throws IOException {
    tone("a.wav", 22);
    tone("b.wav", 2);
    tone("d.wav", 2);
    Files.copy(folder.resolve("a.wav"), folder.resolve("c.wav"));
    Samples rows = list("filename,label,recording|c.wav,x,r|a.wav,x,|b.wav,y,r|d.wav,y,s|");
    assertThat(rows.table().stringColumn("file").asList())
        .containsExactly("c.wav", "c.wav", "a.wav", "a.wav", "b.wav", "d.wav");
    assertThat(rows.groups("recording"))
        .containsExactly("a.wav", "a.wav", "a.wav", "a.wav", "a.wav", "a.wav");
    assertThat(rows.groups("content"))
        .containsExactly("a.wav", "a.wav", "a.wav", "a.wav", "b.wav", "b.wav");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"path;label|é.wav;x|", "é.wav,x|", "name,label|é.wav,x|", "path,label|é.wav,x|"})
  @DisplayName("what SoundFiles takes for a list is one here, in Windows-1252 too")
  void dialects(String text) throws IOException {
    tone("é.wav", 2);
    for (Charset charset : List.of(Charset.forName("UTF-8"), Charset.forName("windows-1252"))) {
      Path csv = folder.resolve("list.csv");
      Files.writeString(csv, text.replace('|', '\n'), charset);
      assertThat(samples(csv).classes()).containsExactly("x");
      assertThat(samples(csv).names()).containsExactly("é.wav");
    }
  }

  @Test
  @DisplayName("a list or playlist whose entries are all bad says why of each")
  void allBad() throws IOException {
    Path list = Files.writeString(folder.resolve("p.m3u"), "no.wav\nnor.wav\n");
    assertThat(samples(list).leftOut())
        .containsExactly(
            list + ", line 1: no.wav: there is no such file",
            list + ", line 2: nor.wav: there is no such file");
    assertThat(samples(list).rowCount()).isZero();
    tone("a.wav", 2);
    Files.writeString(list, "no.wav\na.wav\n");
    assertThat(samples(list).leftOut()).hasSize(1);
  }

  @Test
  @DisplayName("a column with words such as wav makes no list, nor does the name of a set")
  void namesOfFormats() throws IOException {
    assertThat(list("a,audio|1,wav|2,\"mp3,wav\"|").features()).containsExactly("a");
    assertThatThrownBy(() -> DataSets.samples("snd", SET, OPTIONS))
        .hasMessageStartingWith("no data set 'snd': ");
    assertThatThrownBy(() -> list("a,b|1,2|\"3\"x,4|"))
        .hasMessageContaining("list.csv, line 3: ")
        .hasMessageEndingWith("a quote in a quoted cell must be doubled");
  }

  @Test
  @DisplayName("the folds of a catalogue's table are groups: those of ESC-50")
  void foldsOfTheCatalogue() throws IOException {
    CatalogueEntry entry =
        DataSets.catalogue().stream().filter(e -> e.id().equals("esc50")).findFirst().get();
    tone("audio/1-a.wav", 5);
    tone("audio/2-b.wav", 5);
    Files.createDirectories(folder.resolve("meta"));
    Files.writeString(
        folder.resolve("meta/esc50.csv"),
        "filename,fold,target,category\n1-a.wav,1,0,dog\n2-b.wav,2,1,cat\n");
    Samples rows = new SampleMaker(SET, OPTIONS).of(DataSet.of(entry, folder));
    assertThat(rows.classes()).containsExactly("dog", "cat");
    assertThat(rows.groups("fold")).containsExactly("1", "2");
  }

  @Test
  @DisplayName("a set of tables: its one table; of several none is chosen")
  void tables() throws IOException {
    CatalogueEntry entry =
        DataSets.catalogue().stream().filter(e -> e.kind().equals("table")).findFirst().get();
    SampleMaker maker = new SampleMaker(SET, OPTIONS);
    Files.writeString(folder.resolve("one.csv"), "a,place,b\n1,x,2\n3,y,4\n");
    Samples rows = maker.of(DataSet.of(entry, folder));
    assertThat(rows.id()).isEqualTo(entry.id());
    assertThat(rows.features()).containsExactly("a", "b");
    assertThat(rows.provenance().sources()).hasSize(1);
    Files.writeString(folder.resolve("two.csv"), "a\n1\n");
    assertThatThrownBy(() -> maker.of(DataSet.of(entry, folder)))
        .hasMessage(
            "data set '%s' has several tables: [one.csv, two.csv]; give the file of one table, not"
                + " the data set",
            entry.id());
  }
}
