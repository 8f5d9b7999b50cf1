package fieldnotes.audio;

import fieldnotes.common.CsvDialect;
import fieldnotes.common.TextBytes;

/**
 * How a list of sound files is written: a CSV table or a playlist. What is not given is guessed
 * from the file, and a guess other than comma, double quotes and UTF-8 is printed on the error
 * stream.
 *
 * @param separator between cells of a table; a space stands for any run of blanks; 0 to guess
 * @param quote around cells of a table; 0 for double quotes
 * @param comment at the start of lines of a table to skip; 0 to guess
 * @param encoding such as {@code windows-1252}; empty to guess
 */
public record ListOptions(char separator, char quote, char comment, String encoding) {
  /** Checks the options. */
  public ListOptions {
    CsvDialect.check(separator, quote, comment);
    TextBytes.check(encoding);
  }

  /** Everything is guessed. */
  public static ListOptions of() {
    return new ListOptions((char) 0, (char) 0, (char) 0, "");
  }

  /** Returns a copy with this separator; a space stands for any run of blanks. */
  public ListOptions withSeparator(char sign) {
    return new ListOptions(sign, quote, comment, encoding);
  }

  /** Returns a copy with this quote. */
  public ListOptions withQuote(char sign) {
    return new ListOptions(separator, sign, comment, encoding);
  }

  /** Returns a copy in which lines that begin with this sign are skipped. */
  public ListOptions withComment(char sign) {
    return new ListOptions(separator, quote, sign, encoding);
  }

  /** Returns a copy in which no line is a comment. */
  public ListOptions withoutComments() {
    return withComment(CsvDialect.NONE);
  }

  /** Returns a copy with this encoding, such as {@code windows-1252}. */
  public ListOptions withEncoding(String name) {
    return new ListOptions(separator, quote, comment, name);
  }
}
