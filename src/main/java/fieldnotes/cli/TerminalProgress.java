package fieldnotes.cli;

import fieldnotes.common.Progress;
import fieldnotes.common.Quoted;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Shows progress on a terminal as one overwritten line; in a log or pipe, prints one line per task
 * of two seconds or more when it ends, without any control character.
 */
final class TerminalProgress implements Progress.Display {
  private static final double WORTH_A_LINE_SECONDS = 2;

  private final PrintStream out;
  private final int columns;
  private int width;

  /**
   * @param out where to show it, unquoted
   * @param columns of the terminal; 0 if {@code out} is none
   */
  TerminalProgress(PrintStream out, int columns) {
    this.out = out;
    this.columns = columns;
  }

  /** Writes to the error stream, so that command output can be piped. */
  static TerminalProgress standard(PrintStream err) {
    return new TerminalProgress(err, Integer.getInteger("fieldnotes.columns", 0));
  }

  @Override
  public synchronized void show(
      String task,
      long done,
      long total,
      String left,
      String note,
      double seconds,
      boolean finished) {
    String name = Quoted.line(task);
    if (columns <= 0) {
      if (finished && seconds >= WORTH_A_LINE_SECONDS) {
        out.println(String.format(Locale.ROOT, "%s: %.1f s", name, seconds));
        out.flush();
      }
      return;
    }
    String line = name;
    if (total > 0) {
      line += String.format(Locale.ROOT, "  %3d %%", Math.min(100, 100 * done / total));
    } else if (done > 0) {
      line += String.format(Locale.ROOT, "  %,d", done);
    }
    line += String.format(Locale.ROOT, "  %.0f s", seconds);
    line += left.isEmpty() ? "" : "  " + left;
    line += note.isEmpty() || finished ? "" : "  " + Quoted.line(note);
    line = cut(line, columns - 1);
    int now = width(line);
    out.print("\r" + line + " ".repeat(Math.max(0, width - now)));
    width = finished ? 0 : now;
    if (finished) {
      out.print(seconds < 0.2 ? "\r" + " ".repeat(now) + "\r" : "\n");
    }
    out.flush();
  }

  /** The start of a line that fits into a number of columns. */
  private static String cut(String line, int most) {
    int used = 0;
    int at = 0;
    while (at < line.length()) {
      int c = line.codePointAt(at);
      used += width(c);
      if (used > most) {
        return line.substring(0, at);
      }
      at += Character.charCount(c);
    }
    return line;
  }

  private static int width(String line) {
    return line.codePoints().map(TerminalProgress::width).sum();
  }

  /** Columns of a character: none for accents, two for East Asian characters and emoji. */
  private static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115f)
            || (c >= 0x2e80 && c <= 0xa4cf)
            || (c >= 0xac00 && c <= 0xd7a3)
            || (c >= 0xf900 && c <= 0xfaff)
            || (c >= 0xfe30 && c <= 0xfe6f)
            || (c >= 0xff00 && c <= 0xff60)
            || (c >= 0x1f300 && c <= 0x1faff)
            || (c >= 0x20000 && c <= 0x3fffd);
    return wide ? 2 : 1;
  }
}
