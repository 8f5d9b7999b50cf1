package fieldnotes.kernel;

/**
 * The text of a cell and its number.
 *
 * @param count the execution count shown in the front end, or 0 if there is none
 * @param source where the text came from if not from a cell, or the empty string
 * @param text the whole text
 */
record Cell(int count, String source, String text) {
  /** "Cell In[3]", or the name of the file. */
  String title() {
    return source.isEmpty() ? count > 0 ? "Cell In[" + count + "]" : "Code" : source;
  }

  /** The line of a character, counted from 1. */
  int line(int position) {
    int line = 1;
    for (int i = 0; i < Math.min(position, text.length()); i++) {
      if (text.charAt(i) == '\n') {
        line++;
      }
    }
    return line;
  }

  /** The column of a character in its line, counted from 1. */
  int column(int position) {
    return Math.min(position, text.length()) - lineStart(position) + 1;
  }

  int lineStart(int position) {
    return text.lastIndexOf('\n', Math.min(position, text.length()) - 1) + 1;
  }

  /** The text of a line, counted from 1, or null. */
  String lineText(int line) {
    String[] lines = text.split("\n", -1);
    return line >= 1 && line <= lines.length ? lines[line - 1].stripTrailing() : null;
  }

  String place(int position) {
    // not formatted, since a cell may have set a locale with digits of its own
    return title() + ", line " + line(position) + ", column " + column(position);
  }
}
