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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damage within coded sound is named, and what is none is read. The files of {@code audio/checked}
 * are tones of 2.1 s at 8 kHz, and of 1 s at 32 kHz (AC-3), by the encoders of FFmpeg 5.1 and
 * WavPack 5.6.
 */
class DamageTest {
  private static final Path CHECKED = Path.of("src/test/resources/audio/checked");
  private static final ReadOptions TOLERANT = ReadOptions.all().withTolerateDamage(true);

  @TempDir Path folder;

  private Path file(String name, byte[]... parts) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return Files.write(folder.resolve(name), all.toByteArray());
  }

  private static byte[] checked(String name) throws IOException {
    return Files.readAllBytes(CHECKED.resolve(name));
  }

  private byte[] coded(Encoded kind, int seconds, int rate) throws IOException {
    float[] x = DecodeTest.sweep(seconds * rate, rate, 3);
    return Files.readAllBytes(kind.write(folder.resolve("whole"), rate, x, x));
  }

  private static void damaged(Path path, String said) {
    assertThatThrownBy(() -> AudioFiles.read(path))
        .isInstanceOf(AudioException.class)
        .hasMessageMatching("(?s).*: damaged after \\d+\\.\\d\\d s: .*")
        .hasMessageContaining("--tolerate-damage")
        .hasMessageContaining(said);
  }

  /** One bit of the middle half of a file is another, many times over. */
  private void oneBit(byte[] whole, String name, int times, String said) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < times; i++) {
      byte[] x = whole.clone();
      x[x.length / 4 + random.nextInt(x.length / 2)] ^= (byte) (1 << random.nextInt(8));
      Path path = file(i + name, x);
      try {
        assertThat(AudioFiles.read(path, TOLERANT).length()).isPositive();
        damaged(path, said);
      } catch (AudioException e) {
        assertThat(e.reason()).isEqualTo("holds no samples"); // one frame, and that is damaged
        assertThatThrownBy(() -> AudioFiles.read(path))
            .hasMessageContaining(said)
            .message()
            .doesNotContain("--tolerate-damage");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.tta", "x.wv", "x.ac3", "x.eac3"})
  @DisplayName("one wrong bit in a format with checksums is damage")
  void checksums(String name) throws IOException {
    byte[] whole = checked(name);
    assertThat(AudioFiles.read(file(name, whole)).length()).isIn(16_800, 32_256);
    oneBit(whole, name, 12, "");
  }

  @ParameterizedTest
  @EnumSource(
      value = Encoded.class,
      names = {"FLAC", "FLAC24", "WV"})
  @DisplayName("so it is in FLAC and WavPack of two and more frames")
  void losslessChecksums(Encoded kind) throws IOException {
    oneBit(coded(kind, 3, 22_050), "x." + kind.extension(), 12, "");
  }

  @ParameterizedTest
  @EnumSource(
      value = Encoded.class,
      names = {"OGG", "OPUS"})
  @DisplayName("and in the pages of Ogg, the first with sound too")
  void oggChecksums(Encoded kind) throws IOException {
    byte[] whole = coded(kind, 3, 48_000);
    oneBit(whole, "x." + kind.extension(), 12, "the checksum of an Ogg page is wrong");
    List<Integer> pages = pages(whole);
    byte[] first = whole.clone();
    first[pages.get(2) + 100] ^= 4;
    Path path = file("first.ogg", first);
    damaged(path, "damaged after 0.00 s: the checksum of an Ogg page is wrong");
    ReadOptions part = ReadOptions.all().withPart(2, 0.5); // its place would be another
    assertThatThrownBy(() -> AudioFiles.read(path, part)).hasMessageContaining("checksum");
  }

  /** Where the pages of an Ogg file begin. */
  private static List<Integer> pages(byte[] ogg) {
    List<Integer> pages = new ArrayList<>();
    int at = 0;
    while (at < ogg.length) {
      pages.add(at);
      int segments = ogg[at + 26] & 0xFF;
      int next = at + 27 + segments;
      for (int i = 0; i < segments; i++) {
        next += ogg[at + 27 + i] & 0xFF;
      }
      at = next;
    }
    return pages;
  }

  @Test
  @DisplayName("an Ogg page that is missing, twice there, or behind other bytes is named")
  void oggPages() throws IOException {
    byte[] whole = coded(Encoded.OPUS, 5, 48_000);
    List<Integer> pages = pages(whole);
    assertThat(pages).hasSizeGreaterThan(6);
    int from = pages.get(3);
    int to = pages.get(4);
    byte[] before = Arrays.copyOf(whole, from);
    byte[] page = Arrays.copyOfRange(whole, from, to);
    byte[] after = Arrays.copyOfRange(whole, to, whole.length);
    Path missing = file("a.opus", before, after);
    damaged(missing, "an Ogg page is missing");
    int length = AudioFiles.read(file("whole.opus", whole)).length();
    assertThat(AudioFiles.read(missing, TOLERANT).length()).isBetween(length / 2, length - 40_000);
    damaged(file("b.opus", before, page, page, after), "its Ogg pages are out of order");
    byte[] junk = "no page".repeat(50).getBytes(StandardCharsets.US_ASCII);
    damaged(file("c.opus", before, page, junk, after), "bytes that are no Ogg page");
    assertThat(AudioFiles.read(file("d.opus", whole, junk)).length()).isEqualTo(length);
  }

  @Test
  @DisplayName("a recording from the middle of a broadcast is whole: headers, then any page")
  void broadcast() throws IOException {
    byte[] whole = coded(Encoded.OGG, 5, 22_050);
    List<Integer> pages = pages(whole);
    assertThat(pages).hasSizeGreaterThan(4);
    byte[] rest = Arrays.copyOfRange(whole, pages.get(3), whole.length);
    Path path = file("x.ogg", Arrays.copyOf(whole, pages.get(2)), rest);
    assertThat(AudioFiles.read(path).length()).isBetween(22_050, 5 * 22_050 - 1);
  }

  /** MP3 frames without a tag that counts them. */
  private static byte[] mp3() {
    return Mp3.encode(Clip.of("x", DecodeTest.sweep(66_150, 22_050, 5), 22_050)).orElseThrow();
  }

  @Test
  @DisplayName("bytes within an MP3 that are no frame are damage; tags and padding are none")
  void mp3Junk() throws IOException {
    byte[] whole = mp3();
    int length = AudioFiles.read(file("whole.mp3", whole)).length();
    int middle = whole.length / 2;
    byte[] overwritten = whole.clone();
    for (int i = 0; i < 600; i++) {
      overwritten[middle + i] = (byte) (i * 73 + 41);
    }
    Path path = file("a.mp3", overwritten);
    damaged(path, "bytes that are no MP3 frame stand between its frames");
    assertThat(AudioFiles.read(path, TOLERANT).length()).isBetween(length - 6000, length - 576);
    byte[] first = Arrays.copyOf(whole, middle);
    damaged(file("b.mp3", first, Arrays.copyOfRange(whole, middle + 1500, whole.length)), "MP3");
    byte[] rest = Arrays.copyOfRange(whole, middle, whole.length);
    damaged(file("c.mp3", first, new byte[50_000], rest), "MP3");
    assertThatThrownBy(() -> AudioFiles.read(path, ReadOptions.all().withPart(2.5, 0.2)))
        .hasMessageContaining("no MP3 frame");
    byte[] text = "Z".repeat(777).getBytes(StandardCharsets.US_ASCII);
    for (byte[] harmless : new byte[][] {text, new byte[20_000], id3(), ape()}) {
      assertThat(AudioFiles.read(file("d.mp3", whole, harmless)).length()).isEqualTo(length);
    }
    byte[] id3v2 = "ID3\3\0\0\0\0\0\n0123456789".getBytes(StandardCharsets.ISO_8859_1);
    for (byte[] harmless : new byte[][] {{}, new byte[4000], id3v2, id3(), ape()}) {
      assertThat(AudioFiles.read(file("e.mp3", whole, harmless, whole)).length())
          .isBetween(2 * length - 1152, 2 * length);
    }
  }

  @Test
  @DisplayName("so it is in AAC")
  void aacJunk() throws IOException {
    byte[] whole = coded(Encoded.AAC, 3, 22_050);
    int length = AudioFiles.read(file("whole.aac", whole)).length();
    byte[] sync = whole.clone();
    int at = whole.length / 2;
    while ((sync[at] & 0xFF) != 0xFF || sync[at + 1] != whole[1] || sync[at + 2] != whole[2]) {
      at++;
    }
    sync[at] ^= 8;
    Path path = file("a.aac", sync);
    damaged(path, "bytes that are no AAC frame stand between its frames");
    assertThat(AudioFiles.read(path, TOLERANT).length()).isEqualTo(length - 1024);
    byte[] id3v2 = "ID3\3\0\0\0\0\0\n0123456789".getBytes(StandardCharsets.ISO_8859_1);
    for (byte[] harmless : new byte[][] {{}, new byte[4000], id3v2}) {
      assertThat(AudioFiles.read(file("b.aac", whole, harmless, whole)).length())
          .isEqualTo(2 * length);
    }
    for (byte[] harmless : new byte[][] {new byte[4000], id3v2, id3(), ape()}) {
      assertThat(AudioFiles.read(file("c.aac", id3v2, whole, harmless)).length()).isEqualTo(length);
    }
  }

  private static byte[] id3() {
    byte[] tag = new byte[128];
    tag[0] = 'T';
    tag[1] = 'A';
    tag[2] = 'G';
    return tag;
  }

  private static byte[] ape() {
    return ape("abc".getBytes(StandardCharsets.US_ASCII));
  }

  /** An APE tag with one item, and its header. */
  private static byte[] ape(byte[] value) {
    byte[] item = new byte[14 + value.length];
    ByteBuffer.wrap(item).order(ByteOrder.LITTLE_ENDIAN).putInt(value.length).putInt(2);
    System.arraycopy("Title".getBytes(StandardCharsets.US_ASCII), 0, item, 8, 5);
    System.arraycopy(value, 0, item, 14, value.length);
    ByteBuffer b = ByteBuffer.allocate(64 + item.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int flags : new int[] {0xA0000000, 0x80000000}) {
      b.put("APETAGEX".getBytes(StandardCharsets.US_ASCII));
      b.putInt(2000).putInt(32 + item.length).putInt(1).putInt(flags).putLong(0);
      if (b.position() == 32) {
        b.put(item);
      }
    }
    return b.array();
  }

  @ParameterizedTest
  @ValueSource(strings = {"flac", "tta", "wv", "ac3", "au"})
  @DisplayName("tags at the end are no sound and no damage")
  void tags(String kind) throws IOException {
    byte[] whole =
        switch (kind) {
          case "flac" -> coded(Encoded.FLAC, 2, 22_050);
          case "au" -> au();
          default -> checked("x." + kind);
        };
    float[] sound = AudioFiles.read(file("whole", whole)).samples();
    byte[] none = {};
    for (byte[][] tags : new byte[][][] {{id3(), none}, {ape(), none}, {ape(), id3()}}) {
      Path path = file("x." + kind, whole, tags[0], tags[1]);
      assertThat(AudioFiles.read(path).samples()).isEqualTo(sound);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Encoded.class,
      names = {"MP3", "AAC", "FLAC", "OGG"})
  @DisplayName("nor is a picture in them, in which there is what looks like frames")
  void picture(Encoded kind) throws IOException {
    byte[] whole = coded(kind, 2, 22_050);
    byte[] picture = new byte[60_000];
    new SplittableRandom(3).nextBytes(picture);
    float[] sound = AudioFiles.read(file("whole", whole)).samples();
    assertThat(AudioFiles.read(file("x", whole, ape(picture), id3())).samples()).isEqualTo(sound);
  }

  private static byte[] au() {
    ByteBuffer b = ByteBuffer.allocate(24 + 2000);
    b.put(".snd".getBytes(StandardCharsets.US_ASCII));
    b.putInt(24).putInt(2000).putInt(3).putInt(8000).putInt(1);
    for (int i = 0; i < 1000; i++) {
      b.putShort((short) (i * 321));
    }
    return b.array();
  }

  @ParameterizedTest
  @CsvSource({"x.caf, 16800", "x.avi, 16800"})
  @DisplayName("where packets are counted, the last may be shorter than the count says")
  void counted(String name, int samples) throws IOException {
    assertThat(AudioFiles.read(file(name, checked(name))).length()).isEqualTo(samples);
  }

  @Test
  @DisplayName("samples that are missing within an AVI are counted")
  void avi() throws IOException {
    byte[] whole = coded(Encoded.AVI, 3, 11_025);
    assertThat(AudioFiles.read(file("a.avi", whole)).length()).isEqualTo(33_075);
    int middle = whole.length / 2;
    byte[] rest = Arrays.copyOfRange(whole, middle + 1500, whole.length);
    Path path = file("b.avi", Arrays.copyOf(whole, middle), rest);
    assertThatThrownBy(() -> AudioFiles.read(path))
        .hasMessageContainingAll("truncated: it should have 33075 samples", "--tolerate-damage");
    assertThat(AudioFiles.read(path, TOLERANT).length()).isBetween(25_000, 33_000);
  }
}
