package fieldnotes.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import fieldnotes.common.Check;
import fieldnotes.common.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Writes a table row by row to a CSV or Parquet file, in bounded memory. The file appears whole
 * with {@link #finish}, or not at all.
 *
 * <p>Both formats hold the same cells: a missing cell is empty in CSV and null in Parquet, empty
 * text is missing, and a number is read back to the last bit.
 */
public final class TableWriter implements AutoCloseable {
  private final WholeFile file;
  private final WholeFile rows;
  private final List<Column<?>> columns;
  private final CsvWriter csv;

  private TableWriter(Path out, Table columns, boolean parquet) throws IOException {
    this.columns = columns.columns();
    file = WholeFile.begin(out);
    rows = parquet ? WholeFile.begin(out) : file;
    try {
      csv =
          CsvWriter.builder()
              .lineDelimiter(LineDelimiter.LF)
              .build(rows.stream(), StandardCharsets.UTF_8);
      record(columns.columnNames().toArray(String[]::new));
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Begins a file.
   *
   * @param out its name ends in {@code .csv} or {@code .parquet}, which chooses the format
   * @param columns a table with the columns' names and types; its rows are not written
   * @throws IllegalArgumentException if the name has another ending
   */
  public static TableWriter begin(Path out, Table columns) throws IOException {
    return new TableWriter(out, columns, isParquet(out));
  }

  private static boolean isParquet(Path out) {
    String name = out.getFileName().toString().toLowerCase(Locale.ROOT);
    Check.that(
        name.endsWith(".csv") || name.endsWith(".parquet"),
        "%s: the name must end in .csv or .parquet",
        out);
    return name.endsWith(".parquet");
  }

  /**
   * Writes a whole table in the format that the name's ending chooses.
   *
   * @throws IllegalArgumentException if the name ends neither in {@code .csv} nor in {@code
   *     .parquet}
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void write(Table table, Path out) {
    write(table, out, isParquet(out));
  }

  static void write(Table table, Path out, boolean parquet) {
    try (TableWriter writer = new TableWriter(out, table, parquet)) {
      writer.appendAll(table);
      writer.finish();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + out, e);
    }
  }

  /**
   * Adds a row.
   *
   * @param cells one for each column; null, NaN and empty text are missing
   */
  public void append(Object... cells) throws IOException {
    Check.sameLength("cells", cells.length, "columns", columns.size());
    String[] texts = new String[cells.length];
    for (int c = 0; c < cells.length; c++) {
      boolean missing = cells[c] == null || cells[c] instanceof Double number && number.isNaN();
      texts[c] = missing ? "" : cells[c].toString();
    }
    record(texts);
  }

  private void appendAll(Table table) throws IOException {
    String[] texts = new String[columns.size()];
    for (int r = 0; r < table.rowCount(); r++) {
      for (int c = 0; c < texts.length; c++) {
        texts[c] = text(columns.get(c), r);
      }
      record(texts);
    }
  }

  private static String text(Column<?> column, int row) {
    if (column.isMissing(row)) {
      return "";
    }
    return switch (column) {
      case DoubleColumn numbers -> Double.toString(numbers.getDouble(row));
      case FloatColumn numbers -> Float.toString(numbers.getFloat(row));
      default -> String.valueOf(column.get(row));
    };
  }

  private void record(String... texts) throws IOException {
    try {
      if (texts.length == 1 && texts[0].isEmpty()) {
        csv.flush();
        rows.stream().write(new byte[] {'"', '"', '\n'}); // a blank line would be no row
      } else {
        csv.writeRecord(texts);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Moves the file into place. */
  public void finish() throws IOException {
    csv.close();
    if (rows != file) {
      Parquet.convert(rows.part(), columns, file.part());
    }
    file.finish();
  }

  /** Deletes what was written unless it was finished. */
  @Override
  public void close() {
    rows.close();
    file.close();
  }
}
