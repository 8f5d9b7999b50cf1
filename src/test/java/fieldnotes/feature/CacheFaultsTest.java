package fieldnotes.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.audio.SoundFiles;
import fieldnotes.common.FaultyFiles;
import fieldnotes.common.FaultyFiles.Fault;
import fieldnotes.common.Warned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache that cannot be read or written costs time only: the table is whole. */
class CacheFaultsTest {
  private static final FeatureSet SET = FeatureSet.of("two", Measure.rms(), Measure.zcr());
  private static final int FILES = 4;

  @TempDir Path folder;
  private SoundFiles sounds;
  private byte[] expected;

  @BeforeEach
  void sounds() throws IOException {
    for (int i = 0; i < FILES; i++) {
      float[] samples = new float[4_000];
      for (int t = 0; t < samples.length; t++) {
        samples[t] = (float) Math.sin(t * (0.02 + i * 0.01));
      }
      Path file = folder.resolve("sound/%02d.wav".formatted(i));
      AudioFiles.writeWav(Clip.of("c", samples, 8_000), file);
      Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }
    sounds = SoundFiles.folder(folder.resolve("sound"));
    Path table = folder.resolve("expected.csv");
    FeatureTable.write(sounds, SET, options().withoutCache(), table);
    expected = Files.readAllBytes(table);
  }

  private static FeatureOptions options() {
    return FeatureOptions.of().withRate(0).withThreads(1);
  }

  /** Writes the table with a cache; asserts that it is whole. */
  private FeatureTable.Written write(Path cache) {
    Path out = folder.resolve("table.csv");
    FeatureTable.Written written = FeatureTable.write(sounds, SET, options().withCache(cache), out);
    assertThat(out).hasBinaryContent(expected);
    assertThat(written.failures()).isEmpty();
    assertThat(written.files()).isEqualTo(FILES);
    assertThat(written.measured()).isBetween(0, FILES);
    return written;
  }

  private static void delete(Path place) throws IOException {
    if (Files.exists(place)) {
      try (Stream<Path> all = Files.walk(place)) {
        for (Path one : all.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(one);
        }
      }
    }
  }

  /**
   * All faults with {@code -Dfieldnotes.faults=all}, otherwise those of every seventh operation.
   */
  @Tag("long")
  @Test
  @DisplayName("whichever operation of the cache fails, the table is whole, with one warning")
  void eachOperation() throws IOException {
    int step = "all".equals(System.getProperty("fieldnotes.faults")) ? 1 : 7;
    Path cache = folder.resolve("cache");
    int tried = 0;
    for (boolean known : new boolean[] {false, true}) {
      delete(cache);
      if (known) {
        write(cache);
      }
      FaultyFiles none = new FaultyFiles();
      assertThat(write(none.path(cache)).measured()).isEqualTo(known ? 0 : FILES);
      int operations = none.operations().size();
      assertThat(operations).isGreaterThan(10);
      for (int i = tried % step; i < operations; i += step) {
        for (Fault fault : none.writes(i) ? Fault.values() : new Fault[] {Fault.BROKEN}) {
          for (boolean onwards : new boolean[] {false, true}) {
            delete(cache);
            if (known) {
              write(cache);
            }
            String what = none.operations().get(i) + " " + fault + " " + onwards;
            FaultyFiles faulty = new FaultyFiles(i, fault, onwards);
            try (Warned warned = new Warned()) {
              FeatureTable.Written written = write(faulty.path(cache));
              assertThat(warned.lines()).as(what).hasSizeLessThanOrEqualTo(1);
              if (!warned.lines().isEmpty()) {
                assertThat(warned.lines().getFirst())
                    .as(what)
                    .contains(cache.toString())
                    .contains(fault.words)
                    .contains("The table is complete")
                    .doesNotContain("\n");
              } else if (known) {
                assertThat(written.measured()).as(what).isZero();
              }
            }
            tried++;
            write(cache);
            assertThat(write(cache).measured()).as(what).isZero();
          }
        }
      }
    }
    assertThat(tried).isGreaterThan(20);
    if (step == 1) {
      System.out.println("feature cache: " + tried + " faults");
    }
  }

  @Test
  @DisplayName("a file where the cache's folder should be, and folders where its logs should be")
  void wrongKinds() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    for (Path cache : List.of(file, file.resolve("below"))) {
      try (Warned warned = new Warned()) {
        assertThat(write(cache).measured()).isEqualTo(FILES);
        assertThat(warned.lines()).hasSize(1);
        assertThat(warned.lines().getFirst()).contains(file.toString()).contains("a file");
      }
    }
    Path cache = folder.resolve("cache");
    write(cache);
    Path log = log(cache);
    Files.createDirectory(log.resolveSibling("a.log"));
    try (Warned warned = new Warned()) {
      assertThat(write(cache).measured()).isZero();
      assertThat(warned.lines()).hasSize(1);
      assertThat(warned.lines().getFirst()).contains("a.log: a folder, not a file");
    }
  }

  private static Path log(Path cache) throws IOException {
    try (Stream<Path> all = Files.walk(cache)) {
      return all.filter(p -> p.toString().endsWith(".log")).findFirst().orElseThrow();
    }
  }

  @Tag("long")
  @Test
  @DisplayName("whichever byte of the log is changed, or wherever it is cut, the table is right")
  void corrupt() throws IOException {
    Path cache = folder.resolve("cache");
    write(cache);
    Path log = log(cache);
    byte[] whole = Files.readAllBytes(log);
    for (int i = 0; i < whole.length; i += i < 40 ? 3 : 61) {
      byte[] bad = whole.clone();
      bad[i] ^= 0x41;
      Files.write(log, bad);
      try (Warned warned = new Warned()) {
        FeatureTable.Written written = write(cache);
        assertThat(warned.lines()).as("byte %d", i).hasSizeLessThanOrEqualTo(1);
        assertThat(warned.lines().isEmpty() && written.measured() == 0).as("byte %d", i).isFalse();
      }
      delete(cache);
      Files.createDirectories(log.getParent());
      Files.write(log, java.util.Arrays.copyOf(whole, i));
      try (Warned warned = new Warned()) {
        assertThat(write(cache).measured()).as("cut at %d", i).isPositive();
        assertThat(warned.lines()).as("cut at %d", i).isEmpty();
      }
      delete(cache);
      Files.createDirectories(log.getParent());
    }
  }

  @Test
  @DisplayName("a log that shrinks while it is in use")
  void shrinks() throws IOException {
    Path cache = folder.resolve("cache");
    write(cache);
    Path log = log(cache);
    try (Warned warned = new Warned();
        FeatureCache open = FeatureCache.open(cache, SET, options())) {
      Files.write(log, new byte[0]);
      int[] measured = {0};
      for (SoundFiles.Item item : sounds.items()) {
        ClipMeasurer measurer = new ClipMeasurer(SET, options(), ClipMeasurer.sharedPlans());
        FeatureCache.Found found = open.rows(item.path(), hash -> measurer.measure(item.path()));
        measured[0] += found.measured() ? 1 : 0;
        assertThat(found.rows()).isNotEmpty();
      }
      assertThat(measured[0]).isEqualTo(FILES);
      assertThat(warned.lines()).hasSize(1);
      assertThat(warned.lines().getFirst()).contains("changed while it was in use");
    }
  }

  @Tag("long")
  @Test
  @DisplayName("a disk that is really full, and one that is really read-only")
  void realDisk() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", disk.toString()))
        .as("this test mounts a small disk, which takes root: skipped")
        .isZero();
    try {
      Files.write(disk.resolve("full"), new byte[4096]);
      try (Warned warned = new Warned()) {
        assertThat(write(disk.resolve("cache")).measured()).isEqualTo(FILES);
        assertThat(warned.lines()).hasSize(1);
        assertThat(warned.lines().getFirst()).contains("disk full");
      }
      assertThat(run("mount", "-o", "remount,ro", disk.toString())).isZero();
      try (Warned warned = new Warned()) {
        write(disk.resolve("cache"));
        write(disk.resolve("other"));
        assertThat(warned.lines()).hasSize(2); // one of each run
        assertThat(warned.lines().getFirst()).contains("read-only file system");
      }
    } finally {
      assertThat(run("umount", disk.toString())).isZero();
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor();
    } catch (IOException e) {
      return -1;
    }
  }
}
