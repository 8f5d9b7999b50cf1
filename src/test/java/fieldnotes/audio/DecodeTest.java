package fieldnotes.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every format that is read: its samples, its length, its parts. */
class DecodeTest {
  @TempDir Path folder;

  /** A rising tone with a little noise, so that no stretch is like another. */
  static float[] sweep(int n, int rate, long seed) {
    Random random = new Random(seed);
    float[] x = new float[n];
    double phase = 0;
    for (int i = 0; i < n; i++) {
      phase += 2 * Math.PI * (200 + 1500.0 * i / n) / rate;
      x[i] = (float) (0.4 * Math.sin(phase) + 0.02 * random.nextGaussian());
    }
    return x;
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 8, 8",
    "1, 16, 16",
    "1, 24, 24",
    "1, 32, 24",
    "3, 32, 24",
    "3, 64, 24",
  })
  @DisplayName("WAVE of every width gives the samples that were put in, to half a step")
  void wav(int codec, int bits, int exactBits) throws IOException {
    float[] left = sweep(2000, 8000, 1);
    float[] right = sweep(2000, 8000, 2);
    double step = codec == RawWav.FLOAT ? 0 : Math.scalb(1.0, -Math.min(exactBits, 24));
    Clip mono = AudioFiles.read(file("m.wav", new RawWav(codec, bits, 8000, left).bytes()));
    assertThat(mono.length()).isEqualTo(2000);
    assertThat(mono.sampleRateHz()).isEqualTo(8000);
    Clip both = AudioFiles.read(file("s.wav", new RawWav(codec, bits, 8000, left, right).bytes()));
    for (int i = 0; i < 2000; i++) {
      assertThat((double) mono.samples()[i]).isCloseTo(left[i], within(1.01 * step));
      double mean = (left[i] + (double) right[i]) / 2;
      assertThat((double) both.samples()[i]).isCloseTo(mean, within(1.01 * step + 3e-8));
    }
  }

  @Test
  @DisplayName("16 bits are divided by 32768, 8 bits by 128 from the middle, 24 by 8388608")
  void fullScale() throws IOException {
    RawWav wav = new RawWav(RawWav.INTEGER, 16, 8000, new float[3]);
    wav.data = new byte[] {0, (byte) 0x80, (byte) 0xFF, 0x7F, 1, 0};
    assertThat(AudioFiles.read(file("16.wav", wav.bytes())).samples())
        .containsExactly(-1f, 32767 / 32768f, 1 / 32768f);
    wav = new RawWav(RawWav.INTEGER, 8, 8000, new float[3]);
    wav.data = new byte[] {0, (byte) 0xFF, (byte) 0x80};
    assertThat(AudioFiles.read(file("8.wav", wav.bytes())).samples())
        .containsExactly(-1f, 127 / 128f, 0f);
    wav = new RawWav(RawWav.INTEGER, 24, 8000, new float[2]);
    wav.data = new byte[] {0, 0, (byte) 0x80, (byte) 0xFF, (byte) 0xFF, 0x7F};
    assertThat(AudioFiles.read(file("24.wav", wav.bytes())).samples())
        .containsExactly(-1f, 8388607 / 8388608f);
  }

  @Test
  @DisplayName("floats beyond full scale are kept")
  void loudFloats() throws IOException {
    float[] loud = {2.5f, -3f, 1e-30f};
    Path path = file("f.wav", new RawWav(RawWav.FLOAT, 32, 8000, loud).bytes());
    assertThat(AudioFiles.read(path).samples()).containsExactly(loud);
  }

  @Test
  @DisplayName("chunks before the data, odd ones too, extensible headers and RF64 are read")
  void otherHeaders() throws IOException {
    float[] x = {0.5f, -0.5f, 0.25f};
    RawWav wav =
        new RawWav(RawWav.INTEGER, 16, 8000, x).with("LIST", new byte[7]).with("bext", new byte[9]);
    assertThat(AudioFiles.read(file("a.wav", wav.bytes())).samples()).containsExactly(x);
    wav = new RawWav(RawWav.INTEGER, 24, 8000, x);
    wav.codec = RawWav.EXTENSIBLE;
    assertThat(AudioFiles.read(file("b.wav", wav.bytes())).samples()).containsExactly(x);
    wav = new RawWav(RawWav.INTEGER, 16, 8000, x);
    byte[] sizes = new byte[28];
    sizes[8] = 6; // the data's true size
    wav.with("ds64", sizes);
    wav.riff = "RF64";
    wav.dataBytes = 0xFFFFFFFFL;
    wav.riffBytes = 0xFFFFFFFFL;
    assertThat(AudioFiles.read(file("c.wav", wav.bytes())).samples()).containsExactly(x);
    wav = new RawWav(RawWav.INTEGER, 16, 8000, x); // as a program writes it into a pipe
    wav.dataBytes = 0xFFFFFFFFL;
    wav.riffBytes = 0xFFFFFFFFL;
    assertThat(AudioFiles.read(file("d.wav", wav.bytes())).samples()).containsExactly(x);
  }

  @Test
  @DisplayName("many channels become their mean")
  void manyChannels() throws IOException {
    float[][] channels = new float[64][500];
    double[] mean = new double[500];
    for (int c = 0; c < 64; c++) {
      channels[c] = sweep(500, 8000, c);
      for (int i = 0; i < 500; i++) {
        mean[i] += channels[c][i] / 64.0;
      }
    }
    Clip wav = AudioFiles.read(file("64.wav", new RawWav(3, 32, 8000, channels).bytes()));
    float[][] six = Arrays.copyOf(channels, 6);
    Clip flac = AudioFiles.read(Encoded.FLAC24.write(folder.resolve("6.flac"), 8000, six));
    Clip sixWav = AudioFiles.read(file("6.wav", new RawWav(1, 24, 8000, six).bytes()));
    assertThat(AudioFiles.probe(folder.resolve("6.flac")).channels()).isEqualTo(6);
    assertThat(wav.length()).isEqualTo(500);
    for (int i = 0; i < 500; i++) {
      assertThat((double) wav.samples()[i]).isCloseTo(mean[i], within(1e-6));
      assertThat(flac.samples()[i]).isCloseTo(sixWav.samples()[i], within(1e-7f));
    }
  }

  /** How near a coded sound is: the error against the sound, in dB. */
  private static double errorDb(float[] got, float[] wanted, int from, int to) {
    double error = 0;
    double power = 0;
    for (int i = from; i < to; i++) {
      error += (got[i] - wanted[i]) * (double) (got[i] - wanted[i]);
      power += wanted[i] * (double) wanted[i];
    }
    return 10 * Math.log10(error / power);
  }

  @ParameterizedTest
  @EnumSource(
      value = Encoded.class,
      names = "WMA", // of the delay of its encoder the file says nothing
      mode = EnumSource.Mode.EXCLUDE)
  @DisplayName("every coded format comes at its rate, in its place, and near the original")
  void coded(Encoded kind) {
    int rate = kind == Encoded.OPUS || kind == Encoded.MKA ? 48_000 : 44_100;
    int n = rate * 2;
    float[] x = sweep(n, rate, 3);
    Path path = kind.write(folder.resolve("x." + kind.extension()), rate, x, x);
    AudioInfo info = AudioFiles.probe(path);
    assertThat(info.channels()).isEqualTo(2);
    Clip clip = AudioFiles.read(path);
    assertThat(clip.sampleRateHz()).isEqualTo(rate);
    boolean lossless =
        kind == Encoded.FLAC
            || kind == Encoded.FLAC24
            || kind == Encoded.ALAC
            || kind == Encoded.ALAC_CAF
            || kind == Encoded.AIFF
            || kind == Encoded.AVI
            || kind == Encoded.TTA
            || kind == Encoded.WV;
    // AAC tells of no padding in ADTS, alone or in MPEG-TS; in M4A its last block is filled up.
    boolean adts = kind == Encoded.AAC || kind == Encoded.TS;
    int longer = adts || kind == Encoded.M4A ? 3 * 1024 : 0;
    if (kind == Encoded.OGG || kind == Encoded.MKA) {
      longer = 4096; // these encoders do not mark where the sound ends in the last block
    }
    assertThat(clip.length()).isBetween(n, n + longer);
    if (info.exact()) {
      assertThat(info.frames()).isEqualTo(clip.length());
    }
    int shift = adts ? 1024 : 0; // its encoder's delay, of which ADTS says nothing
    float[] got = Arrays.copyOfRange(clip.samples(), shift, shift + n);
    double most = lossless ? kind == Encoded.FLAC24 || kind == Encoded.WV ? -120 : -80 : -18;
    assertThat(errorDb(got, x, rate / 10, n - rate / 10)).as("dB").isLessThan(most);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(Encoded.class)
  @DisplayName("a part is the same samples as in the whole")
  void parts(Encoded kind) throws IOException {
    int rate = kind == Encoded.OPUS || kind == Encoded.MKA ? 48_000 : 22_050;
    int n = (int) (rate * 5.7);
    float[] x = sweep(n, rate, 4);
    Path path = kind.write(folder.resolve("x." + kind.extension()), rate, x, x);
    float[] whole = AudioFiles.read(path).samples();
    Random random = new Random(11);
    double[][] some = {{0, 0.01}, {5.3, 10}, {0.5, 1}, {4.1, 0.2}, {0, 5}, {0, 0}, {0, 0}};
    for (double[] part : some) {
      double from = part[1] == 0 ? random.nextDouble() * 5.5 : part[0];
      double seconds = part[1] == 0 ? 0.001 + random.nextDouble() : part[1];
      Clip clip = AudioFiles.read(path, ReadOptions.all().withPart(from, seconds));
      int first = (int) (from * rate);
      int last = Math.min(whole.length, first + (int) (seconds * rate));
      float[] wanted = Arrays.copyOfRange(whole, first, last);
      assertThat(clip.startSeconds()).isEqualTo(first / (double) rate);
      assertThat(clip.length()).as("from %s for %s s", from, seconds).isEqualTo(wanted.length);
      assertThat(Arrays.mismatch(clip.samples(), wanted)).as("from %s", from).isEqualTo(-1);
    }
    double beyond = whole.length / (double) rate + 1;
    assertThatThrownBy(() -> AudioFiles.read(path, ReadOptions.all().withPart(beyond, 1)))
        .isInstanceOf(AudioException.class)
        .hasMessageContaining("the part begins at");
  }

  @Test
  @DisplayName("a file is known by its content, not by its name")
  void wrongName() {
    float[] x = sweep(8000, 8000, 5);
    Path path = Encoded.FLAC.write(folder.resolve("x.flac"), 8000, x);
    Path other = folder.resolve("x.mp3");
    assertThat(path.toFile().renameTo(other.toFile())).isTrue();
    assertThat(AudioFiles.read(other).length()).isEqualTo(8000);
    assertThat(AudioFiles.probe(other).container()).isEqualTo("flac");
  }

  @Test
  @DisplayName("reading at another rate is reading and then resampling")
  void resampled() {
    float[] x = sweep(44_100, 44_100, 6);
    Path path = Encoded.FLAC.write(folder.resolve("x.flac"), 44_100, x, x);
    Clip whole = AudioFiles.read(path);
    assertThat(AudioFiles.read(path, ReadOptions.of(22_050)).samples())
        .isEqualTo(whole.resampled(22_050).samples());
  }

  @Test
  @DisplayName("what is no sound is refused with what it looks like")
  void noSound() throws IOException {
    refused("empty.wav", new byte[0], "empty: it has 0 bytes");
    refused("text.wav", "This is a letter, not a sound.\n".repeat(40), "it looks like text");
    refused("list.tsv", "path\tlabel\na.wav\tx\n", "text; lists of sound files end in .csv, .m3u,");
    refused("page.mp3", "<!doctype html><html><body>Not found</body></html>", "looks like text");
    refused("x.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0}, "PNG picture");
    refused("zeros.mp3", new byte[5000], "5000 bytes that begin with zeros");
    refused("one.wav", new byte[] {7}, "not a sound file");
    assertThatThrownBy(() -> AudioFiles.read(folder)).hasMessageContaining("a folder, not a file");
    assertThatThrownBy(() -> AudioFiles.read(folder.resolve("none.wav")))
        .hasMessage(folder.resolve("none.wav") + ": there is no such file");
  }

  private void refused(String name, Object content, String why) throws IOException {
    byte[] bytes =
        content instanceof byte[] b ? b : ((String) content).getBytes(StandardCharsets.UTF_8);
    Path path = file(name, bytes);
    assertThatThrownBy(() -> AudioFiles.read(path))
        .as(name)
        .isInstanceOf(AudioException.class)
        .hasMessageStartingWith(path.toString())
        .hasMessageContaining(why);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(
      value = Encoded.class,
      names = {"AAC", "WV"},
      mode = EnumSource.Mode.EXCLUDE)
  @DisplayName("a file that is cut short is noticed; what is there can be had")
  void cutShort(Encoded kind) throws IOException {
    int rate = kind == Encoded.OPUS || kind == Encoded.MKA ? 48_000 : 22_050;
    float[] x = sweep(rate * 6, rate, 7);
    Path path = kind.write(folder.resolve("x." + kind.extension()), rate, x, x);
    byte[] bytes = Files.readAllBytes(path);
    for (double part : new double[] {0.3, 0.6, 0.9}) {
      Path cut = file("cut." + kind.extension(), Arrays.copyOf(bytes, (int) (part * bytes.length)));
      assertThatThrownBy(() -> AudioFiles.read(cut))
          .as("%s of it", part)
          .isInstanceOf(AudioException.class)
          .hasMessageContaining(cut.toString());
      if (kind != Encoded.M4A && !kind.name().startsWith("ALAC")) { // their index stands at the end
        Clip there = AudioFiles.read(cut, ReadOptions.all().withTolerateDamage(true));
        assertThat(there.durationSeconds()).isBetween(6 * part - 1.5, 6 * part + 0.5);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"NaN, NaN", "Infinity, Infinity", "-Infinity, -Infinity"})
  @DisplayName("a sample that is no finite number is refused with its place")
  void notFinite(float bad, String said) throws IOException {
    float[] x = sweep(4000, 8000, 8);
    x[2000] = bad;
    Path path = file("x.wav", new RawWav(RawWav.FLOAT, 32, 8000, x).bytes());
    assertThatThrownBy(() -> AudioFiles.read(path))
        .hasMessageContaining("sample 2000 (at 0.2500 s) is " + said);
    Clip clip = AudioFiles.read(path, ReadOptions.all().withTolerateDamage(true));
    assertThat(clip.samples()[2000]).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 8000, its header says 0 channels",
    "1, 1, its header says 1 samples a second",
    "1, 0, its header says 0 samples a second",
    "1, -294967296, its header says 4000000000 samples a second",
  })
  @DisplayName("headers that cannot be are refused by what they say")
  void impossibleHeaders(int channels, int rate, String why) throws IOException {
    RawWav wav = new RawWav(RawWav.INTEGER, 16, 8000, new float[100]);
    wav.channels = channels;
    wav.rate = rate;
    refused("x.wav", wav.bytes(), why);
  }

  @Test
  @DisplayName("one sample is a clip; none is refused")
  void oneAndNone() throws IOException {
    Path one = file("1.wav", new RawWav(1, 16, 8000, new float[] {0.5f}).bytes());
    assertThat(AudioFiles.read(one).samples()).containsExactly(0.5f);
    assertThat(AudioFiles.read(one, ReadOptions.of(22_050)).length()).isEqualTo(3);
    refused("0.wav", new RawWav(1, 16, 8000, new float[0]).bytes(), "holds no samples");
  }

  @Test
  @DisplayName("a file that is too long for the memory allowed is refused before it fills it")
  void tooLong() throws IOException {
    Path path = file("x.wav", new RawWav(1, 8, 8000, new float[100_000]).bytes());
    assertThatThrownBy(() -> AudioFiles.read(path, ReadOptions.all().withMaxBytes(100_000)))
        .isInstanceOf(AudioException.class)
        .hasMessageContaining("100,000 samples (0.0 hours) at once are over the limit")
        .hasMessageContaining("withPart");
  }
}
