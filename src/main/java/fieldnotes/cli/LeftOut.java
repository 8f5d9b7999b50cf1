package fieldnotes.cli;

import java.io.PrintWriter;
import java.util.List;

/** Says once what a command does not take, with the reasons of the first few. */
final class LeftOut {
  private static final int MOST_TOLD = 5;

  private LeftOut() {}

  /** Prints nothing if there is none. */
  static void print(PrintWriter to, String what, List<String> reasons) {
    if (!reasons.isEmpty()) {
      to.println(Printed.of("%s: %d", what, reasons.size()));
      reasons.stream().limit(MOST_TOLD).forEach(one -> to.println(Printed.of("  %s", one)));
      if (reasons.size() > MOST_TOLD) {
        to.println(Printed.of("  and %d more", reasons.size() - MOST_TOLD));
      }
      to.flush();
    }
  }
}
