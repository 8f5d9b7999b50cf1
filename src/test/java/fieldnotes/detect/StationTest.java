package fieldnotes.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.Clip;
import fieldnotes.audio.Encoded;
import fieldnotes.audio.Wav;
import fieldnotes.common.KeyStores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stations do, by a server on loopback; the network is not used. */
class StationTest {
  private static final int RATE = 22_050;
  private static final StationOptions QUICK = StationOptions.of().withRetries(2, 0.02);
  private static final String OK = "HTTP/1.0 200 OK\nContent-Type: audio/mpeg";

  private static byte[] mp3;
  private static byte[] otherMp3;
  private static byte[] ogg;

  private final List<String> log = new CopyOnWriteArrayList<>();
  private final List<SoundStream.Part> parts = new ArrayList<>();
  private final List<Integer> lengths = new ArrayList<>();

  @BeforeAll
  static void encode(@TempDir Path folder) throws IOException {
    float[] tone = Tones.clip("low", 3, 44_100, 5).samples();
    mp3 = Files.readAllBytes(Encoded.MP3.write(folder.resolve("a.mp3"), 44_100, tone));
    otherMp3 = Files.readAllBytes(Encoded.MP3.write(folder.resolve("b.mp3"), 22_050, tone, tone));
    ogg = Files.readAllBytes(Encoded.OGG.write(folder.resolve("a.ogg"), 44_100, tone, tone));
  }

  private void listen(URI address, StationOptions options) throws IOException {
    try (SoundStream stream = SoundStreams.station(address, options, RATE, log::add)) {
      assertThat(stream.live()).isTrue();
      for (Optional<SoundStream.Part> part = stream.next();
          part.isPresent();
          part = stream.next()) {
        parts.add(part.get());
        lengths.add(0);
        float[] block = new float[1024];
        for (int n = stream.read(block); n >= 0; n = stream.read(block)) {
          lengths.set(lengths.size() - 1, lengths.getLast() + n);
        }
      }
    }
  }

  @Test
  @DisplayName("a body of announced length is complete at its end")
  void complete() throws IOException {
    try (TinyServer server =
        new TinyServer(TinyServer.of(OK + "\nContent-Length: " + mp3.length, mp3))) {
      listen(server.address(), QUICK);
      assertThat(log)
          .containsExactly(
              server.address() + ": connected, mp3float, 44100 Hz, 1 channel",
              server.address() + ": complete");
      assertThat(server.requests().getFirst()).contains("Icy-MetaData: 1");
    }
    assertThat(lengths).hasSize(1);
    assertThat(lengths.getFirst()).isBetween(3 * RATE - 2000, 3 * RATE + 4000);
  }

  @Test
  @DisplayName("a dropped connection is made again; the time goes on")
  void dropped() throws IOException {
    try (TinyServer server =
        new TinyServer(
            TinyServer.of(OK, mp3), TinyServer.of(OK, mp3), TinyServer.of("HTTP/1.0 404 Gone"))) {
      URI address = server.address();
      assertThatThrownBy(() -> listen(address, QUICK))
          .isInstanceOf(IOException.class)
          .hasMessage(address + ": answers 404 Gone");
      assertThat(log)
          .containsExactly(
              address + ": connected, mp3float, 44100 Hz, 1 channel",
              address + ": the connection was dropped; next try in 0.0 s",
              address + ": connected, mp3float, 44100 Hz, 1 channel",
              address + ": the connection was dropped; next try in 0.0 s");
    }
    assertThat(parts.get(1).startSeconds()).isEqualTo((double) lengths.getFirst() / RATE);
  }

  @Test
  @DisplayName("what was heard can be told at once when a connection ends, before the next try")
  void endsAtOnce() throws IOException {
    try (TinyServer server =
            new TinyServer(TinyServer.of(OK, mp3), TinyServer.of(OK + "\nContent-Length: 9", mp3));
        SoundStream stream = SoundStreams.station(server.address(), QUICK, RATE, log::add)) {
      assertThat(stream.next()).isPresent();
      float[] block = new float[1024];
      int n = stream.read(block);
      while (n >= 0) {
        n = stream.read(block);
      }
      assertThat(stream.read(block)).isEqualTo(-1);
      assertThat(log).noneMatch(s -> s.contains("next try"));
      stream.next();
      assertThat(log.get(1)).endsWith(": the connection was dropped; next try in 0.0 s");
    }
  }

  @Test
  @DisplayName("a name and a password are given to the station, and shown nowhere")
  void password() throws IOException {
    String moved = "HTTP/1.0 302 Found\nLocation: /other";
    try (TinyServer server =
        new TinyServer(TinyServer.of(moved), TinyServer.of(OK + "\nContent-Length: 9", mp3))) {
      String host = server.address().getAuthority();
      listen(URI.create("http://me:my%20word@" + host + "/live"), QUICK);
      assertThat(server.requests()).hasSizeGreaterThan(1);
      assertThat(server.requests()).allMatch(r -> r.contains("Basic bWU6bXkgd29yZA==\n"));
      assertThat(parts.getFirst().name()).isEqualTo("http://" + host + "/live");
      assertThat(log.getFirst())
          .isEqualTo("http://%s/live leads to http://%s/other".formatted(host, host));
      assertThat(String.join("\n", log)).doesNotContain("my", "word", "@");
    }
    assertThat(SoundStreams.shown("HTTP://a:b@c@host/x@y")).isEqualTo("HTTP://host/x@y");
    assertThat(SoundStreams.shown("sounds/a@b.wav")).isEqualTo("sounds/a@b.wav");
  }

  @Test
  @DisplayName("a station by https, whose certificate must be trusted")
  void https(@TempDir Path folder) throws Exception {
    Path store = KeyStores.store(folder.resolve("own.p12"), "station");
    SSLContext before = SSLContext.getDefault();
    try (TinyServer server =
        new TinyServer(
            "https",
            KeyStores.serving(store, "station").getServerSocketFactory(),
            TinyServer.of(OK + "\nContent-Length: " + mp3.length, mp3))) {
      assertThatThrownBy(() -> listen(server.address(), QUICK.withRetries(0, 0.02)))
          .hasMessageContaining(server.address() + ": ")
          .hasMessageContaining("certif");
      SSLContext.setDefault(KeyStores.trusting(store, "station"));
      listen(server.address(), QUICK);
      assertThat(lengths).hasSize(1);
      assertThat(lengths.getFirst()).isBetween(3 * RATE - 10, 3 * RATE + 3000);
    } finally {
      SSLContext.setDefault(before);
    }
  }

  @Test
  @DisplayName("a station that fails again and again is given up")
  void givenUp() throws IOException {
    try (TinyServer server = new TinyServer(TinyServer.of("HTTP/1.0 503 Busy"))) {
      URI address = server.address();
      assertThatThrownBy(() -> listen(address, QUICK))
          .hasMessage(address + ": answers 503 Busy; given up after 3 connections in a row");
      assertThat(log)
          .containsExactly(
              address + ": answers 503 Busy; next try in 0.0 s",
              address + ": answers 503 Busy; next try in 0.0 s");
    }
    assertThat(QUICK.waitAfter(3)).isEqualTo(0.08);
    assertThat(StationOptions.of().waitAfter(1)).isEqualTo(1);
    assertThat(StationOptions.of().waitAfter(9)).isEqualTo(30);
  }

  @Test
  @DisplayName("nobody there")
  void nobody() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    URI address = URI.create("http://localhost:" + port + "/live");
    assertThatThrownBy(() -> listen(address, QUICK.withRetries(0, 1)))
        .hasMessageStartingWith(address + ": no connection: ")
        .hasMessageEndingWith("; given up after 1 connection");
    assertThatThrownBy(() -> listen(URI.create("ftp://localhost/a"), QUICK))
        .isInstanceOf(IOException.class)
        .hasMessage("ftp://localhost/a: must be an address that begins with http:// or https://");
  }

  @Test
  @DisplayName("a stalled connection counts as dropped")
  void stalled() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    try (TinyServer server =
        new TinyServer(
            out -> {
              TinyServer.of(OK, mp3).to(out);
              out.flush();
              end.await();
            },
            TinyServer.of(OK + "\nContent-Length: " + mp3.length, mp3))) {
      listen(server.address(), QUICK.withStall(0.3));
      assertThat(log)
          .containsExactly(
              server.address() + ": connected, mp3float, 44100 Hz, 1 channel",
              server.address() + ": stalled: nothing for 0.3 s; next try in 0.0 s",
              server.address() + ": connected, mp3float, 44100 Hz, 1 channel",
              server.address() + ": complete");
    } finally {
      end.countDown();
    }
    assertThat(lengths).hasSize(2);
    assertThat(lengths.getFirst()).isGreaterThan(2 * RATE);
  }

  @Test
  @DisplayName("an old server's ICY answer, with titles between the sound")
  void icy() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int at = 0, i = 0; at < mp3.length; at += 1000, i++) {
      int n = Math.min(1000, mp3.length - at);
      body.write(mp3, at, n);
      if (n == 1000) {
        String title = i < 3 ? "" : "StreamTitle='Song " + (i < 9 ? 1 : 2) + "';StreamUrl='';";
        byte[] text = Arrays.copyOf(title.getBytes(StandardCharsets.UTF_8), 48);
        body.write(title.isEmpty() ? 0 : 3);
        body.write(text, 0, title.isEmpty() ? 0 : 48);
      }
    }
    try (TinyServer server =
        new TinyServer(
            TinyServer.of("ICY 200 OK\nicy-name: x\nicy-metaint:1000", body.toByteArray()),
            TinyServer.of("ICY 401 Service Unavailable"))) {
      URI address = server.address();
      assertThatThrownBy(() -> listen(address, QUICK))
          .hasMessage(address + ": answers 401 Service Unavailable");
      assertThat(log)
          .containsExactlyInAnyOrder(
              "now: Song 1",
              address + ": connected, mp3float, 44100 Hz, 1 channel",
              "now: Song 2",
              address + ": the connection was dropped; next try in 0.0 s");
    }
    assertThat(lengths.getFirst()).isBetween(3 * RATE - 2000, 3 * RATE + 4000);
  }

  @Test
  @DisplayName("a change of the sample rate and channels within a connection is followed")
  void otherRate() throws IOException {
    try (TinyServer server =
        new TinyServer(
            TinyServer.of(
                OK + "\nContent-Length: " + (mp3.length + otherMp3.length), mp3, otherMp3))) {
      listen(server.address(), QUICK);
    }
    assertThat(log)
        .anyMatch(
            s ->
                s.contains("its format changes from 44100 Hz")
                    && s.endsWith("to 22050 Hz, 2 channels"));
    assertThat(lengths.stream().mapToInt(i -> i).sum()).isBetween(9 * RATE - 8000, 9 * RATE + 8000);
  }

  @Test
  @DisplayName("rubbish, then another codec within a connection: it is found again")
  void otherCodec() throws IOException {
    byte[] rubbish = new byte[300_000];
    new Random(4).nextBytes(rubbish);
    byte[] many = new byte[0];
    for (int i = 0; i < 9; i++) {
      int from = many.length;
      many = Arrays.copyOf(many, from + ogg.length);
      System.arraycopy(ogg, 0, many, from, ogg.length);
    }
    int length = mp3.length + rubbish.length + many.length;
    try (TinyServer server =
        new TinyServer(
            TinyServer.of(OK + "\nContent-Length: " + length, mp3, rubbish, many),
            TinyServer.of(OK + "\nContent-Length: " + mp3.length, mp3))) {
      listen(server.address(), QUICK);
    }
    assertThat(log).anyMatch(s -> s.contains("no sound in its last 256 KB"));
    assertThat(lengths).hasSizeGreaterThanOrEqualTo(2);
    assertThat(lengths.getFirst()).isGreaterThan(2 * RATE);
    assertThat(lengths.getLast()).isGreaterThan(2 * RATE);
  }

  @Test
  @DisplayName("a page instead of sound is told, and tried again")
  void page() throws IOException {
    byte[] page = "<html>moved</html>\n".repeat(20).getBytes(StandardCharsets.UTF_8);
    try (TinyServer server =
        new TinyServer(
            TinyServer.of("HTTP/1.0 200 OK\nContent-Type: text/html", page),
            TinyServer.of(OK + "\nContent-Length: " + mp3.length, mp3))) {
      listen(server.address(), QUICK);
      assertThat(log.getFirst())
          .startsWith(server.address() + ": not sound that can be read from a stream")
          .endsWith("; next try in 0.0 s");
    }
    assertThat(lengths).hasSize(1);
  }

  @Test
  @DisplayName("a playlist leads to its station; HLS is refused")
  void playlists() throws IOException {
    Clip clip = Tones.clip("low", 1, RATE, 3);
    byte[] wav = Wav.bytes(clip);
    try (TinyServer station =
            new TinyServer(TinyServer.of(OK + "\nContent-Length: " + wav.length, wav));
        TinyServer lists =
            new TinyServer(
                TinyServer.of(
                    "HTTP/1.0 200 OK\nContent-Type: audio/x-scpls",
                    ("[playlist]\nFile1=" + station.address() + "\n")
                        .getBytes(StandardCharsets.UTF_8)),
                TinyServer.of(
                    "HTTP/1.0 200 OK\nContent-Type: application/vnd.apple.mpegurl",
                    "#EXTM3U\n#EXT-X-VERSION:3\n".getBytes(StandardCharsets.UTF_8)))) {
      listen(lists.address(), QUICK);
      assertThat(log.getFirst()).isEqualTo(lists.address() + " leads to " + station.address());
      assertThat(lengths).containsExactly(RATE);
      assertThatThrownBy(() -> listen(lists.address(), QUICK))
          .hasMessageContaining("an HLS playlist, which is not supported");
    }
  }

  @Test
  void closingEndsTheWaitForAnotherConnection() throws Exception {
    try (TinyServer server = new TinyServer(TinyServer.of(OK, mp3))) {
      SoundStream stream =
          SoundStreams.station(
              server.address(), StationOptions.of().withRetries(9, 1000), RATE, log::add);
      assertThat(stream.next()).isPresent();
      Thread closing =
          Thread.startVirtualThread(
              () -> {
                while (log.stream().noneMatch(s -> s.contains("next try"))) {
                  Thread.onSpinWait();
                }
                stream.close();
              });
      float[] block = new float[1024];
      int n = stream.read(block);
      while (n >= 0) {
        n = stream.read(block);
      }
      assertThat(stream.next()).isEmpty();
      closing.join();
    }
  }

  @Test
  void badOptions() {
    assertThatThrownBy(() -> StationOptions.of().withRetries(-1, 1))
        .hasMessage("retries=-1: must be at least 0");
    assertThatThrownBy(() -> StationOptions.of().withStall(0))
        .hasMessage("stallSeconds=0.0: must be a finite number above 0");
  }
}
