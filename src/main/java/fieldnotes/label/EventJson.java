package fieldnotes.label;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Converts an event to a line of JSON and back. */
final class EventJson {
  static final JsonMapper MAPPER = new JsonMapper();

  private EventJson() {}

  static String line(Event event) {
    ObjectNode json = MAPPER.createObjectNode();
    switch (event) {
      case Event.Done done -> step(json, done.step());
      case Event.Undone undone -> json.put("undo", undone.number());
      case Event.Marked marked -> {
        ArrayNode files = json.putArray("files");
        new TreeMap<>(marked.files())
            .forEach(
                (name, mark) ->
                    files
                        .addObject()
                        .put("file", name)
                        .put("sha256", mark.sha256())
                        .put("bytes", mark.bytes())
                        .put("modifiedNanos", mark.modifiedNanos()));
      }
      case Event.Classes classes -> {
        ArrayNode all = json.putArray("classes");
        classes.keys().forEach((name, key) -> all.addObject().put("class", name).put("key", key));
      }
      case Event.Moved moved -> {
        ObjectNode names = json.putObject("moved");
        new TreeMap<>(moved.moves().names()).forEach(names::put);
      }
    }
    return MAPPER.writeValueAsString(json);
  }

  private static void step(ObjectNode json, LabelStep step) {
    json.put("step", step.number()).put("kind", step.kind().word());
    json.put("when", step.when().toString()).put("who", step.who());
    ArrayNode clips = json.putArray("clips");
    if (step.labels().isEmpty()) {
      step.clips().forEach(clip -> clip(clips.addObject(), clip));
    }
    for (Label label : step.labels()) {
      ObjectNode one = clips.addObject();
      clip(one, label.clip());
      one.put("class", label.name()).put("how", label.how().word());
      if (label.how() == How.CLUSTER) {
        one.put("agreeing", label.agreeing()).put("heard", label.heard());
      }
      if (label.sure() < 1) {
        one.put("sure", label.sure());
      }
      if (!label.who().equals(step.who())) {
        one.put("who", label.who());
      }
      if (!label.when().equals(step.when())) {
        one.put("when", Sources.written(label.when()));
      }
    }
  }

  private static void clip(ObjectNode json, Segment clip) {
    json.put("file", clip.file());
    if (!clip.isWhole()) {
      json.put("start", clip.startSeconds());
      if (!Double.isNaN(clip.endSeconds())) {
        json.put("end", clip.endSeconds());
      }
    }
  }

  /** An event, as it was written. */
  static Event event(String line) {
    try {
      return event(MAPPER.readTree(line));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("it is not valid JSON", e);
    }
  }

  /**
   * An event.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Event event(JsonNode json) {
    try {
      if (json.has("step")) {
        return new Event.Done(step(json));
      }
      if (json.has("undo")) {
        return new Event.Undone(json.path("undo").asLong());
      }
      if (json.has("files")) {
        Map<String, FileMark> files = new TreeMap<>();
        for (JsonNode one : json.path("files")) {
          files.put(
              need(one, "file"),
              new FileMark(
                  need(one, "sha256"),
                  one.path("bytes").asLong(),
                  one.path("modifiedNanos").asLong()));
        }
        return new Event.Marked(files);
      }
      if (json.has("classes")) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (JsonNode one : json.path("classes")) {
          keys.put(need(one, "class"), one.path("key").asString(""));
        }
        return new Event.Classes(keys);
      }
      if (json.has("moved")) {
        Map<String, String> names = new TreeMap<>();
        json.path("moved")
            .properties()
            .forEach(e -> names.put(e.getKey(), e.getValue().asString()));
        return new Event.Moved(new Moves(names));
      }
    } catch (JacksonException | DateTimeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    throw new IllegalArgumentException("it has none of step, undo, files, classes and moved");
  }

  private static LabelStep step(JsonNode json) {
    String who = json.path("who").asString("");
    Instant when = Instant.parse(need(json, "when"));
    LabelStep.Kind kind = kind(need(json, "kind"));
    List<Label> labels = new ArrayList<>();
    List<Segment> clips = new ArrayList<>();
    for (JsonNode one : json.path("clips")) {
      Segment clip =
          new Segment(
              need(one, "file"),
              one.path("start").asDouble(0),
              one.has("end") ? one.path("end").asDouble() : Double.NaN);
      clips.add(clip);
      if (one.has("class")) {
        labels.add(
            new Label(
                clip,
                need(one, "class"),
                how(need(one, "how")),
                one.path("sure").asDouble(1),
                one.path("agreeing").asInt(0),
                one.path("heard").asInt(0),
                one.path("who").asString(who),
                one.has("when") ? time(one.path("when").asString("")) : when));
      }
    }
    boolean gives = kind == LabelStep.Kind.LABEL || kind == LabelStep.Kind.CHECK;
    if (clips.isEmpty() || (gives ? labels.size() != clips.size() : !labels.isEmpty())) {
      throw new IllegalArgumentException(
          "a %s step has %d clips and %d classes"
              .formatted(kind.word(), clips.size(), labels.size()));
    }
    return new LabelStep(json.path("step").asLong(), when, who, kind, labels, clips);
  }

  /** A time; empty text is one that is not known. */
  private static Instant time(String text) {
    return text.isEmpty() ? Sources.UNKNOWN_TIME : Instant.parse(text);
  }

  private static LabelStep.Kind kind(String word) {
    for (LabelStep.Kind kind : LabelStep.Kind.values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("kind=" + word + ": must be label, check, skip or remove");
  }

  private static How how(String word) {
    for (How how : How.values()) {
      if (how.word().equals(word)) {
        return how;
      }
    }
    throw new IllegalArgumentException("how=" + word + ": must be ear, cluster or model");
  }

  private static String need(JsonNode json, String name) {
    String text = json.path(name).asString("");
    if (text.isEmpty()) {
      throw new IllegalArgumentException("it has no " + name);
    }
    return text;
  }
}
