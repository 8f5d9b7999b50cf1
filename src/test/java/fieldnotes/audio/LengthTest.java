package fieldnotes.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Length fields against the file: never less is read in silence than is there. */
class LengthTest {
  private static final int FRAMES = 4000;
  private static final ReadOptions TOLERANT = ReadOptions.all().withTolerateDamage(true);

  @TempDir Path folder;

  private final float[] sound = DecodeTest.sweep(FRAMES, 8000, 9);

  private Path file(String name, byte[]... parts) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return Files.write(folder.resolve(name), all.toByteArray());
  }

  private RawWav wav() {
    return new RawWav(RawWav.INTEGER, 16, 8000, sound);
  }

  private static byte[] chunk(String name, int length, byte[] body) {
    return ByteBuffer.allocate(8 + body.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(name.getBytes(StandardCharsets.ISO_8859_1))
        .putInt(length)
        .put(body)
        .array();
  }

  private static void refused(Path path, String... said) {
    assertThatThrownBy(() -> AudioFiles.read(path))
        .isInstanceOf(AudioException.class)
        .hasMessageStartingWith(path + ": ")
        .hasMessageContainingAll(said);
  }

  @ParameterizedTest
  @CsvSource({
    "36, 0",
    "0, 0",
    "-1, 0",
    "8036, 0",
    "36, 4294967295",
    "-1, 4294967295",
    "-1, 2147479552",
    "-1, 2147483647",
    "-1, 2147483648",
    "-1, 4294967251",
    "0, 8000",
    "36, 8000",
    "4294967295, 8000",
    "17, 8000",
  })
  @DisplayName(
      "a header that was never finished: all that is behind it; the RIFF length is no limit")
  void unfinished(long riff, long data) throws IOException {
    RawWav wav = wav();
    wav.riffBytes = riff;
    wav.dataBytes = data;
    Path path = file("x.wav", wav.bytes());
    Clip clip = AudioFiles.read(path);
    assertThat(clip.length()).isEqualTo(FRAMES);
    assertThat(clip.samples()).isEqualTo(AudioFiles.read(file("y.wav", wav().bytes())).samples());
    assertThat(AudioFiles.probe(path).frames()).isEqualTo(FRAMES);
  }

  @ParameterizedTest
  @CsvSource({"false, 0", "true, 8000", "true, 0", "true, -1", "true, 5000000000"})
  @DisplayName("RF64 with a 64-bit length of 0, all ones, or none")
  void large(boolean table, long data) throws IOException {
    for (String riff : new String[] {"RF64", "BW64"}) {
      RawWav wav = wav();
      wav.riff = riff;
      wav.riffBytes = 0xFFFFFFFFL;
      wav.dataBytes = 0xFFFFFFFFL;
      if (table) {
        ByteBuffer sizes = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
        wav.with("ds64", sizes.putLong(8, data).array());
      }
      Path path = file("x.wav", wav.bytes());
      if (data == 5_000_000_000L) {
        refused(path, "5000000000 bytes of samples, the file has 8000 of them");
      } else {
        assertThat(AudioFiles.read(path).length()).isEqualTo(FRAMES);
      }
      assertThat(AudioFiles.read(path, TOLERANT).length()).isEqualTo(FRAMES);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 4, 44, 4000, 7956, 7990})
  @DisplayName("a length that is too small names both lengths; all can be had")
  void tooSmall(long data) throws IOException {
    RawWav wav = wav();
    wav.dataBytes = data;
    Path path = file("x.wav", wav.bytes());
    refused(
        path,
        "says %s of samples, the file has 8000".formatted(data == 1 ? "1 byte" : data + " bytes"),
        "--tolerate-damage, in Java withTolerateDamage(true)");
    assertThat(AudioFiles.read(path, TOLERANT).length()).isEqualTo(FRAMES);
    assertThat(AudioFiles.probe(path, TOLERANT).frames()).isEqualTo(FRAMES);
  }

  @ParameterizedTest
  @ValueSource(longs = {8001, 8044, 1_000_000, 3_000_000_000L})
  @DisplayName("a length that is too large names both; a length of 3 GB marks no stream")
  void tooLarge(long data) throws IOException {
    RawWav wav = wav();
    wav.dataBytes = data;
    Path path = file("x.wav", wav.bytes());
    refused(path, "truncated: its header says " + data + " bytes of samples, the file has 8000");
    assertThat(AudioFiles.read(path, TOLERANT).length()).isEqualTo(FRAMES);
  }

  @Test
  @DisplayName("chunks, tags, padding and a cut list after the samples are no samples")
  void afterTheSamples() throws IOException {
    byte[] whole = wav().bytes();
    byte[][] ends = {
      chunk("LIST", 6, "INFOxx".getBytes(StandardCharsets.US_ASCII)),
      chunk("abcd", 3, new byte[] {1, 2, 3}),
      chunk("abcd", 3, new byte[] {1, 2, 3, 0}),
      chunk("LIST", 400, new byte[7]),
      new byte[1],
      new byte[3000],
      ("ID3" + "x".repeat(50)).getBytes(StandardCharsets.US_ASCII),
      ("TAG" + "x".repeat(125)).getBytes(StandardCharsets.US_ASCII),
    };
    for (byte[] end : ends) {
      assertThat(AudioFiles.read(file("x.wav", whole, end)).length()).isEqualTo(FRAMES);
    }
    RawWav odd = wav();
    odd.data = Arrays.copyOf(odd.data, 7999);
    byte[] list = chunk("LIST", 4, new byte[4]);
    for (byte[] pad : new byte[][] {new byte[0], new byte[1]}) {
      Path path = file("odd.wav", odd.bytes(), pad, list);
      assertThat(AudioFiles.read(path).length()).isEqualTo(FRAMES - 1);
    }
  }

  @Test
  @DisplayName("no samples and then chunks: empty, not unfinished")
  void none() throws IOException {
    RawWav wav = wav();
    wav.data = new byte[0];
    refused(file("x.wav", wav.bytes(), chunk("LIST", 4, new byte[4])), "holds no samples");
  }

  @Test
  @DisplayName("two files in one, or a second data chunk, are told")
  void second() throws IOException {
    Path twice = file("x.wav", wav().bytes(), wav().bytes());
    refused(twice, "says 8000 bytes of samples, the file has 16044", "comes another file", "split");
    assertThat(AudioFiles.read(twice, TOLERANT).length()).isEqualTo(FRAMES);
    refused(file("y.wav", wav().bytes(), chunk("data", 4, new byte[4])), "comes more samples");
  }

  @Test
  @DisplayName("a length written modulo 4 GiB is completed, with chunks after it too")
  void wrapped() throws IOException {
    Path path = file("x.wav", wav().bytes());
    try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
      sparse.setLength(44 + 8000 + (1L << 32)); // as make-wrapped.sh does: no bytes on the disk
      assertThat(AudioFiles.probe(path).frames()).isEqualTo(FRAMES + (1L << 31));
      sparse.seek(sparse.length());
      sparse.write(chunk("LIST", 4, new byte[4]));
      assertThat(AudioFiles.probe(path).frames()).isEqualTo(FRAMES + (1L << 31));
      Clip end = AudioFiles.read(path, ReadOptions.all().withPart(268_434, 100));
      assertThat(end.startSeconds()).isEqualTo(268_434);
      assertThat(end.samples()).containsOnly(0f);
      sparse.setLength(sparse.length() + 100_000);
    }
    refused(path, "says 8000 bytes of samples, the file has 4295075308");
  }

  /** An AIFF file with these fields. */
  private byte[] aiff(long form, long frames, long ssnd, byte[] end) {
    ByteBuffer b = ByteBuffer.allocate(54 + 2 * FRAMES + end.length);
    b.put("FORM".getBytes(StandardCharsets.US_ASCII)).putInt((int) form);
    b.put("AIFFCOMM".getBytes(StandardCharsets.US_ASCII)).putInt(18).putShort((short) 1);
    b.putInt((int) frames).putShort((short) 16);
    b.put(new byte[] {0x40, 0x0B, (byte) 0xFA, 0, 0, 0, 0, 0, 0, 0}); // 8,000 Hz
    b.put("SSND".getBytes(StandardCharsets.US_ASCII)).putInt((int) ssnd).putLong(0);
    return pcm(b).put(end).array();
  }

  private ByteBuffer pcm(ByteBuffer b) {
    for (float x : sound) {
      b.putShort((short) Math.rint(x * 32768));
    }
    return b;
  }

  private byte[] au(long data) {
    ByteBuffer b = ByteBuffer.allocate(24 + 2 * FRAMES);
    b.put(".snd".getBytes(StandardCharsets.US_ASCII)).putInt(24).putInt((int) data);
    return pcm(b.putInt(3).putInt(8000).putInt(1)).array();
  }

  private byte[] caf(long data) {
    ByteBuffer b = ByteBuffer.allocate(8 + 12 + 32 + 12 + 4 + 2 * FRAMES);
    b.put("caff".getBytes(StandardCharsets.US_ASCII)).putShort((short) 1).putShort((short) 0);
    b.put("desc".getBytes(StandardCharsets.US_ASCII)).putLong(32).putDouble(8000);
    b.put("lpcm".getBytes(StandardCharsets.US_ASCII)).putInt(0).putInt(2).putInt(1).putInt(1);
    b.putInt(16).put("data".getBytes(StandardCharsets.US_ASCII)).putLong(data).putInt(0);
    return pcm(b).array();
  }

  private byte[] wave64(long data) {
    byte[] tail = {
      (byte) 0xF3,
      (byte) 0xAC,
      (byte) 0xD3,
      0x11,
      (byte) 0x8C,
      (byte) 0xD1,
      0,
      (byte) 0xC0,
      0x4F,
      (byte) 0x8E,
      (byte) 0xDB,
      (byte) 0x8A
    };
    byte[] riff = {
      0x2E,
      (byte) 0x91,
      (byte) 0xCF,
      0x11,
      (byte) 0xA5,
      (byte) 0xD6,
      0x28,
      (byte) 0xDB,
      0x04,
      (byte) 0xC1,
      0,
      0
    };
    ByteBuffer b = ByteBuffer.allocate(104 + 2 * FRAMES).order(ByteOrder.LITTLE_ENDIAN);
    b.put("riff".getBytes(StandardCharsets.US_ASCII)).put(riff).putLong(b.capacity());
    b.put("wave".getBytes(StandardCharsets.US_ASCII)).put(tail);
    b.put("fmt ".getBytes(StandardCharsets.US_ASCII)).put(tail).putLong(40);
    b.putShort((short) 1).putShort((short) 1).putInt(8000).putInt(16_000);
    b.putShort((short) 2).putShort((short) 16);
    b.put("data".getBytes(StandardCharsets.US_ASCII)).put(tail).putLong(data);
    return pcm(b).array();
  }

  private void all(Path path) {
    assertThat(AudioFiles.read(path).length()).as(path.toString()).isEqualTo(FRAMES);
    assertThat(AudioFiles.probe(path).frames()).as(path.toString()).isEqualTo(FRAMES);
  }

  @Test
  @DisplayName("AIFF, AU, CAF and Wave64: unfinished headers are read, contradictory ones refused")
  void others() throws IOException {
    byte[] none = {};
    all(file("0.aiff", aiff(8046, FRAMES, 8008, none)));
    for (long ssnd : new long[] {0, 8, 8008, 0xFFFFFFFFL}) {
      all(file("1.aiff", aiff(0, 0, ssnd, none)));
      all(file("2.aiff", aiff(46, 10, ssnd, none)));
    }
    refused(file("3.aiff", aiff(8046, FRAMES, 4008, none)), "says 4000 bytes", "file has 8000");
    refused(file("4.aiff", aiff(8046, FRAMES, 9008, none)), "says 9000 bytes", "file has 8000");
    byte[] second = aiff(8046, FRAMES, 8008, none);
    refused(file("5.aiff", aiff(8046, FRAMES, 8008, second)), "comes another file");
    for (long data : new long[] {0, 8000, 0xFFFFFFFFL}) {
      all(file("x.au", au(data)));
    }
    refused(file("1.au", au(4000)), "says 4000 bytes of samples, the file has 8000");
    refused(file("2.au", au(9000)), "says 9000 bytes of samples, the file has 8000");
    for (long data : new long[] {0, 8004, -1}) {
      all(file("x.caf", caf(data)));
    }
    refused(file("1.caf", caf(4004)), "says 4004 bytes of samples, the file has 8004");
    refused(file("2.caf", caf(9004)), "says 9004 bytes of samples, the file has 8004");
    for (long data : new long[] {0, 24, 8024, -1, Long.MAX_VALUE}) {
      all(file("x.w64", wave64(data)));
    }
    refused(file("1.w64", wave64(4024)), "says 4000 bytes of samples, the file has 8000");
    refused(file("2.w64", wave64(9024)), "says 9000 bytes of samples, the file has 8000");
    for (String name : new String[] {"3.aiff", "4.aiff", "1.au", "2.au", "1.caf", "2.caf"}) {
      assertThat(AudioFiles.read(folder.resolve(name), TOLERANT).length())
          .as(name)
          .isEqualTo(FRAMES);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 4000, 0xFFFFFFFFL})
  @DisplayName("samples that FFmpeg decodes, in a WAVE file: the same")
  void coded(long data) throws IOException {
    RawWav wav = wav();
    wav.codec = 7; // mu-law
    wav.bits = 8;
    wav.align = 1;
    wav.dataBytes = data;
    Path path = file("x.wav", wav.bytes());
    if (data == 4000) {
      refused(path, "says 4000 bytes of samples, the file has 8000");
    } else {
      assertThat(AudioFiles.read(path).length()).isEqualTo(8000);
    }
    assertThat(AudioFiles.read(path, TOLERANT).length()).isEqualTo(8000);
  }

  @Test
  @DisplayName("two MP4 files in one: FFmpeg would read the first only")
  void twoMovies() throws IOException {
    byte[] one =
        Files.readAllBytes(Encoded.ALAC.write(folder.resolve("1.m4a"), 8000, sound, sound));
    refused(file("2.m4a", one, one), "two indexes (moov)", "split it there");
    assertThat(AudioFiles.read(folder.resolve("1.m4a")).length()).isEqualTo(FRAMES);
  }

  @Test
  @DisplayName("the reported file: 66,150 frames behind an unfinished header")
  void reported() {
    Clip clip = AudioFiles.read(Cases.file("audio/riff36_data0.wav"));
    assertThat(clip.sampleRateHz()).isEqualTo(22_050);
    assertThat(clip.samples())
        .hasSize(66_150)
        .isEqualTo(AudioFiles.read(Cases.file("audio/good.wav")).samples());
    Clip off = AudioFiles.read(Cases.file("audio/off44.wav"), TOLERANT);
    assertThat(off.samples()).isEqualTo(clip.samples());
  }
}
