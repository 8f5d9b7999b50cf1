package fieldnotes.publish;

import fieldnotes.common.Check;
import fieldnotes.journal.Disk;
import fieldnotes.journal.Journal;
import fieldnotes.journal.Metric;
import fieldnotes.journal.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Runs as a table, and that table as CSV or Parquet. */
public final class Export {
  private Export() {}

  /**
   * The runs of an entry as a table, one row per run: time in UTC and what the run is called, then
   * its data, options and metrics in columns {@code data.…}, {@code option.…} and {@code metric.…},
   * then what it was made with in {@code made.…}.
   *
   * @param entry see {@link Journal#runs(String)}; blank for the runs of all entries
   * @throws IllegalArgumentException if the journal has no such entry, or more than one
   */
  public static Table table(Journal journal, String entry) {
    List<Run> runs = entry.isBlank() ? journal.runs() : journal.runs(entry);
    return table(entry.isBlank() ? "journal" : runs.getFirst().title(), runs);
  }

  /** See {@link #write(Journal, String, Path)}. */
  public static void write(Journal journal, String entry, String file) {
    write(journal, entry, Path.of(file));
  }

  /**
   * Writes {@link #table} with all digits.
   *
   * @param entry see {@link Journal#runs(String)}; blank for the runs of all entries
   * @param file its name ends in {@code .csv} or {@code .parquet}
   * @throws IllegalArgumentException if its name has another ending
   */
  public static void write(Journal journal, String entry, Path file) {
    write(table(journal, entry), file);
  }

  private static Table table(String name, List<Run> runs) {
    Table table = Table.create(name);
    DateTimeColumn time = DateTimeColumn.create("time");
    runs.forEach(run -> time.append(LocalDateTime.ofInstant(run.time(), ZoneOffset.UTC)));
    table.addColumns(time);
    text(table, "run", runs, Run::id);
    text(table, "chapter", runs, Run::chapter);
    text(table, "entry", runs, Run::title);
    text(table, "notebook", runs, Run::notebook);
    text(table, "seed", runs, Run::seed);
    texts(table, "data.", runs, Run::data);
    texts(table, "option.", runs, Run::options);
    Set<String> metrics = new LinkedHashSet<>();
    runs.forEach(run -> run.metrics().forEach(m -> metrics.add(m.name())));
    for (String metric : metrics) {
      DoubleColumn column = DoubleColumn.create(unused(table, "metric." + metric));
      runs.forEach(
          run -> {
            Optional<Metric> value = run.metric(metric);
            if (value.isPresent()) {
              column.append(value.get().value());
            } else {
              column.appendMissing();
            }
          });
      table.addColumns(column);
    }
    text(table, "conclusion", runs, Run::conclusion);
    text(table, "next", runs, Run::next);
    texts(table, "made.", runs, Run::made);
    return table;
  }

  private static void text(Table table, String name, List<Run> runs, Function<Run, String> values) {
    StringColumn column = StringColumn.create(unused(table, name));
    runs.forEach(run -> column.append(values.apply(run)));
    table.addColumns(column);
  }

  private static void texts(
      Table table, String lead, List<Run> runs, Function<Run, Map<String, String>> maps) {
    Set<String> names = new LinkedHashSet<>();
    runs.forEach(run -> names.addAll(maps.apply(run).keySet()));
    names.forEach(
        name -> text(table, lead + name, runs, run -> maps.apply(run).getOrDefault(name, "")));
  }

  /** Names that differ in letters' case only are one to Tablesaw and to Parquet's readers. */
  private static String unused(Table table, String wish) {
    String name = wish;
    for (int i = 2; table.containsColumn(name); i++) {
      name = wish + " (" + i + ")";
    }
    return name;
  }

  private static void write(Table table, Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    Check.that(
        name.endsWith(".csv") || name.endsWith(".parquet"),
        "%s: the name must end in .csv or .parquet",
        file);
    try {
      if (name.endsWith(".csv")) {
        Disk.put(file.toAbsolutePath(), csv(table).getBytes(StandardCharsets.UTF_8));
      } else {
        parquet(table, file.toAbsolutePath());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static String csv(Table table) {
    StringBuilder out = new StringBuilder();
    out.append(table.columnNames().stream().map(Export::cell).collect(Collectors.joining(",")));
    for (int r = 0; r < table.rowCount(); r++) {
      out.append('\n');
      for (int c = 0; c < table.columnCount(); c++) {
        out.append(c == 0 ? "" : ",").append(value(table.column(c), r));
      }
    }
    return out.append('\n').toString();
  }

  private static String value(Column<?> column, int row) {
    return switch (column) {
      case DoubleColumn numbers ->
          numbers.isMissing(row) ? "" : Double.toString(numbers.getDouble(row));
      case DateTimeColumn times -> times.get(row) + "Z";
      default -> cell(column.getString(row));
    };
  }

  /** A text as a cell of CSV by RFC 4180. */
  private static String cell(String text) {
    return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  /** Written by DuckDB, which is loaded only then. */
  private static void parquet(Table table, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Path part =
        file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + Disk.UNFINISHED);
    String columns =
        table.columns().stream()
            .map(
                column ->
                    '"'
                        + column.name().replace("\"", "\"\"")
                        + '"'
                        + switch (column) {
                          case DoubleColumn numbers -> " DOUBLE";
                          case DateTimeColumn times -> " TIMESTAMP";
                          default -> " VARCHAR";
                        })
            .collect(Collectors.joining(", "));
    String marks =
        IntStream.range(0, table.columnCount())
            .mapToObj(i -> "?")
            .collect(Collectors.joining(", "));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute("CREATE TABLE runs (" + columns + ")");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO runs VALUES (" + marks + ")")) {
        for (int r = 0; r < table.rowCount(); r++) {
          for (int c = 0; c < table.columnCount(); c++) {
            insert.setObject(c + 1, object(table.column(c), r));
          }
          insert.executeUpdate();
        }
      }
      statement.execute(
          "COPY runs TO '" + part.toString().replace("'", "''") + "' (FORMAT PARQUET)");
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (SQLException e) {
      throw new IOException("DuckDB: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static Object object(Column<?> column, int row) {
    return switch (column) {
      case DoubleColumn numbers -> numbers.isMissing(row) ? null : numbers.getDouble(row);
      case DateTimeColumn times -> times.get(row);
      default -> column.getString(row);
    };
  }
}
