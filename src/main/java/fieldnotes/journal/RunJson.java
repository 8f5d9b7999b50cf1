package fieldnotes.journal;

import fieldnotes.evaluate.Better;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Converts a run to a line of JSON and back. */
final class RunJson {
  /** Format version; newer ones are refused. */
  static final int FORMAT = 1;

  static final JsonMapper MAPPER = new JsonMapper();

  private RunJson() {}

  /** An invalid line, with the reason. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;
    private final boolean newer;

    Unreadable(String message, boolean newer) {
      super(message);
      this.newer = newer;
    }

    /** Whether a newer Fieldnotes wrote it, so it is not damaged. */
    boolean newer() {
      return newer;
    }
  }

  static String line(Run run) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("format", FORMAT);
    json.put("id", run.id());
    json.put("time", run.time().toString());
    json.put("chapter", run.chapter());
    json.put("title", run.title());
    json.put("notebook", run.notebook());
    json.put("seed", run.seed());
    texts(json.putObject("data"), run.data());
    texts(json.putObject("options"), run.options());
    ArrayNode metrics = json.putArray("metrics");
    for (Metric metric : run.metrics()) {
      ObjectNode one = metrics.addObject();
      one.put("name", metric.name());
      if (Double.isFinite(metric.value())) {
        one.put("value", metric.value());
      } else {
        one.put("value", Double.toString(metric.value()));
      }
      one.put("unit", metric.unit());
      one.put("better", metric.better().name().toLowerCase(Locale.ROOT));
    }
    ArrayNode blocks = json.putArray("blocks");
    run.blocks().forEach(block -> block(blocks.addObject(), block));
    json.put("conclusion", run.conclusion());
    json.put("next", run.next());
    texts(json.putObject("made"), run.made());
    return MAPPER.writeValueAsString(json);
  }

  /** The run as it will be read back; lone surrogates cannot be written. */
  static Run asRead(Run run) {
    try {
      byte[] bytes = line(run).getBytes(StandardCharsets.UTF_8);
      return run(new String(bytes, StandardCharsets.UTF_8));
    } catch (Unreadable e) {
      throw new IllegalArgumentException("the entry cannot be read back: " + e.getMessage(), e);
    }
  }

  private static void texts(ObjectNode json, Map<String, String> map) {
    map.forEach(json::put);
  }

  private static void block(ObjectNode json, Block block) {
    switch (block) {
      case Block.Text text -> json.put("kind", "text").put("markdown", text.markdown());
      case Block.Metrics metrics -> json.put("kind", "metrics");
      case Block.Grid grid -> {
        json.put("kind", "table").put("name", grid.name());
        ArrayNode columns = json.putArray("columns");
        grid.columns().forEach(columns::add);
        ArrayNode numeric = json.putArray("numeric");
        grid.numeric().forEach(numeric::add);
        ArrayNode rows = json.putArray("rows");
        for (List<String> row : grid.rows()) {
          ArrayNode cells = rows.addArray();
          row.forEach(cells::add);
        }
        json.put("leftOut", grid.leftOut());
      }
      case Block.Picture p -> {
        json.put("kind", "figure").put("name", p.name()).put("file", p.file());
        json.put("width", p.width()).put("height", p.height()).put("shows", p.shows());
        if (!p.sound().isEmpty()) {
          json.put("sound", p.sound()).put("seconds", p.seconds());
        }
        if (!p.alt().equals(p.name())) {
          json.put("alt", p.alt());
        }
      }
    }
  }

  static Run run(String line) throws Unreadable {
    JsonNode json;
    try {
      json = MAPPER.readTree(line);
    } catch (JacksonException e) {
      String why = e.getOriginalMessage();
      throw new Unreadable(
          "not JSON: " + (why.startsWith("Trailing token") ? "more follows the object" : why),
          false);
    }
    if (json == null || !json.isObject()) {
      throw new Unreadable("not a JSON object", false);
    }
    if (json.path("format").asInt(0) > FORMAT) {
      throw new Unreadable(
          "format=%d: must be at most %d; it was written by a newer Fieldnotes"
              .formatted(json.path("format").asInt(0), FORMAT),
          true);
    }
    List<Metric> metrics = new ArrayList<>();
    for (JsonNode one : json.path("metrics")) {
      metrics.add(
          new Metric(
              need(one, "name"),
              number(one.path("value")),
              text(one, "unit"),
              better(text(one, "better"))));
    }
    List<Block> blocks = new ArrayList<>();
    for (JsonNode one : json.path("blocks")) {
      blocks.add(block(one));
    }
    try {
      Run run =
          new Run(
              need(json, "id"),
              Instant.parse(need(json, "time")),
              need(json, "chapter"),
              need(json, "title"),
              text(json, "notebook"),
              text(json, "seed"),
              map(json.path("data")),
              map(json.path("options")),
              metrics,
              blocks,
              text(json, "conclusion"),
              text(json, "next"),
              map(json.path("made")));
      run.date(); // fails for an instant out of range
      return run;
    } catch (DateTimeException e) {
      throw new Unreadable(
          "time='%s': must be a valid ISO 8601 time".formatted(text(json, "time")), false);
    }
  }

  private static String text(JsonNode json, String name) {
    return json.path(name).asString("");
  }

  private static String need(JsonNode json, String name) throws Unreadable {
    String text = text(json, name);
    if (text.isBlank()) {
      throw new Unreadable("it has no field '" + name + "'", false);
    }
    return text;
  }

  private static double number(JsonNode value) throws Unreadable {
    if (value.isNumber()) {
      return value.asDouble();
    }
    return switch (value.asString("")) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new Unreadable("a metric has the value '" + value + "'", false);
    };
  }

  private static Better better(String text) {
    return switch (text) {
      case "higher" -> Better.HIGHER;
      case "lower" -> Better.LOWER;
      default -> Better.NEITHER;
    };
  }

  private static Map<String, String> map(JsonNode json) {
    Map<String, String> map = new LinkedHashMap<>();
    json.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asString("")));
    return map;
  }

  private static Block block(JsonNode json) throws Unreadable {
    String kind = text(json, "kind");
    switch (kind) {
      case "text" -> {
        return new Block.Text(text(json, "markdown"));
      }
      case "metrics" -> {
        return new Block.Metrics();
      }
      case "table" -> {
        List<String> columns = new ArrayList<>();
        json.path("columns").forEach(c -> columns.add(c.asString("")));
        List<Boolean> numeric = new ArrayList<>();
        json.path("numeric").forEach(n -> numeric.add(n.asBoolean(false)));
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode row : json.path("rows")) {
          List<String> cells = new ArrayList<>();
          row.forEach(c -> cells.add(c.isNull() ? null : c.asString("")));
          if (cells.size() != columns.size()) {
            throw new Unreadable(
                "a table has a row with another number of cells than its header", false);
          }
          rows.add(cells);
        }
        while (numeric.size() < columns.size()) {
          numeric.add(false);
        }
        return new Block.Grid(
            text(json, "name"), columns, numeric, rows, json.path("leftOut").asInt(0));
      }
      case "figure" -> {
        return new Block.Picture(
            text(json, "name"),
            inside(text(json, "file")),
            json.path("width").asInt(0),
            json.path("height").asInt(0),
            text(json, "shows"),
            inside(text(json, "sound")),
            json.path("seconds").asDouble(0),
            text(json, "alt"));
      }
      default -> throw new Unreadable("it has a part of unknown kind '" + kind + "'", false);
    }
  }

  /** Checks that a file lies in {@code assets/}. */
  private static String inside(String file) throws Unreadable {
    if (!file.matches("(assets/[A-Za-z0-9][A-Za-z0-9._-]*)?")) {
      throw new Unreadable("it names the file '" + file + "', which is not in assets/", false);
    }
    return file;
  }
}
