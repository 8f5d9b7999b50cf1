package fieldnotes.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Headers of AIFF, AU, CAF, Wave64 and big-endian WAVE files: the right samples, or what
 * contradicts what.
 */
class SoundHeaderTest {
  private static final int FRAMES = 500;
  private static final ReadOptions TOLERANT = ReadOptions.all().withTolerateDamage(true);

  @TempDir Path folder;

  /** Samples that 8 bits hold. */
  private static float sample(int i) {
    return (i % 200 - 100) / 128f;
  }

  private static float[] ramp(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = sample(i);
    }
    return x;
  }

  /** A header to be written, with fields that can be wrong. */
  private enum Kind {
    AIFF,
    SOWT,
    AU,
    CAF,
    W64,
    RIFX
  }

  private int channels = 1;
  private int bits = 16;
  private int rate = 8000;
  private int frames = FRAMES;
  private int packet = -1;

  private byte[] bytes(Kind kind, int width) {
    ByteBuffer b = ByteBuffer.allocate(1 << 14);
    int data = FRAMES * width;
    switch (kind) {
      case AIFF, SOWT -> {
        boolean plain = kind == Kind.AIFF;
        text(b, "FORM").putInt((plain ? 46 : 50) + data);
        text(b, plain ? "AIFFCOMM" : "AIFCCOMM").putInt(plain ? 18 : 22);
        b.putShort((short) channels).putInt(frames).putShort((short) bits);
        int exponent = rate == 0 ? 0 : 31 - Integer.numberOfLeadingZeros(rate);
        b.putShort((short) (rate == 0 ? 0 : 16_383 + exponent));
        b.putLong((long) rate << (63 - exponent));
        text(b, plain ? "SSND" : "sowtSSND").putInt(8 + data).putLong(0);
      }
      case AU -> {
        text(b, ".snd").putInt(24).putInt(data).putInt(encoding());
        b.putInt(rate).putInt(channels);
      }
      case CAF -> {
        text(b, "caff").putInt(0x10000);
        text(b, "desc").putLong(32).putDouble(rate);
        text(b, "lpcm").putInt(0).putInt(packet < 0 ? width : packet).putInt(1);
        b.putInt(channels).putInt(bits);
        text(b, "data").putLong(4 + data).putInt(0);
      }
      case W64 -> {
        b.order(ByteOrder.LITTLE_ENDIAN);
        guid(guid(b, "riff", 0xCF, 0x912E).putLong(0), "wave", 0xD3, 0xACF3);
        guid(b, "fmt ", 0xD3, 0xACF3).putLong(40);
        wave(b, width);
        guid(b, "data", 0xD3, 0xACF3).putLong(24 + data);
      }
      case RIFX -> {
        text(b, "RIFX").putInt(36 + data);
        text(b, "WAVEfmt ").putInt(16);
        wave(b, width);
        text(b, "data").putInt(data);
      }
    }
    b.order(kind == Kind.W64 || kind == Kind.SOWT ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    for (int i = 0; i < FRAMES; i++) {
      put(b, Math.round(sample(i) * Integer.MIN_VALUE * -1.0), width, kind == Kind.RIFX);
    }
    return Arrays.copyOf(b.array(), b.position());
  }

  private static void put(ByteBuffer b, long full, int width, boolean unsigned) {
    boolean big = b.order() == ByteOrder.BIG_ENDIAN;
    for (int k = 0; k < width; k++) {
      int shift = 8 * (4 - width + (big ? width - 1 - k : k));
      b.put((byte) ((full >> shift) + (width == 1 && unsigned ? 128 : 0)));
    }
  }

  private int encoding() {
    return bits / 8 + 1;
  }

  private void wave(ByteBuffer b, int width) {
    b.putShort((short) 1).putShort((short) channels).putInt(rate).putInt(rate * width);
    b.putShort((short) width).putShort((short) bits);
  }

  private static ByteBuffer text(ByteBuffer b, String text) {
    return b.put(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static ByteBuffer guid(ByteBuffer b, String name, int mark, int second) {
    text(b, name).putShort((short) second).put((byte) mark).put((byte) 0x11);
    return b.putLong(0x8ADB8E4FC000D18CL);
  }

  private Path file(byte[]... parts) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return Files.write(folder.resolve("x"), all.toByteArray());
  }

  private void right(Path path, int n) {
    assertThat(AudioFiles.read(path).samples()).containsExactly(ramp(n));
    assertThat(AudioFiles.probe(path).frames()).isEqualTo(n);
    assertThat(AudioFiles.probe(path).exact()).isTrue();
  }

  private static void refused(Path path, String... said) {
    assertThatThrownBy(() -> AudioFiles.read(path))
        .isInstanceOf(AudioException.class)
        .hasMessageStartingWith(path + ": ")
        .hasMessageContainingAll(said);
    assertThatThrownBy(() -> AudioFiles.probe(path)).hasMessageContainingAll(said);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @DisplayName("samples of 8, 16, 24 and 32 bits, in either byte order, behind an ID3 tag too")
  void widths(Kind kind) throws IOException {
    for (int width : new int[] {1, 2, 3, 4}) {
      if (width == 1 && (kind == Kind.W64 || kind == Kind.SOWT)) {
        continue;
      }
      bits = 8 * width;
      byte[] all = bytes(kind, width);
      right(file(all), FRAMES);
      byte[] tag = new byte[10 + 7];
      text(ByteBuffer.wrap(tag), "ID3").put((byte) 3).put(9, (byte) 7);
      right(file(tag, all), FRAMES);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-1, 0", "1000, 0", "-1, 1", "500, 2", "2000, 3"})
  @DisplayName("RIFX: a length that is 0, unknown, right, too small, too large")
  void rifx(int length, int wrong) throws IOException {
    byte[] all = bytes(Kind.RIFX, 2);
    ByteBuffer.wrap(all).putInt(40, length);
    Path path = file(all);
    if (wrong < 2) {
      right(path, FRAMES);
    } else {
      refused(path, "says %d bytes of samples, the file has 1000".formatted(length), "--tolerate");
      assertThat(AudioFiles.read(path, TOLERANT).samples()).containsExactly(ramp(FRAMES));
    }
  }

  @Test
  @DisplayName("RIFX with another codec is refused with a way out")
  void rifxCoded() throws IOException {
    byte[] all = bytes(Kind.RIFX, 2);
    ByteBuffer.wrap(all).putShort(20, (short) 0x55);
    refused(file(all), "big-endian WAVE file (RIFX) with codec 85", "ordinary WAVE file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dns.", "\0ds."})
  @DisplayName("a little-endian AU file: 16 bits, 8 bits, mu-law, cut, and another one behind it")
  void littleAu(String magic) throws IOException {
    byte[] samples = new byte[2 * FRAMES];
    ByteBuffer b = ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN);
    for (float x : ramp(FRAMES)) {
      b.putShort((short) (x * 32768));
    }
    byte[] head = new byte[24];
    ByteBuffer h = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    text(h, magic).putInt(24).putInt(samples.length).putInt(3).putInt(8000).putInt(1);
    right(file(head, samples), FRAMES);
    refused(file(head, Arrays.copyOf(samples, 600)), "truncated", "the file has 600 of them");
    refused(file(head, samples, head, samples), "comes another file; split it there");
    h.putInt(12, 1);
    byte[] law = new byte[samples.length];
    Arrays.fill(law, (byte) 0x80); // the largest
    assertThat(AudioFiles.read(file(head, law)).samples())
        .hasSize(1000)
        .containsOnly(32124 / 32768f);
  }

  @ParameterizedTest
  @CsvSource({
    "AIFF, 8, 1, 1 channel of 8 bits make 1 byte per frame; 500 frames in 1000 bytes of samples make 2",
    "AIFF, 7, 1, 1 channel of 7 bits make 1 byte per frame; 500 frames in 1000 bytes of samples make 2",
    "AIFF, 24, 1, 1 channel of 24 bits make 3 bytes per frame; 500 frames in 1000",
    "AIFF, 33, 1, 1 channel of 33 bits make 5 bytes per frame; 500 frames in 1000",
    "AIFF, 16, 2, 2 channels of 16 bits make 4 bytes per frame; 500 frames in 1000",
    "SOWT, 16, 2, 2 channels of 16 bits make 4 bytes per frame; 500 frames in 1000",
    "CAF, 8, 1, 1 channel of 8 bits make 1 byte per frame; its packet is 2 bytes",
    "CAF, 24, 1, 1 channel of 24 bits make 3 bytes per frame; its packet is 2 bytes",
    "CAF, 16, 2, 2 channels of 16 bits make 4 bytes per frame; its packet is 2 bytes",
    "W64, 8, 1, 1 channel of 8 bits make 1 byte per frame; its block is 2 bytes; byte rate 16000",
    "W64, 24, 1, 1 channel of 24 bits make 3 bytes per frame; its block is 2 bytes",
    "W64, 16, 2, 2 channels of 16 bits make 4 bytes per frame; its block is 2 bytes",
    "RIFX, 24, 1, 1 channel of 24 bits make 3 bytes per frame; its block is 2 bytes",
  })
  @DisplayName("16-bit samples with other bits or channels in the header: both are named")
  void contradictions(Kind kind, int bits, int channels, String said) throws IOException {
    this.bits = bits;
    this.channels = channels;
    Path path = file(bytes(kind, 2));
    refused(path, "its header contradicts itself: ");
    refused(path, said.split("; "));
    boolean readable = bits <= 32;
    assertThatThrownBy(() -> AudioFiles.read(path))
        .satisfies(e -> assertThat(e.getMessage().contains("--tolerate")).isEqualTo(readable));
    if (readable) {
      int n = 1000 / (channels * ((bits + 7) / 8));
      assertThat(AudioFiles.read(path, TOLERANT).length()).isEqualTo(n);
      assertThat(AudioFiles.probe(path, TOLERANT).frames()).isEqualTo(n);
    }
  }

  @Test
  @DisplayName("where two fields agree against a third, the samples are right")
  void settled() throws IOException {
    bits = 0;
    for (Kind kind : new Kind[] {Kind.AIFF, Kind.CAF, Kind.W64, Kind.RIFX, Kind.SOWT}) {
      right(file(bytes(kind, 2)), FRAMES);
    }
    for (int wrong : new int[] {8, 24, 33}) {
      bits = wrong; // sowt is 16 bits
      right(file(bytes(Kind.SOWT, 2)), FRAMES);
    }
    bits = 16;
    packet = 0;
    right(file(bytes(Kind.CAF, 2)), FRAMES);
    for (int count : new int[] {0, 7, 499, -1}) {
      frames = count;
      right(file(bytes(Kind.AIFF, 2)), FRAMES);
    }
    frames = 600;
    refused(file(bytes(Kind.AIFF, 2)), "truncated: it should have 600 samples, the file has 500");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @DisplayName("0 channels, and 0 samples a second")
  void none(Kind kind) throws IOException {
    channels = 0;
    refused(file(bytes(kind, 2)), "its header says 0 channels");
    channels = 1;
    rate = 0;
    refused(file(bytes(kind, 2)), "its header says 0 samples a second: allowed are 100 to 1000000");
  }

  @ParameterizedTest
  @CsvSource({"0, contradicts itself: the samples begin at byte 0", "23, at byte 23", "9999, 9999"})
  @DisplayName("AU: samples that begin within the header, or behind the file")
  void offset(int offset, String said) throws IOException {
    byte[] all = bytes(Kind.AU, 2);
    ByteBuffer.wrap(all).putInt(4, offset);
    Path path = file(all);
    refused(path, said);
    if (offset < 24) {
      assertThat(AudioFiles.read(path, TOLERANT).length()).isEqualTo(FRAMES);
    }
  }

  @Test
  @DisplayName("SoX's own format: in either byte order; another file behind; a wrong length")
  void sox() throws IOException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      ByteBuffer b = ByteBuffer.allocate(48 + 4 * FRAMES).order(order);
      text(b, order == ByteOrder.LITTLE_ENDIAN ? ".SoX" : "XoS.").putInt(44).putLong(FRAMES);
      b.putDouble(8000).putInt(1).putInt(16).position(48);
      for (float x : ramp(FRAMES)) {
        b.putInt((int) (x * 0x1p31f));
      }
      right(file(b.array()), FRAMES);
      refused(file(b.array(), b.array()), "after them comes another file; split it there");
      refused(
          file(Arrays.copyOf(b.array(), 1048)), "says 2000 bytes of samples, the file has 1000");
      right(file(b.putLong(8, 0).array()), FRAMES);
      refused(file(b.putInt(24, 0).array()), "its header says 0 channels");
    }
  }

  /** A CAF file with Apple Lossless, whose table of packets stands behind the samples. */
  private byte[] lossless() throws IOException {
    float[] x = DecodeTest.sweep(20_000, 22_050, 2);
    return Files.readAllBytes(Encoded.ALAC_CAF.write(folder.resolve("x.caf"), 22_050, x));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 100, 1 << 20, 1L << 60})
  @DisplayName("Apple Lossless in CAF: a wrong length of the samples leaves the table behind them")
  void table(long length) throws IOException {
    byte[] all = lossless();
    float[] whole = AudioFiles.read(file(all)).samples();
    assertThat(whole).hasSize(20_000);
    String text = new String(all, StandardCharsets.ISO_8859_1);
    ByteBuffer.wrap(all).putLong(text.indexOf("data") + 4, length);
    Path path = file(all);
    if (length > 0) {
      refused(path, "its header says %d bytes of samples".formatted(length), "--tolerate-damage");
    }
    assertThat(AudioFiles.read(path, TOLERANT).samples()).containsExactly(whole);
    if (length <= 0) {
      assertThat(AudioFiles.read(path).samples()).containsExactly(whole);
    }
  }

  @Test
  @DisplayName("Apple Lossless in CAF with something behind the table; without the table")
  void appended() throws IOException {
    byte[] all = lossless();
    Path longer = file(all, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14});
    refused(longer, "something was appended", "--tolerate-damage");
    assertThat(AudioFiles.read(longer, TOLERANT).length()).isEqualTo(20_000);
    Path cut = file(Arrays.copyOf(all, all.length / 2));
    refused(cut, "truncated: its header says");
    assertThatThrownBy(() -> AudioFiles.read(cut)).message().doesNotContain("--tolerate-damage");
  }

  @ParameterizedTest
  @CsvSource({"3, 16, 2", "3, 24, 3", "1, 33, 2", "1, 65535, 2"})
  @DisplayName("WAVE: tolerating is named only where it helps")
  void remedies(int codec, int bits, int align) throws IOException {
    RawWav wav = new RawWav(RawWav.INTEGER, 8 * align, 8000, ramp(FRAMES));
    wav.codec = codec;
    wav.bits = bits;
    Path path = file(wav.bytes());
    refused(path, "its header contradicts itself");
    assertThatThrownBy(() -> AudioFiles.read(path)).message().doesNotContain("--tolerate-damage");
    assertThatThrownBy(() -> AudioFiles.read(path, TOLERANT)).isInstanceOf(AudioException.class);
  }
}
