package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.Clip;
import fieldnotes.classify.Classifiers;
import fieldnotes.detect.Detector;
import fieldnotes.detect.HeardTones;
import fieldnotes.detect.ListenOptions;
import fieldnotes.detect.ModelCard;
import fieldnotes.detect.SoundEvent;
import fieldnotes.detect.SoundModel;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.FrameOptions;
import fieldnotes.feature.Measure;
import fieldnotes.feature.Statistic;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.TreeOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Streams by web socket: events as offline, good ends, and ends of every other kind. */
class StreamTest {
  @TempDir static Path folder;
  static Service service;

  @BeforeAll
  static void start() throws IOException {
    service = Service.of(folder, ServeLimits.of().withWorkers(2, 64, 8).withTimes(5, 5, 1.5));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /** A client that keeps what it is told. */
  private static final class Told implements WebSocket.Listener {
    final List<JsonNode> messages = Collections.synchronizedList(new ArrayList<>());
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.add(Answers.JSON.readTree(text.toString()));
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.completeExceptionally(error);
    }

    List<JsonNode> of(String type) {
      synchronized (messages) {
        return messages.stream().filter(m -> m.path("type").asString().equals(type)).toList();
      }
    }
  }

  /** Opens a stream; where streams that were cut before still have all places, again. */
  private static WebSocket open(String query, Told told) throws Exception {
    for (int i = 0; ; i++) {
      try {
        // a client of its own: no connection that the server may close just now for being idle
        return HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(service.stream(query), told)
            .get(10, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof WebSocketHandshakeException refused)
            || refused.getResponse().statusCode() != 503
            || i == 100) {
          throw e;
        }
        Thread.sleep(100);
      }
    }
  }

  /** A stream of 1.5 s hiss, 2 s low, 1.5 s hiss, as 16-bit samples. */
  private static float[] sound() {
    float[] out = new float[5 * Service.RATE];
    Clip hiss = Service.clip("hiss", 5, 3);
    Clip low = Service.clip("low", 2, 4);
    System.arraycopy(hiss.samples(), 0, out, 0, out.length);
    System.arraycopy(low.samples(), 0, out, 3 * Service.RATE / 2, low.length());
    for (int i = 0; i < out.length; i++) {
      out[i] = (short) (out[i] * 32_000) / 32_768f;
    }
    return out;
  }

  private static byte[] bytes(float[] samples) {
    ByteBuffer out = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float x : samples) {
      out.putShort((short) (x * 32_768));
    }
    return out.array();
  }

  @Test
  @DisplayName("blocks of any size, cut within a sample, give the events of the whole clip")
  void events() throws Exception {
    float[] samples = sound();
    List<SoundEvent> expected =
        Detector.events(
            SoundModel.load(folder.resolve("tones.model")),
            Clip.of("stream", samples, Service.RATE),
            ListenOptions.of());
    assertThat(expected).isNotEmpty();
    Told told = new Told();
    WebSocket socket = open("model=tones&rate=16000&format=s16le", told);
    byte[] all = bytes(samples);
    Random random = new Random(7);
    for (int at = 0; at < all.length; ) {
      int n = Math.min(all.length - at, 1 + random.nextInt(20_001));
      socket.sendBinary(ByteBuffer.wrap(all, at, n), true).get(10, TimeUnit.SECONDS);
      at += n;
    }
    socket.sendText("end", true).get(10, TimeUnit.SECONDS);
    assertThat(told.closed.get(10, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
    assertThat(told.messages.getFirst().path("type").asString()).isEqualTo("ready");
    assertThat(told.of("event"))
        .extracting(
            e ->
                new SoundEvent(
                    e.path("start").asDouble(),
                    e.path("end").asDouble(),
                    e.path("label").asString(),
                    e.path("confidence").asDouble()))
        .isEqualTo(expected);
    assertThat(told.of("end").getFirst().path("seconds").asDouble()).isEqualTo(5.0);
    assertThat(told.of("window").size()).isGreaterThan(5);
    freed();
  }

  @Tag("long")
  @Test
  @DisplayName("a model of whole sounds is asked once of each, and says so; Unknown is no class")
  void wholeSounds() throws Exception {
    Path file = HeardTones.wholeModel(folder);
    List<SoundEvent> expected =
        Detector.events(SoundModel.load(file), HeardTones.stream(), ListenOptions.of());
    Service before = service;
    try (Service own = new Service(ModelServer.start(ServeOptions.of(file)))) {
      service = own;
      Told told = new Told();
      WebSocket socket = open("rate=" + HeardTones.RATE + "&format=s16le", told);
      byte[] all = bytes(HeardTones.stream().samples());
      for (int at = 0; at < all.length; at += 20_000) {
        int n = Math.min(all.length - at, 20_000);
        socket.sendBinary(ByteBuffer.wrap(all, at, n), true).get(10, TimeUnit.SECONDS);
      }
      socket.sendText("end", true).get(10, TimeUnit.SECONDS);
      assertThat(told.closed.get(10, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
      JsonNode ready = told.messages.getFirst();
      assertThat(ready.path("wholeSounds").asBoolean()).isTrue();
      assertThat(ready.path("classes").toString()).isEqualTo("[\"high\",\"low\"]");
      assertThat(told.of("event"))
          .extracting(e -> e.path("label").asString())
          .isEqualTo(expected.stream().map(SoundEvent::label).toList())
          .containsExactly("low", "high");
      assertThat(told.of("window")).extracting(w -> w.path("label").asString()).contains("low", "");
      String models = own.send(own.ask("/v1/models").GET()).body();
      assertThat(models).contains("\"classes\":[\"high\",\"low\"]", "\"wholeSounds\":true");
    } finally {
      service = before;
    }
  }

  @Test
  @DisplayName("32-bit samples of another rate are resampled")
  void resampled() throws Exception {
    Told told = new Told();
    WebSocket socket = open("model=tones&rate=48000&format=f32le", told);
    float[] samples = Service.clip("low", 2, 5).resampled(48_000).samples();
    ByteBuffer out = ByteBuffer.allocate(4 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float x : samples) {
      out.putFloat(x);
    }
    socket.sendBinary(out.flip(), true).get(10, TimeUnit.SECONDS);
    socket.sendText("end", true).get(10, TimeUnit.SECONDS);
    assertThat(told.closed.get(10, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
    assertThat(told.of("event").getFirst().path("label").asString()).isEqualTo("low");
    freed();
  }

  @Test
  @DisplayName("samples that are no numbers and unknown words close the stream with a reason")
  void bad() throws Exception {
    Told told = new Told();
    WebSocket socket = open("model=tones&rate=16000&format=f32le", told);
    socket.sendBinary(ByteBuffer.wrap(new byte[] {0, 0, -64, 127}), true).get(10, TimeUnit.SECONDS);
    assertThat(told.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1007);
    Told other = new Told();
    open("model=tones", other).sendText("hello", true).get(10, TimeUnit.SECONDS);
    assertThat(other.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1003);
    Told large = new Told();
    open("model=tones", large)
        .sendBinary(ByteBuffer.allocate(Streams.MOST_BYTES + 1), true)
        .get(10, TimeUnit.SECONDS);
    assertThat(large.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1009);
    freed();
  }

  @Test
  @DisplayName("a stream that is not possible is refused before it opens")
  void refused() throws Exception {
    assertThat(upgrade("model=prices"))
        .startsWith("HTTP/1.1 400")
        .contains("takes rows, not sound");
    assertThat(upgrade("model=none")).startsWith("HTTP/1.1 404");
    assertThat(upgrade("model=tones&rate=1")).startsWith("HTTP/1.1 400").contains("4000 to 192000");
    assertThat(upgrade("model=tones&format=mp3")).startsWith("HTTP/1.1 400").contains("s16le");
    HttpResponse<String> plain = service.get("/v1/stream?model=tones");
    assertThat(plain.statusCode()).isEqualTo(426);
    List<WebSocket> open = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      open.add(open("model=tones", new Told()));
    }
    String full = upgrade("model=tones");
    assertThat(full).startsWith("HTTP/1.1 503").contains("Retry-After: 5");
    open.forEach(WebSocket::abort);
    freed();
  }

  /** Asks for a stream and returns the beginning of the answer. */
  private static String upgrade(String query) throws IOException {
    try (Socket socket = raw(query)) {
      byte[] buffer = new byte[2000];
      int n = socket.getInputStream().readNBytes(buffer, 0, 12);
      n += socket.getInputStream().read(buffer, n, buffer.length - n);
      return new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
    }
  }

  private static Socket raw(String query) throws IOException {
    return raw(service, query);
  }

  private static Socket raw(Service of, String query) throws IOException {
    int port = of.server.address().getPort();
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(5_000);
    socket
        .getOutputStream()
        .write(
            String.join(
                    "\r\n",
                    "GET /v1/stream?%s HTTP/1.1",
                    "Host: 127.0.0.1:%d",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "",
                    "")
                .formatted(query, port)
                .getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  @Test
  @Tag("long")
  @DisplayName("a stream that is cut at random, within a frame or after one, frees its place")
  void cut() throws Exception {
    Random random = new Random(11);
    byte[] sound = bytes(sound());
    for (int round = 0; round < 5; round++) {
      List<Socket> sockets = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Socket socket = raw("model=tones&rate=16000");
        sockets.add(socket);
        byte[] frames = frames(sound, 4_000 + random.nextInt(60_000));
        OutputStream out = socket.getOutputStream();
        out.write(frames, 0, random.nextInt(frames.length));
        if (random.nextBoolean()) {
          socket.setSoLinger(true, 0); // a reset rather than an end
        }
      }
      for (Socket socket : sockets) {
        socket.close();
      }
      freed();
    }
  }

  @Test
  @DisplayName("a peer that is gone without a word is pinged and then cut")
  void silent() throws Exception {
    try (Socket socket = raw("model=tones")) {
      assertThat(socket.getInputStream().readNBytes(12))
          .startsWith("HTTP/1.1 101".getBytes(StandardCharsets.UTF_8));
      waitFor(1);
      freed(); // no pong came
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
          .contains("\u0089\u0000"); // a ping without payload
    }
  }

  @Test
  @Tag("long")
  @DisplayName("a peer that sends, but never reads, is cut, and what waits for it is bounded")
  void deaf() throws Exception {
    try (Service own = new Service(ModelServer.start(level()));
        Socket socket = raw(own, "model=level")) {
      assertThat(socket.getInputStream().readNBytes(12))
          .startsWith("HTTP/1.1 101".getBytes(StandardCharsets.UTF_8));
      byte[] minutes = frames(new byte[2 * 60 * 4_000], 60_000);
      OutputStream out = socket.getOutputStream();
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 500; i++) {
                  out.write(minutes);
                }
              })
          .isInstanceOf(IOException.class);
      long end = System.nanoTime() + 15_000_000_000L;
      while (own.metric("fieldnotes_streams_open") > 0) {
        assertThat(System.nanoTime()).as("the stream is open").isLessThan(end);
        Thread.sleep(10);
      }
    }
  }

  /** A service of a model that says 50 times a second how loud it is. */
  private static ServeOptions level() throws IOException {
    FeatureSet set = FeatureSet.of("LEVEL", Measure.rms()).withStatistics(Statistic.MEAN);
    Matrix x = Matrix.of(set.columns(), new double[][] {{0}, {0.1}, {0.9}, {1}});
    var model =
        Classifiers.unknown(Classifiers.tree(TreeOptions.of(1)))
            .fit(Samples.of(x, List.of("quiet", "quiet", "loud", "loud")));
    Path file = folder.resolve("level.model");
    SoundModel.of(model, set, FrameOptions.of(), 4_000, 0.04, ModelCard.of("levels")).save(file);
    return ServeOptions.of(file)
        .withWork(folder.resolve("own"))
        .withLimits(ServeLimits.of().withTimes(5, 5, 1.5).withWarmUp(0));
  }

  /** Masked binary frames with 16-bit lengths. */
  private static byte[] frames(byte[] bytes, int each) {
    ByteBuffer out = ByteBuffer.allocate(bytes.length + 8 * (bytes.length / each + 1));
    for (int at = 0; at < bytes.length; at += each) {
      int n = Math.min(each, bytes.length - at);
      out.put((byte) 0x82).put((byte) 0xFE).putShort((short) n).putInt(0).put(bytes, at, n);
    }
    return java.util.Arrays.copyOf(out.array(), out.position());
  }

  private static void freed() throws InterruptedException {
    waitFor(0);
  }

  private static void waitFor(int streams) throws InterruptedException {
    long end = System.nanoTime() + 15_000_000_000L;
    while (service.metric("fieldnotes_streams_open") != streams) {
      assertThat(System.nanoTime()).as("streams open").isLessThan(end);
      Thread.sleep(10);
    }
  }
}
