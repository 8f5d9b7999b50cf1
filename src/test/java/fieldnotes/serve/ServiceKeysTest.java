package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Keys: good, guessed, revoked, missing, in the wrong place, and used too often. */
class ServiceKeysTest {
  private static final String ROW = "{\"row\": {\"a\": 0.5, \"b\": 0.25}}";

  @TempDir Path folder;
  private Path file;
  private String key;
  private Service service;

  @BeforeEach
  void start() throws IOException {
    file = folder.resolve("keys.json");
    key = ApiKeys.add(file, "ann", false, 0);
    service =
        new Service(
            ModelServer.start(
                ServeOptions.of(Service.prices(folder, 3))
                    .withWork(folder.resolve("work"))
                    .withKeys(file)
                    .withLog(folder.resolve("log.jsonl"))
                    .withLimits(ServeLimits.of().withRate(0.01, 40))));
    service.key = key;
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private int status(String name, String value) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.server.address().resolve("/v1/models")).header(name, value);
    return service.send(request).statusCode();
  }

  @Test
  @DisplayName("a key is taken from its headers only, and only as it was made")
  void places() throws Exception {
    assertThat(status("X-API-Key", key)).isEqualTo(200);
    assertThat(status("Authorization", "Bearer " + key)).isEqualTo(200);
    assertThat(status("Authorization", "bearer " + key)).isEqualTo(200);
    char last = key.charAt(key.length() - 1);
    String guessed = key.substring(0, key.length() - 1) + (last == '0' ? '1' : '0');
    for (String wrong :
        List.of(
            guessed,
            "fn_00000000_" + key.substring(12),
            key + "0",
            key.toUpperCase(Locale.ROOT),
            "x",
            "")) {
      assertThat(status("X-API-Key", wrong)).as(wrong).isEqualTo(401);
    }
    for (String wrong : List.of("Basic " + key, key, "Bearer", "Bearer  ")) {
      assertThat(status("Authorization", wrong)).as(wrong).isEqualTo(401);
    }
    assertThat(status("Cookie", "key=" + key)).isEqualTo(401);
    service.key = "";
    HttpResponse<String> missing = service.get("/v1/models");
    assertThat(missing.statusCode()).isEqualTo(401);
    assertThat(missing.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    for (String query : List.of("key=" + key, "api_key=x", "Access_Token=x", "a=b&x=" + key)) {
      HttpResponse<String> answer = service.get("/v1/models?" + query);
      assertThat(answer.statusCode()).as(query).isEqualTo(400);
      assertThat(answer.body()).contains("never in the address").doesNotContain(key);
    }
    assertThat(service.get("/" + key).statusCode()).isEqualTo(401);
    for (String open : List.of("/health", "/docs", "/live", "/openapi.json")) {
      assertThat(service.get(open).statusCode()).as(open).isEqualTo(200);
    }
    assertThat(service.get("/metrics").statusCode()).isEqualTo(401);
    service.close();
    String log = Files.readString(folder.resolve("log.jsonl"));
    assertThat(log.lines()).hasSizeGreaterThan(20).allSatisfy(Answers.JSON::readTree);
    assertThat(log).doesNotContain(key, key.substring(12)).contains("\"path\":\"/fn_…\"");
    JsonNode first = Answers.JSON.readTree(log.lines().findFirst().orElseThrow());
    assertThat(first.path("key").asString()).isEqualTo(key.substring(3, 11));
    assertThat(Files.readString(file)).doesNotContain(key.substring(12));
  }

  @Test
  @DisplayName("a key that is made or revoked while the service runs is taken or refused")
  void revoked() throws Exception {
    assertThat(service.get("/v1/models").statusCode()).isEqualTo(200);
    String second = ApiKeys.add(file, "ben", false, 0);
    Thread.sleep(200);
    assertThat(status("X-API-Key", second)).isEqualTo(200);
    ApiKeys.revoke(file, "ann");
    Thread.sleep(200);
    assertThat(service.get("/v1/models").statusCode()).isEqualTo(401);
    assertThat(status("X-API-Key", second)).isEqualTo(200);
    Files.delete(file);
    Thread.sleep(200);
    assertThat(status("X-API-Key", second)).as("no keys, no entry").isEqualTo(401);
  }

  @Test
  @DisplayName("64 threads get exactly the 40 answers that the key has, the rest 429")
  void limited() throws Exception {
    List<Future<HttpResponse<String>>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
      for (int i = 0; i < 192; i++) {
        all.add(threads.submit(() -> service.rows("/v1/classify", ROW)));
      }
    }
    int good = 0;
    for (Future<HttpResponse<String>> one : all) {
      HttpResponse<String> answer = one.get();
      assertThat(answer.headers().firstValue("RateLimit-Policy"))
          .contains("\"default\";q=40;w=4000");
      assertThat(answer.headers().firstValue("RateLimit")).isPresent();
      if (answer.statusCode() == 200) {
        good++;
      } else {
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
            .isBetween(60L, 100L);
      }
    }
    assertThat(good).isEqualTo(40);
    service.key = ApiKeys.add(file, "another has its own", false, 0);
    Thread.sleep(200);
    assertThat(service.rows("/v1/classify", ROW).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("only an admin key loads models; a batch is seen by its key alone")
  void rights() throws Exception {
    HttpRequest.Builder reload =
        service.ask("/v1/models/reload").POST(HttpRequest.BodyPublishers.noBody());
    assertThat(service.send(reload).statusCode()).isEqualTo(403);
    service.key = ApiKeys.add(file, "root", true, 0);
    Thread.sleep(200);
    reload = service.ask("/v1/models/reload").POST(HttpRequest.BodyPublishers.noBody());
    assertThat(service.send(reload).body()).isEqualTo("{\"changed\":[]}");
    assertThat(service.get("/v1/jobs/0123").statusCode()).isEqualTo(404);
  }

  private int streamed(String query) {
    try {
      WebSocket socket =
          service
              .client
              .newWebSocketBuilder()
              .buildAsync(service.stream(query), new WebSocket.Listener() {})
              .join();
      socket.abort();
      return 101;
    } catch (CompletionException e) {
      return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
    }
  }

  @Test
  @DisplayName("a key gets a ticket, which opens one stream and nothing else")
  void tickets() throws Exception {
    service.close();
    service =
        new Service(
            ModelServer.start(
                ServeOptions.of(Service.tones(folder))
                    .withWork(folder.resolve("work"))
                    .withKeys(file)
                    .withLimits(ServeLimits.of().withWarmUp(0))));
    assertThat(service.sound("/v1/tickets", new byte[0]).statusCode()).isEqualTo(401);
    assertThat(streamed("model=tones")).isEqualTo(401);
    service.key = key;
    JsonNode told = Service.json(service.sound("/v1/tickets", new byte[0]));
    assertThat(told.path("seconds").asInt()).isEqualTo(30);
    String ticket = "ticket=" + told.path("ticket").asString();
    service.key = "";
    assertThat(service.get("/v1/models?" + ticket).statusCode()).as("elsewhere").isEqualTo(401);
    assertThat(streamed("model=tones&" + ticket)).isEqualTo(101);
    assertThat(streamed("model=tones&" + ticket)).as("again").isEqualTo(401);
    assertThat(streamed("model=tones&ticket=" + key)).as("a key in the address").isEqualTo(400);
  }

  @Test
  @DisplayName("what is no file of keys, an unknown name and a blank one are refused")
  void refused() throws IOException {
    Path other = Files.writeString(folder.resolve("other.json"), "{}");
    assertThatThrownBy(() -> ApiKeys.open(other)).hasMessageContaining("is no file of keys");
    assertThatThrownBy(() -> ApiKeys.revoke(file, "eve"))
        .hasMessageContaining("no keys of")
        .hasMessageContaining("(ann)");
    assertThatThrownBy(() -> ApiKeys.add(file, " ", false, 0))
        .hasMessageContaining("1 to 80 printable characters");
    assertThatThrownBy(() -> ApiKeys.add(file, "x", false, -1)).hasMessageContaining("rate=-1");
    ApiKeys.Key made = ApiKeys.open(file).list().getFirst();
    assertThat(made.toString()).startsWith(key.substring(3, 11) + "  ann  made 20");
  }
}
