package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.common.KeyStores;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service by TLS: good requests, who does not speak TLS, and key stores that are none. */
class TlsTest {
  private static final String PASSWORD = "o pen sésame";

  @TempDir static Path folder;
  static Path store;
  static ModelServer server;
  static HttpClient client;

  @BeforeAll
  static void start() throws Exception {
    store = KeyStores.store(folder.resolve("server.p12"), PASSWORD);
    server =
        ModelServer.start(
            Service.options(folder)
                .withTls(store, PASSWORD)
                .withLimits(ServeLimits.of().withWarmUp(0).withTimes(1.5, 1.5, 1.5)));
    client = HttpClient.newBuilder().sslContext(KeyStores.trusting(store, PASSWORD)).build();
  }

  @AfterAll
  static void stop() {
    server.close();
    client.close();
  }

  private static HttpResponse<String> get() throws Exception {
    return client.send(
        HttpRequest.newBuilder(server.address().resolve("/v1/models")).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  @DisplayName("a client that trusts the certificate is answered by TLS 1.3, another is not")
  void https() throws Exception {
    assertThat(server.address().toString()).startsWith("https://127.0.0.1:");
    HttpResponse<String> answer = get();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("tones", "prices");
    assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
    HttpRequest post =
        HttpRequest.newBuilder(server.address().resolve("/v1/classify?model=tones"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(Service.wav("low", 1, 105)))
            .build();
    assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).body())
        .contains("\"label\":\"low\"");
    try (HttpClient other = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(server.address()).build();
      assertThatThrownBy(() -> other.send(request, HttpResponse.BodyHandlers.discarding()))
          .isInstanceOf(SSLException.class);
    }
  }

  @Test
  @DisplayName("a stream by wss is heard to its end")
  void webSocket() throws Exception {
    CompletableFuture<Integer> closed = new CompletableFuture<>();
    StringBuilder told = new StringBuilder();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            told.append(data);
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
        };
    URI address =
        URI.create(
            server.address().toString().replaceFirst("https", "wss") + "v1/stream?model=tones");
    WebSocket socket =
        client.newWebSocketBuilder().buildAsync(address, listener).get(20, TimeUnit.SECONDS);
    byte[] wav = Service.wav("low", 2, 4);
    socket.sendBinary(ByteBuffer.wrap(wav, 44, wav.length - 44), true).get(20, TimeUnit.SECONDS);
    socket.sendText("end", true).get(20, TimeUnit.SECONDS);
    assertThat(closed.get(20, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
    assertThat(told).contains("\"type\":\"event\"", "\"label\":\"low\"");
  }

  private static Socket socket() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** What is answered until the connection is closed. */
  private static String answer(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException reset) {
      return "";
    }
  }

  @Test
  @DisplayName("plain HTTP to the port, silence and a handshake that drips end soon, with no word")
  void plain() throws Exception {
    try (Socket http = socket();
        Socket silent = socket();
        Socket drips = socket()) {
      http.getOutputStream()
          .write(
              "GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(answer(http)).doesNotContain("HTTP", "tones");
      OutputStream slowly = drips.getOutputStream();
      slowly.write(new byte[] {22, 3, 1, 2, 0}); // a client's hello of 512 bytes
      int sent = 0;
      try {
        while (sent < 500) {
          slowly.write(0);
          sent++;
          Thread.sleep(20);
        }
      } catch (IOException cut) {
        // that is what must come
      }
      assertThat(sent).as("bytes until it was cut").isLessThan(500);
      assertThat(answer(silent)).isEmpty();
    }
    assertThat(get().statusCode()).as("the others").isEqualTo(200);
  }

  private static void refuses(Path file, String password, String words) throws IOException {
    ServeOptions options =
        ServeOptions.of(folder.resolve("prices.model"))
            .withWork(folder.resolve("other"))
            .withTls(file, password);
    assertThatThrownBy(() -> ModelServer.start(options))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(words);
  }

  @Test
  @DisplayName("a wrong password, and files that are missing or no key store, each say so")
  void refused() throws Exception {
    refuses(store, "close sesame", "the password does not open this key store");
    refuses(store, "", "the password does not open this key store");
    Path missing = folder.resolve("missing.p12");
    refuses(missing, PASSWORD, missing.toString());
    Path text = Files.writeString(folder.resolve("text.p12"), "-----BEGIN CERTIFICATE-----\n");
    refuses(text, PASSWORD, "is no PKCS12 key store");
    Path empty = Files.write(folder.resolve("empty.p12"), new byte[0]);
    refuses(empty, PASSWORD, "is no PKCS12 key store");
    byte[] whole = Files.readAllBytes(store);
    Path half = folder.resolve("half.p12");
    Files.write(half, java.util.Arrays.copyOf(whole, whole.length / 2));
    refuses(half, PASSWORD, "or is damaged");
    Path keyless = folder.resolve("keyless.p12");
    KeyStore none = KeyStore.getInstance("PKCS12");
    none.load(null, null);
    try (OutputStream out = Files.newOutputStream(keyless)) {
      none.store(out, PASSWORD.toCharArray());
    }
    refuses(keyless, PASSWORD, "has no key with a certificate");
    refuses(folder, PASSWORD, folder.toString());
  }
}
