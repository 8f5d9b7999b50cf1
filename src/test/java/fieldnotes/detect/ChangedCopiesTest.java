package fieldnotes.detect;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Augmentation;
import fieldnotes.data.DataSets;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.Measure;
import fieldnotes.table.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangedCopiesTest {
  private static final int RATE = 1000;
  private static final FeatureSet SET = FeatureSet.of("LEVEL", Measure.rms());
  private static final FeatureOptions OPTIONS =
      FeatureOptions.of().withRate(RATE).withChunks(1).withoutCache();

  @TempDir Path folder;

  /** Rows of files of so many windows each. */
  private Samples rows(int... windows) throws IOException {
    for (int i = 0; i < windows.length; i++) {
      Path file = folder.resolve((i % 2 == 0 ? "hiss" : "low") + "/" + i + ".wav");
      Files.createDirectories(file.getParent());
      AudioFiles.writeWav(Tones.clip("hiss", windows[i], RATE, i), file);
    }
    return DataSets.samples(folder, SET, OPTIONS);
  }

  private static Samples copies(Samples rows, String chain) {
    return ChangedCopies.of(rows, List.of(Augmentation.parse(chain)), SET, OPTIONS, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 254, 255, 256, 257, 258, 512, 513, 514})
  @DisplayName("mixtures are made of any number of windows: none is left to be mixed with itself")
  void anyNumber(int windows) throws IOException {
    Samples rows = rows(windows, 1);
    assertThat(rows.rowCount()).isEqualTo(windows + 1);
    Samples copies = copies(rows, "mixup");
    assertThat(copies.rowCount()).isEqualTo(windows + 1);
    assertThat(copies.names().stream().map(name -> name.substring(10)))
        .containsExactlyInAnyOrderElementsOf(rows.names());
    assertThat(copies(rows, "mixup").matrix()).isEqualTo(copies.matrix());
  }

  @Test
  @DisplayName("a copy without a mixture is the same wherever its window is among the others")
  void ofItsOwn() throws IOException {
    Samples all = rows(300, 300);
    Samples copies = copies(all, "gain; noise snr=5..9");
    Samples alone = copies(all.rows(new int[] {7, 500}), "gain; noise snr=5..9");
    for (int i = 0; i < 2; i++) {
      int there = copies.names().indexOf(alone.names().get(i));
      assertThat(alone.matrix().values()[i]).isEqualTo(copies.matrix().values()[there]);
      assertThat(copies.classes().get(there)).isEqualTo(alone.classes().get(i));
    }
  }

  @Test
  @DisplayName("fewer long windows are in memory at a time than short ones")
  void memory() {
    FeatureOptions options = FeatureOptions.of().withRate(22_050);
    assertThat(ChangedCopies.batch(options.withChunks(1))).isEqualTo(256);
    assertThat(ChangedCopies.batch(options.withChunks(60))).isEqualTo(25);
    assertThat(ChangedCopies.batch(options.withChunks(3600))).isEqualTo(2);
  }
}
