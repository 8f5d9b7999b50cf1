package fieldnotes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.audio.RawWav;
import fieldnotes.detect.HeardTones;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files at the limits of what is sound, through {@code detect} and {@code classify}. */
class ExtremeSoundsTest {
  private static final int RATE = HeardTones.RATE;

  @TempDir static Path folder;
  private static Path windows;
  private static Path whole;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void make() throws IOException {
    windows = HeardTones.model(folder);
    whole = HeardTones.wholeModel(folder);
  }

  private static float[] tone(int rate, double seconds) {
    float[] x = new float[(int) (seconds * rate)];
    for (int i = 0; i < x.length; i++) {
      x[i] = 0.3f * (float) Math.sin(6.283 * 200 * i / rate);
    }
    return x;
  }

  private static RawWav wav(float[]... channels) {
    return new RawWav(RawWav.INTEGER, 16, RATE, channels);
  }

  private static byte[] bytes(String kind) {
    float[] second = tone(RATE, 1);
    byte[] all = wav(second).bytes();
    return switch (kind) {
      case "empty" -> new byte[0];
      case "header cut" -> Arrays.copyOf(all, 30);
      case "no sample" -> wav(new float[0]).bytes();
      case "one sample" -> wav(new float[] {0.5f}).bytes();
      case "short" -> wav(tone(RATE, 0.2)).bytes();
      case "silence" -> wav(new float[3 * RATE]).bytes();
      case "8 channels" ->
          wav(second, second, second, second, second, second, second, second).bytes();
      case "192 kHz" -> new RawWav(RawWav.INTEGER, 24, 192_000, tone(192_000, 2)).bytes();
      case "100 Hz" -> new RawWav(RawWav.INTEGER, 16, 100, tone(RATE, 0.02)).bytes();
      case "some NaN" -> {
        for (int i = 0; i < second.length; i += 3) {
          second[i] = Float.NaN;
        }
        yield new RawWav(RawWav.FLOAT, 32, RATE, second).bytes();
      }
      case "all NaN" -> {
        Arrays.fill(second, Float.NaN);
        yield new RawWav(RawWav.FLOAT, 32, RATE, second).bytes();
      }
      case "truncated" -> Arrays.copyOf(all, all.length - 10_001);
      default -> {
        RawWav more = wav(second);
        more.dataBytes = 3_000_000;
        yield more.bytes();
      }
    };
  }

  private int run(String command, Path model, String... words) {
    String[] all = Arrays.copyOf(words, words.length + 3);
    System.arraycopy(new String[] {command, "--model", model.toString()}, 0, all, 0, 3);
    System.arraycopy(words, 0, all, 3, words.length);
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all);
    assertThat(err.toString()).doesNotContain("Exception", "\tat ");
    assertThat(out.toString().lines()).allMatch(line -> line.startsWith("{"));
    return code;
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "empty, 1, empty: it has 0 bytes",
    "header cut, 1, the WAVE format chunk is truncated",
    "no sample, 1, holds no samples",
    "one sample, 0, ''",
    "short, 0, ''",
    "silence, 0, ''",
    "8 channels, 0, ''",
    "192 kHz, 0, ''",
    "100 Hz, 0, ''",
    "some NaN, 0, 7350 of its samples are no sound: read as 0",
    "all NaN, 0, 22050 of its samples are no sound: read as 0",
    "truncated, 0, 'truncated: its header says 44100 bytes of samples, the file has 34099'",
    "says more, 0, 'truncated: its header says 3000000 bytes of samples, the file has 44100'"
  })
  @DisplayName("detect hears what there is, and says what is wrong; 1 if there is nothing")
  void detect(String kind, int code, String said) throws IOException {
    Path file = Files.write(folder.resolve(kind.replace(' ', '-') + ".wav"), bytes(kind));
    for (Path model : new Path[] {windows, whole}) {
      assertThat(run("detect", model, file.toString())).as(err.toString()).isEqualTo(code);
      assertThat(err.toString()).contains(said);
      if (code == 0) {
        assertThat(err.toString()).endsWith(" s of sound heard\n");
        assertThat(err.toString()).hasLineCount(said.isEmpty() ? 1 : kind.contains("NaN") ? 3 : 2);
      } else {
        assertThat(err.toString())
            .endsWith("detect: nothing to listen to: none of the files could be read\n");
      }
    }
    assertThat(run("detect", windows, file.toString())).isEqualTo(code);
    boolean heard = kind.matches("short|8 channels|192 kHz|truncated|says more");
    assertThat(out.toString().contains("\"low\"")).isEqualTo(heard || kind.equals("100 Hz"));
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "empty, 2, empty: it has 0 bytes",
    "header cut, 2, the WAVE format chunk is truncated",
    "no sample, 2, holds no samples",
    "one sample, 0, ''",
    "short, 0, ''",
    "silence, 0, ''",
    "8 channels, 0, ''",
    "192 kHz, 0, ''",
    "100 Hz, 0, ''",
    "some NaN, 2, sample 0 (at 0.0000 s) is NaN: every sample must be a finite number",
    "truncated, 2, (to read what is there: --tolerate-damage",
    "says more, 2, (to read what is there: --tolerate-damage"
  })
  @DisplayName("classify names what is whole, and what is damaged if that is asked for")
  void classify(String kind, int code, String said) throws IOException {
    Path file = Files.write(folder.resolve(kind.replace(' ', '-') + ".wav"), bytes(kind));
    for (Path model : new Path[] {windows, whole}) {
      assertThat(run("classify", model, file.toString())).as(err.toString()).isEqualTo(code);
      assertThat(err.toString()).contains(said).hasLineCount(code == 0 ? 0 : 1);
      assertThat(out.toString().isEmpty()).isEqualTo(code != 0);
      if (code != 0 && !kind.matches("empty|header cut|no sample")) {
        assertThat(run("classify", model, file.toString(), "--tolerate-damage")).isZero();
        assertThat(out.toString()).contains("\"label\":");
      }
    }
  }
}
