package fieldnotes.serve;

import fieldnotes.model.Made;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The description of the service by OpenAPI 3.1, with a schema for the rows of each model. */
final class OpenApi {
  private static final String JSON = "application/json";

  private final ServedModels models;
  private final ServeOptions options;
  private final Map<String, Object> schemas = new TreeMap<>();

  private OpenApi(ServedModels models, ServeOptions options) {
    this.models = models;
    this.options = options;
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
            "title", "Fieldnotes",
            "version", "1",
            "description", "Models of sound and of rows, as they were trained in the workbench."));
    schemas.put("error", object(map("error", text("what is wrong, and what is allowed"))));
    schemas();
    Map<String, Object> paths = new LinkedHashMap<>();
    paths.put("/v1/models", map("get", operation("The models, with their columns.", "models")));
    paths.put(
        "/v1/models/{name}",
        map(
            "parameters",
            List.of(parameter("name", "path", string())),
            "get",
            operation("A model, with its columns.", "model")));
    Map<String, Object> reload =
        operation("Reads the files of the models anew; needs an admin key.", "reload");
    reload.put("parameters", List.of(which()));
    paths.put("/v1/models/reload", map("post", reload));
    paths.put("/v1/classify", map("post", classify()));
    paths.put("/v1/batch", map("post", batch()));
    paths.put("/v1/jobs", map("get", operation("The batches of this key.", "jobs")));
    paths.put(
        "/v1/jobs/{id}",
        map(
            "parameters", List.of(parameter("id", "path", string())),
            "get", operation("How far a batch is.", "job"),
            "delete", operation("Cancels a batch; deletes one that is finished.", "cancelJob")));
    paths.put(
        "/v1/jobs/{id}/results",
        map(
            "parameters", List.of(parameter("id", "path", string())),
            "get", operation("The results so far, one line of JSON per file.", "results")));
    paths.put("/v1/tickets", map("post", operation("A ticket for one stream.", "ticket")));
    paths.put(Streams.PATH, map("get", stream()));
    for (String path : List.of("/health", "/ready", "/metrics")) {
      paths.put(path, map("get", operation("Of the service itself.", path.substring(1))));
    }
    out.put("paths", paths);
    Map<String, Object> components = map("schemas", schemas);
    if (options.keys().isPresent()) {
      components.put(
          "securitySchemes",
          map(
              "bearer", map("type", "http", "scheme", "bearer"),
              "header", map("type", "apiKey", "in", "header", "name", "X-API-Key")));
      out.put("security", List.of(map("bearer", List.of()), map("header", List.of())));
    }
    out.put("components", components);
    return out;
  }

  private void schemas() {
    for (Served one : models.all()) {
      Made made = one.model().made();
      Map<String, Object> columns = new LinkedHashMap<>();
      for (Made.Input input : made.inputs()) {
        String type = input.kind() == Made.Kind.NUMBER ? "number" : "string";
        columns.put(input.name(), map("type", List.of(type, "null")));
      }
      Map<String, Object> row = object(columns);
      row.put("required", made.columns());
      schemas.put(one.name() + "-row", row);
      Map<String, Object> answer = new LinkedHashMap<>();
      if (made.classes().isEmpty()) {
        answer.put(
            "value", map("type", "number", "description", made.target() + " " + made.unit()));
      } else {
        Map<String, Object> each = new LinkedHashMap<>();
        made.classes().forEach(name -> each.put(name, map("type", "number")));
        answer.put("label", map("type", "string"));
        answer.put("probabilities", object(each));
        answer.put("known", map("type", "boolean"));
        answer.put("knownness", map("type", "number"));
        answer.put("threshold", map("type", "number"));
      }
      schemas.put(one.name() + "-prediction", object(answer));
    }
  }

  private Map<String, Object> classify() {
    Map<String, Object> out = operation("Classifies a sound, or rows.", "classify");
    out.put("parameters", List.of(which()));
    List<Object> rows =
        models.all().stream()
            .<Object>map(
                one -> object(map("rows", map("type", "array", "items", ref(one.name() + "-row")))))
            .toList();
    out.put(
        "requestBody",
        map(
            "required",
            true,
            "content",
            map(
                JSON,
                map("schema", map("oneOf", rows)),
                "audio/*",
                map("schema", map("type", "string", "format", "binary")),
                "application/octet-stream",
                map("schema", map("type", "string", "format", "binary")))));
    return out;
  }

  private Map<String, Object> batch() {
    Map<String, Object> out =
        operation("Takes many sounds; answers before they are done.", "batch");
    out.put("parameters", List.of(which()));
    Map<String, Object> files =
        map("type", "array", "items", map("type", "string", "format", "binary"));
    out.put(
        "requestBody",
        map("content", map("multipart/form-data", map("schema", object(map("files", files))))));
    Map<String, Object> responses = responses();
    responses.put("202", map("description", "Taken and on disk; see the header Location."));
    responses.remove("200");
    out.put("responses", responses);
    return out;
  }

  private Map<String, Object> stream() {
    Map<String, Object> out =
        operation(
            "A web socket: raw samples of one channel in as binary messages, events out as JSON;"
                + " the text 'end' ends it.",
            "stream");
    out.put(
        "parameters",
        List.of(
            which(),
            parameter("rate", "query", map("type", "integer", "minimum", 4000, "maximum", 192_000)),
            parameter("format", "query", map("enum", List.of("s16le", "f32le"))),
            parameter("ticket", "query", string())));
    Map<String, Object> responses = responses();
    responses.put("101", map("description", "The stream is open."));
    responses.remove("200");
    out.put("responses", responses);
    return out;
  }

  private Map<String, Object> which() {
    Map<String, Object> names =
        map("type", "string", "enum", models.all().stream().map(Served::name).toList());
    return parameter("model", "query", names);
  }

  private static Map<String, Object> operation(String summary, String id) {
    return map("summary", summary, "operationId", id, "responses", responses());
  }

  private static Map<String, Object> responses() {
    Map<String, Object> out = new TreeMap<>();
    out.put("200", map("description", "Done."));
    Map<String, String> refusals =
        Map.of(
            "400", "The request is wrong; the answer says how.",
            "401", "The key is missing, unknown or revoked.",
            "413", "The body or the sound is too large.",
            "415", "The sound cannot be read.",
            "429", "The key has made too many requests; see Retry-After.",
            "503", "The service is full or stopping; see Retry-After.");
    refusals.forEach(
        (status, words) ->
            out.put(
                status,
                map("description", words, "content", map(JSON, map("schema", ref("error"))))));
    return out;
  }

  private static Map<String, Object> parameter(String name, String in, Map<String, Object> schema) {
    return map("name", name, "in", in, "required", in.equals("path"), "schema", schema);
  }

  private static Map<String, Object> ref(String schema) {
    return map("$ref", "#/components/schemas/" + schema);
  }

  private static Map<String, Object> string() {
    return map("type", "string");
  }

  private static Map<String, Object> text(String description) {
    return map("type", "string", "description", description);
  }

  private static Map<String, Object> object(Map<String, Object> properties) {
    return map("type", "object", "properties", properties);
  }

  /** Names and values in turn. */
  private static Map<String, Object> map(Object... pairs) {
    Map<String, Object> out = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      out.put((String) pairs[i], pairs[i + 1]);
    }
    return out;
  }
}
