package fieldnotes.publish;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Text as HTML shows it, and paths as addresses. */
final class Html {
  private Html() {}

  /** Text as HTML that shows just that text, as an element's content or within quotes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;")
        .replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F]", "\uFFFD");
  }

  /** A relative path as an address: what is not a letter, a digit or a plain sign as %XX. */
  static String address(String path) {
    StringBuilder out = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 255);
      if (c < 128 && (Character.isLetterOrDigit(c) || "/-._~".indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append('%').append(String.format(Locale.ROOT, "%02X", b & 255));
      }
    }
    return out.toString();
  }
}
