package fieldnotes.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudioStreamTest {
  private static final int RATE = 22_050;

  @TempDir Path folder;

  private final List<String> log = new ArrayList<>();

  private float[] heard(byte[] bytes) throws IOException {
    return heard(new ByteArrayInputStream(bytes));
  }

  private float[] heard(InputStream in) throws IOException {
    float[] all = {};
    try (AudioStream sound = AudioStream.open(in, "input", RATE, log::add)) {
      float[] block = new float[1000];
      for (int n = sound.read(block); n >= 0; n = sound.read(block)) {
        all = Arrays.copyOf(all, all.length + n);
        System.arraycopy(block, 0, all, all.length - n, n);
      }
    }
    return all;
  }

  private byte[] encoded(Encoded kind) throws IOException {
    float[] tone = new float[3 * RATE];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = 0.4f * (float) Math.sin(0.1 * i);
    }
    return Files.readAllBytes(kind.write(folder.resolve("a." + kind.extension()), RATE, tone));
  }

  /** Bytes that no decoder takes for sound. */
  private static byte[] picture(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(1).nextBytes(bytes);
    return bytes;
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(out::writeBytes);
    return out.toByteArray();
  }

  private static byte[] id3(int length) {
    byte[] head = {'I', 'D', '3', 3, 0, 0, 0, 0, 0, 0};
    for (int i = 0; i < 4; i++) {
      head[6 + i] = (byte) ((length >> (7 * (3 - i))) & 0x7f);
    }
    byte[] frame =
        ByteBuffer.allocate(10)
            .put("APIC".getBytes(StandardCharsets.US_ASCII))
            .putInt(length - 10)
            .array();
    return joined(head, frame, picture(length - 10));
  }

  @ParameterizedTest
  @ValueSource(ints = {100_000, 700_000, 5_000_000})
  @DisplayName("an MP3 behind a tag with a picture is heard like one without")
  void mp3BehindPicture(int length) throws IOException {
    byte[] mp3 = encoded(Encoded.MP3);
    float[] plain = heard(mp3);
    assertThat(plain).hasSizeGreaterThan(60_000);
    assertThat(heard(joined(id3(length), id3(500), mp3))).isEqualTo(plain);
    assertThat(log).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {300_000, 5_000_000})
  @DisplayName("a FLAC file with a picture is heard like one without")
  void flacWithPicture(int length) throws IOException {
    byte[] flac = encoded(Encoded.FLAC);
    float[] plain = heard(flac);
    assertThat(plain).hasSize(3 * RATE);
    int behind = 4 + 4 + 34; // fLaC, STREAMINFO
    byte[] block =
        joined(
            ByteBuffer.allocate(4).putInt(6 << 24 | 32 + length).array(),
            ByteBuffer.allocate(32).putInt(3).putInt(28, length).array(),
            picture(length));
    byte[] with =
        joined(Arrays.copyOf(flac, behind), block, Arrays.copyOfRange(flac, behind, flac.length));
    assertThat(heard(with)).isEqualTo(plain);
    assertThat(heard(joined(id3(200_000), with))).isEqualTo(plain);
    assertThat(log).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 300_000, 5_000_000})
  @DisplayName("an M4A whose large index comes first is heard")
  void m4aWithLargeIndex(int length) throws IOException {
    float[] all = heard(indexFirst(encoded(Encoded.M4A), length));
    assertThat(all.length).isBetween(3 * RATE - 2048, 3 * RATE + 4096);
    assertThat(log).isEmpty();
  }

  /** Puts the index before the sound, and as many free bytes into it. */
  private static byte[] indexFirst(byte[] m4a, int free) {
    ByteBuffer b = ByteBuffer.wrap(m4a);
    byte[] before = {};
    byte[] index = {};
    for (int at = 0; at < m4a.length; at += b.getInt(at)) {
      byte[] atom = Arrays.copyOfRange(m4a, at, at + b.getInt(at));
      boolean moov = new String(atom, 4, 4, StandardCharsets.US_ASCII).equals("moov");
      before = moov ? before : joined(before, atom);
      index = moov ? atom : index;
    }
    int ftyp = ByteBuffer.wrap(before).getInt(0);
    byte[] space =
        ByteBuffer.allocate(free)
            .putInt(free)
            .put("free".getBytes(StandardCharsets.US_ASCII))
            .array();
    byte[] moov = joined(index, space);
    ByteBuffer m = ByteBuffer.wrap(moov).putInt(0, moov.length);
    int stco = new String(moov, StandardCharsets.ISO_8859_1).indexOf("stco");
    for (int i = 0; i < m.getInt(stco + 8); i++) {
      int at = stco + 12 + 4 * i;
      m.putInt(at, m.getInt(at) + moov.length);
    }
    return joined(
        Arrays.copyOf(before, ftyp), moov, Arrays.copyOfRange(before, ftyp, before.length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"noise", "zeros", "text", "ID3", "fLaC", "RIFF"})
  @DisplayName("what is no sound is given up after a bounded number of bytes")
  void garbage(String kind) {
    SplittableRandom random = new SplittableRandom(4);
    AtomicLong given = new AtomicLong();
    byte[] start =
        switch (kind) {
          case "ID3" -> id3(1000);
          case "fLaC" -> kind.getBytes(StandardCharsets.US_ASCII);
          case "RIFF" -> "RIFF\0\0\0\0WAVEjunk\0\0\0\0".getBytes(StandardCharsets.US_ASCII);
          default -> new byte[0];
        };
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            long at = given.getAndIncrement();
            return at < start.length
                ? start[(int) at] & 0xff
                : switch (kind) {
                  case "zeros", "RIFF" -> 0;
                  case "text" -> "hello ".charAt((int) (at % 6));
                  default -> random.nextInt(256);
                };
          }

          @Override
          public int read(byte[] to, int at, int count) {
            for (int i = at; i < at + count; i++) {
              to[i] = (byte) read();
            }
            return count;
          }
        };
    assertThatThrownBy(() -> heard(endless)).isInstanceOf(IOException.class);
    assertThat(given.get()).isLessThan(80 << 20);
  }

  @Test
  @DisplayName("a tag with nothing behind it is no sound")
  void tagOnly() {
    assertThatThrownBy(() -> heard(id3(3000))).hasMessage("input: it ended before any sound");
    assertThatThrownBy(() -> heard(Arrays.copyOf(id3(3000), 2000)))
        .hasMessage("input: it ended before any sound");
    assertThatThrownBy(() -> heard("ID3".getBytes(StandardCharsets.US_ASCII)))
        .hasMessageStartingWith("input: not sound");
  }

  @Test
  @DisplayName("a stream that answers with no bytes for ever ends, and does not keep a core busy")
  void noBytesForEver() {
    AtomicLong asked = new AtomicLong();
    InputStream silent =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }

          @Override
          public int read(byte[] to, int at, int count) {
            asked.incrementAndGet();
            return 0;
          }
        };
    assertThatThrownBy(() -> heard(silent))
        .hasMessage("input: nothing comes any more: see that it is still connected");
    assertThat(asked.get()).isLessThan(200);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("closing frees what a stream holds, also while another thread waits for its bytes")
  void closed(boolean waiting) throws Exception {
    byte[] mp3 = encoded(Encoded.MP3);
    int before = AudioStream.openCount();
    for (int i = 0; i < 30; i++) {
      PipedOutputStream out = new PipedOutputStream();
      PipedInputStream in = new PipedInputStream(out, mp3.length);
      out.write(mp3);
      AudioStream sound = AudioStream.open(in, "input", RATE, log::add);
      assertThat(AudioStream.openCount()).isEqualTo(before + 1);
      Thread reader =
          Thread.startVirtualThread(
              () -> {
                float[] block = new float[500];
                try {
                  while (sound.read(block) >= 0) {
                    // read
                  }
                } catch (IOException e) {
                  // a pipe whose other end has gone
                }
              });
      for (int n = 0; waiting && in.available() > 0 && n < 2_000; n++) {
        Thread.sleep(1);
      }
      sound.close();
      sound.close();
      out.close();
      reader.join();
      assertThat(AudioStream.openCount()).isEqualTo(before);
      assertThat(sound.read(new float[10])).isEqualTo(-1);
    }
  }
}
