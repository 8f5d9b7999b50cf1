package fieldnotes.data;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.AudioInfo;
import fieldnotes.synth.StudioOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sets that come from Debian packages, really fetched. */
class PackagedSetsIT {
  @TempDir Path home;

  private DataSet fetch(String id) {
    Shelf shelf = Shelf.of(null, home, Catalogue.standard(), StudioOptions.of(42));
    try {
      return shelf.fetch(id);
    } catch (DataMissingException e) {
      Assumptions.abort("skipped, since the packages cannot be had here: " + e.getMessage());
      throw e;
    }
  }

  private static Map<String, Integer> labels(DataSet set) {
    Map<String, Integer> count = new HashMap<>();
    set.files().forEach(file -> count.merge(set.label(file), 1, Integer::sum));
    return count;
  }

  @Test
  @DisplayName("telephone: 568 prompts and 5 pieces of music at 8 kHz, and their licences")
  void telephone() {
    DataSet set = fetch("telephone");
    assertThat(set.files()).hasSize(573);
    assertThat(labels(set)).isEqualTo(Map.of("speech", 552, "silence", 10, "tone", 6, "music", 5));
    assertThat(set.label(set.file("prompts/silence/3.wav"))).isEqualTo("silence");
    assertThat(set.label(set.file("prompts/vm-goodbye.wav"))).isEqualTo("speech");
    assertThat(set.label(set.file("music/reno_project-system.wav"))).isEqualTo("music");
    assertThat(set.files())
        .allSatisfy(
            file -> {
              AudioInfo info = AudioFiles.probe(file);
              assertThat(info.sampleRateHz()).isEqualTo(8000);
              assertThat(info.channels()).isEqualTo(1);
              double loud = AudioFiles.read(file).rms();
              assertThat(loud < 1e-4).isEqualTo(set.label(file).equals("silence"));
            });
    assertThat(set.folder().resolve("LICENCE-prompts.txt")).content().contains("Allison Smith");
    assertThat(set.folder().resolve("LICENCE-music.txt")).content().contains("Macroform");
  }

  @ParameterizedTest
  @CsvSource({
    "telephone-es, 511, Allison Smith",
    "telephone-it, 583, Carlo Flora",
    "telephone-fr, 545, June Wallack"
  })
  @DisplayName("telephone in other languages: prompts without music, labelled alike")
  void otherLanguages(String id, int spoken, String speaker) {
    DataSet set = fetch(id);
    assertThat(labels(set)).isEqualTo(Map.of("speech", spoken, "silence", 10, "tone", 6));
    assertThat(set.label(set.file("prompts/silence/3.wav"))).isEqualTo("silence");
    assertThat(set.label(set.file("prompts/beep.wav"))).isEqualTo("tone");
    assertThat(set.label(set.file("prompts/vm-goodbye.wav"))).isEqualTo("speech");
    assertThat(set.files())
        .allSatisfy(
            file -> {
              assertThat(AudioFiles.probe(file).sampleRateHz()).isEqualTo(8000);
              double loud = AudioFiles.read(file).rms();
              assertThat(loud < 1e-4).isEqualTo(set.label(file).equals("silence"));
            });
    assertThat(set.folder().resolve("LICENCE-prompts.txt")).content().contains(speaker);
  }

  @Test
  @DisplayName("samples: 165 FLAC files at 44.1 kHz, labelled by the beginning of their names")
  void samples() {
    DataSet set = fetch("samples");
    assertThat(set.files()).hasSize(165);
    assertThat(labels(set)).containsEntry("loop", 17).containsEntry("elec", 25).hasSize(14);
    assertThat(set.files())
        .allSatisfy(
            file -> {
              assertThat(AudioFiles.probe(file).sampleRateHz()).isEqualTo(44_100);
              assertThat(AudioFiles.read(file).length()).isPositive();
            });
    assertThat(set.folder().resolve("LICENCE.txt")).content().contains("CC0");
  }
}
