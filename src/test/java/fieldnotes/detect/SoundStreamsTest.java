package fieldnotes.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.audio.SoundFiles;
import fieldnotes.audio.Wav;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoundStreamsTest {
  private static final int RATE = 22_050;

  @TempDir Path folder;

  private final List<String> log = new ArrayList<>();

  /** What a stream gives: each part with its samples. */
  private record Heard(SoundStream.Part part, float[] samples) {}

  private static List<Heard> all(SoundStream stream, int most) {
    List<Heard> heard = new ArrayList<>();
    try (stream) {
      for (Optional<SoundStream.Part> part = stream.next();
          part.isPresent() && heard.size() < most;
          part = stream.next()) {
        float[] block = new float[999];
        float[] all = {};
        for (int n = stream.read(block); n >= 0; n = stream.read(block)) {
          assertThat(n).isPositive();
          all = Arrays.copyOf(all, all.length + n);
          System.arraycopy(block, 0, all, all.length - n, n);
        }
        heard.add(new Heard(part.get(), all));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return heard;
  }

  private Path wav(String name, double seconds) {
    Path file = folder.resolve(name);
    AudioFiles.writeWav(Tones.clip("low", seconds, RATE, 3), file);
    return file;
  }

  @Test
  void filesFollowOneAnotherAndABadOneIsPassedOver() throws IOException {
    Path a = wav("a.wav", 1);
    Files.writeString(folder.resolve("b.wav"), "no sound at all");
    Path c = wav("c.wav", 0.5);
    byte[] whole = Files.readAllBytes(wav("d.wav", 1));
    Path cut = folder.resolve("d.wav");
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    List<Heard> heard = all(SoundStreams.files(SoundFiles.of(folder), RATE, log::add), 9);
    assertThat(heard)
        .extracting(Heard::part)
        .containsExactly(
            new SoundStream.Part(a.toString(), 0),
            new SoundStream.Part(c.toString(), 0),
            new SoundStream.Part(cut.toString(), 0));
    assertThat(heard.getFirst().samples()).isEqualTo(AudioFiles.read(a).samples());
    assertThat(heard.get(2).samples()).hasSize((whole.length / 2 - 44) / 2);
    assertThat(log).hasSize(2);
    assertThat(log.get(0)).contains("b.wav", "not a readable sound file");
    assertThat(log.get(1)).contains("d.wav: damaged, read as far as it can be");
  }

  @Test
  void aFolderWithoutSoundIsAnError() {
    SoundFiles none = SoundFiles.of(folder);
    assertThatThrownBy(() -> SoundStreams.files(none, RATE, log::add))
        .hasMessageEndingWith("contains no sound file to listen to");
    assertThatThrownBy(() -> SoundStreams.random(none, 0, 1, 1, RATE, log::add))
        .hasMessageEndingWith("contains no sound file to listen to");
  }

  @Test
  @DisplayName("random parts are those of the file, the same for the same seed")
  void randomParts() {
    wav("a.wav", 3);
    wav("b.wav", 2);
    SoundFiles files = SoundFiles.of(folder);
    List<Heard> heard = all(SoundStreams.random(files, 0, 0.5, 7, RATE, log::add), 6);
    assertThat(heard).hasSize(6).extracting(h -> h.samples().length).containsOnly(11_025);
    assertThat(heard).extracting(Heard::part).doesNotHaveDuplicates();
    for (Heard one : heard) {
      float[] all = AudioFiles.read(one.part().name()).samples();
      int from = (int) (one.part().startSeconds() * RATE);
      assertThat(one.samples()).isEqualTo(Arrays.copyOfRange(all, from, from + 11_025));
    }
    assertThat(all(SoundStreams.random(files, 0, 0.5, 7, RATE, log::add), 6))
        .extracting(Heard::part)
        .isEqualTo(heard.stream().map(Heard::part).toList());
    assertThat(all(SoundStreams.random(files, 0, 9, 1, RATE, log::add), 1).getFirst().part())
        .extracting(SoundStream.Part::startSeconds)
        .isEqualTo(0.0);
  }

  @Test
  @DisplayName("random parts come every so often, and closing ends the wait")
  void randomPartsWait() throws Exception {
    wav("a.wav", 1);
    SoundStream stream = SoundStreams.random(SoundFiles.of(folder), 1000, 0.5, 7, RATE, log::add);
    assertThat(stream.next()).isPresent();
    Thread closing = Thread.startVirtualThread(stream::close);
    assertThat(stream.next()).isEmpty();
    closing.join();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 88_200 + 44 - 8, 1000})
  @DisplayName("a WAVE stream is heard to its end whatever length its header says")
  void waveOfUnknownLength(int says) {
    Clip clip = Tones.clip("high", 2, RATE, 5);
    byte[] wav = Wav.bytes(clip);
    ByteBuffer header = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
    if (says != 1000) {
      header.putInt(4, says);
      header.putInt(40, says > 0 ? says - 36 : says);
    }
    List<Heard> heard =
        all(SoundStreams.bytes(new ByteArrayInputStream(wav), "input", RATE, log::add), 9);
    assertThat(heard).hasSize(1);
    assertThat(heard.getFirst().samples()).hasSize(clip.length());
    assertThat(heard.getFirst().samples()[12_345]).isCloseTo(clip.samples()[12_345], within(1e-4f));
    assertThat(log).containsExactly("input: pcm_s16le, 22050 Hz, 1 channel");
  }

  @Test
  void bytesThatAreNoSound() {
    SoundStream text =
        SoundStreams.bytes(
            new ByteArrayInputStream("hello ".repeat(30_000).getBytes(StandardCharsets.UTF_8)),
            "input",
            RATE,
            log::add);
    assertThatThrownBy(text::next)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("input: not sound that can be read from a stream");
    SoundStream empty = SoundStreams.bytes(InputStream.nullInputStream(), "input", RATE, log::add);
    assertThatThrownBy(empty::next).hasMessage("input: it ended before any sound");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "u8", "s8", "s16le", "s16be", "s24le", "s24be", "s32le", "s32be", "f32le", "f32be", "f64le",
        "f64be"
      })
  void rawSamples(String encoding) {
    ByteBuffer b =
        ByteBuffer.allocate(64)
            .order(encoding.endsWith("be") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (double x : new double[] {0.5, -0.25, 0, 0.75}) { // two frames of two channels
      switch (encoding.substring(0, Math.min(3, encoding.length()))) {
        case "u8" -> b.put((byte) (128 + 128 * x));
        case "s8" -> b.put((byte) (128 * x));
        case "s16" -> b.putShort((short) (32768 * x));
        case "s32" -> b.putInt((int) (0x1p31 * x));
        case "f32" -> b.putFloat((float) x);
        case "f64" -> b.putDouble(x);
        default -> {
          int n = (int) (0x1p23 * x);
          boolean big = encoding.endsWith("be");
          b.put((byte) (big ? n >> 16 : n)).put((byte) (n >> 8)).put((byte) (big ? n : n >> 16));
        }
      }
    }
    byte[] bytes = Arrays.copyOf(b.array(), b.position() + 1); // and half a sample, or less
    RawFormat format = new RawFormat(RATE, 2, encoding);
    SoundStream raw =
        SoundStreams.raw(new ByteArrayInputStream(bytes), "input", format, RATE, log::add);
    assertThat(all(raw, 9).getFirst().samples()).containsExactly(0.125f, 0.375f);
    assertThat(log).containsExactly("input: ends within a sample, whose 1 bytes are dropped");
  }

  @Test
  void rawSamplesAreResampledAndMadeFinite() {
    byte[] bytes = new byte[4 * 44_100];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(400, Float.NaN);
    SoundStream raw =
        SoundStreams.raw(
            new ByteArrayInputStream(bytes),
            "input",
            new RawFormat(44_100, 1, "f32le"),
            RATE,
            log::add);
    assertThat(all(raw, 9).getFirst().samples()).isEqualTo(new float[RATE]);
    assertThat(log)
        .containsExactly(
            "input: 1 sample of no finite number from -1e10 to 1e10: read as 0; is it really"
                + " f32le?");
  }

  @Test
  void badInput() {
    assertThatThrownBy(() -> new RawFormat(8000, 1, "s16"))
        .hasMessage(
            "format=s16: must be one of u8, s8, s16le, s16be, s24le, s24be, s32le, s32be, f32le,"
                + " f32be, f64le, f64be");
    assertThatThrownBy(() -> new RawFormat(8000, 0, "s16le"))
        .hasMessage("channels=0: must lie within 1 and 64");
    assertThatThrownBy(() -> new RawFormat(8, 1, "s16le"))
        .hasMessage("rateHz=8: must lie within 100 and 768000");
  }
}
