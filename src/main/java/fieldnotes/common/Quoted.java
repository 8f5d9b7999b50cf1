package fieldnotes.common;

import java.util.Locale;

/**
 * Shows control characters of file names, titles and values as escapes such as {@code \u001b}, so
 * that no terminal obeys them. Also the marks that change the direction of text or hide in it.
 */
public final class Quoted {
  private Quoted() {}

  /** The text on one line: line feeds and tabs are escaped as well. */
  public static String line(Object text) {
    return quote(String.valueOf(text), true);
  }

  /** The text with its own lines and tabs. */
  public static String text(Object text) {
    return quote(String.valueOf(text), false);
  }

  private static String quote(String text, boolean oneLine) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (oneLine && c == '\n') {
                out.append("\\n");
              } else if (oneLine && c == '\t') {
                out.append("\\t");
              } else if (unsafe(c)) {
                out.append(escape(c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  /** Line feeds and tabs are safe here. */
  private static boolean unsafe(int c) {
    return (c < 0x20 && c != '\n' && c != '\t')
        || (c >= 0x7f && c <= 0x9f)
        || c == 0x061c
        || c == 0x200b
        || c == 0x200e
        || c == 0x200f
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2060 && c <= 0x206f)
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
        || c == 0xfeff
        || (c >= 0xfff9 && c <= 0xfffb)
        || (c >= 0xe0000 && c <= 0xe007f);
  }

  private static String escape(int c) {
    return switch (c) {
      case '\r' -> "\\r";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      default -> {
        StringBuilder out = new StringBuilder();
        for (char unit : Character.toChars(c)) {
          out.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
        }
        yield out.toString();
      }
    };
  }
}
