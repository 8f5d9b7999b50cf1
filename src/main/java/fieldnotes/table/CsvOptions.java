package fieldnotes.table;

import fieldnotes.common.Check;
import fieldnotes.common.CsvDialect;
import fieldnotes.common.TextBytes;
import java.util.ArrayList;
import java.util.List;

/**
 * How a CSV file is written. What is not given is guessed from the file, and a guess other than
 * comma, double quotes, decimal point and UTF-8 is printed on the error stream.
 *
 * @param separator between cells; a space stands for any run of blanks; 0 to guess
 * @param quote around cells; 0 to guess
 * @param comment at the start of lines to skip; 0 to guess
 * @param decimal {@code .} or {@code ,}; 0 to guess
 * @param thousands between groups of three digits; 0 to guess
 * @param encoding such as {@code windows-1252}; empty to guess
 * @param missing texts that stand for a missing value in any column; empty to guess them in columns
 *     of numbers
 * @param text columns that are text, whatever is in them, such as ids
 * @param header whether the first line has the names of the columns
 */
public record CsvOptions(
    char separator,
    char quote,
    char comment,
    char decimal,
    char thousands,
    String encoding,
    List<String> missing,
    List<String> text,
    boolean header) {
  /** Checks the options. */
  public CsvOptions {
    missing = List.copyOf(missing);
    text = List.copyOf(text);
    Check.that(
        "\0.,".indexOf(decimal) >= 0, "decimal='%s': must be '.' or ','", String.valueOf(decimal));
    CsvDialect.check(separator, quote, comment);
    Check.that(
        !Character.isLetterOrDigit(thousands),
        "thousands='%s': must not be a letter or digit",
        thousands);
    Check.that(
        decimal == 0 || decimal != thousands,
        "decimal='%s', thousands='%s': must differ",
        decimal,
        thousands);
    TextBytes.check(encoding);
  }

  /** Everything is guessed; the first line is the header. */
  public static CsvOptions of() {
    char guess = 0;
    return new CsvOptions(guess, guess, guess, guess, guess, "", List.of(), List.of(), true);
  }

  /** Returns a copy with this separator; a space stands for any run of blanks. */
  public CsvOptions withSeparator(char sign) {
    return new CsvOptions(
        sign, quote, comment, decimal, thousands, encoding, missing, text, header);
  }

  /** Returns a copy with this quote. */
  public CsvOptions withQuote(char sign) {
    return new CsvOptions(
        separator, sign, comment, decimal, thousands, encoding, missing, text, header);
  }

  /** Returns a copy in which lines that begin with this sign are skipped. */
  public CsvOptions withComment(char sign) {
    return new CsvOptions(
        separator, quote, sign, decimal, thousands, encoding, missing, text, header);
  }

  /** Returns a copy in which no line is a comment. */
  public CsvOptions withoutComments() {
    return withComment(CsvDialect.NONE);
  }

  /** Returns a copy with this decimal mark, {@code .} or {@code ,}. */
  public CsvOptions withDecimal(char sign) {
    return new CsvOptions(
        separator, quote, comment, sign, thousands, encoding, missing, text, header);
  }

  /** Returns a copy with this sign between groups of three digits, such as {@code ,}. */
  public CsvOptions withThousands(char sign) {
    return new CsvOptions(
        separator, quote, comment, decimal, sign, encoding, missing, text, header);
  }

  /** Returns a copy with this encoding, such as {@code windows-1252}. */
  public CsvOptions withEncoding(String name) {
    return new CsvOptions(
        separator, quote, comment, decimal, thousands, name, missing, text, header);
  }

  /**
   * Returns a copy in which these texts stand for a missing value, in any column, and no others.
   */
  public CsvOptions withMissing(String... marks) {
    return new CsvOptions(
        separator, quote, comment, decimal, thousands, encoding, List.of(marks), text, header);
  }

  /** Returns a copy in which these columns are text, too. */
  public CsvOptions withText(String... names) {
    List<String> more = new ArrayList<>(text);
    more.addAll(List.of(names));
    return new CsvOptions(
        separator, quote, comment, decimal, thousands, encoding, missing, more, header);
  }

  /** Returns a copy whose first line is a row; columns are named {@code column 1} and so on. */
  public CsvOptions withoutHeader() {
    return new CsvOptions(
        separator, quote, comment, decimal, thousands, encoding, missing, text, false);
  }
}
