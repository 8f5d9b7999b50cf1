package fieldnotes.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.audio.SoundFiles;
import fieldnotes.common.HashedRead;
import fieldnotes.common.Sha256;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTest {
  private static final FeatureSet SET = FeatureSet.of("rms", Measure.rms());
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

  @TempDir Path folder;

  private static FeatureOptions options() {
    return FeatureOptions.of().withoutCache().withRate(0).withThreads(1);
  }

  private FeatureCache cache() {
    return FeatureCache.open(folder.resolve("cache"), SET, options());
  }

  /** One second of a constant. */
  private Path sound(String name, double level) throws IOException {
    float[] samples = new float[8_000];
    java.util.Arrays.fill(samples, (float) level);
    Path file = folder.resolve(name);
    AudioFiles.writeWavFloat(Clip.of(name, samples, 8_000), file);
    return Files.setLastModifiedTime(file, LONG_AGO);
  }

  /** Writes over a file without changing its size, inode or time. */
  private void rewrite(Path file, double level, FileTime time) throws IOException {
    Files.write(file, Files.readAllBytes(sound("other.wav", level)));
    Files.setLastModifiedTime(file, time);
  }

  private static HashedRead.Reading<List<ClipMeasurer.Row>> measuring(Path file) {
    return hash -> new ClipMeasurer(SET, options(), ClipMeasurer.sharedPlans()).measure(file);
  }

  private static double level(FeatureCache.Found found) {
    return Math.round(found.rows().getFirst().values()[0] * 10) / 10.0;
  }

  @Test
  @DisplayName("a file renamed over the one being measured: its own rows under its own hash")
  void replacedWhileMeasured() throws IOException {
    Path file = sound("a.wav", 0.2);
    Path copy = Files.copy(file, folder.resolve("copy.wav"));
    Path other = sound("b.wav", 0.8);
    String hash = Sha256.of(other);
    int[] calls = {0};
    try (FeatureCache cache = cache()) {
      FeatureCache.Found found =
          cache.rows(
              file,
              h -> {
                List<ClipMeasurer.Row> rows = measuring(file).read(h);
                if (calls[0]++ == 0) {
                  Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
                }
                return rows;
              });
      assertThat(level(found)).isEqualTo(0.8);
      assertThat(found.sha256()).isEqualTo(hash);
    }
    try (FeatureCache cache = cache()) {
      FeatureCache.Found again = cache.rows(file, measuring(file));
      assertThat(again.measured()).isFalse();
      assertThat(level(again)).isEqualTo(0.8);
      FeatureCache.Found old = cache.rows(copy, measuring(copy));
      assertThat(old.measured()).isTrue();
      assertThat(level(old)).isEqualTo(0.2);
    }
  }

  @Test
  @DisplayName("of a file that keeps changing nothing is stored")
  void keepsChanging() throws IOException {
    Path file = sound("a.wav", 0.2);
    double[] next = {0.3};
    try (FeatureCache cache = cache()) {
      assertThatThrownBy(
              () ->
                  cache.rows(
                      file,
                      hash -> {
                        var rows = measuring(file).read(hash);
                        sound("a.wav", next[0] += 0.1);
                        return rows;
                      }))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("changed while it was read");
      assertThat(cache.rows(file, measuring(file)).measured()).isTrue();
    }
  }

  @Test
  @DisplayName("an unchanged file is not read again, whatever the characters of its path")
  void pathsOutsideTheBasicPlane() throws IOException {
    for (String name : List.of("plain.wav", "ä.wav", "\ud83d\ude00.wav")) {
      Path file = sound(name, 0.2);
      try (FeatureCache cache = cache()) {
        cache.rows(file, measuring(file));
      }
      rewrite(file, 0.8, LONG_AGO); // would be found by reading it
      try (FeatureCache cache = cache()) {
        assertThat(level(cache.rows(file, measuring(file)))).as(name).isEqualTo(0.2);
      }
    }
  }

  @Test
  @DisplayName("a file written just now is hashed again: its time may not show a change")
  void recent() throws IOException {
    FileTime now = FileTime.from(Instant.now());
    Path file = Files.setLastModifiedTime(sound("a.wav", 0.2), now);
    try (FeatureCache cache = cache()) {
      cache.rows(file, measuring(file));
      rewrite(file, 0.8, now);
      assertThat(level(cache.rows(file, measuring(file)))).isEqualTo(0.8);
    }
  }

  @Test
  @DisplayName("a table knows the hash of every file with rows, and how they were measured")
  void hashes() throws IOException {
    Path b = sound("b.wav", 0.2);
    Path a = sound("a.wav", 0.4);
    Files.writeString(folder.resolve("c.wav"), "no sound");
    for (FeatureOptions options :
        List.of(options(), options().withCache(folder.resolve("c")), options())) {
      FeatureTable table = FeatureTable.extract(SoundFiles.folder(folder), SET, options);
      assertThat(table.hashes()).isEqualTo(Map.of("a.wav", Sha256.of(a), "b.wav", Sha256.of(b)));
      assertThat(table.hashes().keySet()).containsExactly("a.wav", "b.wav");
      assertThat(table.how())
          .matches("rms of chunks of 10.0 s at their own rate, settings [0-9a-f]{8}");
    }
  }

  @Test
  @DisplayName("two sets of one name, and any other setting, differ in how rows were measured")
  void how() throws IOException {
    sound("a.wav", 0.4);
    SoundFiles files = SoundFiles.folder(folder);
    String how = FeatureTable.extract(files, SET, options()).how();
    for (FeatureTable other :
        List.of(
            FeatureTable.extract(files, FeatureSet.of("rms", Measure.zcr()), options()),
            FeatureTable.extract(files, SET.withStatistics(Statistic.MEDIAN), options()),
            FeatureTable.extract(files, SET, options().withFrames(FrameOptions.of(1024, 512))),
            FeatureTable.extract(files, SET, options().withRemainder(true)))) {
      assertThat(other.how()).startsWith("rms of chunks of 10.0 s").isNotEqualTo(how);
    }
    assertThat(FeatureTable.extract(files, SET, options().withThreads(2)).how()).isEqualTo(how);
  }
}
