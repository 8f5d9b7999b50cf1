package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.model.ModelFile;
import fieldnotes.table.Matrix;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the service answers to good requests, and to bad ones. */
class ModelServerTest {
  @TempDir static Path folder;
  static Service service;

  @BeforeAll
  static void begin() throws IOException {
    service = Service.of(folder, ServeLimits.of().withSizes(200_000, 5));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  @DisplayName("rows are predicted as the model itself does, in each of the three forms")
  void rows() throws Exception {
    double expected =
        ModelFile.loadNumbers(folder.resolve("prices.model"))
            .predict(Matrix.of(List.of("a", "b"), new double[][] {{0.5, 0.25}}))[0];
    for (String body :
        List.of(
            "{\"row\": {\"b\": 0.25, \"a\": 0.5, \"other\": \"x\"}}",
            "{\"rows\": [{\"a\": 0.5, \"b\": 0.25}]}",
            "{\"columns\": [\"b\", \"x\", \"a\"], \"rows\": [[0.25, null, 0.5]]}")) {
      HttpResponse<String> answer = service.rows("/v1/classify?model=prices", body);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      JsonNode told = Service.json(answer);
      assertThat(told.path("predictions").path(0).path("value").asDouble()).isEqualTo(expected);
      assertThat(told.path("model").asString()).isEqualTo("prices");
      assertThat(told.path("version").asString()).hasSize(12);
    }
  }

  @Test
  @DisplayName("a sound is named, window by window, with probabilities and knownness")
  void sound() {
    for (String kind : Service.KINDS) {
      HttpResponse<String> answer =
          service.sound("/v1/classify?model=tones", Service.wav(kind, 2.5, 105));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      JsonNode told = Service.json(answer);
      assertThat(told.path("label").asString()).isEqualTo(kind);
      assertThat(told.path("seconds").asDouble()).isEqualTo(2.5);
      assertThat(told.path("windows").size()).isEqualTo(2);
      JsonNode first = told.path("windows").path(0);
      assertThat(first.path("start").asDouble()).isEqualTo(0.5);
      assertThat(first.path("end").asDouble()).isEqualTo(1.5);
      assertThat(first.path("known").asBoolean()).isTrue();
      assertThat(first.path("probabilities").path(kind).asDouble()).isGreaterThan(0.8);
      assertThat(first.path("knownness").asDouble())
          .isGreaterThanOrEqualTo(first.path("threshold").asDouble());
    }
  }

  @Test
  @DisplayName("a model of sounds takes rows of features, too, with missing ones")
  void features() {
    StringBuilder row = new StringBuilder();
    for (JsonNode column : service.json("/v1/models/tones").path("columns")) {
      row.append(row.isEmpty() ? "" : ",")
          .append("\"%s\": null".formatted(column.path("name").asString()));
    }
    HttpResponse<String> answer =
        service.rows("/v1/classify?model=tones", "{\"row\": {%s}}".formatted(row));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(Service.json(answer).path("predictions").path(0).path("label").asString())
        .isIn("low", "high", "hiss", "Unknown");
  }

  @Test
  @DisplayName("the schema is drawn from the model")
  void schema() {
    JsonNode models = service.json("/v1/models").path("models");
    assertThat(models.size()).isEqualTo(2);
    JsonNode tones = models.path(0);
    assertThat(tones.path("takes").asString()).isEqualTo("sound");
    assertThat(tones.path("classes").toString()).isEqualTo("[\"high\",\"hiss\",\"low\"]");
    assertThat(tones.path("columns").size()).isEqualTo(38);
    JsonNode prices = models.path(1);
    assertThat(prices.path("columns").path(0).path("name").asString()).isEqualTo("a");
    assertThat(prices.path("columns").path(0).path("kind").asString()).isEqualTo("number");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "/v1/classify|{\"row\": {}}|400|which model",
        "/v1/classify?model=none|{\"row\": {}}|404|there are [prices, tones]",
        "/v1/classify?model=prices|{|400|not valid JSON",
        "/v1/classify?model=prices|[]|400|the columns [a, b]",
        "/v1/classify?model=prices|{\"rows\": []}|400|must be 1 to 10000",
        "/v1/classify?model=prices|{\"rows\": [3]}|400|must be an object",
        "/v1/classify?model=prices|{\"rows\": [[1, 2]]}|400|must be an object",
        "/v1/classify?model=prices|{\"row\": {\"a\": 1}}|400|no column 'b'; the model needs [a, b]",
        "/v1/classify?model=prices|{\"row\": {\"a\": 1, \"b\": \"x\"}}|400|must be a number",
        "/v1/classify?model=prices|{\"row\": {\"a\": 1, \"b\": 1e999}}|400|must be a number",
        "/v1/classify?model=prices|{\"row\": {\"a\": 1, \"b\": NaN}}|400|not valid JSON",
        "/v1/classify?model=prices|{\"columns\": [\"a\"], \"rows\": [[1]]}|400|no column 'b'",
        "/v1/classify?model=prices|{\"row\": {\"a\": 1, \"b\": null}}|400|b",
        "/v1/batch?model=prices|{}|400|takes rows, not sound",
        "/v1/batch?model=tones|{}|415|multipart/form-data",
        "/v1/nothing|{}|404|no such page",
        "/health|{}|405|does not take POST",
      })
  void refused(String path, String body, int status, String words) {
    HttpResponse<String> answer = service.rows(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode told = Service.json(answer);
    assertThat(told.propertyNames()).containsExactly("error");
    assertThat(told.path("error").asString()).contains(words);
  }

  @Test
  @DisplayName("what is no sound, too long or too large is refused, with no path of this machine")
  void badSounds() throws IOException {
    HttpResponse<String> none = service.sound("/v1/classify?model=tones", new byte[1000]);
    assertThat(none.statusCode()).as(none.body()).isEqualTo(415);
    assertThat(none.body()).contains("the sound cannot be read").doesNotContain(folder.toString());
    assertThat(service.sound("/v1/classify?model=tones", new byte[0]).statusCode()).isEqualTo(400);
    HttpResponse<String> rows = service.sound("/v1/classify?model=prices", new byte[10]);
    assertThat(rows.statusCode()).isEqualTo(400);
    HttpResponse<String> large = service.sound("/v1/classify?model=tones", new byte[200_001]);
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(large.body()).contains("at most 200000 bytes");
    HttpResponse<String> length =
        service.sound("/v1/classify?model=tones", Service.wav("low", 5.001, 1));
    assertThat(length.statusCode()).isEqualTo(413);
    assertThat(length.body()).contains("longer than 5.0 seconds");
    String list = "#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:1,\nfile:///etc/passwd\n";
    assertThat(
            service
                .sound("/v1/classify?model=tones", list.getBytes(StandardCharsets.UTF_8))
                .statusCode())
        .isEqualTo(415);
    assertThat(Service.soundsLeft(folder)).isEmpty();
  }

  @Test
  @DisplayName("health, readiness and metrics")
  void health() throws InterruptedException {
    assertThat(service.get("/health").body()).isEqualTo("{\"status\":\"ok\"}");
    for (int i = 0; i < 500 && service.get("/ready").statusCode() == 503; i++) {
      Thread.sleep(50); // it warms up
    }
    assertThat(service.json("/ready").path("models").asInt()).isEqualTo(2);
    String metrics = service.get("/metrics").body();
    assertThat(metrics)
        .contains("# TYPE fieldnotes_requests_total counter\n")
        .contains("fieldnotes_requests_total{route=\"/health\",status=\"200\"}")
        .contains("fieldnotes_request_seconds_bucket{route=\"/health\",le=\"+Inf\"}")
        .contains("fieldnotes_requests_open 1\n");
  }

  @Test
  @DisplayName("a batch is taken, worked off in order, told of, and deleted")
  void batch() throws Exception {
    HttpResponse<String> answer =
        service.batch(
            "/v1/batch?model=tones",
            List.of(Service.wav("low", 1, 1), new byte[500], Service.wav("hiss", 1, 2)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String place = answer.headers().firstValue("Location").orElseThrow();
    JsonNode job = service.json(place);
    for (int i = 0; i < 500 && !job.path("state").asString().equals("done"); i++) {
      Thread.sleep(20);
      job = service.json(place);
    }
    assertThat(job.path("done").asInt()).isEqualTo(3);
    List<JsonNode> results =
        service.get(place + "/results").body().lines().map(Answers.JSON::readTree).toList();
    assertThat(results).hasSize(3);
    assertThat(results.get(0).path("label").asString()).isEqualTo("low");
    assertThat(results.get(0).path("file").asString()).isEqualTo("clip-0.wav");
    assertThat(results.get(1).path("error").asString()).contains("cannot be read");
    assertThat(results.get(2).path("label").asString()).isEqualTo("hiss");
    HttpResponse<String> deleted = service.send(service.ask(place).DELETE());
    assertThat(Service.json(deleted).path("state").asString()).isEqualTo("deleted");
    assertThat(service.get(place).statusCode()).isEqualTo(404);
    HttpResponse<String> large = service.batch("/v1/batch?model=tones", List.of(new byte[200_001]));
    assertThat(large.statusCode()).as(large.body()).isEqualTo(413);
  }

  @Test
  @DisplayName("the description names each route and each model's columns")
  void openApi() {
    JsonNode api = service.json("/openapi.json");
    assertThat(api.path("openapi").asString()).startsWith("3.1");
    assertThat(api.path("paths").propertyNames())
        .contains("/v1/classify", "/v1/batch", "/v1/jobs/{id}", "/v1/models", "/metrics");
    assertThat(api.path("components").path("schemas").propertyNames())
        .contains("prices-row", "tones-row");
  }

  @Test
  @DisplayName("two models of one name, no model, and other machines without keys are refused")
  void start() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    Path same = Service.prices(other, 1);
    assertThatThrownBy(
            () -> ModelServer.start(ServeOptions.of(folder.resolve("prices.model"), same)))
        .hasMessageContaining("both would be called 'prices'");
    assertThatThrownBy(() -> ModelServer.start(ServeOptions.of(folder.resolve("no.model"))))
        .hasMessageContaining("no.model");
    assertThatThrownBy(() -> ModelServer.start(ServeOptions.of(same).withAddress("0.0.0.0", 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("keys are needed");
    assertThatThrownBy(() -> ModelServer.start(Service.options(folder)))
        .hasMessageContaining("another service uses this folder");
  }
}
