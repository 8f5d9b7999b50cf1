package fieldnotes.notebook;

import fieldnotes.draw.Figure;
import java.util.Base64;
import java.util.Locale;

/**
 * HTML to show in a cell, with plain text as a fallback.
 *
 * @param html a fragment; text in it must already be escaped
 * @param text the same as plain text
 */
public record Html(String html, String text) {
  /** An image of a figure, with its text alternative, that fits narrow pages. */
  static String image(Figure figure) {
    return String.format(
        Locale.ROOT,
        "<img alt=\"%s\" width=\"%d\" height=\"%d\" style=\"max-width:100%%;height:auto\" src=\"%s%s\">",
        escape(figure.alt()),
        figure.width(),
        figure.height(),
        "data:image/png;base64,",
        Base64.getEncoder().encodeToString(figure.png()));
  }

  /** Escapes plain text for HTML. */
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
