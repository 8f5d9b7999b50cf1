package fieldnotes.label;

import fieldnotes.common.Check;
import fieldnotes.common.Quoted;
import fieldnotes.common.Reason;
import fieldnotes.common.TextBytes;
import fieldnotes.common.Warnings;
import fieldnotes.common.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Texts of labels: read in any encoding, written whole; and the numbers and times in them. */
final class Sources {
  private static final long MOST_BYTES = 1 << 28;
  private static final double MOST_SECONDS = 1e9;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,300}([.,]\\d{0,400})?|[.,]\\d{1,400})([eE][+-]?\\d{1,4})?");

  /** Of labels whose time is not known; any other is newer. Files leave it out. */
  static final Instant UNKNOWN_TIME = Instant.EPOCH;

  private Sources() {}

  /** The text of a file. What was guessed of its encoding is shown. */
  static String text(Path file) {
    TextBytes text = decoded(file);
    TextBytes.guessed("", text.encoding())
        .forEach(said -> Warnings.note(String.valueOf(file.getFileName()), "read with " + said));
    return text.text();
  }

  /** The text of a file, and its encoding. */
  static TextBytes decoded(Path file) {
    try {
      long size = Files.size(file);
      Check.that(
          size <= MOST_BYTES, "%s has %d bytes: labels have at most %d", file, size, MOST_BYTES);
      TextBytes text = TextBytes.of(Files.readAllBytes(file));
      Check.that(!text.isWebPage(), "%s is a web page, not labels; get the file itself", file);
      return text;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s cannot be read: %s".formatted(file, Reason.words(e)), e);
    }
  }

  /** Writes a text, in UTF-8. */
  static Path write(Path file, String text) {
    try {
      WholeFile.write(file, text);
      return file;
    } catch (IOException e) {
      throw Reason.unchecked("cannot write the labels", e);
    }
  }

  /** The files directly in a folder, by name. */
  static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s cannot be read: %s".formatted(folder, Reason.words(e)), e);
    }
  }

  /** A finite number as it is written in tables, with a point or a comma. */
  static double number(String place, String column, String text) {
    double value =
        NUMBER.matcher(text.strip()).matches()
            ? Double.parseDouble(text.strip().replace(',', '.'))
            : Double.NaN;
    Check.that(
        Double.isFinite(value),
        "%s: %s='%s': must be a number, for example 12.5",
        place,
        column,
        shown(text));
    return value;
  }

  /** A time such as {@code 2026-03-01T12:00:00Z}. */
  static Instant time(String place, String column, String text) {
    try {
      return OffsetDateTime.parse(text.strip()).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "%s: %s='%s': must be a time such as 2026-03-01T12:00:00Z"
              .formatted(place, column, shown(text)),
          e);
    }
  }

  /** A time as it is written in files; empty if it is not known. */
  static String written(Instant when) {
    return when.equals(UNKNOWN_TIME) ? "" : when.toString();
  }

  /**
   * A part of a file whose times a source names so.
   *
   * @param from what the source calls the start
   * @param to what it calls the end
   */
  static Segment part(String place, String file, String from, double start, String to, double end) {
    Check.that(
        start >= 0 && start < MOST_SECONDS,
        "%s: %s=%s: must be a number of seconds from 0 and below 1e9",
        place,
        from,
        start);
    Check.that(
        Double.isNaN(end) || (end > start && end < MOST_SECONDS),
        "%s: %s=%s: must be above %s=%s and below 1e9",
        place,
        to,
        end,
        from,
        start);
    return at(place, () -> new Segment(file, start, end));
  }

  /** What is made of a line, or its error with the place in front. */
  static <T> T at(String place, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
    }
  }

  /** For a message: on one line, and not longer than a line. */
  static String shown(String text) {
    return Quoted.line(text.length() > 100 ? text.substring(0, 100) + "…" : text);
  }
}
