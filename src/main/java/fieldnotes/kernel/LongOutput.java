package fieldnotes.kernel;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What a cell prints. Of a very long text, which would block the page, the beginning is shown as it
 * comes and the last lines when the cell ends; the rest is kept in memory, compressed, for {@code
 * %output}.
 */
final class LongOutput {
  /** The lines that are shown as they come, unless {@code %output} sets another number. */
  static final int LINES = 5_000;

  private static final int CHARACTERS_OF_LINE = 200;
  private static final int LAST_LINES = 20;
  private static final int LONGEST_LAST = 2_000;
  private static final int MOST_KEPT_BYTES = 64 << 20;

  private final int mostLines;
  private final long mostCharacters;
  private int lines;
  private long characters;
  private char last = '\n';
  private Rest rest;
  private boolean ended;

  /**
   * @param mostLines how many lines are shown; Integer.MAX_VALUE for all
   */
  LongOutput(int mostLines) {
    this.mostLines = mostLines;
    this.mostCharacters = (long) mostLines * CHARACTERS_OF_LINE / 2;
  }

  /** Takes what was printed and gives the part of it to show now. */
  synchronized String take(String text) {
    if (mostLines == Integer.MAX_VALUE) {
      return text;
    }
    if (rest != null) {
      rest.add(text);
      return "";
    }
    if (text.indexOf('\n') < 0 && text.indexOf('\r') >= 0) {
      return text; // a line of progress, which replaces the one before
    }
    int end = 0;
    while (end < text.length() && !isFull()) {
      last = text.charAt(end++);
      characters++;
      lines += last == '\n' ? 1 : 0;
    }
    if (end == text.length()) {
      return text;
    }
    rest = new Rest();
    rest.add(text.substring(end));
    String head = text.substring(0, end);
    return head
        + (last == '\n' ? "" : "\n")
        + String.format(
            Locale.ROOT,
            "… (%,d lines, %,d characters so far: the rest is kept, its end follows when the cell"
                + " ends)%n",
            lines,
            characters);
  }

  private boolean isFull() {
    return lines >= mostLines || (characters >= mostCharacters && !Character.isHighSurrogate(last));
  }

  /** The cell has ended: gives the last lines and how to see all, or nothing. */
  synchronized String end() {
    if (rest == null || ended) {
      return "";
    }
    ended = true;
    String last = rest.last();
    return last
        + (last.endsWith("\n") ? "" : "\n")
        + String.format(
            Locale.ROOT,
            "(%,d more lines, of which the last are shown; %%output prints all of them, %%output"
                + " all leaves nothing out from now on)%n",
            rest.lines)
        + rest.lost();
  }

  /** What was not shown as it came. */
  synchronized String rest() {
    return rest == null ? "" : rest.text();
  }

  /** The text that is not shown. */
  private static final class Rest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final GZIPOutputStream packed;
    private final Deque<StringBuilder> last = new ArrayDeque<>();
    private long lines;
    private long lost;

    Rest() {
      try {
        packed = new GZIPOutputStream(bytes, 1 << 13, true);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      last.add(new StringBuilder());
    }

    void add(String text) {
      try {
        if (bytes.size() < MOST_KEPT_BYTES) {
          packed.write(text.getBytes(StandardCharsets.UTF_8));
        } else {
          lost += text.length();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      for (int at = 0; at < text.length(); ) {
        int end = text.indexOf('\n', at);
        StringBuilder line = last.getLast();
        String part = text.substring(at, end < 0 ? text.length() : end + 1);
        line.append(part, 0, Math.min(part.length(), Math.max(0, LONGEST_LAST - line.length())));
        at += part.length();
        if (end >= 0) {
          lines++;
          last.add(new StringBuilder());
          if (last.size() > LAST_LINES + 1) {
            last.removeFirst();
          }
        }
      }
    }

    String last() {
      return String.join("", last);
    }

    String lost() {
      return lost == 0
          ? ""
          : String.format(Locale.ROOT, "(%,d characters were too many to keep)%n", lost);
    }

    String text() {
      try {
        packed.flush();
        // The stream has no end yet, as more may be printed.
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (GZIPInputStream in =
            new GZIPInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
          byte[] some = new byte[1 << 16];
          for (int n = in.read(some); n > 0; n = in.read(some)) {
            whole.write(some, 0, n);
          }
        } catch (java.io.EOFException e) {
          // all of it has been read
        }
        return whole.toString(StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
