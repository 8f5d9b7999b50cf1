package fieldnotes.label;

import static java.nio.charset.StandardCharsets.UTF_8;

import fieldnotes.audio.SoundFiles;
import fieldnotes.common.Check;
import fieldnotes.common.NameBytes;
import fieldnotes.label.LabelFiles.Origin;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A task in Label Studio's JSON: a sound file, the classes that people gave it or its parts, and
 * those that models predicted.
 *
 * @see "Label Studio Task Format, and Import pre-annotated data, in the guide of Label Studio"
 */
final class LabelStudioTask {
  private static final String LOCAL = "/data/local-files/?d=";
  private static final Pattern UPLOAD =
      Pattern.compile("(?s).*/data/upload/(?:\\d+/)?(?:[0-9a-f]{8}-)?(.+)");
  private static final Pattern ADDRESS =
      Pattern.compile("(?s)[A-Za-z][A-Za-z0-9+.-]+://[^/]*/([^?#]+).*");
  private static final List<String> KEYS = List.of("audio", "sound", "file", "url");

  private LabelStudioTask() {}

  // ---------------------------------------------------------------------------------- reading

  static void read(JsonNode task, String place, Origin origin, List<Found> found) {
    Check.that(task.isObject(), "%s: must be an object with 'data' and 'annotations'", place);
    JsonNode annotations = task.path("annotations");
    JsonNode predictions = task.path("predictions");
    Check.that(
        annotations.isArray() || predictions.isArray(),
        "%s: has neither 'annotations' nor 'predictions': export from Label Studio as JSON, not as"
            + " JSON-MIN",
        place);
    String file = file(task.path("data"), place);
    for (JsonNode one : annotations) {
      if (one.isObject() && !one.path("was_cancelled").asBoolean(false)) {
        String when = one.path("updated_at").asString(one.path("created_at").asString(""));
        Instant time =
            when.isEmpty() ? origin.when() : Sources.time(place, "annotations.created_at", when);
        Origin by = new Origin(who(one, origin), How.EAR, time);
        results(one, 1, file, place + ", annotations", by, found);
      }
    }
    for (JsonNode one : predictions) {
      if (one.isObject()) {
        String when = one.path("created_at").asString("");
        Instant time =
            when.isEmpty() ? origin.when() : Sources.time(place, "predictions.created_at", when);
        Origin by = new Origin(one.path("model_version").asString(""), How.MODEL, time);
        double score = one.path("score").asDouble(1);
        results(one, score, file, place + ", predictions", by, found);
      }
    }
  }

  private static String who(JsonNode annotation, Origin origin) {
    JsonNode by = annotation.path("completed_by");
    String email = by.path("email").asString("");
    return annotation.has("who")
        ? annotation.path("who").asString("")
        : !email.isEmpty()
            ? email
            : by.isObject()
                ? "annotator " + by.path("id").asString("")
                : by.isNumber() ? "annotator " + by.asString() : origin.who();
  }

  private static void results(
      JsonNode holder, double score, String file, String place, Origin by, List<Found> found) {
    for (JsonNode result : holder.path("result")) {
      String type = result.path("type").asString("");
      JsonNode value = result.path("value");
      JsonNode names = value.path(type);
      if (!List.of("choices", "labels").contains(type) || names.isEmpty()) {
        continue; // a text, a rating or another kind
      }
      Check.that(
          names.isArray() && names.size() == 1 && names.get(0).isString(),
          "%s: has the classes %s: a clip has one class",
          place,
          Sources.shown(names.toString()));
      Segment clip = Segment.of(file);
      if (value.has("start") || value.has("end")) {
        double start = time(place, value, "start");
        double end = time(place, value, "end");
        clip = Sources.part(place, file, "start", start, "end", end);
      }
      Segment part = clip;
      double sure = result.path("score").asDouble(score);
      found.add(
          new Found(
              Sources.at(
                  place,
                  () ->
                      new Label(
                          part,
                          names.get(0).asString(),
                          by.how(),
                          sure,
                          0,
                          0,
                          by.who(),
                          by.when())),
              place));
    }
  }

  private static double time(String place, JsonNode value, String key) {
    Check.that(
        value.path(key).isNumber() && Double.isFinite(value.path(key).asDouble()),
        "%s: %s=%s: must be a number of seconds",
        place,
        key,
        Sources.shown(value.path(key).toString()));
    return value.path(key).asDouble();
  }

  private static String file(JsonNode data, String place) {
    List<String> texts = new ArrayList<>();
    for (String key : KEYS) {
      if (data.path(key).isString()) {
        texts.add(data.path(key).asString());
      }
    }
    for (JsonNode value : data) {
      if (value.isString() && SoundFiles.isSound(name(value.asString()))) {
        texts.add(value.asString());
      }
    }
    Check.that(
        !texts.isEmpty(),
        "%s: 'data' names no sound file; it needs one, for example \"audio\": \"a.wav\"",
        place);
    return name(texts.getFirst());
  }

  /** The name of a file by the address that Label Studio has for it. */
  private static String name(String address) {
    int local = address.indexOf(LOCAL);
    if (local >= 0) {
      return decoded(address.substring(local + LOCAL.length()).replaceFirst("&.*", ""));
    }
    Matcher upload = UPLOAD.matcher(address);
    if (upload.matches()) {
      return decoded(upload.group(1));
    }
    Matcher elsewhere = ADDRESS.matcher(address);
    return elsewhere.matches() ? decoded(elsewhere.group(1)) : address;
  }

  private static String decoded(String text) {
    return new String(NameBytes.unescaped(text), UTF_8);
  }

  // ---------------------------------------------------------------------------------- writing

  /** Writes the tasks of all files. What was heard are annotations, the rest are predictions. */
  static Path write(LabelSet labels, Path file) {
    Map<String, List<Label>> byFile = new LinkedHashMap<>();
    for (Label label : labels.labels()) {
      byFile.computeIfAbsent(label.clip().file(), f -> new ArrayList<>()).add(label);
    }
    ArrayNode tasks = JsonLabels.MAPPER.createArrayNode();
    byFile.forEach(
        (name, its) -> {
          ObjectNode task = tasks.addObject();
          task.putObject("data").put("audio", LOCAL + encoded(name));
          holders(task.putArray("annotations"), its, true);
          holders(task.putArray("predictions"), its, false);
        });
    return JsonLabels.write(tasks, file);
  }

  /** Labels of one listener or model at one time are one annotation or prediction. */
  private static void holders(ArrayNode holders, List<Label> labels, boolean heard) {
    record By(String who, Instant when) {}
    Map<By, List<Label>> parts = new LinkedHashMap<>();
    for (Label label : labels) {
      if ((label.how() == How.EAR) == heard) {
        parts
            .computeIfAbsent(new By(label.who(), label.when()), by -> new ArrayList<>())
            .add(label);
      }
    }
    parts.forEach(
        (by, part) -> {
          ObjectNode holder = holders.addObject();
          holder.put(heard ? "who" : "model_version", by.who);
          if (!by.when.equals(Sources.UNKNOWN_TIME)) {
            holder.put("created_at", by.when.toString());
          }
          if (heard) {
            holder.put("was_cancelled", false);
          } else {
            holder.put("score", part.stream().mapToDouble(Label::sure).average().orElse(1));
          }
          ArrayNode results = holder.putArray("result");
          part.forEach(label -> result(results, label));
        });
  }

  private static void result(ArrayNode results, Label label) {
    Segment clip = label.clip();
    Check.that(
        clip.isWhole() || !Double.isNaN(clip.endSeconds()),
        "%s: a region of Label Studio needs its end; give the segment one",
        clip);
    String type = clip.isWhole() ? "choices" : "labels";
    ObjectNode result = results.addObject();
    result.put("id", "r" + results.size());
    result.put("from_name", clip.isWhole() ? "class" : "label");
    result.put("to_name", "audio");
    result.put("type", type);
    ObjectNode value = result.putObject("value");
    if (!clip.isWhole()) {
      value.put("start", clip.startSeconds());
      value.put("end", clip.endSeconds());
      value.put("channel", 0);
    }
    value.putArray(type).add(label.name());
    if (label.sure() < 1 || label.how() != How.EAR) {
      result.put("score", label.sure());
    }
  }

  /** Every byte but letters, digits and the signs of paths as a percent escape. */
  private static String encoded(String name) {
    StringBuilder text = new StringBuilder();
    for (byte one : name.getBytes(UTF_8)) {
      boolean plain =
          (one >= 'a' && one <= 'z')
              || (one >= 'A' && one <= 'Z')
              || (one >= '0' && one <= '9')
              || "/-_.~".indexOf(one) >= 0;
      text.append(
          plain ? String.valueOf((char) one) : String.format(Locale.ROOT, "%%%02X", one & 0xff));
    }
    return text.toString();
  }
}
