package fieldnotes.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.Measure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsTest {
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
    Rows rows = Rows.of(folder.resolve("mine").toString(), SET);
    assertThat(rows.names()).containsExactly("high/b.wav", "low/a.wav at 12 s", "low/a.wav at 2 s");
    assertThat(rows.classes()).containsExactly("high", "low", "low");
    assertThat(rows.features().names()).containsExactly("rms_mean", "zcr_mean");
    assertThat(rows.troubles()).hasSize(1).allMatch(t -> t.contains("high/c.wav"));
    List<Clip> clips = rows.clips(1, 0);
    assertThat(clips.get(0).name()).isEqualTo("low · low/a.wav at 12 s");
    assertThat(clips.get(0).durationSeconds()).isEqualTo(4);
    assertThat(clips.get(1).durationSeconds()).isEqualTo(3);
    assertThat(rows.hear(0).html()).contains("<audio");
    assertThat(rows.hear(new int[0])).hasToString("there is no such row");
    assertThat(rows.hear(java.util.Map.of("noise", new int[] {0})).html())
        .contains("noise</h4>", "<audio");
    assertThat(rows.files().get(0)).isEqualTo(high.resolve("b.wav"));
    assertThat(rows).hasToString("mine: 3 rows by 2 features, 2 known classes; 1 file left out");
    assertThatThrownBy(() -> rows.clips(3)).hasMessage("row=3: there are 3 rows");
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
    Rows rows = Rows.of(csv.toString(), SET);
    assertThat(rows.features().names()).containsExactly("a", "b");
    assertThat(rows.features().values())
        .isDeepEqualTo(new double[][] {{1, 10}, {3, 20}, {3, 30}, {8, 40}});
    assertThat(rows.classes()).containsExactly("one", "two", "one", "two");
    assertThat(rows.known()).isTrue();
    assertThat(rows.sound()).isFalse();
    assertThat(rows.hear(0)).hasToString("t is a table of numbers: there is nothing to hear");
    assertThat(rows.hash()).hasSize(64);
    assertThat(rows.clusters(8)).isEqualTo(2);
    assertThat(rows.some(1, 9)).containsExactly(0, 1);
    assertThat(rows.some(2, 3)).containsExactly(0, 2, 1);
    assertThatThrownBy(rows::files).hasMessageContaining("its rows have no files");
  }

  @Test
  @DisplayName("where no class is known, k is what is asked for, below the number of rows")
  void nothingKnown() throws Exception {
    Path csv = Files.writeString(folder.resolve("u.csv"), "a,b\n1,2\n3,4\n5,6\n7,8\n9,1\n");
    Rows rows = Rows.of(csv.toString(), SET);
    assertThat(rows.known()).isFalse();
    assertThat(rows.clusters(3)).isEqualTo(3);
    assertThat(rows.clusters(8)).isEqualTo(4);
    assertThat(rows.some(1, 3)).containsExactly(0, 1, 3);
    assertThat(rows.some(4, 48)).containsExactly(0, 1, 2, 3, 4);
    assertThat(rows.hear(java.util.Map.of("cluster 0", new int[] {1})).text())
        .contains("nothing to hear");
  }

  @Test
  void badInput() throws Exception {
    assertThatThrownBy(() -> Rows.of("nothing.csv", SET))
        .hasMessage("what=nothing.csv: there is no such file");
    Path csv = Files.writeString(folder.resolve("words.csv"), "a,label\nx,y\nz,w\n");
    assertThatThrownBy(() -> Rows.of(csv.toString(), SET))
        .hasMessageContaining("no numeric column");
    assertThatThrownBy(() -> Rows.of("no such set", SET)).hasMessageContaining("no such set");
  }

  @Test
  @DisplayName("a row without a class makes no class, and whole numbers are classes as written")
  void someKnown() throws Exception {
    Path csv = Files.writeString(folder.resolve("s.csv"), "a,class\n1,0\n3,\n5,1\n7,1\n9,\n");
    Rows rows = Rows.of(csv.toString(), SET);
    assertThat(rows.classes()).containsExactly("0", "", "1", "1", "");
    assertThat(rows).hasToString("s: 5 rows by 1 features, 2 known classes");
    assertThat(rows.clusters(4)).isEqualTo(2);
    Files.writeString(csv, "a,label\n1,x\n3,  \n5,x\n7,\n9,x\n");
    rows = Rows.of(csv.toString(), SET);
    assertThat(rows.classes()).containsExactly("x", "", "x", "", "x");
    assertThat(rows.clusters(3)).isEqualTo(3); // one class is none to tell from another
  }
}
