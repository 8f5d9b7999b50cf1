package fieldnotes.common;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a text of rows and cells is written: what stands between cells, what quotes a cell, and how a
 * comment begins.
 *
 * <p>The guess takes the separator with which the most rows have as many cells as the header and
 * the most cells are numbers or dates; of equals, tab, {@code |}, {@code ;} and comma in this
 * order. Where none of these fits, it is blanks if the rows then agree and hold numbers; {@code ^},
 * {@code ~}, a colon or two blanks and more if all rows agree; or nothing for a single column.
 * Single quotes are taken if the text has no double quotes and they stand around all cells of a
 * column, or the rows fit the header only with them. Lines with {@code #} or {@code %} in front are
 * comments if the file begins with one or if they do not have the header's number of cells.
 *
 * @param separator between cells; a space stands for any run of blanks, {@link #NONE} for nothing
 * @param quote around cells, doubled within
 * @param comment at the start of lines to skip; {@link #NONE} for none
 */
public record CsvDialect(char separator, char quote, char comment) {
  /** No separator or no comment. */
  public static final char NONE = '\u001f';

  private static final List<Character> SEPARATORS = List.of('\t', '|', ';', ',');

  /** Two blanks or more, as between columns that stand below each other. */
  private static final char GAPS = '\u001e';

  private static final List<Character> RARE = List.of('^', '~', ':', GAPS);
  private static final int SAMPLE = 1 << 16;
  private static final Pattern DECLARED = Pattern.compile("\"?(?i:sep)=(.)\"?[ ;,\t]*");
  private static final Pattern NUMBER =
      Pattern.compile(
          "[+\u2212-]?[\\d.,'\u00a0\u202f ]*\\d[.,]?([eE][+-]?\\d+)?\\s?%?"
              + "|\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}([ T].*)?|\\d{1,2}:\\d{2}(:\\d{2}.*)?");
  private static final Pattern IN_SINGLE_QUOTES =
      Pattern.compile("(?m)(?:^|[,;\t|])'[^'\r\n]*'(?=[,;\t|\r\n]|$)");
  private static final Pattern COMMA_NUMBER =
      Pattern.compile(
          "[+\u2212-]?(\\d*|\\d{1,3}([. '\u00a0\u202f]\\d{3})+)(,\\d+)?|[\\p{L}#/.?-]{1,4}");

  /** Comma, double quotes, no comments. */
  public static final CsvDialect PLAIN = new CsvDialect(',', '"', NONE);

  /**
   * A row.
   *
   * @param line its first line in the text, from 1
   */
  public record Row(long line, List<String> cells) {}

  /** A text that is not written in this dialect; the message is FastCSV's. */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(Throwable cause) {
      super(cause.getMessage(), cause);
    }
  }

  /**
   * Guesses the dialect of a text without a byte-order mark.
   *
   * @param separator known, or 0 to guess
   * @param quote known, or 0 to guess
   * @param comment known, or 0 to guess
   */
  public static CsvDialect guess(String text, char separator, char quote, char comment) {
    boolean cut = text.length() > SAMPLE;
    String sample = cut ? wholeLines(text.substring(0, SAMPLE)) : text;
    Matcher declared = DECLARED.matcher(firstLine(sample));
    char between = separator == 0 && declared.matches() ? declared.group(1).charAt(0) : separator;
    char before = comment != 0 ? comment : leading(sample);
    CsvDialect found = separated(sample, between, quote == 0 ? '"' : quote, before, cut);
    if (quote == 0 && sample.indexOf('"') < 0 && IN_SINGLE_QUOTES.matcher(sample).find()) {
      CsvDialect single = separated(sample, between, '\'', before, cut);
      found = single.quotes(found, sample, cut) ? single : found;
    }
    return comment == 0 && before == NONE ? found.withComments(sample, cut) : found;
  }

  private static CsvDialect separated(
      String sample, char between, char around, char before, boolean cut) {
    if (between != 0) {
      return new CsvDialect(between, around, before);
    }
    Fit best = null;
    for (char one : SEPARATORS) {
      Fit fit = new CsvDialect(one, around, before).fit(sample, cut);
      if (fit != null && fit.width > 1 && (best == null || fit.better(best))) {
        best = fit;
      }
    }
    if (best == null || best.regular < 0.5) {
      Fit blanks = new CsvDialect(' ', around, before).fit(sample, cut);
      if (blanks != null && blanks.width > 1 && blanks.regular > 0.9 && blanks.aligned(sample)) {
        return blanks.dialect;
      }
      CsvDialect single = new CsvDialect(NONE, around, before);
      Fit one = best == null ? single.fit(sample, cut) : null;
      if (one != null && one.commas) {
        return single;
      }
      for (char rare : one == null || one.typed == 1 ? List.<Character>of() : RARE) {
        Fit fit = new CsvDialect(rare, around, before).fit(sample, cut);
        if (fit != null && fit.rare()) {
          return fit.dialect;
        }
      }
    }
    char plain = around == ',' || before == ',' ? NONE : ',';
    return best == null ? new CsvDialect(plain, around, before) : best.dialect;
  }

  /** Whether this dialect's quotes make the rows more regular, or stand around a whole column. */
  private boolean quotes(CsvDialect other, String sample, boolean cut) {
    Fit mine = fit(sample, cut);
    Fit plain = other.fit(sample, cut);
    if (mine == null || plain == null || mine.regular != plain.regular) {
      return mine != null && (plain == null || mine.regular > plain.regular);
    }
    try {
      List<Row> rows = other.rows(sample, true);
      for (int j = 0; j < plain.width && rows.size() > 2; j++) {
        int column = j;
        if (rows.subList(1, rows.size() - (cut ? 1 : 0)).stream()
            .map(row -> column < row.cells.size() ? row.cells.get(column).strip() : "")
            .allMatch(cell -> cell.length() > 1 && cell.matches("(?s)'.*'"))) {
          return true;
        }
      }
      return rows.getFirst().cells.stream().allMatch(cell -> cell.strip().matches("'.+'"));
    } catch (Malformed e) {
      return false;
    }
  }

  /** How well a dialect fits: the header's width, and the shares of its rows and typed cells. */
  private record Fit(
      CsvDialect dialect, int width, int rows, double regular, double typed, boolean commas) {
    boolean better(Fit other) {
      return regular * (1 + typed) > other.regular * (1 + other.typed);
    }

    /** Whether every row has the cells of the header; a colon or wide gaps also stand in texts. */
    boolean rare() {
      double least = dialect.separator == ':' ? 0.5 : dialect.separator == GAPS ? 0.2 : 0;
      return width > 1 && rows > 1 && regular == 1 && typed >= least;
    }

    boolean aligned(String sample) {
      long lines = sample.lines().filter(line -> !line.isBlank()).count();
      long wide =
          sample.lines().filter(line -> line.strip().matches(".*\\S(\\s{2,}|\t)\\S.*")).count();
      return typed >= 0.5 || wide >= lines * 0.9;
    }
  }

  private Fit fit(String sample, boolean cut) {
    List<Row> rows;
    if (separator == quote || (separator == comment && comment != NONE)) {
      return null;
    }
    try {
      rows = rows(sample, true);
    } catch (Malformed e) {
      return null;
    }
    if (cut && !rows.isEmpty()) {
      rows = rows.subList(0, rows.size() - 1); // may be half a row
    }
    if (rows.isEmpty()) {
      return null;
    }
    int width = rows.getFirst().cells.size();
    int regular = 0;
    int cells = 0;
    int typed = 0;
    boolean commas = rows.size() > 1;
    for (Row row : rows.subList(1, rows.size())) {
      regular += filled(row.cells, width) == width ? 1 : 0;
      for (String cell : row.cells) {
        String stripped = cell.strip();
        if (!stripped.isEmpty()) {
          cells++;
          typed += NUMBER.matcher(stripped).matches() ? 1 : 0;
        }
      }
      commas &= COMMA_NUMBER.matcher(row.cells.getFirst().strip()).matches();
    }
    int below = rows.size() - 1;
    return new Fit(
        this,
        width,
        rows.size(),
        below == 0 ? 1 : regular / (double) below,
        cells == 0 ? 0 : typed / (double) cells,
        commas);
  }

  /** The number of cells without empty ones after the given width. */
  public static int filled(List<String> cells, int width) {
    int count = cells.size();
    while (count > width && cells.get(count - 1).isBlank()) {
      count--;
    }
    return count;
  }

  /** The comment sign of the first line with text, unless that line is the header. */
  private static char leading(String sample) {
    String first = sample.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    char sign = first.isEmpty() ? NONE : first.charAt(0);
    return sign == '#' || sign == '%' ? sign : NONE;
  }

  /** Lines with a sign in front and another number of cells than the header are comments. */
  private CsvDialect withComments(String sample, boolean cut) {
    if (sample.indexOf("\n#") < 0 && sample.indexOf("\r#") < 0) {
      return this;
    }
    Fit plain = fit(sample, cut);
    CsvDialect commented = new CsvDialect(separator, quote, '#');
    Fit better = commented.fit(sample, cut);
    return better != null && (plain == null || better.regular > plain.regular) ? commented : this;
  }

  /**
   * Checks the signs of a form, of which 0 stands for one to be guessed.
   *
   * @throws IllegalArgumentException if they cannot stand side by side
   */
  public static void check(char separator, char quote, char comment) {
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
  }

  /** What of this was guessed, as 0 was given for it, and is not plain. */
  public List<String> guessed(char givenSeparator, char givenQuote, char givenComment) {
    List<String> said = new ArrayList<>();
    if (givenSeparator == 0 && separator != ',' && separator != NONE) {
      said.add(between() + " between cells");
    }
    if (givenQuote == 0 && quote != '"') {
      said.add("'" + quote + "' around cells");
    }
    if (givenComment == 0 && comment != NONE) {
      said.add("lines that begin with '" + comment + "' skipped");
    }
    return said;
  }

  /** The separator in words. */
  public String between() {
    return switch (separator) {
      case '\t' -> "a tab";
      case ' ' -> "blanks";
      case GAPS -> "two blanks or more";
      default -> "'" + separator + "'";
    };
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static String wholeLines(String text) {
    int end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
    return end < 0 ? text : text.substring(0, end + 1);
  }

  /**
   * The rows that are not blank. A line {@code sep=;} in front is skipped; a last comment line with
   * the column names becomes the header.
   *
   * @param cut whether the text may end within a quoted cell
   * @throws Malformed if a quote is never closed, or text follows a quoted cell
   */
  public List<Row> rows(String text, boolean cut) throws Malformed {
    String body = text;
    Matcher declared = DECLARED.matcher(firstLine(text));
    if (declared.matches()) {
      body = text.substring(declared.end());
    }
    body = comment == NONE ? body : uncommented(body);
    boolean gaps = separator == ' ' || separator == GAPS;
    body = gaps ? BlankRuns.toTabs(body, quote, separator == GAPS) : body;
    List<Row> rows = new ArrayList<>();
    CsvReader.CsvReaderBuilder builder =
        CsvReader.builder()
            .fieldSeparator(gaps ? '\t' : separator)
            .quoteCharacter(quote)
            .skipEmptyLines(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(cut)
            .trimWhitespacesAroundQuotes(true);
    if (comment != NONE) {
      builder.commentCharacter(comment).commentStrategy(CommentStrategy.SKIP);
    }
    try (CsvReader<CsvRecord> records = builder.ofCsvRecord(body)) {
      for (CsvRecord record : records) {
        rows.add(new Row(record.getStartingLineNumber(), record.getFields()));
      }
    } catch (CsvParseException | UncheckedIOException e) {
      throw new Malformed(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string does not fail to be read
    }
    return rows;
  }

  /** Frees the last leading comment from its sign if it names the columns of the rows below. */
  private String uncommented(String text) {
    int start = 0;
    int last = -1;
    int end = text.length();
    while (start < text.length()) {
      end = start;
      while (end < text.length() && "\r\n".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      String line = text.substring(start, end);
      if (!line.isBlank() && line.charAt(0) != comment) {
        break;
      }
      last = line.isBlank() ? last : start;
      start = end + 1;
    }
    if (last < 0 || start >= text.length()) {
      return text;
    }
    int lastEnd = last;
    while ("\r\n".indexOf(text.charAt(lastEnd)) < 0) {
      lastEnd++;
    }
    String names = text.substring(last + 1, lastEnd);
    List<String> head = split(names);
    List<String> row = split(text.substring(start, end));
    boolean numbers = row.stream().anyMatch(c -> NUMBER.matcher(c).matches());
    boolean words = head.stream().noneMatch(c -> c.isEmpty() || NUMBER.matcher(c).matches());
    boolean close = !names.isEmpty() && !Character.isWhitespace(names.charAt(0));
    return head.size() > 1 && head.size() == row.size() && words && (numbers || close)
        ? text.substring(0, last) + " " + text.substring(last + 1)
        : text;
  }

  private List<String> split(String line) {
    String by =
        separator == ' '
            ? "\\s+"
            : separator == GAPS ? "\\s{2,}|\t" : Pattern.quote(String.valueOf(separator));
    return Arrays.stream(line.strip().split(by, -1)).map(String::strip).toList();
  }
}
