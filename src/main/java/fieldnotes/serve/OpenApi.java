package fieldnotes.serve;

import static fieldnotes.serve.OpenSchemas.array;
import static fieldnotes.serve.OpenSchemas.integer;
import static fieldnotes.serve.OpenSchemas.map;
import static fieldnotes.serve.OpenSchemas.object;
import static fieldnotes.serve.OpenSchemas.only;
import static fieldnotes.serve.OpenSchemas.ref;
import static fieldnotes.serve.OpenSchemas.string;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The description of the service by OpenAPI 3.1, with schemas for each model. */
final class OpenApi {
  private static final String JSON = "application/json";
  private static final Map<Integer, String> REFUSALS =
      Map.ofEntries(
          Map.entry(400, "The request is wrong; the answer says how."),
          Map.entry(401, "The key is missing, unknown or revoked."),
          Map.entry(403, "The request is not allowed; the answer says why."),
          Map.entry(404, "There is no such model, job or file."),
          Map.entry(408, "The body did not come in time, or not to its end."),
          Map.entry(409, "A file of a model cannot be read, or the models are being read already."),
          Map.entry(413, "The body or the sound is too large."),
          Map.entry(415, "The body is of another type, or the sound cannot be read."),
          Map.entry(426, "The address takes web sockets only."),
          Map.entry(429, "The key has made too many requests; see Retry-After."),
          Map.entry(500, "The service failed, as on a broken disk."),
          Map.entry(503, "The service is full, stopping or not yet warm; see Retry-After."),
          Map.entry(507, "There is no place on the disk of the service."));

  private final ServedModels models;
  private final ServeOptions options;
  private final OpenSchemas schemas;
  private final boolean keys;

  private OpenApi(ServedModels models, ServeOptions options) {
    this.models = models;
    this.options = options;
    schemas = new OpenSchemas(models.all(), options.limits());
    keys = options.keys().isPresent();
  }

  static Map<String, Object> of(ServedModels models, ServeOptions options) {
    return new OpenApi(models, options).all();
  }

  private Map<String, Object> all() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("openapi", "3.1.0");
    out.put(
        "info",
        map(
            "title",
            "Fieldnotes",
            "version",
            "1",
            "description",
            "Models of sound and of rows, as they were trained in the workbench. Each refusal is"
                + " {\"error\": …}. HEAD is answered as GET; a method that an address does not"
                + " take gets 405 and the header Allow, a path that is not there 404."));
    out.put("paths", paths());
    Map<String, Object> components = map("schemas", schemas.all());
    if (keys) {
      components.put(
          "securitySchemes",
          map(
              "bearer", map("type", "http", "scheme", "bearer"),
              "header", map("type", "apiKey", "in", "header", "name", "X-API-Key"),
              "ticket", map("type", "apiKey", "in", "query", "name", "ticket")));
      out.put("security", List.of(need("bearer"), need("header")));
    }
    out.put("components", components);
    return out;
  }

  private static Map<String, Object> need(String scheme) {
    return map(scheme, List.of());
  }

  private Map<String, Object> paths() {
    Map<String, Object> paths = new LinkedHashMap<>();
    paths.put(
        "/v1/models", map("get", operation("The models, with their columns.", "models", "models")));
    paths.put(
        "/v1/models/{name}",
        map(
            "parameters",
            List.of(parameter("name", "path", true, string())),
            "get",
            operation("A model, with its columns.", "model", "model", 404)));
    String words = "Reads the files of the models anew" + (keys ? "; needs an admin key." : ".");
    Map<String, Object> reload = operation(words, "reload", "changed", 403, 404, 409);
    reload.put("parameters", List.of(which(one -> true, false)));
    paths.put("/v1/models/reload", map("post", reload));
    paths.put("/v1/classify", map("post", classify()));
    paths.put("/v1/batch", map("post", batch()));
    paths.put("/v1/jobs", map("get", operation("The batches of this key.", "jobs", "jobs")));
    Map<String, Object> job = parameter("id", "path", true, string());
    paths.put(
        "/v1/jobs/{id}",
        map(
            "parameters",
            List.of(job),
            "get",
            operation("How far a batch is.", "job", "job", 404),
            "delete",
            operation(
                "Cancels a batch; deletes one that is finished.", "cancelJob", "job", 404, 500)));
    Map<String, Object> results =
        operation("The results so far, one line of JSON per file.", "results", "", 404, 500);
    done(results, "200", "Lines, each as the schema says.", "application/x-ndjson", ref("result"));
    paths.put("/v1/jobs/{id}/results", map("parameters", List.of(job), "get", results));
    paths.put(
        "/v1/tickets",
        map("post", operation("A ticket for one stream, in place of a key.", "ticket", "ticket")));
    paths.put(Streams.PATH, map("get", stream()));
    paths.put("/health", map("get", open(operation("That it runs.", "health", "health"))));
    Map<String, Object> ready = operation("That all models are warm.", "ready", "ready", 503);
    paths.put("/ready", map("get", open(ready)));
    Map<String, Object> metrics = operation("What Prometheus reads.", "metrics", "");
    done(metrics, "200", "Lines of a name and a number.", "text/plain", string());
    paths.put("/metrics", map("get", metrics));
    Map<String, Object> description = operation("This description.", "openapi", "");
    done(description, "200", "It.", JSON, object(map("openapi", string(), "paths", map())));
    paths.put("/openapi.json", map("get", open(description)));
    return paths;
  }

  /** An operation that needs no key. */
  private Map<String, Object> open(Map<String, Object> operation) {
    if (keys) {
      operation.put("security", List.of());
      responses(operation).remove("401");
      responses(operation).remove("429");
    }
    return operation;
  }

  private Map<String, Object> classify() {
    Map<String, Object> out =
        operation("Classifies a sound, or rows.", "classify", "", 404, 408, 413, 415, 507);
    out.put("parameters", List.of(which(one -> true, true)));
    List<Object> rows = new ArrayList<>();
    List<Object> answers = new ArrayList<>();
    Map<String, Object> rowsOf = new LinkedHashMap<>();
    for (Served one : models.all()) {
      rows.add(schemas.of(one, "rows"));
      rowsOf.put(one.name(), schemas.of(one, "row"));
      answers.add(schemas.of(one, "answer"));
      if (one.sounds().isPresent()) {
        answers.add(schemas.of(one, "sound"));
      }
    }
    Map<String, Object> content = map(JSON, map("schema", map("anyOf", rows)));
    if (models.all().stream().anyMatch(one -> one.sounds().isPresent())) {
      Map<String, Object> sound = map("type", "string", "format", "binary");
      content.put("audio/*", map("schema", sound));
      content.put("application/octet-stream", map("schema", sound));
    }
    out.put("requestBody", map("required", true, "content", content));
    out.put("x-rows", rowsOf); // by the name of the model, for the page
    done(out, "200", "Predictions of rows, or windows of a sound.", JSON, map("anyOf", answers));
    return out;
  }

  private Map<String, Object> batch() {
    Map<String, Object> out =
        operation(
            "Takes many sounds; answers before they are done.",
            "batch",
            "",
            404,
            408,
            413,
            415,
            507);
    out.put("parameters", List.of(which(one -> one.sounds().isPresent(), true)));
    Map<String, Object> files = array(map("type", "string", "format", "binary"));
    files.put("minItems", 1);
    files.put("maxItems", options.limits().batchFiles());
    Map<String, Object> form = object(map("files", files));
    out.put(
        "requestBody",
        map("required", true, "content", map("multipart/form-data", map("schema", form))));
    Map<String, Object> taken = done(out, "202", "Taken and on disk.", JSON, ref("job"));
    taken.put(
        "headers", map("Location", map("description", "path of the job", "schema", string())));
    return out;
  }

  private Map<String, Object> stream() {
    Map<String, Object> out =
        operation(
            "A web socket: raw samples of one channel in as binary messages, events out as JSON;"
                + " the text 'end' ends it."
                + (keys
                    ? " A ticket of /v1/tickets in the address replaces the key, as a page cannot"
                        + " send headers with a web socket."
                    : ""),
            "stream",
            "",
            404,
            426);
    List<Object> parameters = new ArrayList<>();
    parameters.add(which(one -> one.sounds().isPresent(), true));
    Map<String, Object> rate = integer();
    rate.putAll(map("minimum", 4000, "maximum", 192_000));
    parameters.add(parameter("rate", "query", false, rate));
    parameters.add(parameter("format", "query", false, only("s16le", "f32le")));
    if (keys) {
      Map<String, Object> ticket = parameter("ticket", "query", false, string());
      ticket.put("description", "in place of a key; holds once, for half a minute");
      parameters.add(ticket);
      out.put("security", List.of(need("bearer"), need("header"), need("ticket")));
    }
    out.put("parameters", parameters);
    responses(out).put("101", map("description", "The stream is open."));
    return out;
  }

  /** The model, which need not be said if there is only one. */
  private Map<String, Object> which(Predicate<Served> takes, boolean oneIsMeant) {
    List<String> names = models.all().stream().filter(takes).map(Served::name).toList();
    return parameter(
        "model",
        "query",
        oneIsMeant && models.all().size() > 1,
        names.isEmpty() ? string() : only(names.toArray(String[]::new)));
  }

  /** An operation; a schema that is empty is given later. */
  private Map<String, Object> operation(String summary, String id, String schema, int... more) {
    Map<String, Object> out = map("summary", summary, "operationId", id);
    out.put("responses", new TreeMap<>());
    if (!schema.isEmpty()) {
      done(out, "200", "Done.", JSON, ref(schema));
    }
    boolean always = List.of("health", "ready", "metrics").contains(id);
    for (int status : keys ? new int[] {400, 401, 429} : new int[] {400, 403}) {
      refuse(out, status);
    }
    for (int status : more) {
      refuse(out, status);
    }
    if (!always) {
      refuse(out, 503);
    }
    return out;
  }

  @SuppressWarnings("unchecked") // as operation() makes it
  private static Map<String, Object> responses(Map<String, Object> operation) {
    return (Map<String, Object>) operation.get("responses");
  }

  private static void refuse(Map<String, Object> operation, int status) {
    Map<String, Object> answer = map("description", REFUSALS.get(status));
    answer.put("content", map(JSON, map("schema", ref("error"))));
    if (status == 429 || status == 503) {
      answer.put("headers", map("Retry-After", map("description", "seconds", "schema", integer())));
    }
    responses(operation).put(Integer.toString(status), answer);
  }

  private static Map<String, Object> done(
      Map<String, Object> operation,
      String status,
      String words,
      String type,
      Map<String, Object> schema) {
    Map<String, Object> answer = map("description", words);
    answer.put("content", map(type, map("schema", schema)));
    responses(operation).put(status, answer);
    return answer;
  }

  private static Map<String, Object> parameter(
      String name, String in, boolean required, Map<String, Object> schema) {
    return map("name", name, "in", in, "required", required, "schema", schema);
  }
}
