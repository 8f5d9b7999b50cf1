package fieldnotes.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.common.Sha256;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.Measure;
import fieldnotes.prepare.Missing;
import fieldnotes.table.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesTest {
  private static final FeatureSet SET = FeatureSet.of("two", Measure.rms(), Measure.zcr());

  @TempDir Path folder;
  private String home;

  @BeforeEach
  void ownHome() {
    home = System.getProperty("fieldnotes.home");
    System.setProperty("fieldnotes.home", folder.toString());
  }

  @AfterEach
  void homeAgain() {
    if (home == null) {
      System.clearProperty("fieldnotes.home");
    } else {
      System.setProperty("fieldnotes.home", home);
    }
  }

  @Test
  @DisplayName("a folder of sound: a row each ten seconds, with its class, name and sound")
  void sound() throws Exception {
    Path low = Files.createDirectories(folder.resolve("mine/low"));
    Path high = Files.createDirectories(folder.resolve("mine/high"));
    AudioFiles.writeWav(tone(22, 200), low.resolve("a.wav"));
    AudioFiles.writeWav(tone(3, 3_000), high.resolve("b.wav"));
    Files.writeString(high.resolve("c.wav"), "no sound");
    Samples rows = DataSets.samples(folder.resolve("mine").toString(), SET);
    assertThat(rows.names()).containsExactly("high/b.wav", "low/a.wav at 12 s", "low/a.wav at 2 s");
    assertThat(rows.classes()).containsExactly("high", "low", "low");
    assertThat(rows.features()).containsExactly("rms_mean", "zcr_mean");
    assertThat(rows.leftOut()).hasSize(1).allMatch(t -> t.contains("high/c.wav"));
    assertThat(rows.groups("recording")).containsExactly("high/b.wav", "low/a.wav", "low/a.wav");
    assertThat(rows.table().columnNames())
        .containsExactly("file", "label", "chunk", "start_s", "duration_s", "rms_mean", "zcr_mean");
    assertThat(rows).hasToString("mine: 3 rows by 2 features, 2 known classes; 1 left out");
  }

  private static Clip tone(int seconds, double hz) {
    float[] samples = new float[seconds * 8_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * hz * i / 8_000));
    }
    return Clip.of("tone", samples, 8_000);
  }

  @Test
  @DisplayName("a CSV: its numbers are the features, its label the class, a hole has the median")
  void numbers() throws Exception {
    Path csv = folder.resolve("t.csv");
    Files.writeString(csv, "name,a,label,b\nx,1,one,10\ny,,two,20\nz,3,one,30\nw,8,two,40\n");
    Samples rows = DataSets.samples(csv.toString(), SET);
    assertThat(rows.features()).containsExactly("a", "b");
    assertThat(rows.matrix().column("a")).containsExactly(1, Double.NaN, 3, 8);
    assertThat(rows.matrix().column("b")).containsExactly(10, 20, 30, 40);
    assertThat(Missing.median().fitApply(rows).matrix().values()[1]).containsExactly(3, 20);
    assertThat(rows.classes()).containsExactly("one", "two", "one", "two");
    assertThat(rows.hasClasses()).isTrue();
    assertThat(rows.folder()).isEmpty();
    assertThat(rows.provenance().sources()).isEqualTo(Map.of("t", Sha256.of(csv)));
    assertThat(rows.clusters(8)).isEqualTo(2);
    assertThat(rows.some(1, 9)).containsExactly(0, 1);
    assertThat(rows.some(2, 3)).containsExactly(0, 2, 1);
  }

  @Test
  @DisplayName("where no class is known, k is what is asked for, below the number of rows")
  void nothingKnown() throws Exception {
    Path csv = Files.writeString(folder.resolve("u.csv"), "a,b\n1,2\n3,4\n5,6\n7,8\n9,1\n");
    Samples rows = DataSets.samples(csv.toString(), SET);
    assertThat(rows.hasClasses()).isFalse();
    assertThat(rows.clusters(3)).isEqualTo(3);
    assertThat(rows.clusters(8)).isEqualTo(4);
    assertThat(rows.some(1, 3)).containsExactly(0, 1, 3);
    assertThat(rows.some(4, 48)).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void badInput() throws Exception {
    assertThatThrownBy(() -> DataSets.samples("nothing.csv", SET))
        .hasMessage(
            "what=nothing.csv: there is no such file; give a file, a folder, a pattern or a data set"
                + " by name");
    Path csv = Files.writeString(folder.resolve("words.csv"), "a,label\nx,y\nz,w\n");
    assertThatThrownBy(() -> DataSets.samples(csv.toString(), SET))
        .hasMessageContaining("has no numeric column");
    assertThatThrownBy(() -> DataSets.samples("no such set", SET))
        .hasMessageContaining("no such set");
  }

  @Test
  @DisplayName("a row without a class makes no class, and whole numbers are classes as written")
  void someKnown() throws Exception {
    Path csv = Files.writeString(folder.resolve("s.csv"), "a,class\n1,0\n3,\n5,1\n7,1\n9,\n");
    Samples rows = DataSets.samples(csv.toString(), SET);
    assertThat(rows.classes()).containsExactly("0", "", "1", "1", "");
    assertThat(rows).hasToString("s: 5 rows by 1 features, 2 known classes");
    assertThat(rows.clusters(4)).isEqualTo(2);
    Files.writeString(csv, "a,label\n1,x\n3,  \n5,x\n7,\n9,x\n");
    rows = DataSets.samples(csv.toString(), SET);
    assertThat(rows.classes()).containsExactly("x", "", "x", "", "x");
    assertThat(rows.clusters(3)).isEqualTo(3); // one class is none to tell from another
  }

  @Test
  @DisplayName("a list of sounds with labels, a playlist and a pattern; columns that say groups")
  void otherWords() throws Exception {
    Path there = Files.createDirectories(folder.resolve("there"));
    AudioFiles.writeWav(tone(2, 200), there.resolve("a.wav"));
    AudioFiles.writeWav(tone(2, 900), there.resolve("b.wav"));
    Path list = folder.resolve("list.csv");
    Files.writeString(list, "path,label\nthere/b.wav,high\nthere/a.wav,low\nthere/none.wav,x\n");
    Samples listed = DataSets.samples(list.toString(), SET);
    assertThat(listed.classes()).containsExactly("high", "low");
    assertThat(listed.names()).containsExactly("there/b.wav", "there/a.wav");
    assertThat(listed.leftOut()).singleElement().asString().contains("there/none.wav");
    assertThat(listed.provenance().sources()).containsOnlyKeys("list.csv");
    Files.writeString(folder.resolve("p.m3u"), "there/a.wav\n");
    assertThat(DataSets.samples(folder.resolve("p.m3u").toString(), SET).rowCount()).isEqualTo(1);
    assertThat(DataSets.samples(folder + "/there/*.wav", SET).hasClasses()).isFalse();
    assertThat(DataSets.samples(there.resolve("a.wav").toString(), SET).rowCount()).isEqualTo(1);
    Path csv = folder.resolve("g.csv");
    Files.writeString(csv, "a,speaker,fold\n1,ann,1\n2,bob,2\n3,ann,1\n");
    Samples grouped = DataSets.samples(csv.toString());
    assertThat(grouped.features()).containsExactly("a");
    assertThat(grouped.groupNames()).containsExactly("speaker", "fold");
    assertThat(grouped.groups("speaker")).containsExactly("ann", "bob", "ann");
  }
}
