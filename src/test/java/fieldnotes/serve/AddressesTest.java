package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses as they should not be written. */
class AddressesTest {
  @TempDir static Path folder;
  static Service service;

  @BeforeAll
  static void begin() throws IOException {
    service = Service.of(folder, ServeLimits.of());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/models/%f, 400",
    "GET, /v1/models/%zz, 400",
    "GET, /v1/models?x=%zz, 400",
    "GET, /v1/jobs/%ff, 400",
    "POST, /v1/classify?model=%f, 400",
    "POST, /v1/classify?model=%zz, 400",
    "POST, /v1/classify?model=%ff, 400",
    "POST, /v1/batch?model=%zz, 400",
    "POST, /v1/models/reload?model=%zz, 400",
    "GET, /v1/stream?model=%f, 400",
    "GET, /v1/stream?model=%zz, 400",
    "GET, /v1/stream?model=%, 400",
    "GET, /v1/stream?model=%u12, 400",
    "GET, /v1/stream?model=tones&rate=%e0%80, 400",
    "GET, /v1/stream?%zz=1, 400",
    "GET, /v1/stream?model=%ff, 400",
    "GET, /v1/stream?model=tone%73&rate=1, 400",
    "GET, /v1/models?x=%e2%82%ac+&&=%25, 200",
  })
  @DisplayName("an address with a percent sign that is no character is refused")
  void percent(String method, String path, int status) {
    String[] upgrade =
        path.startsWith("/v1/stream")
            ? new String[] {
              "Upgrade: websocket",
              "Connection: Upgrade",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
            }
            : new String[] {"Content-Length: 0"};
    Raw answer = Raw.send(service, method, path, upgrade);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    if (status == 400) {
      assertThat(answer.error()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "localhost", "::1", "[::1]", "NAME"})
  @DisplayName("a service is served under the address that it prints, whatever that is of here")
  void loopback(String listensOn) throws Exception {
    String host = listensOn.equals("NAME") ? InetAddress.getLocalHost().getHostName() : listensOn;
    InetAddress at = InetAddress.getByName(host);
    Assumptions.assumeTrue(at.isLoopbackAddress() && canListenOn(at), host);
    ServeOptions options =
        ServeOptions.of(folder.resolve("prices.model"))
            .withAddress(host, 0)
            .withWork(folder.resolve("other-work"))
            .withLimits(ServeLimits.of().withWarmUp(0));
    try (Service other = new Service(ModelServer.start(options))) {
      URI address = other.server.address();
      assertThat(other.get("/v1/models").statusCode()).isEqualTo(200);
      String row = "{\"row\": {\"a\": 0.5, \"b\": 0.25}}";
      assertThat(other.rows("/v1/classify", row).statusCode()).isEqualTo(200);
      String own = address.getScheme() + "://" + address.getAuthority();
      assertThat(status(at, address.getPort(), address.getAuthority(), own)).isEqualTo(200);
      String bound = at.getHostAddress();
      String known = bound.contains(":") ? "[" + bound + "]" : bound;
      assertThat(status(at, address.getPort(), known + ":" + address.getPort(), null))
          .isEqualTo(200);
      assertThat(status(at, address.getPort(), "evil.example:" + address.getPort(), null))
          .isEqualTo(403);
      assertThat(status(at, address.getPort(), address.getAuthority(), "http://evil.example"))
          .isEqualTo(403);
    }
  }

  private static boolean canListenOn(InetAddress address) {
    try (ServerSocket socket = new ServerSocket(0, 1, address)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static int status(InetAddress to, int port, String host, String origin) {
    String request =
        "GET /v1/models HTTP/1.1\r\nConnection: close\r\nHost: %s\r\n%s\r\n"
            .formatted(host, origin == null ? "" : "Origin: " + origin + "\r\n");
    return Raw.send(to, port, request).status();
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "GET /health HTTP/1.1, Host: 127.0.0.1:PORT, 200",
    "GET /health HTTP/1.1, Host: LOCALHOST:PORT, 200",
    "GET /health HTTP/1.1, Host: localhost.:PORT, 403",
    "GET /health HTTP/1.1, Host: localhost, 403",
    "GET /health HTTP/1.1, Host: [::1]:PORT, 403",
    "GET /health HTTP/1.1, Host: [::1:PORT, 400",
    "GET /health HTTP/1.1, Host: [::1%25lo]:PORT, 400",
    "GET /health HTTP/1.1, Host: localhost:, 400",
    "GET /health HTTP/1.1, Host: localhost:PORTx, 400",
    "GET /health HTTP/1.1, 'Host: ', 400",
    "GET /health HTTP/1.1, X: y, 400",
    "GET /health HTTP/1.1, Host: localhost:PORT|Host: localhost:PORT, 400",
    "GET /health HTTP/1.1, Host: localhost:PORT|Host: evil.example, 400",
    "GET /health HTTP/1.0, X: y, 403",
    "GET /health HTTP/1.0, Host: localhost:PORT, 200",
    "GET http://localhost:PORT/health HTTP/1.1, Host: localhost:PORT, 200",
    "GET http://evil.example/health HTTP/1.1, Host: localhost:PORT, 400",
    "GET http://localhost:PORT/health HTTP/1.1, Host: evil.example, 400",
    "GET http://evil.example/health HTTP/1.1, Host: evil.example, 403",
    "GET http://localhost:PORT/health HTTP/1.0, X: y, 403",
    "GET http:///health HTTP/1.1, Host: localhost:PORT, 400",
  })
  @DisplayName("however a request names the host, it is answered as such or refused")
  void hosts(String line, String headers, int status) {
    int port = service.server.address().getPort();
    String request =
        (line + "\r\nConnection: close\r\n" + headers.replace("|", "\r\n") + "\r\n\r\n")
            .replace("PORT", Integer.toString(port));
    Raw answer = Raw.send(InetAddress.getLoopbackAddress(), port, request);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    if (status != 200) {
      assertThat(answer.error()).isNotEmpty();
    }
  }
}
