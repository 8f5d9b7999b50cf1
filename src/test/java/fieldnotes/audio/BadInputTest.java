package fieldnotes.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Spoilt files that are kept: one for each way in which they are refused or got through. */
@Timeout(60)
class BadInputTest {
  private static final Path KEPT = Path.of("src/test/resources/audio/bad");

  /** What becomes of a file: how many samples come out, or why none do. */
  private static String outcome(Path file) {
    try {
      ReadOptions all = ReadOptions.all().withMaxBytes(256 << 20);
      return AudioFiles.read(file, all).length() + " samples";
    } catch (AudioException e) {
      return e.reason();
    }
  }

  @Test
  @DisplayName("each gives what it gave before, samples or a reason, in no time")
  void kept() throws IOException {
    List<String> lines = Files.readAllLines(KEPT.resolve("expected.tsv"));
    assertThat(lines).hasSizeGreaterThan(30);
    List<String> now = new ArrayList<>();
    for (String line : lines) {
      Path file = KEPT.resolve(line.substring(0, line.indexOf('\t')));
      long begun = System.nanoTime();
      now.add(file.getFileName() + "\t" + outcome(file));
      assertThatCode(() -> tolerant(file)).as("%s, tolerant", file).doesNotThrowAnyException();
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .as(line)
          .isLessThan(Duration.ofSeconds(5));
    }
    assertThat(now).isEqualTo(lines);
  }

  /** Where damage is tolerated, all samples are finite. */
  private static void tolerant(Path file) {
    try {
      Clip clip = AudioFiles.read(file, ReadOptions.all().withTolerateDamage(true));
      for (float x : clip.samples()) {
        assertThat(Float.isFinite(x)).isTrue();
      }
    } catch (AudioException e) {
      assertThat(e.reason()).isNotBlank();
    }
  }

  /**
   * Writes the corpus anew, into the folder given: of 6,000 spoilt files the smallest for each
   * reason, whatever the numbers in it, and for each kind of file that gets through.
   */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) throws IOException {
      Path folder = Files.createDirectories(Path.of(args[0]));
      Path work = Files.createTempDirectory("corpus");
      Mutations mutations = Mutations.of(work, 7, 1500);
      Map<String, Mutations.Spoilt> kept = new TreeMap<>();
      for (int i = 0; i < 6000; i++) {
        Mutations.Spoilt one = mutations.get(i);
        String kind = one.name().replaceAll("^\\d+-([^-]*)-.*", "$1");
        String outcome = outcome(Files.write(work.resolve("x"), one.bytes()));
        String sort =
            outcome.endsWith(" samples") ? kind : outcome.replaceAll("[0-9][0-9.,]*", "N");
        kept.merge(sort, one, (a, b) -> b.bytes().length < a.bytes().length ? b : a);
      }
      List<String> lines = new ArrayList<>();
      for (Mutations.Spoilt one : kept.values()) {
        Path file = Files.write(folder.resolve(one.name()), one.bytes());
        lines.add(one.name() + "\t" + outcome(file));
      }
      lines.sort(null);
      Files.write(folder.resolve("expected.tsv"), lines);
    }
  }
}
