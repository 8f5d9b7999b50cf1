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
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong lengths in VOC, FLAC, MP3, Matroska and odd WAVE files. */
class OtherLengthsTest {
  private static final int FRAMES = 8_000;
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

  /** A VOC file of 16 bits whose block of samples has this length field, then these bytes. */
  private byte[] voc(long field, byte... end) {
    ByteBuffer b =
        ByteBuffer.allocate(26 + 16 + 2 * FRAMES + end.length).order(ByteOrder.LITTLE_ENDIAN);
    b.put("Creative Voice File\u001a".getBytes(StandardCharsets.ISO_8859_1));
    b.putShort((short) 26).putShort((short) 0x010a).putShort((short) 0x1129);
    b.putInt((int) (field << 8 | 9)).putInt(8000).put((byte) 16).put((byte) 1);
    b.putShort((short) 4).putInt(0);
    for (float value : sound) {
      b.putShort((short) Math.round(value * 32_000));
    }
    return b.put(end).array();
  }

  @ParameterizedTest
  @ValueSource(ints = {2 * FRAMES + 12, 2 * FRAMES + 4, 12, 0, 0xFFFFFF})
  @DisplayName("VOC: right, as SoX writes it, never finished: every sample is read")
  void voc(int field) throws IOException {
    for (byte[] end : new byte[][] {{0}, {}}) {
      Path path = file("x.voc", voc(field, end));
      assertThat(AudioFiles.read(path).length()).isEqualTo(FRAMES);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "50, says 38 bytes of samples",
    "8012, says 8000 bytes of samples",
    "16013, says 16001 bytes of samples",
    "20012, truncated: its header says 20000 bytes of samples",
  })
  @DisplayName("VOC: a wrong length names both lengths; all can be had")
  void wrongVoc(int field, String said) throws IOException {
    Path path = file("x.voc", voc(field, (byte) 0));
    assertThatThrownBy(() -> AudioFiles.read(path))
        .isInstanceOf(AudioException.class)
        .hasMessageContainingAll(said, "the file has 16000", "--tolerate-damage");
    assertThat(AudioFiles.read(path, TOLERANT).length()).isEqualTo(FRAMES);
  }

  @Test
  @DisplayName("VOC: other blocks may follow, another file may not")
  void vocBlocks() throws IOException {
    int field = 2 * FRAMES + 12;
    byte[] text = {5, 3, 0, 0, 'a', 'b', 0, 0};
    assertThat(AudioFiles.read(file("x.voc", voc(field, text))).length()).isEqualTo(FRAMES);
    Path two = file("2.voc", voc(field, (byte) 0), voc(field, (byte) 0));
    assertThatThrownBy(() -> AudioFiles.read(two)).hasMessageContaining("comes another file");
    assertThat(AudioFiles.read(Cases.file("audio/x.voc")).length()).isEqualTo(24_000);
  }

  @Test
  @DisplayName("WAVE: one byte less than whole frames, then padding: the last sample is read")
  void odd() throws IOException {
    RawWav wav = new RawWav(RawWav.INTEGER, 16, 8000, sound);
    wav.dataBytes = 2L * FRAMES - 1;
    Path path = file("x.wav", wav.bytes());
    assertThat(AudioFiles.read(path).length()).isEqualTo(FRAMES);
    byte[] bytes = Files.readAllBytes(path);
    Path shorter = Files.write(folder.resolve("y.wav"), Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(AudioFiles.read(shorter, TOLERANT).length()).isEqualTo(FRAMES - 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, (1L << 36) - 1})
  @DisplayName("FLAC: 0 and all ones mean that the number of samples is not known")
  void flac(long total) throws IOException {
    byte[] bytes = Files.readAllBytes(Encoded.FLAC.write(folder.resolve("x.flac"), 8000, sound));
    bytes[21] = (byte) ((bytes[21] & 0xf0) | (int) (total >> 32));
    ByteBuffer.wrap(bytes).putInt(22, (int) total);
    Path path = file("y.flac", bytes);
    assertThat(AudioFiles.read(path).length()).isEqualTo(FRAMES);
    assertThat(AudioFiles.probe(path).frames()).isEqualTo(-1);
  }

  @Test
  @DisplayName("MP3: a tag with more frames than the file has room for; with next to none")
  void mp3() throws IOException {
    byte[] bytes = Files.readAllBytes(Encoded.MP3.write(folder.resolve("x.mp3"), 22_050, sound));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int tag = Math.max(text.indexOf("Xing"), text.indexOf("Info"));
    ByteBuffer.wrap(bytes).putInt(tag + 8, -1);
    Path many = file("many.mp3", bytes);
    assertThatThrownBy(() -> AudioFiles.read(many))
        .hasMessageContainingAll(
            "damaged: its MP3 tag says 4294967295 frames", "room for", "--tolerate-damage");
    assertThat(AudioFiles.read(many, TOLERANT).length()).isBetween(FRAMES, FRAMES + 2304);
    ByteBuffer.wrap(bytes).putInt(tag + 8, 1);
    Path few = file("few.mp3", bytes);
    assertThat(AudioFiles.probe(few).frames()).isEqualTo(-1);
    assertThat(AudioFiles.read(few).length()).isBetween(FRAMES, FRAMES + 2304);
  }

  @Test
  @DisplayName("Matroska: two files in one are read whole, and the length is not that of the first")
  void twoMatroska() throws IOException {
    byte[] one = Files.readAllBytes(Encoded.MKA.write(folder.resolve("x.mka"), 24_000, sound));
    Path first = folder.resolve("x.mka");
    Path both = file("2.mka", one, one);
    assertThat(AudioFiles.read(both).length())
        .isGreaterThanOrEqualTo(2 * AudioFiles.read(first).length());
    assertThat(AudioFiles.probe(both).frames()).isEqualTo(-1);
    assertThat(AudioFiles.probe(first).frames()).isPositive();
  }
}
