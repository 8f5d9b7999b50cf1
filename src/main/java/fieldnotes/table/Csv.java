package fieldnotes.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import fieldnotes.common.Reason;
import fieldnotes.common.TextBytes;
import fieldnotes.common.Warnings;
import fieldnotes.table.CsvSchema.Field;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import tech.tablesaw.api.Table;

/**
 * Reads and writes CSV files. Written are commas, decimal points and UTF-8. Read is also what
 * spreadsheets and loggers write: the separator, quote, comment sign, decimal mark, groups of
 * thousands, encoding and marks for missing values are taken from {@link CsvOptions} or guessed,
 * and a guess that is not plain is printed on the error stream. Lines end in LF, CR LF or CR, blank
 * lines are skipped, an empty cell is a missing value. A file with only a header is a table without
 * rows.
 *
 * <p>Without known columns, a column is numeric if all its cells are numbers, infinite or missing.
 * In such a column, {@code NA}, {@code NaN}, {@code null}, {@code -}, {@code ?} and the like are
 * missing. Ids stay text: whole numbers with zeros in front, and whole numbers beyond 2^53 that a
 * double cannot hold. A column that is nearly all numbers is text, and its first other cells are
 * printed with their lines. A row with too few or too many cells is left out and printed.
 *
 * @see "RFC 4180"
 */
public final class Csv {
  private Csv() {}

  /** Reads a file given by name; see {@link #read(Path)}. */
  public static Table read(String file) {
    return read(Path.of(file));
  }

  /**
   * Reads a file and infers its form and its columns.
   *
   * @throws CsvException if the file cannot be read or is malformed, naming row and column
   */
  public static Table read(Path file) {
    return read(file, CsvOptions.of());
  }

  /** Reads a file given by name; see {@link #read(Path, CsvOptions)}. */
  public static Table read(String file, CsvOptions options) {
    return read(Path.of(file), options);
  }

  /**
   * Reads a file written in this form and infers its columns.
   *
   * @throws CsvException if the file cannot be read or is malformed, naming row and column
   */
  public static Table read(Path file, CsvOptions options) {
    return told(file, options, null);
  }

  /**
   * Reads a file with known column types but unknown columns.
   *
   * @param number whether the column of this name is numeric; otherwise it is text
   * @throws CsvException if the file cannot be read, is malformed, or has another value where a
   *     number is required
   */
  public static Table read(Path file, Predicate<String> number) {
    return told(
        file,
        CsvOptions.of(),
        header ->
            header.stream().map(name -> new Field(name, number.test(name), List.of())).toList());
  }

  /** Reads a file given by name; see {@link #read(Path, Predicate)}. */
  public static Table read(String file, Predicate<String> number) {
    return read(Path.of(file), number);
  }

  /** Reads a file given by name; see {@link #read(Path, CsvSchema)}. */
  public static Table read(String file, CsvSchema schema) {
    return read(Path.of(file), schema);
  }

  /**
   * Reads the columns of a schema, in any order; other columns are ignored.
   *
   * @throws CsvException if the file cannot be read or a cell does not match the schema; rows are
   *     counted from 0, lines from 1
   */
  public static Table read(Path file, CsvSchema schema) {
    return told(file, CsvOptions.of(), header -> schema.columns());
  }

  private static Table told(Path file, CsvOptions options, CsvTable.Fields fields) {
    String name = String.valueOf(file.getFileName());
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new CsvException("%s: cannot be read (%s)".formatted(file, Reason.words(e)), e);
    }
    CsvTable.Read read = parse(name, bytes, options, fields);
    read.notes().forEach(note -> Warnings.note(name, note));
    return read.table();
  }

  /** Parses the bytes of a file; {@code name} stands for it in messages. */
  static CsvTable.Read parse(
      String name, byte[] bytes, CsvOptions options, CsvTable.Fields fields) {
    TextBytes text = TextBytes.of(bytes, options.encoding());
    boolean binary = text.text().startsWith("PK\3\4") || text.encoding().startsWith("windows-1252");
    if (binary && text.text().indexOf('\0') >= 0) {
      throw new CsvException(
          name
              + ": is not text; save the table as CSV"
              + (fields == null ? ", or name its encoding by CsvOptions.withEncoding" : ""),
          null);
    }
    if (text.isWebPage()) {
      throw new CsvException(name + ": is a web page, not a table; get the table itself", null);
    }
    return CsvTable.of(name, text.text(), text.encoding(), options, fields);
  }

  /** Parses CSV text; {@code name} stands for the file in messages. */
  static Table parse(String name, String text, CsvSchema schema) {
    CsvTable.Fields fields = schema == null ? null : header -> schema.columns();
    String plain = TextBytes.withoutMark(text);
    return CsvTable.of(name, plain, "UTF-8", CsvOptions.of(), fields).table();
  }

  /** Writes to a file given by name; see {@link #write(Table, Path)}. */
  public static void write(Table table, String file) {
    write(table, Path.of(file));
  }

  /**
   * Writes a table atomically. Numbers have the fewest digits that restore the exact double,
   * whatever their print format; a missing cell is empty.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void write(Table table, Path file) {
    TableWriter.write(table, file, false);
  }

  /** A CSV line with its line end; cells are quoted where needed. */
  public static String line(String... cells) {
    StringWriter line = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(line)) {
      csv.writeRecord(cells);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return line.toString();
  }
}
