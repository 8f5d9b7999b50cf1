package fieldnotes.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.classify.Classifiers;
import fieldnotes.cluster.KMeansOptions;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The description of the service is of what it really answers. */
class OpenApiTest {
  private static final String ROW = "{\"row\": {\"a\": 0.5, \"b\": 0.25}}";

  @TempDir static Path folder;
  static Service open;
  static Service closed;
  static JsonNode ofOpen;
  static JsonNode ofClosed;

  @BeforeAll
  static void begin() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    double[][] x = new double[60][2];
    List<String> kinds = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      kinds.add(i % 2 == 0 ? "left" : "right");
      x[i] = new double[] {i % 2 + random.nextDouble() / 2, random.nextDouble()};
    }
    Matrix rows = Matrix.of(List.of("a", "b"), x);
    Samples samples = Samples.of(rows, kinds);
    List<Path> files =
        List.of(
            Service.tones(folder),
            Service.prices(folder, 3),
            Classifiers.logistic().fit(samples).save(folder.resolve("two sides.model")),
            Classifiers.supportVectors().fit(samples).save(folder.resolve("two_sides.model")),
            Classifiers.unknown(Classifiers.logistic())
                .fit(samples)
                .save(folder.resolve("größe~$ref.model")),
            KMeansOptions.of(2, 1).fit(Samples.of(rows)).save(folder.resolve("a-row.model")));
    ServeLimits limits = ServeLimits.of().withWarmUp(0).withSizes(200_000, 5);
    open =
        new Service(
            ModelServer.start(
                ServeOptions.of(files.toArray(Path[]::new))
                    .withWork(folder.resolve("work"))
                    .withLimits(limits)));
    Path keys = folder.resolve("keys.json");
    String key = ApiKeys.add(keys, "ann", false, 1_000);
    closed =
        new Service(
            ModelServer.start(
                ServeOptions.of(files.get(0))
                    .withWork(folder.resolve("work-of-keys"))
                    .withKeys(keys)
                    .withLimits(limits)));
    closed.key = key;
    ofOpen = open.json("/openapi.json");
    ofClosed = closed.json("/openapi.json");
  }

  @AfterAll
  static void stop() {
    open.close();
    closed.close();
  }

  /** Checks an answer against what the description says of its operation and status. */
  private static JsonNode fits(
      Service service, String path, HttpResponse<String> answer, int status) {
    JsonNode api = service == open ? ofOpen : ofClosed;
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(status);
    String method = answer.request().method().toLowerCase(Locale.ROOT);
    JsonNode said = api.path("paths").path(path).path(method).path("responses");
    JsonNode content = said.path(Integer.toString(status)).path("content");
    String type = answer.headers().firstValue("Content-Type").orElseThrow().split("[; ]")[0];
    assertThat(content.propertyNames()).as(method + path + status).containsExactly(type);
    JsonNode schema = content.path(type).path("schema");
    assertThat(schema.isObject()).isTrue();
    List<JsonNode> values =
        switch (type) {
          case "application/json" -> List.of(Service.json(answer));
          case "application/x-ndjson" -> answer.body().lines().map(Answers.JSON::readTree).toList();
          default -> List.of(Answers.JSON.valueToTree(answer.body()));
        };
    for (JsonNode value : values) {
      assertThat(new Schemas(api).faults(schema, value)).as(value.toString()).isEmpty();
    }
    return values.getFirst();
  }

  private static String named(String path, String model) {
    return path + "?model=" + URLEncoder.encode(model, UTF_8);
  }

  @Test
  @DisplayName("what is asked of the service itself is answered as described")
  void itself() {
    for (Service service : List.of(open, closed)) {
      for (String path :
          List.of("/health", "/metrics", "/openapi.json", "/v1/models", "/v1/jobs")) {
        fits(service, path, service.get(path), 200);
      }
      fits(service, "/v1/models/{name}", service.get("/v1/models/tones"), 200);
      fits(service, "/v1/models/{name}", service.get("/v1/models/none"), 404);
      HttpRequest.Builder ticket =
          service.ask("/v1/tickets").POST(HttpRequest.BodyPublishers.noBody());
      fits(service, "/v1/tickets", service.send(ticket), 200);
      fits(service, "/v1/stream", service.get("/v1/stream"), 426);
      HttpResponse<String> ready = service.get("/ready");
      fits(service, "/ready", ready, ready.statusCode());
    }
    fits(closed, "/health", closed.get("/health?api_key=x"), 400);
    HttpRequest.Builder reload =
        open.ask("/v1/models/reload").POST(HttpRequest.BodyPublishers.noBody());
    fits(open, "/v1/models/reload", open.send(reload), 200);
  }

  @Test
  @DisplayName("rows are taken in the three forms described, and answered as described")
  void rows() {
    JsonNode api = ofOpen;
    JsonNode classify = api.at("/paths/~1v1~1classify/post");
    JsonNode body = classify.at("/requestBody/content/application~1json/schema");
    Schemas schemas = new Schemas(api);
    assertThat(classify.path("x-rows").size()).isEqualTo(6);
    List<String> told = new ArrayList<>();
    for (String model : classify.path("x-rows").propertyNames()) {
      if (model.equals("tones")) { // sounds, or rows of what is measured of them
        Map<String, Integer> row = new TreeMap<>();
        JsonNode columns = api.at("/components/schemas/tones-row/properties");
        columns.propertyNames().forEach(name -> row.put(name, null));
        String features = Answers.JSON.writeValueAsString(Map.of("row", row));
        assertThat(schemas.faults(body, Answers.JSON.readTree(features))).isEmpty();
        fits(open, "/v1/classify", open.rows(named("/v1/classify", model), features), 200);
        continue;
      }
      for (String rows :
          List.of(
              ROW,
              "{\"rows\": [{\"a\": 0.5, \"b\": 0.25}, {\"a\": 1, \"b\": 0, \"c\": \"x\"}]}",
              "{\"columns\": [\"b\", \"x\", \"a\"], \"rows\": [[0.25, null, 0.5]]}")) {
        assertThat(schemas.faults(body, Answers.JSON.readTree(rows))).isEmpty();
        HttpResponse<String> answer = open.rows(named("/v1/classify", model), rows);
        JsonNode one = fits(open, "/v1/classify", answer, 200).at("/predictions/0");
        told.add(String.join(" ", one.propertyNames()));
      }
      for (String far : List.of("1e308", "-1e308", "1e-320")) {
        String row = "{\"row\": {\"a\": %s, \"b\": %s}}".formatted(far, far);
        HttpResponse<String> answer = open.rows(named("/v1/classify", model), row);
        assertThat(answer.statusCode()).as(model + answer.body()).isIn(200, 400);
        fits(open, "/v1/classify", answer, answer.statusCode());
      }
    }
    assertThat(told)
        .contains(
            "value",
            "cluster",
            "label probabilities",
            "label scores",
            "label known likeliest probabilities knownness threshold");
    for (String wrong :
        List.of("{}", "[]", "{\"row\": {\"a\": 1}}", "{\"rows\": []}", "{\"rows\": [[1, 2]]}")) {
      assertThat(schemas.faults(body, Answers.JSON.readTree(wrong))).as(wrong).isNotEmpty();
      fits(open, "/v1/classify", open.rows("/v1/classify?model=prices", wrong), 400);
    }
    fits(open, "/v1/classify", open.rows("/v1/classify?model=none", ROW), 404);
  }

  @Tag("long")
  @Test
  @DisplayName("sounds, batches and their results are answered as described")
  void sounds() throws Exception {
    for (Service service : List.of(open, closed)) {
      String classify = "/v1/classify?model=tones";
      for (double seconds : new double[] {0.2, 1, 2.5}) {
        byte[] wav = Service.wav("low", seconds, 3);
        fits(service, "/v1/classify", service.sound(classify, wav), 200);
      }
      fits(service, "/v1/classify", service.sound(classify, new byte[900]), 415);
      fits(service, "/v1/classify", service.sound(classify, Service.wav("low", 5.1, 1)), 413);
      String batch = "/v1/batch?model=tones";
      fits(service, "/v1/batch", service.rows(batch, "{}"), 415);
      fits(service, "/v1/batch", service.batch("/v1/batch?model=none", List.of()), 404);
      HttpResponse<String> taken =
          service.batch(batch, List.of(Service.wav("high", 1.5, 2), new byte[50]));
      fits(service, "/v1/batch", taken, 202);
      String place = taken.headers().firstValue("Location").orElseThrow();
      for (int i = 0; i < 500 && service.json(place).path("done").asInt() < 2; i++) {
        fits(service, "/v1/jobs/{id}", service.get(place), 200);
        Thread.sleep(20);
      }
      fits(service, "/v1/jobs/{id}/results", service.get(place + "/results"), 200);
      assertThat(fits(service, "/v1/jobs", service.get("/v1/jobs"), 200).at("/jobs").size())
          .isEqualTo(1);
      fits(service, "/v1/jobs/{id}", service.send(service.ask(place).DELETE()), 200);
      fits(service, "/v1/jobs/{id}", service.get(place), 404);
      fits(service, "/v1/jobs/{id}", service.send(service.ask(place).DELETE()), 404);
      fits(service, "/v1/jobs/{id}/results", service.get(place + "/results"), 404);
    }
  }

  @Test
  @DisplayName("who has no key, or one for less, is refused as described; open addresses are open")
  void keys() {
    JsonNode api = ofClosed;
    assertThat(api.path("security").size()).isEqualTo(2);
    assertThat(ofOpen.has("security")).isFalse();
    String key = closed.key;
    HttpRequest.Builder reload =
        closed.ask("/v1/models/reload").POST(HttpRequest.BodyPublishers.noBody());
    fits(closed, "/v1/models/reload", closed.send(reload), 403);
    closed.key = "";
    try {
      for (String path : api.path("paths").propertyNames()) {
        JsonNode methods = api.path("paths").path(path);
        for (String method : List.of("get", "post", "delete")) {
          if (!methods.has(method)) {
            continue;
          }
          HttpRequest.Builder request = closed.ask(path.replaceAll("\\{.*}", "x"));
          request.method(method.toUpperCase(Locale.ROOT), HttpRequest.BodyPublishers.noBody());
          HttpResponse<String> answer = closed.send(request);
          boolean isOpen = methods.path(method).at("/security").toString().equals("[]");
          assertThat(answer.statusCode() != 401).as(path).isEqualTo(isOpen);
          fits(closed, path, answer, answer.statusCode());
        }
      }
    } finally {
      closed.key = key;
    }
    JsonNode stream = api.at("/paths/~1v1~1stream/get");
    assertThat(stream.path("summary").asString()).contains("ticket").contains("replaces the key");
    assertThat(stream.path("security").toString())
        .isEqualTo("[{\"bearer\":[]},{\"header\":[]},{\"ticket\":[]}]");
  }

  @Test
  @DisplayName("each path that is described exists, with its methods, and no other is left out")
  void paths() {
    JsonNode api = ofOpen;
    assertThat(api.path("paths").propertyNames())
        .containsExactlyInAnyOrder(
            "/health",
            "/metrics",
            "/openapi.json",
            "/ready",
            "/v1/batch",
            "/v1/classify",
            "/v1/jobs",
            "/v1/jobs/{id}",
            "/v1/jobs/{id}/results",
            "/v1/models",
            "/v1/models/reload",
            "/v1/models/{name}",
            "/v1/stream",
            "/v1/tickets");
    List<String> ids = new ArrayList<>();
    for (String path : api.path("paths").propertyNames()) {
      Raw answer = Raw.send(open, "OPTIONS", path.replaceAll("\\{.*}", "x"));
      List<String> takes = List.of(answer.header("Allow").orElseThrow().split(", "));
      JsonNode methods = api.path("paths").path(path);
      for (String method : List.of("get", "post", "delete", "put", "patch")) {
        boolean other = path.equals("/v1/models/reload") && method.equals("get"); // a model's name
        assertThat(methods.has(method))
            .as(method + " " + path)
            .isEqualTo(takes.contains(method.toUpperCase(Locale.ROOT)) && !other);
        if (methods.has(method)) {
          ids.add(methods.path(method).path("operationId").asString());
          JsonNode responses = methods.path(method).path("responses");
          assertThat(responses.propertyNames()).contains("400").containsAnyOf("200", "202", "101");
        }
      }
    }
    assertThat(ids).doesNotHaveDuplicates().doesNotContain("");
  }

  @Test
  @DisplayName("whatever a model is called, its schemas have names of their own that are allowed")
  void names() {
    JsonNode api = ofOpen;
    JsonNode schemas = api.at("/components/schemas");
    assertThat(schemas.propertyNames())
        .allMatch(name -> name.matches("[a-zA-Z0-9._-]+"))
        .contains("two_sides-row", "two_sides-2-row", "gr__e__ref-row", "a-row-row", "error");
    assertThat(schemas.at("/two_sides-answer/properties/model/enum/0").asString())
        .isEqualTo("two sides");
    assertThat(schemas.at("/two_sides-2-answer/properties/model/enum/0").asString())
        .isEqualTo("two_sides");
    int refs = 0;
    for (JsonNode ref : api.findValues("$ref")) {
      assertThat(api.at(ref.asString().substring(1)).isObject()).as(ref.asString()).isTrue();
      refs++;
    }
    assertThat(refs).isGreaterThan(50);
  }
}
