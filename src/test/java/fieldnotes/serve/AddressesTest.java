package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
