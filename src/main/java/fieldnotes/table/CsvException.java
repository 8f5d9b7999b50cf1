package fieldnotes.table;

/** A malformed or unreadable CSV file. The message names file, row and column. */
public final class CsvException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  CsvException(String message, Throwable cause) {
    super(message, cause);
  }
}
