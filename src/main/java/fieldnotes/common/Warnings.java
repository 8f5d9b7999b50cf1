package fieldnotes.common;

import java.util.function.Consumer;

/**
 * Warnings of things that went wrong without harm to the result, such as a cache that cannot be
 * written. Each is one line on the error output, in a notebook below the cell.
 */
public final class Warnings {
  private static volatile Consumer<String> sink = line -> System.err.println("warning: " + line);

  private Warnings() {}

  /** Shows a warning: what happened, to which file, why, and what to do. */
  public static void warn(String line) {
    sink.accept(Quoted.line(line));
  }

  /** Says on the error output, on one line, what was guessed or left out of a file. */
  public static void note(String file, String what) {
    System.err.println(Quoted.line(file + ": " + what));
  }

  /** Passes all warnings on to another sink from now on; returns the one before. */
  static Consumer<String> showOn(Consumer<String> other) {
    Consumer<String> before = sink;
    sink = other;
    return before;
  }
}
