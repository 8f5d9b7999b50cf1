package fieldnotes.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.data.DataSets;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.Measure;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenTest {
  @TempDir Path folder;

  @Test
  void rowsOfSoundAreHeard() throws Exception {
    Path low = Files.createDirectories(folder.resolve("low"));
    Path high = Files.createDirectories(folder.resolve("high"));
    AudioFiles.writeWav(tone(22), low.resolve("a.wav"));
    AudioFiles.writeWav(tone(3), high.resolve("b.wav"));
    Samples rows =
        DataSets.samples(
            folder.toString(),
            FeatureSet.of("one", Measure.rms()),
            FeatureOptions.of().withoutCache());
    List<Clip> clips = Listen.clips(rows, 1, 0);
    assertThat(clips.get(0).name()).isEqualTo("low · low/a.wav at 12 s");
    assertThat(clips.get(0).durationSeconds()).isEqualTo(4);
    assertThat(clips.get(1).durationSeconds()).isEqualTo(3);
    assertThat(Listen.to(rows, 0).html()).contains("<audio");
    assertThat(Listen.to(rows, new int[0])).hasToString("there is no such row");
    assertThat(Listen.to(rows, Map.of("noise", new int[] {0})).html())
        .contains("noise</h4>", "<audio");
    assertThat(Listen.files(rows).get(0)).isEqualTo(high.resolve("b.wav"));
    assertThat(Listen.clips(rows.rows(new int[] {2}), 0).getFirst().name())
        .isEqualTo("low · low/a.wav at 2 s");
    assertThatThrownBy(() -> Listen.to(rows, 3)).hasMessage("row=3: there are 3 rows");
  }

  @Test
  void rowsOfNumbersAreNot() {
    Samples rows = Samples.of(Matrix.of(new double[][] {{1}})).withId("t");
    assertThat(Listen.to(rows, 0)).hasToString("t is a table of numbers: there is nothing to hear");
    assertThat(Listen.to(rows, Map.of("c", new int[] {0})).text()).contains("nothing to hear");
    assertThatThrownBy(() -> Listen.files(rows)).hasMessageContaining("its rows have no files");
  }

  @Test
  @DisplayName("the page of a clip has the same digits in every locale")
  void digits() {
    Locale before = Locale.getDefault();
    String html = Show.clip(tone(1), 1).html();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat("%d".formatted(12)).as("the locale's own digits").isNotEqualTo("12");
      assertThat(Show.clip(tone(1), 1).html()).isEqualTo(html).containsPattern("max-width:\\d+px");
    } finally {
      Locale.setDefault(before);
    }
  }

  private static Clip tone(int seconds) {
    float[] samples = new float[seconds * 8_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * 300 * i / 8_000));
    }
    return Clip.of("tone", samples, 8_000);
  }
}
