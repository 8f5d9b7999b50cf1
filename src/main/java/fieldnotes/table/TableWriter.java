package fieldnotes.table;

import fieldnotes.common.Check;
import fieldnotes.common.Reason;
import fieldnotes.common.WholeFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Writes a table row by row to a CSV or Parquet file, in bounded memory. The file appears only
 * after {@link #finish}.
 *
 * <p>A missing cell is empty in CSV and null in Parquet; empty text counts as missing; numbers are
 * exact.
 */
public final class TableWriter implements AutoCloseable {
  private final WholeFile file;
  private final WholeFile rows;
  private final List<Column<?>> columns;
  private final Writer csv;
  private final StringBuilder line = new StringBuilder();
  private long longest;

  private TableWriter(Path out, Table columns, boolean parquet) throws IOException {
    Check.that(columns.columnCount() > 0, "table '%s' has no columns to write", columns.name());
    this.columns = columns.columns();
    file = WholeFile.begin(out);
    rows = parquet ? WholeFile.begin(out) : file;
    try {
      csv = new BufferedWriter(new OutputStreamWriter(rows.stream(), StandardCharsets.UTF_8));
      for (Column<?> column : this.columns) {
        text(column.name());
      }
      end();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Opens a file for writing.
   *
   * @param out a path ending in {@code .csv} or {@code .parquet}, which selects the format
   * @param columns a table with the column names and types; its rows are not written
   * @throws IllegalArgumentException for another extension
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
   * Writes a table in the format selected by the extension.
   *
   * @throws IllegalArgumentException if the name does not end in {@code .csv} or {@code .parquet}
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void write(Table table, Path out) {
    write(table, out, isParquet(out));
  }

  /** Writes to a file given by name; see {@link #write(Table, Path)}. */
  public static void write(Table table, String out) {
    write(table, Path.of(out));
  }

  static void write(Table table, Path out, boolean parquet) {
    try (TableWriter writer = new TableWriter(out, table, parquet)) {
      writer.appendAll(table);
      writer.finish();
    } catch (IOException e) {
      throw Reason.unchecked("cannot write " + out, e);
    }
  }

  /**
   * Appends a row.
   *
   * @param cells one per column; null, NaN and empty text are missing
   */
  public void append(Object... cells) throws IOException {
    Check.sameLength("cells", cells.length, "columns", columns.size());
    for (Object cell : cells) {
      switch (cell) {
        case null -> text("");
        case Double number -> number(number);
        default -> text(cell.toString());
      }
    }
    end();
  }

  private void appendAll(Table table) throws IOException {
    for (int r = 0; r < table.rowCount(); r++) {
      for (Column<?> column : columns) {
        if (column instanceof DoubleColumn numbers) {
          number(numbers.getDouble(r));
        } else {
          text(column.isMissing(r) ? "" : String.valueOf(column.get(r)));
        }
      }
      end();
    }
  }

  /** Writes a number without the check for quotes: three times as fast. */
  private void number(double number) {
    if (!Double.isNaN(number)) {
      line.append(number);
    }
    line.append(',');
  }

  private void text(String text) {
    boolean plain = !text.startsWith("#");
    for (int i = 0; i < text.length() && plain; i++) {
      char c = text.charAt(i);
      plain = c != ',' && c != '"' && c != '\n' && c != '\r';
    }
    String cell = plain ? text : Csv.line(text);
    line.append(cell, 0, plain ? cell.length() : cell.length() - 1).append(',');
  }

  private void end() throws IOException {
    if (line.length() == 1 && columns.size() == 1) {
      line.insert(0, "\"\""); // a blank line would be skipped on reading
    }
    line.setCharAt(line.length() - 1, '\n');
    if (line.length() > Parquet.LINE / 3) { // of at most 3 bytes a letter
      longest = Math.max(longest, line.toString().getBytes(StandardCharsets.UTF_8).length);
    }
    csv.append(line);
    line.setLength(0);
  }

  /** Moves the file into place. */
  public void finish() throws IOException {
    csv.close();
    if (rows != file) {
      Parquet.convert(rows.part(), columns, longest, file.part());
    }
    file.finish();
  }

  /** Deletes the partial file unless {@link #finish} was called. */
  @Override
  public void close() {
    rows.close();
    file.close();
  }
}
