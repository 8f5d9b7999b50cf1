package fieldnotes.cli;

import fieldnotes.common.Progress;
import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Shows progress on a terminal as one overwritten line; in a log or pipe, prints one line per task
 * of two seconds or more when it ends.
 */
final class TerminalProgress implements Progress.Display {
  private static final double WORTH_A_LINE_SECONDS = 2;

  private final PrintStream out;
  private final boolean terminal;
  private int width;

  TerminalProgress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Writes to the error stream, so that command output can be piped. */
  @SuppressWarnings("SystemConsoleNull") // JDK 25 does return null where input is no terminal
  static TerminalProgress standard() {
    Console console = System.console();
    return new TerminalProgress(System.err, console != null && console.isTerminal());
  }

  @Override
  public synchronized void show(
      String task, long done, long total, String note, double seconds, boolean finished) {
    if (!terminal) {
      if (finished && seconds >= WORTH_A_LINE_SECONDS) {
        out.println(String.format(Locale.ROOT, "%s: %.1f s", task, seconds));
        out.flush();
      }
      return;
    }
    String line = task;
    if (total > 0) {
      line += String.format(Locale.ROOT, "  %3d %%", Math.min(100, 100 * done / total));
    } else if (done > 0) {
      line += String.format(Locale.ROOT, "  %,d", done);
    }
    line += String.format(Locale.ROOT, "  %.0f s", seconds);
    line += note.isEmpty() || finished ? "" : "  " + note;
    line = line.length() > 79 ? line.substring(0, 79) : line;
    out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
    width = finished ? 0 : line.length();
    if (finished) {
      out.print(seconds < 0.2 ? "\r" + " ".repeat(line.length()) + "\r" : "\n");
    }
    out.flush();
  }
}
