package fieldnotes.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.audio.Cases;
import fieldnotes.audio.RawWav;
import fieldnotes.audio.SoundFiles;
import fieldnotes.table.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** Damaged files: refused, or measured and marked, as the options say. */
class ToleratedDamageTest {
  private static final FeatureSet SET = FeatureSet.JOURNAL_35;
  private static final int RATE = 22_050;

  @TempDir Path folder;
  private Path sounds;

  @BeforeEach
  void sounds() throws IOException {
    sounds = Files.createDirectory(folder.resolve("sounds"));
    Random random = new Random(5);
    float[] x = new float[2 * RATE];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (0.1 * random.nextGaussian());
    }
    byte[] whole = new RawWav(RawWav.FLOAT, 32, RATE, x).bytes();
    Files.write(sounds.resolve("a-whole.wav"), whole);
    Files.write(sounds.resolve("b-cut.wav"), Arrays.copyOf(whole, whole.length / 2));
    x[RATE] = Float.NaN;
    Files.write(sounds.resolve("c-nan.wav"), new RawWav(RawWav.FLOAT, 32, RATE, x).bytes());
    Files.write(sounds.resolve("d-empty.wav"), new byte[0]);
  }

  private FeatureOptions options() {
    return FeatureOptions.of().withCache(folder.resolve("cache")).withChunks(0.5).withThreads(2);
  }

  @Test
  @DisplayName("refused: the reason names what command line and options have")
  void refused() {
    FeatureTable table = FeatureTable.extract(SoundFiles.folder(sounds), SET, options());
    assertThat(table.damaged()).isEmpty();
    assertThat(table.table().columnNames()).doesNotContain("damage");
    assertThat(table.failures())
        .extracting(SoundFiles.Failure::file)
        .containsExactly("b-cut.wav", "c-nan.wav", "d-empty.wav");
    assertThat(table.failures().subList(0, 2))
        .allSatisfy(
            f ->
                assertThat(f.reason())
                    .contains("--tolerate-damage, in Java withTolerateDamage(true)"));
  }

  @Test
  @DisplayName("tolerated: measured, each row and the summary say what is wrong; others unchanged")
  void tolerated() throws IOException {
    SoundFiles all = SoundFiles.folder(sounds);
    Table strict = FeatureTable.extract(all, SET, options().withoutCache()).table();
    FeatureOptions tolerant = options().withTolerateDamage(true);
    for (int round = 0; round < 2; round++) { // from the cache, too
      FeatureTable table = FeatureTable.extract(all, SET, tolerant);
      assertThat(table.failures()).hasToString("[d-empty.wav: empty: it has 0 bytes]");
      List<String> damage = table.table().stringColumn("damage").asList();
      assertThat(table.table().stringColumn("file").asList())
          .containsExactly(
              "a-whole.wav",
              "a-whole.wav",
              "a-whole.wav",
              "a-whole.wav",
              "b-cut.wav",
              "c-nan.wav",
              "c-nan.wav",
              "c-nan.wav",
              "c-nan.wav")
          .hasSameSizeAs(damage);
      assertThat(damage.subList(0, 4)).containsOnly("");
      assertThat(damage.subList(4, 5))
          .containsOnly(
              "truncated: its header says 176400 bytes of samples, the file has 88178 of them");
      assertThat(damage.subList(5, 9))
          .containsOnly("sample 22050 (at 1.0000 s) is NaN: every sample must be a finite number");
      assertThat(table.damaged())
          .extracting(SoundFiles.Failure::file)
          .containsExactly("b-cut.wav", "c-nan.wav");
      assertThat(table).hasToString("9 rows by JOURNAL_35; 2 damaged, 1 files failed");
      for (int row = 0; row < 4; row++) {
        for (String column : SET.columns()) {
          assertThat(table.table().doubleColumn(column).get(row))
              .isEqualTo(strict.doubleColumn(column).get(row));
        }
      }
      Path out = folder.resolve("t.csv");
      FeatureTable.Written written = FeatureTable.write(all, SET, tolerant, out);
      assertThat(written.toString())
          .startsWith("9 rows of 3 files (2 measured, 1 from the cache, 2 damaged) in ");
      assertThat(Csv.read(out).column("damage").asStringColumn().get(4)).startsWith("truncated:");
    }
  }

  @Test
  @DisplayName("a run without tolerance does not get rows of damaged files from the cache")
  void cache() {
    SoundFiles all = SoundFiles.folder(sounds);
    FeatureTable.extract(all, SET, options().withTolerateDamage(true));
    assertThat(FeatureTable.extract(all, SET, options()).failures()).hasSize(3);
  }

  @Test
  @DisplayName("whole files and frames, too")
  void otherRows() {
    SoundFiles all = SoundFiles.folder(sounds);
    FeatureOptions tolerant = options().withTolerateDamage(true);
    assertThat(FeatureTable.extract(all, SET, tolerant.withWholeFiles()).damaged()).hasSize(2);
    Table frames = FeatureTable.extract(all, SET, tolerant.withPerFrame(true)).table();
    assertThat(frames.columnNames()).startsWith("file", "chunk", "time_s", "damage");
  }

  @Test
  @DisplayName("the reported files: all of their sound is measured")
  void reported() {
    FeatureOptions tolerant = options().withoutCache().withTolerateDamage(true).withWholeFiles();
    double[] seconds = {3, 267_311 / 44_100.0, 3};
    List<String> names = List.of("off44.wav", "twice.mp3", "xing_half.mp3");
    for (int i = 0; i < names.size(); i++) {
      SoundFiles one = SoundFiles.of(Cases.file("audio/" + names.get(i)));
      assertThat(FeatureTable.extract(one, SET, options().withoutCache()).failures()).hasSize(1);
      for (FeatureOptions o : List.of(tolerant, tolerant.withChunks(100))) {
        FeatureTable table = FeatureTable.extract(one, SET, o);
        assertThat(table.table().doubleColumn("duration_s").get(0))
            .isCloseTo(seconds[i], within(1e-4));
        assertThat(table.damaged()).hasSize(1);
      }
    }
  }
}
