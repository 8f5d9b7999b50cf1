package fieldnotes.serve;

import fieldnotes.classify.UnknownModel;
import fieldnotes.model.Around;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.model.Pipeline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The schemas of what is sent to the service and of what it answers, by JSON Schema 2020-12. */
final class OpenSchemas {
  private final Map<String, Object> all = new TreeMap<>();
  private final Map<String, String> keys = new LinkedHashMap<>();
  private final int mostRows;

  OpenSchemas(Collection<Served> models, ServeLimits limits) {
    mostRows = limits.rows();
    all.put("error", object(map("error", text("what is wrong, and what to do"))));
    models(models);
    jobs();
    all.put("ticket", object(map("ticket", pattern("^[0-9a-f]{32}$"), "seconds", integer())));
    all.put("health", object(map("status", only("ok"))));
    all.put("ready", object(map("status", only("ready"), "models", integer())));
    Set<String> taken = new LinkedHashSet<>();
    for (Served one : models) {
      String key = one.name().replaceAll("[^a-zA-Z0-9._-]", "_");
      while (!taken.add(key)) {
        key += "-2";
      }
      keys.put(one.name(), key);
      model(one, key);
    }
  }

  Map<String, Object> all() {
    return all;
  }

  /** Refers to a schema of a model, such as that of its rows. */
  Map<String, Object> of(Served model, String what) {
    return ref(keys.get(model.name()) + "-" + what);
  }

  private void models(Collection<Served> models) {
    Map<String, Object> column = object(map("name", string(), "kind", only("number", "text")));
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("name", only(models.stream().map(Served::name).toArray(String[]::new)));
    about.put("version", version());
    about.put("loaded", time());
    about.put("takes", only("sound", "rows"));
    about.put("columns", array(column));
    about.put("predicts", text("what it predicts; empty for clusters"));
    about.put("unit", string());
    about.put("classes", array(string()));
    about.put("learner", string());
    about.put("fittedOnRows", integer());
    about.put("data", string());
    about.put("fieldnotes", string());
    List<String> always = List.copyOf(about.keySet());
    about.put("rateHz", described(integer(), "of a model of sounds, as the next three"));
    about.put("wholeSounds", bool());
    about.put("windowSeconds", number());
    about.put("features", string());
    about.put("unknown", text("what rows are called that are of no class"));
    about.put("threshold", number());
    about.put("card", text("the card of the model, in Markdown"));
    all.put("model", object(about, always));
    all.put("models", object(map("models", array(ref("model")))));
    all.put("changed", object(map("changed", array(ref("model")))));
  }

  private void jobs() {
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("id", pattern("^[0-9a-f]{32}$"));
    job.put("model", string());
    job.put("state", only("waiting", "running", "done", "cancelled", "deleted"));
    job.put("done", described(integer(), "files that have a result"));
    job.put("total", integer());
    job.put("accepted", time());
    job.put("results", text("the path of the results"));
    List<String> always = List.copyOf(job.keySet());
    job.put("problem", text("why it does not go on just now; it is tried again"));
    all.put("job", object(job, always));
    all.put("jobs", object(map("jobs", array(ref("job")))));
    Map<String, Object> window = map("start", number(), "end", number(), "label", string());
    Map<String, Object> heard = heard(object(window));
    List<String> good = new ArrayList<>(heard.keySet());
    heard.put("file", string());
    heard.put("error", text("why there is no result"));
    Map<String, Object> line = object(heard, List.of("file"));
    line.put("anyOf", List.of(map("required", good), map("required", List.of("error"))));
    all.put("result", line);
  }

  /** What there is to say of a sound. */
  private static Map<String, Object> heard(Map<String, Object> window) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("model", string());
    out.put("version", version());
    out.put("seconds", number());
    out.put("label", text("the label of most windows"));
    out.put("labels", map("type", "object", "additionalProperties", integer()));
    out.put("windows", array(window));
    return out;
  }

  private void model(Served one, String key) {
    Made made = one.model().made();
    Map<String, Object> columns = new LinkedHashMap<>();
    for (Made.Input input : made.inputs()) {
      String type = input.kind() == Made.Kind.NUMBER ? "number" : "string";
      columns.put(input.name(), map("type", List.of(type, "null")));
    }
    all.put(key + "-row", object(columns));
    all.put(key + "-rows", rows(key));
    Map<String, Object> prediction = prediction(one.model());
    all.put(key + "-prediction", prediction);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("model", only(one.name()));
    answer.put("version", version());
    if (!made.unit().isEmpty()) {
      answer.put("unit", only(made.unit()));
    }
    answer.put("predictions", array(ref(key + "-prediction")));
    all.put(key + "-answer", object(answer));
    if (one.sounds().isPresent()) {
      all.put(key + "-window", timed(prediction));
      Map<String, Object> heard = heard(ref(key + "-window"));
      heard.put("model", only(one.name()));
      all.put(key + "-sound", object(heard));
    }
  }

  /** The three forms in which rows are taken. */
  private Map<String, Object> rows(String key) {
    Map<String, Object> row = object(map("row", ref(key + "-row")));
    Map<String, Object> objects = some(ref(key + "-row"));
    Map<String, Object> arrays = some(map("type", "array"));
    arrays.put("description", "a value for each of the columns, in their order");
    Map<String, Object> table = object(map("columns", array(string()), "rows", arrays));
    return map("anyOf", List.of(row, object(map("rows", objects)), table));
  }

  private Map<String, Object> some(Map<String, Object> items) {
    Map<String, Object> out = array(items);
    out.put("minItems", 1);
    out.put("maxItems", mostRows);
    return out;
  }

  private static Map<String, Object> prediction(Model<?> model) {
    Made made = model.made();
    if (made.classes().isEmpty()) {
      return made.target().isEmpty()
          ? object(map("cluster", described(integer(), "its number; -1 for none")))
          : object(map("value", described(number(), (made.target() + " " + made.unit()).strip())));
    }
    Map<String, Object> scores = new LinkedHashMap<>();
    Map<String, Object> shares = new LinkedHashMap<>();
    for (String name : made.classes()) {
      scores.put(name, number());
      shares.put(name, map("type", "number", "minimum", 0, "maximum", 1));
    }
    Set<String> labels = new LinkedHashSet<>(made.classes());
    Optional<UnknownModel<?>> rejecting = rejecting(model);
    rejecting.ifPresent(unknown -> labels.add(unknown.name()));
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("label", only(labels.toArray(String[]::new)));
    if (rejecting.isPresent()) {
      out.put("known", bool());
      out.put("likeliest", only(made.classes().toArray(String[]::new)));
      out.put("knownness", number());
      out.put("threshold", number());
    }
    List<String> always = List.copyOf(out.keySet());
    out.put("probabilities", object(shares, List.of()));
    out.put("scores", described(object(scores, List.of()), "of a model without probabilities"));
    Map<String, Object> prediction = object(out, always);
    prediction.put(
        "anyOf",
        List.of(map("required", List.of("probabilities")), map("required", List.of("scores"))));
    return prediction;
  }

  /** What rejects rows, however deep it is within a model. */
  private static Optional<UnknownModel<?>> rejecting(Model<?> model) {
    return switch (model) {
      case UnknownModel<?> unknown -> Optional.of(unknown);
      case Around<?, ?> around -> rejecting(around.model());
      case Pipeline.Fitted<?, ?> pipeline -> rejecting(pipeline.model());
      default -> Optional.empty();
    };
  }

  /** A prediction with the time that it is of. */
  private static Map<String, Object> timed(Map<String, Object> prediction) {
    return map(
        "allOf",
        List.of(
            object(
                map(
                    "start", described(number(), "seconds from the start of the sound"),
                    "end", number())),
            prediction));
  }

  private static Map<String, Object> version() {
    return pattern("^[0-9a-f]{12}$");
  }

  private static Map<String, Object> time() {
    return map("type", "string", "format", "date-time");
  }

  private static Map<String, Object> pattern(String pattern) {
    return map("type", "string", "pattern", pattern);
  }

  private static Map<String, Object> number() {
    return map("type", "number");
  }

  private static Map<String, Object> bool() {
    return map("type", "boolean");
  }

  static Map<String, Object> integer() {
    return map("type", "integer");
  }

  static Map<String, Object> string() {
    return map("type", "string");
  }

  static Map<String, Object> only(String... words) {
    return map("type", "string", "enum", List.of(words));
  }

  private static Map<String, Object> text(String description) {
    return described(string(), description);
  }

  private static Map<String, Object> described(Map<String, Object> schema, String description) {
    schema.put("description", description);
    return schema;
  }

  static Map<String, Object> array(Map<String, Object> items) {
    return map("type", "array", "items", items);
  }

  /** An object that has all of these. */
  static Map<String, Object> object(Map<String, Object> properties) {
    return object(properties, List.copyOf(properties.keySet()));
  }

  private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
    Map<String, Object> out = map("type", "object", "properties", properties);
    if (!required.isEmpty()) {
      out.put("required", required);
    }
    return out;
  }

  static Map<String, Object> ref(String schema) {
    return map("$ref", "#/components/schemas/" + schema);
  }

  /** Names and values in turn. */
  static Map<String, Object> map(Object... pairs) {
    Map<String, Object> out = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      out.put((String) pairs[i], pairs[i + 1]);
    }
    return out;
  }
}
