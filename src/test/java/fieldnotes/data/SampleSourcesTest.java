package fieldnotes.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.common.Sha256;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.Measure;
import fieldnotes.table.Provenance;
import fieldnotes.table.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where samples say that they come from: what was read, not what the files hold later. */
class SampleSourcesTest {
  private static final FeatureSet SET = FeatureSet.of("two", Measure.rms(), Measure.zcr());

  @TempDir Path folder;

  private Samples samples(Object what) {
    return DataSets.samples(
        what.toString(),
        SET,
        FeatureOptions.of().withCache(folder.resolve("cache")).withThreads(1));
  }

  private Path tone(String name, double hz) throws IOException {
    float[] samples = new float[8_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * hz * i / 8_000));
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    AudioFiles.writeWav(Clip.of("tone", samples, 8_000), file);
    return file;
  }

  private static String hash(Samples rows) {
    return rows.provenance().sources().values().iterator().next();
  }

  @Test
  @DisplayName("a folder: the hash of the set, without the files that gave no row")
  void folder() throws Exception {
    Path a = tone("mine/low/a.wav", 200);
    Path b = tone("mine/high/b.wav", 2_000);
    Path csv = Files.writeString(folder.resolve("mine/notes.csv"), "x\n1\n");
    Files.writeString(folder.resolve("mine/manifest.csv"), "file,bytes,sha256\n");
    Path mine = folder.resolve("mine");
    String byHand =
        Sha256.of(
            "%s  high/b.wav\n%s  low/a.wav\n%s  notes.csv\n"
                .formatted(Sha256.of(b), Sha256.of(a), Sha256.of(csv)));
    assertThat(samples(mine).provenance().sources()).isEqualTo(Map.of("mine", byHand));
    assertThat(DataSets.of(mine).hash()).isEqualTo(byHand);
    Files.writeString(folder.resolve("mine/high/c.wav"), "no sound");
    assertThat(samples(mine).provenance().sources()).isEqualTo(Map.of("mine", byHand));
    assertThat(samples(mine).provenance().how())
        .singleElement()
        .asString()
        .matches("two of chunks of 10.0 s at 22050 Hz, settings [0-9a-f]{8}");
  }

  @Test
  @DisplayName("files moved away or changed after measuring change nothing")
  void later() throws Exception {
    Path a = tone("mine/low/a.wav", 200);
    tone("mine/high/b.wav", 2_000);
    Samples before = samples(folder.resolve("mine"));
    Samples rows = samples(folder.resolve("mine"));
    Files.move(a, folder.resolve("away.wav"));
    tone("mine/high/b.wav", 500);
    assertThat(rows.provenance()).isEqualTo(before.provenance());
    Path csv = Files.writeString(folder.resolve("t.csv"), "a,b\n1,2\n3,4\n");
    String hash = Sha256.of(csv);
    Samples numbers = samples(csv);
    Files.writeString(csv, "a,b\n5,6\n7,8\n");
    assertThat(numbers.provenance()).isEqualTo(Provenance.of("t", hash));
    assertThat(samples(csv).provenance()).isEqualTo(Provenance.of("t", Sha256.of(csv)));
  }

  @Test
  @DisplayName("a file or table that cannot be read is left out, and its reason listed")
  void unreadable() throws Exception {
    tone("mine/low/a.wav", 200);
    Path memory = Path.of("/proc/self/mem");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(memory));
    String hash = hash(samples(folder.resolve("mine")));
    Files.createSymbolicLink(folder.resolve("mine/low/bad.wav"), memory);
    Files.createSymbolicLink(folder.resolve("mine/bad.csv"), memory);
    Samples rows = samples(folder.resolve("mine"));
    assertThat(rows.rowCount()).isEqualTo(1);
    assertThat(rows.leftOut()).hasSize(2);
    assertThat(rows.leftOut().get(0)).startsWith("bad.csv: cannot be read: ");
    assertThat(rows.leftOut().get(1)).startsWith("low/bad.wav: cannot be read: ");
    assertThat(hash(rows)).isEqualTo(hash);
    assertThatThrownBy(() -> DataSets.of(folder.resolve("mine")).hash())
        .hasMessageContaining("/mine/")
        .hasMessageContaining("bad.")
        .hasMessageContaining("cannot be read");
  }

  @Test
  @DisplayName("a list is a source itself: another label is another hash")
  void list() throws Exception {
    tone("there/a.wav", 200);
    Path list = Files.writeString(folder.resolve("list.csv"), "path,label\nthere/a.wav,cat\n");
    Samples cat = samples(list);
    assertThat(cat.provenance().sources()).containsOnlyKeys("list.csv");
    assertThat(samples(list).provenance()).isEqualTo(cat.provenance());
    Files.writeString(list, "path,label\nthere/a.wav,dog\n");
    Samples dog = samples(list);
    assertThat(dog.classes()).containsExactly("dog");
    assertThat(hash(dog)).isNotEqualTo(hash(cat));
    tone("there/a.wav", 300);
    assertThat(hash(samples(list))).isNotEqualTo(hash(dog));
    Files.move(folder.resolve("there"), folder.resolve("elsewhere"));
    assertThat(hash(cat)).isNotEqualTo(hash(dog));
  }

  @Test
  @DisplayName("a pattern, written from any folder: names from its base, the same source")
  void pattern() throws Exception {
    tone("there/x/a.wav", 200);
    tone("there/b.wav", 300);
    Path from = Path.of("").toAbsolutePath();
    Samples whole = samples(folder + "/there/**/*.wav");
    Samples relative = samples(from.relativize(folder.toAbsolutePath()) + "/there/**/*.wav");
    assertThat(whole.names()).containsExactly("b.wav", "x/a.wav");
    assertThat(relative.names()).isEqualTo(whole.names());
    assertThat(whole.provenance().sources()).containsOnlyKeys("there/**/*.wav");
    assertThat(relative.provenance()).isEqualTo(whole.provenance());
    assertThat(whole.folder()).contains(folder.resolve("there").toAbsolutePath());
    Files.move(folder.resolve("there"), folder.resolve("x"));
    Files.createDirectories(folder.resolve("other"));
    Files.move(folder.resolve("x"), folder.resolve("other/there"));
    assertThat(samples(folder + "/other/there/**/*.wav").provenance())
        .isEqualTo(whole.provenance());
    Samples one = samples(folder.resolve("other/there/b.wav"));
    assertThat(one.provenance().sources()).containsOnlyKeys("b.wav");
  }

  @Test
  @DisplayName("a backslash in a name is part of the name where it separates no folders")
  void backslash() throws Exception {
    org.junit.jupiter.api.Assumptions.assumeTrue(java.io.File.separatorChar == '/');
    tone("mine/low/a\\b.wav", 200);
    tone("mine/low/a.wav", 900);
    Samples rows = samples(folder.resolve("mine"));
    assertThat(rows.names()).containsExactly("low/a.wav", "low/a\\b.wav");
    assertThat(rows.classes()).containsExactly("low", "low");
    assertThat(DataSets.of(folder.resolve("mine")).hash()).isEqualTo(hash(rows));
    assertThat(samples(folder + "/mine/low/*.wav").names()).containsExactly("a.wav", "a\\b.wav");
  }

  @Test
  @DisplayName("the examples of a folder without sound: said plainly")
  void noSound() throws Exception {
    Files.createDirectories(folder.resolve("empty"));
    assertThatThrownBy(() -> DataSets.of(folder.resolve("empty")).examples(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("data set 'empty' has no sound file in");
  }
}
