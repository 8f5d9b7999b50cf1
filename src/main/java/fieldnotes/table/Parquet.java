package fieldnotes.table;

import fieldnotes.common.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.api.TimeColumn;
import tech.tablesaw.columns.Column;

/**
 * Reads and writes Parquet files through DuckDB, which is loaded on first use. Column types are
 * kept and numbers are exact.
 *
 * @see "Apache Parquet, file format"
 */
public final class Parquet {
  /** The longest line that DuckDB reads unless told, in bytes. */
  static final int LINE = 2_000_000;

  private Parquet() {}

  /** Reads a file given by name; see {@link #read(Path)}. */
  public static Table read(String file) {
    return read(Path.of(file));
  }

  /**
   * Reads a file. Decimals and integers of more than 64 bits become doubles; a timestamp with time
   * zone becomes text in UTC.
   *
   * @throws IllegalArgumentException if the file does not exist, is not Parquet, or has a column of
   *     lists, structs or bytes, which a table cannot hold
   */
  public static Table read(Path file) {
    Check.that(
        Files.isRegularFile(file),
        "%s: there is no such file; give the path of a Parquet file",
        file);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = 1");
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT * FROM read_parquet(" + pattern(file) + ", hive_partitioning = false)")) {
        return table(String.valueOf(file.getFileName()), rows);
      }
    } catch (SQLException e) {
      throw new IllegalArgumentException(
          "%s: cannot be read as Parquet (%s)".formatted(file, reason(e)), e);
    }
  }

  /** Writes to a file given by name; see {@link #write(Table, Path)}. */
  public static void write(Table table, String file) {
    write(table, Path.of(file));
  }

  /**
   * Writes a table atomically. A missing cell becomes null.
   *
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public static void write(Table table, Path file) {
    TableWriter.write(table, file, true);
  }

  /**
   * Converts a CSV file to Parquet in bounded memory.
   *
   * @param longest the length of its longest line, in bytes, or less than {@link #LINE}
   */
  static void convert(Path csv, List<Column<?>> columns, long longest, Path parquet)
      throws IOException {
    String types =
        columns.stream()
            .map(c -> quoted(c.name()) + ": '" + type(c) + "'")
            .collect(Collectors.joining(", "));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      long megabytes = Math.max(256, longest / 60_000); // a long line is held 16 times
      statement.execute("SET memory_limit = '" + megabytes + "MB'");
      statement.execute("SET threads = 1");
      statement.execute("SET preserve_insertion_order = true");
      statement.execute(
          "COPY (SELECT * FROM read_csv("
              + pattern(csv)
              + ", header = true, auto_detect = false, hive_partitioning = false, delim = ',',"
              + " quote = '\"', escape = '\"',"
              + " nullstr = '', "
              + (longest > LINE
                  ? "max_line_size = %d, buffer_size = %d, ".formatted(longest, 2 * longest)
                  : "")
              + "columns = {"
              + types
              + "})) TO "
              + quoted(parquet.toString())
              + " (FORMAT PARQUET)");
    } catch (SQLException e) {
      throw new IOException("DuckDB: " + reason(e), e);
    }
  }

  private static String type(Column<?> column) {
    return switch (column) {
      case DoubleColumn _ -> "DOUBLE";
      case FloatColumn _ -> "FLOAT";
      case ShortColumn _ -> "SMALLINT";
      case IntColumn _ -> "INTEGER";
      case LongColumn _ -> "BIGINT";
      case BooleanColumn _ -> "BOOLEAN";
      case DateColumn _ -> "DATE";
      case TimeColumn _ -> "TIME";
      case DateTimeColumn _ -> "TIMESTAMP";
      default -> "VARCHAR";
    };
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A path with DuckDB's wildcards escaped. */
  private static String pattern(Path path) {
    return quoted(path.toString().replaceAll("[\\[*?]", "[$0]"));
  }

  /**
   * The reason in one line; what follows in DuckDB's messages is the query and cells of the file.
   */
  private static String reason(SQLException e) {
    List<String> lines = String.valueOf(e.getMessage()).lines().toList();
    String reason =
        lines.stream()
            .filter(line -> line.startsWith("Error: "))
            .findFirst()
            .map(line -> line.substring("Error: ".length()))
            .orElse(lines.isEmpty() ? "" : lines.getFirst());
    return reason.length() > 300 ? reason.substring(0, 300) + "…" : reason;
  }

  private static Table table(String name, ResultSet rows) throws SQLException {
    ResultSetMetaData about = rows.getMetaData();
    List<Column<?>> columns = new ArrayList<>();
    for (int c = 1; c <= about.getColumnCount(); c++) {
      columns.add(
          column(name, about.getColumnName(c), about.getColumnType(c), about.getColumnTypeName(c)));
    }
    while (rows.next()) {
      for (int c = 0; c < columns.size(); c++) {
        append(columns.get(c), rows, c + 1);
      }
    }
    return Table.create(name.replaceFirst("\\.[^.]*$", ""), columns);
  }

  private static Column<?> column(String file, String name, int type, String typeName) {
    return switch (type) {
      case Types.DOUBLE, Types.DECIMAL -> DoubleColumn.create(name);
      case Types.FLOAT -> FloatColumn.create(name);
      case Types.TINYINT, Types.SMALLINT -> ShortColumn.create(name);
      case Types.INTEGER -> IntColumn.create(name);
      case Types.BIGINT -> LongColumn.create(name);
      case Types.BOOLEAN -> BooleanColumn.create(name);
      case Types.DATE -> DateColumn.create(name);
      case Types.TIME -> TimeColumn.create(name);
      case Types.TIMESTAMP -> DateTimeColumn.create(name);
      case Types.VARCHAR, Types.TIMESTAMP_WITH_TIMEZONE -> StringColumn.create(name);
      default -> {
        Check.that(
            typeName.endsWith("BIGINT") || typeName.endsWith("HUGEINT"),
            "%s: column '%s' holds %s; a table takes numbers, text, true and false, dates and"
                + " times: leave the column out or convert it",
            file,
            name,
            typeName);
        yield DoubleColumn.create(name);
      }
    };
  }

  private static void append(Column<?> column, ResultSet rows, int c) throws SQLException {
    if (rows.getObject(c) == null) {
      column.appendMissing();
      return;
    }
    switch (column) {
      case DoubleColumn to -> to.append(rows.getDouble(c));
      case FloatColumn to -> to.append(rows.getFloat(c));
      case ShortColumn to -> to.append(rows.getShort(c));
      case IntColumn to -> to.append(rows.getInt(c));
      case LongColumn to -> to.append(rows.getLong(c));
      case BooleanColumn to -> to.append(rows.getBoolean(c));
      case DateColumn to -> to.append(rows.getObject(c, LocalDate.class));
      case TimeColumn to -> to.append(rows.getObject(c, LocalTime.class));
      case DateTimeColumn to -> to.append(rows.getObject(c, LocalDateTime.class));
      case StringColumn to ->
          to.append(
              rows.getObject(c) instanceof OffsetDateTime time
                  ? time.toInstant().toString()
                  : rows.getString(c));
      default -> throw new IllegalStateException(column.type().name());
    }
  }
}
