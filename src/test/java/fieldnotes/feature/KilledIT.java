package fieldnotes.feature;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.audio.SoundFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that are killed at random moments, as by {@code kill -9}: the next goes on where they were,
 * and no half-written table is ever seen. {@code -Dfieldnotes.kills=N} says how many; 6 if nothing
 * is said.
 */
class KilledIT {
  private static final int FILES = 100;

  @TempDir private Path folder;

  @Test
  void aKilledRunGoesOnWhereItWas() throws Exception {
    int kills = Integer.getInteger("fieldnotes.kills", 6);
    Path sound = sound();
    Path expected = folder.resolve("expected.csv");
    FeatureTable.write(
        SoundFiles.folder(sound),
        FeatureSet.JOURNAL_38,
        FeatureOptions.of().withoutCache().withThreads(2),
        expected);
    byte[] whole = Files.readAllBytes(expected);

    Path cache = folder.resolve("cache");
    Path out = folder.resolve("table.csv");
    // How long it takes here, so that runs are killed at their beginning, amid files, and at the
    // end while the table is written.
    long begun = System.nanoTime();
    assertThat(run(sound, cache, out).waitFor()).isZero();
    long usualMillis = (System.nanoTime() - begun) / 1_000_000;
    assertThat(out).hasBinaryContent(whole);
    Files.delete(out);
    final long full = size(cache);
    delete(cache);

    SplittableRandom random = new SplittableRandom(3);
    int died = 0;
    int amid = 0;
    int finished = 0;
    long grown = 0;
    for (int i = 0; i < kills; i++) {
      Process run = run(sound, cache, out);
      long after = (long) (usualMillis * (0.1 + 1.1 * random.nextDouble()));
      // every second one as soon as it has kept something, on however fast a machine
      while (i % 2 == 1 && run.isAlive() && size(cache) <= grown) {
        after = 0;
        Thread.onSpinWait();
      }
      if (run.waitFor(after, TimeUnit.MILLISECONDS)) {
        assertThat(run.exitValue()).isZero();
        finished++;
      } else {
        run.destroyForcibly().waitFor();
        died++;
      }
      if (Files.exists(out)) {
        assertThat(out).as("after run %d", i).hasBinaryContent(whole);
        Files.delete(out);
      }
      long size = size(cache);
      assertThat(size).isGreaterThanOrEqualTo(grown);
      amid += size > grown && size < full ? 1 : 0;
      grown = size;
      if (size >= full) {
        // All is known by now: begin again.
        delete(cache);
        grown = 0;
      }
    }
    assertThat(died).as("runs that were killed").isPositive();
    assertThat(amid).as("of them amid files").isPositive();

    Process last = run(sound, cache, out);
    assertThat(last.waitFor(3, TimeUnit.MINUTES)).isTrue();
    assertThat(last.exitValue()).isZero();
    assertThat(out).hasBinaryContent(whole);
    System.out.printf(
        "%d runs killed, %d of them amid files, %d finished before%n", died, amid, finished);
  }

  @Test
  void twoRunsAtOnceOnOneCache() throws Exception {
    Path sound = sound();
    Path cache = folder.resolve("cache");
    List<Process> runs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      runs.add(run(sound, cache, folder.resolve("table" + i + ".csv")));
    }
    for (Process run : runs) {
      assertThat(run.waitFor(4, TimeUnit.MINUTES)).isTrue();
      assertThat(run.exitValue()).isZero();
    }
    Path alone = folder.resolve("alone.csv");
    FeatureTable.Written again =
        FeatureTable.write(
            SoundFiles.folder(sound),
            FeatureSet.JOURNAL_38,
            FeatureOptions.of().withCache(cache),
            alone);
    assertThat(again.measured()).isZero();
    assertThat(folder.resolve("table0.csv")).hasSameBinaryContentAs(alone);
    assertThat(folder.resolve("table1.csv")).hasSameBinaryContentAs(alone);
  }

  private Process run(Path sound, Path cache, Path out) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> Stream.of("--add", "--enable", "--sun", "-XX:Tier4").anyMatch(a::startsWith))
        .forEach(command::add);
    command.addAll(
        List.of("-Xmx256m", "-cp", System.getProperty("java.class.path"), "fieldnotes.cli.Main"));
    command.addAll(
        List.of("features", sound.toString(), "--set", "JOURNAL_38", "--cache", cache.toString()));
    command.addAll(List.of("--threads", "2", "--out", out.toString()));
    Path log = folder.resolve("run.log");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private Path sound() throws IOException {
    Path sound = Files.createDirectory(folder.resolve("sound"));
    for (int n = 0; n < FILES; n++) {
      SplittableRandom random = new SplittableRandom(n);
      float[] y = new float[22_050];
      for (int i = 0; i < y.length; i++) {
        y[i] = (float) (0.3 * random.nextDouble() - 0.15 + 0.2 * Math.sin(i * (0.02 + n * 1e-4)));
      }
      AudioFiles.writeWav(Clip.of("clip", y, 22_050), sound.resolve("%03d.wav".formatted(n)));
    }
    return sound;
  }

  private static long size(Path cache) throws IOException {
    if (!Files.exists(cache)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(cache)) {
      return all.filter(Files::isRegularFile).mapToLong(p -> p.toFile().length()).sum();
    } catch (UncheckedIOException e) {
      return 0; // a file that was just put in its place
    }
  }

  private static void delete(Path cache) throws IOException {
    try (Stream<Path> all = Files.walk(cache)) {
      for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }
}
