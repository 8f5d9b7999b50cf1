package fieldnotes.audio;

import fieldnotes.common.Check;
import fieldnotes.common.CsvDialect;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;

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
    Check.that(
        !Character.isLetterOrDigit(separator)
            && !Character.isLetterOrDigit(quote)
            && !Character.isLetterOrDigit(comment),
        "separator='%s', quote='%s', comment='%s': must not be a letter or digit",
        separator,
        quote,
        comment);
    Check.that(
        separator == 0 || (separator != quote && separator != comment),
        "separator='%s': must differ from quote and comment",
        separator);
    Check.that(
        "\r\n".indexOf(separator) < 0 && "\r\n".indexOf(quote) < 0 && "\r\n".indexOf(comment) < 0,
        "separator, quote and comment must not be a line end; rows end with lines");
    Check.that(
        encoding.isEmpty() || isKnown(encoding),
        "encoding='%s': unknown; try UTF-8, UTF-16, windows-1252 or ISO-8859-1",
        encoding);
  }

  private static boolean isKnown(String encoding) {
    try {
      return Charset.isSupported(encoding);
    } catch (IllegalCharsetNameException e) {
      return false;
    }
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
