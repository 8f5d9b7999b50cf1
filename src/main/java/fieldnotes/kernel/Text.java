package fieldnotes.kernel;

/** Jupyter counts characters of Unicode, Java counts halves of some. */
final class Text {
  private Text() {}

  /** The index of a character that a front end counted; never outside the text. */
  static int index(String text, int characters) {
    int all = text.codePointCount(0, text.length());
    return text.offsetByCodePoints(0, Math.clamp(characters, 0, all));
  }

  /** How a front end counts the characters before the index. */
  static int characters(String text, int index) {
    return text.codePointCount(0, index);
  }
}
