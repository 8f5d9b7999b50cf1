package fieldnotes.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.RawWav;
import fieldnotes.audio.SoundFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams whose samples are no sound: the listening goes on, and the log tells of it. */
class DamagedStreamsTest {
  private static final int RATE = Tones.RATE;

  @TempDir Path folder;

  private final List<String> log = new ArrayList<>();

  /** Listens to the end with a model of windows and one of whole sounds; seconds heard. */
  private double heard(SoundStream stream, boolean whole) throws IOException {
    SoundModel model = whole ? HeardTones.wholeModel() : HeardTones.model();
    List<SoundEvent> events = new ArrayList<>();
    try (stream) {
      double seconds =
          new Listening(model, ListenOptions.of(), stream, (part, event, ago) -> events.add(event))
              .run();
      assertThat(events).allMatch(e -> e.confidence() >= 0 && e.confidence() <= 1);
      return seconds;
    }
  }

  /** A WAVE file of floats. */
  private static byte[] wav(int rateHz, float[]... x) {
    return new RawWav(RawWav.FLOAT, 32, rateHz, x).bytes();
  }

  /** Two seconds of a tone, a tenth of them with values of this size, of both signs. */
  private static float[] damaged(int rateHz, float value) {
    float[] x = Tones.clip("low", 2, rateHz, 5).samples().clone();
    for (int i = 0; i < x.length; i += 10) {
      x[i] = i % 20 == 0 ? value : -value;
    }
    return x;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("random bytes that are said to be floats are heard to their end")
  void randomFloats(boolean whole) throws IOException {
    byte[] bytes = new byte[4 * 2 * 44_100];
    new SplittableRandom(6).nextBytes(bytes);
    SoundStream raw =
        SoundStreams.raw(
            new ByteArrayInputStream(bytes),
            "input",
            new RawFormat(44_100, 1, "f32le"),
            RATE,
            log::add);
    assertThat(heard(raw, whole)).isEqualTo(2);
    int wrong = 0;
    ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (b.hasRemaining()) {
      wrong += Math.abs(b.getFloat()) <= 1e10f ? 0 : 1;
    }
    assertThat(log).hasSizeBetween(2, 5);
    assertThat(log.getLast())
        .isEqualTo(
            "input: "
                + wrong
                + " samples in all of no finite number from -1e10 to 1e10: read as 0; is it"
                + " really f32le?");
  }

  @ParameterizedTest
  @CsvSource({
    "44100, 3e38, false",
    "44100, 3e38, true",
    "22050, 3e38, false",
    "44100, NaN, true",
    "22050, Infinity, false"
  })
  @DisplayName("a WAVE of floats that are no sound is heard to its end, as a stream and as a file")
  void wavOfLargeFloats(int rateHz, float value, boolean whole) throws IOException {
    byte[] wav = wav(rateHz, damaged(rateHz, value));
    InputStream in = new ByteArrayInputStream(wav);
    assertThat(heard(SoundStreams.bytes(in, "input", RATE, log::add), whole)).isEqualTo(2);
    int wrong = 2 * rateHz / 10;
    assertThat(log.getLast())
        .isEqualTo(
            "input: damaged: "
                + wrong
                + " samples in all of no finite number from -1e10 to 1e10: read as 0");
    log.clear();
    Path file = Files.write(folder.resolve("a.wav"), wav);
    SoundStream files = SoundStreams.files(SoundFiles.of(file), RATE, log::add);
    assertThat(heard(files, whole)).isEqualTo(2);
    assertThat(log).hasSize(2);
    assertThat(log.getFirst())
        .contains("damaged, read as far as it can be: sample 0 (at 0.0000 s) is ");
    assertThat(log.getLast())
        .isEqualTo(file + ": " + wrong + " of its samples are no sound: read as 0");
  }

  private static byte[] standardInput(String kind) {
    float[] second = Tones.clip("low", 1, RATE, 5).samples();
    byte[] all = wav(RATE, second);
    return switch (kind) {
      case "one sample" -> wav(RATE, new float[] {0.5f});
      case "silence" -> wav(RATE, new float[RATE]);
      case "8 channels" ->
          wav(RATE, second, second, second, second, second, second, second, second);
      case "192 kHz" -> wav(192_000, Tones.clip("low", 1, 192_000, 5).samples());
      case "100 Hz" -> wav(100, Tones.clip("low", 1, 100, 5).samples());
      case "cut" -> Arrays.copyOf(all, all.length - 4 * 2_000);
      default -> Arrays.copyOf(all, all.length - 4 * 2_000 - 3); // within a sample
    };
  }

  @ParameterizedTest
  @CsvSource({
    "one sample, 1",
    "silence, 22050",
    "8 channels, 22050",
    "192 kHz, 22050",
    "100 Hz, 22050",
    "cut, 20050",
    "within a sample, 20049"
  })
  @DisplayName("a WAVE by standard input at the limits of what is sound is heard to its end")
  void limits(String kind, int samples) throws IOException {
    byte[] bytes = standardInput(kind);
    for (boolean whole : new boolean[] {false, true}) {
      InputStream in = new ByteArrayInputStream(bytes);
      double seconds = heard(SoundStreams.bytes(in, "input", RATE, log::add), whole);
      assertThat(Math.round(seconds * RATE)).isEqualTo(samples);
    }
    assertThat(log.getFirst()).startsWith("input: pcm_f32le, ");
    assertThat(log).hasSize(kind.equals("within a sample") ? 4 : 2);
    assertThat(log.getLast()).contains(kind.equals("within a sample") ? "damaged" : "pcm_f32le");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 30})
  @DisplayName("standard input that ends within the header is told")
  void nothing(int length) {
    InputStream in = new ByteArrayInputStream(Arrays.copyOf(standardInput("cut"), length));
    SoundStream stream = SoundStreams.bytes(in, "input", RATE, log::add);
    assertThatThrownBy(() -> heard(stream, false))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("input: ");
  }

  @ParameterizedTest
  @ValueSource(floats = {1e6f, 1e10f})
  @DisplayName("loud samples within bounds are measured")
  void loud(float value) throws IOException {
    byte[] wav = wav(44_100, damaged(44_100, value));
    for (boolean whole : new boolean[] {false, true}) {
      InputStream in = new ByteArrayInputStream(wav);
      assertThat(heard(SoundStreams.bytes(in, "input", RATE, log::add), whole)).isEqualTo(2);
    }
    assertThat(log).hasSize(2).allMatch(text -> text.contains("pcm_f32le"));
  }

  @Test
  @DisplayName("a microphone that is unplugged answers with no bytes, and ends")
  void unplugged() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    InputStream line =
        new InputStream() {
          @Override
          public int read() {
            return -1;
          }

          @Override
          public int read(byte[] to, int at, int count) {
            return asked.incrementAndGet() <= 3 ? Math.min(1000, count) : 0;
          }
        };
    RawFormat format = new RawFormat(RATE, 1, "s16le");
    SoundStream raw = SoundStreams.raw(line, "microphone", format, RATE, log::add);
    assertThat(heard(raw, false)).isEqualTo(1500.0 / RATE);
    assertThat(log)
        .containsExactly(
            "microphone: ends, as it cannot be read: nothing comes any more: see that it is still"
                + " connected");
    assertThat(asked.get()).isLessThan(200);
  }
}
