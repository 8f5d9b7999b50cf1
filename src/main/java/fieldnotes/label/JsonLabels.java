package fieldnotes.label;

import fieldnotes.common.Check;
import fieldnotes.label.LabelFiles.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Labels as JSON: an object of files with a class each, or the tasks of Label Studio. */
final class JsonLabels {
  static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonLabels() {}

  /** Writes files with a class each. */
  static Path write(LabelSet labels, Path file) {
    ObjectNode json = MAPPER.createObjectNode();
    for (Label label : labels.labels()) {
      Check.that(
          label.clip().isWhole(),
          "%s: a part of a file, which a JSON of files cannot hold; write a table (.csv) or Label"
              + " Studio's JSON",
          label.clip());
      json.put(label.clip().file(), label.name());
    }
    return write(json, file);
  }

  static Path write(JsonNode json, Path file) {
    String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    return Sources.write(file, text.replace("\r\n", "\n") + "\n");
  }

  static List<Found> read(Path file, Origin origin) {
    String text = Sources.text(file);
    if (isLabelsFile(text)) {
      return LabelStore.read(file).labels().stream()
          .map(label -> new Found(label, file.toString()))
          .toList();
    }
    Check.that(
        !text.isBlank(),
        "%s is empty: labels in JSON are an object such as {\"a.wav\": \"music\"}, or an array of"
            + " Label Studio's tasks",
        file);
    List<Found> found = new ArrayList<>();
    try (JsonParser parser = MAPPER.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        files(parser, file, origin, found);
      } else if (first == JsonToken.START_ARRAY) {
        tasks(parser, file, origin, found);
      } else {
        throw new IllegalArgumentException(
            "%s: must be an object of files with a class each, such as {\"a.wav\": \"music\"}, or"
                    .formatted(file)
                + " an array of Label Studio's tasks");
      }
      Check.that(
          parser.nextToken() == null,
          "%s, line %d: text after the end of the JSON; a file holds one object or array",
          file,
          parser.currentTokenLocation().getLineNr());
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "%s, line %d is not valid JSON: %s"
              .formatted(
                  file,
                  e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr()),
                  Sources.shown(e.getOriginalMessage())),
          e);
    }
    return found;
  }

  /** Whether it is the file of a {@link LabelStore}. */
  private static boolean isLabelsFile(String text) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      return parser.nextToken() == JsonToken.START_OBJECT
          && parser.nextToken() == JsonToken.PROPERTY_NAME
          && parser.currentName().equals(LabelFile.NAME);
    } catch (JacksonException e) {
      return false; // what is wrong with it is said when it is read
    }
  }

  private static void files(JsonParser parser, Path file, Origin origin, List<Found> found) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String place = "%s, line %d".formatted(file, parser.currentTokenLocation().getLineNr());
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      Check.that(
          value == JsonToken.VALUE_STRING,
          "%s: \"%s\" has %s: must be a class as text, for example \"music\"",
          place,
          Sources.shown(name),
          value == null ? "nothing" : Sources.shown(parser.readValueAsTree().toString()));
      String label = parser.getString();
      found.add(new Found(Sources.at(place, () -> origin.label(Segment.of(name), label)), place));
    }
  }

  private static void tasks(JsonParser parser, Path file, Origin origin, List<Found> found) {
    int number = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      number++;
      String place =
          "%s, line %d, task %d".formatted(file, parser.currentTokenLocation().getLineNr(), number);
      JsonNode task = parser.readValueAsTree();
      LabelStudioTask.read(task, place, origin, found);
    }
  }
}
