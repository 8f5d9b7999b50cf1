package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every method on every address, with keys and without. */
class MethodsTest {
  private static final List<String> METHODS =
      List.of(
          "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "FIND");

  @TempDir static Path folder;
  static Service open;
  static Service closed;

  @BeforeAll
  static void begin() throws IOException {
    open = Service.of(folder, ServeLimits.of());
    Path file = folder.resolve("keys.json");
    String key = ApiKeys.add(file, "ann", false, 1_000);
    closed =
        new Service(
            ModelServer.start(
                ServeOptions.of(folder.resolve("prices.model"))
                    .withWork(folder.resolve("work-of-keys"))
                    .withKeys(file)
                    .withLimits(ServeLimits.of().withWarmUp(0))));
    closed.key = key;
  }

  @AfterAll
  static void stop() {
    open.close();
    closed.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/|GET, HEAD, OPTIONS",
        "/docs|GET, HEAD, OPTIONS",
        "/live.js|GET, HEAD, OPTIONS",
        "/openapi.json|GET, HEAD, OPTIONS",
        "/health|GET, HEAD, OPTIONS",
        "/ready|GET, HEAD, OPTIONS",
        "/metrics|GET, HEAD, OPTIONS",
        "/v1/models|GET, HEAD, OPTIONS",
        "/v1/models/prices|GET, HEAD, OPTIONS",
        "/v1/models/reload|GET, HEAD, POST, OPTIONS",
        "/v1/classify|POST, OPTIONS",
        "/v1/tickets|POST, OPTIONS",
        "/v1/batch|POST, OPTIONS",
        "/v1/jobs|GET, HEAD, OPTIONS",
        "/v1/jobs/1|GET, HEAD, DELETE, OPTIONS",
        "/v1/jobs/1/results|GET, HEAD, OPTIONS",
        "/v1/stream|GET, HEAD, OPTIONS",
      })
  @DisplayName("a method that an address does not take gets 405 with those that it takes")
  void allowed(String path, String allow) {
    Set<String> takes = Set.of(allow.split(", "));
    for (Service service : List.of(open, closed)) {
      for (String method : METHODS) {
        Raw answer = Raw.send(service, method, path, "X-API-Key: " + service.key);
        String what = method + " " + path + "\n" + answer.text();
        if (method.equals("OPTIONS")) {
          assertThat(answer.status()).as(what).isEqualTo(204);
          assertThat(answer.body()).as(what).isEmpty();
          assertThat(answer.header("Content-Type")).as(what).isEmpty();
        } else if (method.equals("CONNECT")) {
          assertThat(answer.status()).as(what).isEqualTo(400);
          assertThat(answer.error()).as(what).contains("not a valid request");
          continue;
        } else if (!takes.contains(method)) {
          assertThat(answer.status()).as(what).isEqualTo(405);
          if (!method.equals("HEAD")) {
            assertThat(answer.error())
                .as(what)
                .isEqualTo("this address does not take %s but %s".formatted(method, allow));
          }
        } else {
          assertThat(answer.status()).as(what).isIn(200, 400, 403, 404, 415, 426, 503);
          continue;
        }
        assertThat(answer.header("Allow")).as(what).contains(allow);
        assertThat(answer.text().toLowerCase(Locale.ROOT))
            .as(what)
            .doesNotContain("access-control-");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/docs",
        "/live",
        "/health",
        "/v1/models",
        "/v1/models/prices",
        "/v1/models/none",
        "/v1/jobs",
        "/v1/jobs/1",
        "/v1/stream",
        "/openapi.json",
        "/none"
      })
  @DisplayName("HEAD is answered as GET, without a body")
  void head(String path) {
    for (Service service : List.of(open, closed)) {
      for (String key : List.of(service.key, "")) {
        Raw get = Raw.send(service, "GET", path, "X-API-Key: " + key);
        Raw head = Raw.send(service, "HEAD", path, "X-API-Key: " + key);
        assertThat(head.body()).isEmpty();
        assertThat(head.status()).as(head.text()).isEqualTo(get.status());
        for (String name : List.of("Content-Type", "Content-Length", "Upgrade", "Cache-Control")) {
          assertThat(head.header(name)).as(path + " " + name).isEqualTo(get.header(name));
        }
      }
    }
  }

  @Test
  @DisplayName("without a key only open addresses say what they take")
  void withoutKey() {
    for (String method : List.of("OPTIONS", "PUT", "TRACE", "FIND")) {
      for (String path : List.of("/v1/models", "/v1/classify", "/none")) {
        Raw answer = Raw.send(closed, method, path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(401);
        assertThat(answer.header("Allow")).isEmpty();
        assertThat(answer.error()).contains("a key is needed");
      }
      Raw answer = Raw.send(closed, method, "/health");
      assertThat(answer.status()).as(answer.text()).isEqualTo(method.equals("OPTIONS") ? 204 : 405);
      assertThat(answer.header("Allow")).contains("GET, HEAD, OPTIONS");
    }
  }

  @Test
  @DisplayName("an address that is not there takes nothing, and one that is no path is refused")
  void nothing() {
    for (String method : METHODS) {
      Raw answer = Raw.send(open, method, "/none");
      assertThat(answer.status()).as(answer.text()).isEqualTo(method.equals("CONNECT") ? 400 : 404);
      assertThat(answer.header("Allow")).isEmpty();
    }
    for (String target : List.of("*", "127.0.0.1:80", "http://127.0.0.1/health")) {
      for (String method : METHODS) {
        Raw answer = Raw.send(open, method, target);
        assertThat(answer.status()).as(method + " " + answer.text()).isBetween(400, 405);
      }
    }
  }
}
