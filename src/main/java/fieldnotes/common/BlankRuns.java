package fieldnotes.common;

/** Columns with blanks between them. */
final class BlankRuns {
  private BlankRuns() {}

  /**
   * Runs of blanks outside quotes become one tab; those at the ends of lines go.
   *
   * @param wide whether a single blank stays
   */
  static String toTabs(String text, char quote, boolean wide) {
    StringBuilder out = new StringBuilder(text.length());
    boolean quoted = false;
    int pending = 0;
    boolean begun = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!quoted && (c == ' ' || c == '\t')) {
        pending += !begun ? 0 : c == '\t' ? 2 : 1;
        continue;
      }
      boolean end = !quoted && (c == '\n' || c == '\r');
      if (pending > 0 && !end) {
        out.append(wide && pending == 1 ? ' ' : '\t');
      }
      pending = 0;
      begun = !end;
      quoted ^= c == quote;
      out.append(c);
    }
    return out.toString();
  }
}
