package fieldnotes.kernel;

/** The position of a snippet: it begins at this character of this cell. */
record Origin(Cell cell, int start) {
  /** Converts a line of the snippet to a line of the cell, both counted from 1. */
  int line(int snippetLine) {
    return cell.line(start) + snippetLine - 1;
  }
}
