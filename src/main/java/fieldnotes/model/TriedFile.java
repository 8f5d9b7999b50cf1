package fieldnotes.model;

import fieldnotes.common.AppendedFile;
import fieldnotes.common.Quoted;
import fieldnotes.common.Reason;
import fieldnotes.common.Warnings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Scores of fits in a file, to which each is appended as it comes: a first line that says what it
 * is, then on each line the digest of the question, the score, and which setting it was, for a
 * reader. One search at a time writes to it.
 */
final class TriedFile implements AutoCloseable {
  private static final String HEADER = "fieldnotes search, format 1\n";
  private static final String BUSY =
      "another search is writing to it: wait, or choose another file";

  /** A letter is a byte, so that damage does not move what follows. */
  private static final Charset RAW = StandardCharsets.ISO_8859_1;

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) (\\S+) .*");

  private final Path file;
  private final Map<String, Double> scores = new HashMap<>();
  private AppendedFile appended;
  private long end;
  private boolean broken;

  private TriedFile(Path file) {
    this.file = file;
  }

  /**
   * Opens a file and reads what it has; makes it where there is none. A last line that was cut off
   * is dropped with a warning.
   *
   * @throws UncheckedIOException naming the file, if it cannot be read or written, is no file of a
   *     search, or another search writes to it
   */
  static TriedFile open(Path file) {
    TriedFile tried = new TriedFile(file);
    try {
      tried.begin();
      return tried;
    } catch (IOException e) {
      tried.close();
      throw new UncheckedIOException(
          new FileSystemException(file.toString(), null, Reason.words(e)));
    }
  }

  private void begin() throws IOException {
    appended = AppendedFile.locked(file, BUSY);
    byte[] bytes = appended.bytes(0);
    String start = new String(bytes, 0, Math.min(bytes.length, HEADER.length()), RAW);
    if (!HEADER.startsWith(start)) {
      throw new IOException("is no file of a search: choose a new name");
    }
    if (start.length() < HEADER.length()) {
      append(HEADER);
    } else {
      read(bytes);
    }
  }

  private void read(byte[] bytes) {
    int whole = bytes.length;
    while (bytes[whole - 1] != '\n') {
      whole--;
    }
    end = whole;
    if (whole < bytes.length) {
      Warnings.warn(file + ": the last line was cut off and is dropped; its fit is run again");
    }
    int number = 1;
    for (String line :
        new String(bytes, HEADER.length(), whole - HEADER.length(), RAW).lines().toList()) {
      number++;
      Matcher parts = LINE.matcher(line);
      OptionalDouble score = parts.matches() ? number(parts.group(2)) : OptionalDouble.empty();
      if (score.isPresent()) {
        scores.put(parts.group(1), score.getAsDouble());
      } else {
        Warnings.warn("%s: line %s cannot be read and is skipped".formatted(file, number));
      }
    }
  }

  private static OptionalDouble number(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /** The score that is the answer to a question, if there is one. */
  synchronized OptionalDouble score(String key) {
    Double score = scores.get(key);
    return score == null ? OptionalDouble.empty() : OptionalDouble.of(score);
  }

  /** Appends a score; if that fails, warns once, and the search goes on. */
  synchronized void add(String key, double score, String which) {
    scores.put(key, score);
    if (broken) {
      return;
    }
    try {
      append(key + " " + score + " " + Quoted.line(which) + "\n");
    } catch (IOException e) {
      broken = true;
      Warnings.warn(
          "%s: cannot be written (%s); scores from here on are not kept"
              .formatted(file, Reason.words(e)));
    }
  }

  /** Appends a line, in place of one that was cut off, and waits until it is on disk. */
  private void append(String line) throws IOException {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    appended.replaceEnd(end, bytes);
    end += bytes.length;
  }

  @Override
  public synchronized void close() {
    broken = true; // a fit that ends after the search was stopped
    if (appended != null) {
      appended.close();
    }
  }
}
