package fieldnotes.detect;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.OpenStreams;
import fieldnotes.audio.SoundFiles;
import fieldnotes.audio.Wav;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that are closed at any time, by the thread that reads or by another. */
class ClosedStreamsTest {
  private static final int RATE = Tones.RATE;
  private static final byte[] WAV = Wav.bytes(Tones.clip("low", 2, RATE, 1));

  @TempDir Path folder;

  private final List<String> log = Collections.synchronizedList(new ArrayList<>());

  /** A WAVE that goes on with silence, or waits, until it is closed. */
  private static final class Endless extends InputStream {
    private final InputStream begin = new ByteArrayInputStream(WAV);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final boolean waits;

    Endless(boolean waits) {
      this.waits = waits;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int at, int count) throws IOException {
      int n = begin.read(to, at, count);
      if (n > 0) {
        return n;
      }
      try {
        if (waits) {
          closed.await();
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      if (closed.getCount() == 0) {
        throw new IOException("Stream closed");
      }
      return count;
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private static void toEnd(SoundStream stream, CountDownLatch begun) {
    float[] block = new float[256];
    try {
      while (stream.next().isPresent()) {
        while (stream.read(block) >= 0) {
          begun.countDown();
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    } finally {
      begun.countDown();
    }
  }

  /** Closes a stream while another thread reads it, which must end. */
  private static void closedWhileRead(SoundStream stream) throws InterruptedException {
    List<Throwable> failed = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch begun = new CountDownLatch(1);
    Thread reader = new Thread(() -> toEnd(stream, begun));
    reader.setUncaughtExceptionHandler((t, e) -> failed.add(e));
    reader.start();
    begun.await();
    stream.close();
    stream.close();
    reader.join(10_000);
    assertThat(reader.isAlive()).isFalse();
    assertThat(failed).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("bytes: what the decoder holds is freed, whoever closes, also while a read waits")
  void bytes(boolean waits) throws Exception {
    int before = OpenStreams.count();
    for (int i = 0; i < 20; i++) {
      closedWhileRead(SoundStreams.bytes(new Endless(waits), "input", RATE, log::add));
      try (SoundStream own = SoundStreams.bytes(new Endless(true), "input", RATE, log::add)) {
        assertThat(own.next()).isPresent();
        assertThat(own.read(new float[100])).isPositive();
        assertThat(OpenStreams.count()).isEqualTo(before + 1);
      }
    }
    assertThat(OpenStreams.count()).isEqualTo(before);
    assertThat(log).hasSize(40).allMatch(text -> text.contains("pcm_s16le"));
  }

  @Test
  @DisplayName("bytes: closed before the first sound has come")
  void closedWhileOpening() throws Exception {
    int before = OpenStreams.count();
    CountDownLatch asked = new CountDownLatch(1);
    Endless in = new Endless(true);
    InputStream silent =
        new InputStream() {
          @Override
          public int read() throws IOException {
            asked.countDown();
            in.begin.skip(WAV.length);
            return in.read();
          }

          @Override
          public int read(byte[] to, int at, int count) throws IOException {
            int one = read();
            if (one >= 0) {
              to[at] = (byte) one;
            }
            return one < 0 ? -1 : 1;
          }

          @Override
          public void close() {
            in.close();
          }
        };
    SoundStream stream = SoundStreams.bytes(silent, "input", RATE, log::add);
    Thread reader = new Thread(() -> toEnd(stream, new CountDownLatch(1)));
    reader.start();
    asked.await();
    stream.close();
    reader.join(10_000);
    assertThat(reader.isAlive()).isFalse();
    assertThat(OpenStreams.count()).isEqualTo(before);
    assertThat(log).isEmpty();
  }

  @Test
  @DisplayName("a station: what the decoder holds is freed, whoever closes")
  void station() throws Exception {
    int before = OpenStreams.count();
    byte[] header =
        "HTTP/1.0 200 OK\r\nContent-Type: audio/wav\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    TinyServer.Answer live =
        out -> {
          out.write(header);
          out.write(WAV);
          out.flush();
          Thread.sleep(60_000);
        };
    try (TinyServer server = new TinyServer(live)) {
      StationOptions options = StationOptions.of();
      for (int i = 0; i < 5; i++) {
        closedWhileRead(SoundStreams.station(server.address(), options, RATE, log::add));
        try (SoundStream own = SoundStreams.station(server.address(), options, RATE, log::add)) {
          assertThat(own.next()).isPresent();
          assertThat(OpenStreams.count()).isEqualTo(before + 1);
        }
      }
    }
    assertThat(OpenStreams.count()).isEqualTo(before);
  }

  @Test
  @DisplayName("random parts and files: the file is closed, also while another thread reads")
  void files() throws Exception {
    AudioFiles.writeWav(Tones.clip("low", 60, RATE, 1), folder.resolve("a.wav"));
    SoundFiles files = SoundFiles.of(folder);
    for (int i = 0; i < 10; i++) {
      closedWhileRead(SoundStreams.random(files, 0, 50, i, RATE, log::add));
      closedWhileRead(SoundStreams.files(files, RATE, log::add));
      try (SoundStream own = SoundStreams.random(files, 0, 50, i, RATE, log::add)) {
        assertThat(own.next()).isPresent();
      }
    }
    assertThat(log).isEmpty();
    Path descriptors = Path.of("/proc/self/fd");
    if (Files.isDirectory(descriptors)) {
      try (Stream<Path> open = Files.list(descriptors)) {
        assertThat(open.map(ClosedStreamsTest::target)).noneMatch(t -> t.endsWith("a.wav"));
      }
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
