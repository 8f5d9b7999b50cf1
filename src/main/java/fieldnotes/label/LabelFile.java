package fieldnotes.label;

import fieldnotes.common.Reason;
import fieldnotes.common.TextBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The form of a labels file: a JSON object whose events stand one on a line, so that one more is
 * written in place of the last line, which only closes the object.
 *
 * @param events in order
 * @param problems one message for each event that cannot be read
 * @param asWritten whether the file is as {@link #bytes} writes it, so that it can be appended to
 */
record LabelFile(List<Event> events, List<String> problems, boolean asWritten) {
  private static final int FORMAT = 1;
  private static final int ATTEMPTS = 5;

  /** The first key of such a file. */
  static final String NAME = "fieldnotes labels";

  private static final String OPEN = "{\"%s\": %d, \"events\": [\n".formatted(NAME, FORMAT);
  private static final String CLOSE = "\n]}\n";
  private static final String CLOSE_EMPTY = "]}\n";

  /** The bytes at the end that one more event replaces, in a file with and without events. */
  static int closing(boolean empty) {
    return (empty ? CLOSE_EMPTY : CLOSE).length();
  }

  /** What is written in place of the closing bytes. */
  static byte[] more(boolean empty, List<String> lines) {
    return ((empty ? "" : ",\n") + String.join(",\n", lines) + CLOSE)
        .getBytes(StandardCharsets.UTF_8);
  }

  static byte[] bytes(List<Event> events) {
    List<String> lines = events.stream().map(EventJson::line).toList();
    String text = OPEN + String.join(",\n", lines) + (lines.isEmpty() ? CLOSE_EMPTY : CLOSE);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Reads a file that a store may be writing to just now. */
  static LabelFile readBeside(Path file) throws IOException {
    LabelFile found = read(file);
    for (int i = 0; i < ATTEMPTS && !found.asWritten; i++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      found = read(file);
    }
    return found;
  }

  /** Reads a file, as far as it can be read. */
  static LabelFile read(Path file) throws IOException {
    try {
      return of(file, Files.readAllBytes(file));
    } catch (FileSystemException e) {
      throw e.getReason() == null
          ? new FileSystemException(file.toString(), null, Reason.words(e))
          : e;
    }
  }

  /**
   * Reads the content of a file.
   *
   * @throws FileSystemException if it is no labels file, or of a newer version
   */
  static LabelFile of(Path file, byte[] bytes) throws FileSystemException {
    String text = TextBytes.of(bytes).text();
    if (text.isBlank()) {
      return new LabelFile(List.of(), List.of(), false);
    }
    List<Event> events = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    try {
      JsonNode json = EventJson.MAPPER.readTree(text);
      version(file, json);
      int number = 0;
      for (JsonNode one : json.path("events")) {
        number++;
        try {
          events.add(EventJson.event(one));
        } catch (IllegalArgumentException e) {
          problems.add("%s, event %d: %s".formatted(file, number, e.getMessage()));
        }
      }
      boolean same = problems.isEmpty() && Arrays.equals(bytes(events), bytes);
      return new LabelFile(events, problems, same);
    } catch (JacksonException e) {
      return byLine(file, text);
    }
  }

  private static void version(Path file, JsonNode json) throws FileSystemException {
    if (!json.isObject() || !json.has(NAME)) {
      throw new FileSystemException(
          file.toString(),
          null,
          "it is no labels file; choose another name, or import it with ./workbench labels import");
    }
    if (json.path(NAME).asInt(FORMAT + 1) > FORMAT) {
      throw new FileSystemException(
          file.toString(),
          null,
          "it was written by a newer Fieldnotes, in format " + json.path(NAME));
    }
  }

  /** Reads what can be read of a file that was cut off or is damaged. */
  private static LabelFile byLine(Path file, String text) throws FileSystemException {
    List<String> lines = text.lines().toList();
    String first = lines.getFirst();
    if (!first.startsWith(OPEN.strip())) {
      if (OPEN.startsWith(text.strip())) {
        return new LabelFile(List.of(), List.of(), false);
      }
      version(file, EventJson.MAPPER.createObjectNode());
    }
    List<Event> events = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    boolean ended =
        false; // what follows is left of a step that could not be written, nor taken back
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      ended |= line.equals("]}");
      if (line.isEmpty() || "]}".startsWith(line)) {
        continue;
      }
      try {
        events.add(
            EventJson.event(line.endsWith(",") ? line.substring(0, line.length() - 1) : line));
      } catch (IllegalArgumentException e) {
        if (!ended) {
          boolean last = i == lines.size() - 1;
          problems.add(
              "%s, line %d: %s".formatted(file, i + 1, last ? "it was cut off" : e.getMessage()));
        }
      }
    }
    return new LabelFile(events, problems, false);
  }
}
