package fieldnotes.kernel;

/** Texts of a front end: it counts Unicode code points, Java UTF-16 units. */
final class Text {
  private Text() {}

  /** A text without the byte-order mark that some editors put before it. */
  static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** The Java index of a front end's position, limited to the text. */
  static int index(String text, int characters) {
    int all = text.codePointCount(0, text.length());
    return text.offsetByCodePoints(0, Math.clamp(characters, 0, all));
  }

  /** The front end's position of a Java index. */
  static int characters(String text, int index) {
    return text.codePointCount(0, index);
  }
}
