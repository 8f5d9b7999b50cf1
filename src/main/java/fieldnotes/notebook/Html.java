package fieldnotes.notebook;

/**
 * Something to show in a cell as HTML, with a plain text for readers that have none.
 *
 * @param html a fragment, already escaped where it must be
 * @param text the same in plain words
 */
public record Html(String html, String text) {
  /** Plain text as HTML that shows just that text. */
  public static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> {
          if (c >= ' ' || c == '\n' || c == '\t') {
            out.append(c);
          } else {
            out.append('\uFFFD');
          }
        }
      }
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return text;
  }
}
