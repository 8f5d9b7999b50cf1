package fieldnotes.cli;

import fieldnotes.common.Quoted;
import java.util.Arrays;
import java.util.Locale;

/** Lines of output: a line feed in a value of the user's never starts a line. */
final class Printed {
  private Printed() {}

  /**
   * A format filled in; values other than numbers are on one line, with control characters shown.
   */
  static String of(String form, Object... values) {
    Object[] shown =
        Arrays.stream(values)
            .map(value -> value instanceof Number ? value : Quoted.line(value))
            .toArray();
    return String.format(Locale.ROOT, form, shown);
  }

  /** Text of several lines, each indented, so that none looks like a line of the command. */
  static String indented(String text) {
    return "  " + Quoted.text(text).strip().replace("\n", "\n  ");
  }
}
