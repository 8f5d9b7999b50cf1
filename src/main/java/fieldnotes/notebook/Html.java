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
  /**
   * The light form of a figure on light pages, the dark one on dark pages: JupyterLab's theme, VS
   * Code's, else the browser's. Where styles are taken away the light one is seen, as the other has
   * the attribute {@code hidden}.
   */
  private static final String THEMES =
      """
      <style>
      body[data-jp-theme-light="false"] .fieldnotes-day,body.vscode-dark .fieldnotes-day,\
      body.vscode-high-contrast:not(.vscode-high-contrast-light) .fieldnotes-day{display:none}
      body[data-jp-theme-light="false"] .fieldnotes-night,body.vscode-dark .fieldnotes-night,\
      body.vscode-high-contrast:not(.vscode-high-contrast-light) .fieldnotes-night\
      {display:inline}
      @media (prefers-color-scheme:dark){\
      body:not([data-jp-theme-light],.vscode-light,.vscode-high-contrast-light) .fieldnotes-day\
      {display:none}
      body:not([data-jp-theme-light],.vscode-light,.vscode-high-contrast-light) .fieldnotes-night\
      {display:inline}}
      </style>""";

  /**
   * An image of a figure, with its text alternative, that fits narrow pages; where somebody
   * watches, in a light and a dark form.
   */
  static String image(Figure figure) {
    return Displays.isWatched() ? both(figure) : image(figure, figure.png(), "");
  }

  /** A light and a dark form, of which the page shows one. */
  static String both(Figure figure) {
    return THEMES
        + image(figure, figure.pngAtOnce(), "class=\"fieldnotes-day\" ")
        + image(figure, figure.pngAtNight(), "class=\"fieldnotes-night\" hidden ");
  }

  private static String image(Figure figure, byte[] png, String attributes) {
    return String.format(
        Locale.ROOT,
        "<img %salt=\"%s\" width=\"%d\" height=\"%d\" style=\"max-width:100%%;height:auto\" src=\"%s%s\">",
        attributes,
        escape(figure.alt()),
        figure.width(),
        figure.height(),
        "data:image/png;base64,",
        Base64.getEncoder().encodeToString(png));
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
