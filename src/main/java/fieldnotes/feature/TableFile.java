package fieldnotes.feature;

import fieldnotes.audio.SoundFiles;
import fieldnotes.common.Check;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A table on its way to disk. The rows go to a file beside the wanted one; {@link #finish} turns it
 * into what was asked for and moves it into place in one step. Parquet is written by DuckDB, which
 * is loaded only then.
 */
final class TableFile implements AutoCloseable {
  private final Path out;
  private final Path part;
  private final boolean labelled;
  private final boolean perFrame;
  private final List<String> names;
  private final BufferedWriter writer;
  private boolean closed;

  private TableFile(Path out, boolean labelled, boolean perFrame, List<String> names)
      throws IOException {
    this.out = out.toAbsolutePath();
    this.labelled = labelled;
    this.perFrame = perFrame;
    this.names = names;
    Files.createDirectories(this.out.getParent());
    part = beside(".csv");
    writer = Files.newBufferedWriter(part, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
    writer.write("file");
    writer.write(labelled ? ",label" : "");
    writer.write(perFrame ? ",chunk,time_s" : ",chunk,start_s,duration_s");
    for (String name : names) {
      writer.write(',');
      writer.write(name);
    }
    writer.write('\n');
  }

  private Path beside(String ending) {
    return out.resolveSibling("." + out.getFileName() + "." + UUID.randomUUID() + ending);
  }

  /** Begins a file; nothing is seen of it before {@link #finish}. */
  static TableFile create(Path out, boolean labelled, boolean perFrame, List<String> names)
      throws IOException {
    String name = out.getFileName().toString().toLowerCase(Locale.ROOT);
    Check.that(
        name.endsWith(".csv") || name.endsWith(".parquet"),
        "%s: the name must end in .csv or .parquet",
        out);
    return new TableFile(out, labelled, perFrame, names);
  }

  void append(SoundFiles.Item item, List<ClipMeasurer.Row> rows) throws IOException {
    String head = Csv.cell(item.name()) + (labelled ? "," + Csv.cell(item.label()) : "");
    StringBuilder line = new StringBuilder();
    for (ClipMeasurer.Row row : rows) {
      line.setLength(0);
      line.append(head).append(',').append(row.chunk()).append(',').append(row.startSeconds());
      if (!perFrame) {
        line.append(',').append(row.seconds());
      }
      for (double value : row.values()) {
        line.append(',');
        if (!Double.isNaN(value)) {
          line.append(value);
        }
      }
      writer.append(line.append('\n'));
    }
  }

  /** Moves the table into place. */
  void finish() throws IOException {
    writer.close();
    closed = true;
    Path whole = part;
    if (out.toString().toLowerCase(Locale.ROOT).endsWith(".parquet")) {
      whole = beside(".parquet");
      try {
        parquet(whole);
      } catch (SQLException e) {
        Files.deleteIfExists(whole);
        throw new IOException("DuckDB: " + e.getMessage(), e);
      }
    }
    Files.move(whole, out, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void parquet(Path to) throws SQLException {
    StringBuilder columns = new StringBuilder("'file': 'VARCHAR'");
    columns.append(labelled ? ", 'label': 'VARCHAR'" : "").append(", 'chunk': 'INTEGER'");
    columns.append(
        perFrame ? ", 'time_s': 'DOUBLE'" : ", 'start_s': 'DOUBLE', 'duration_s': 'DOUBLE'");
    for (String name : names) {
      columns.append(", '").append(name).append("': 'DOUBLE'");
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET memory_limit = '256MB'");
      statement.execute("SET threads = 1");
      statement.execute("SET preserve_insertion_order = true");
      statement.execute(
          "COPY (SELECT * FROM read_csv(%s, header = true, auto_detect = false, columns = {%s}))"
                  .formatted(quoted(part), columns)
              + " TO %s (FORMAT PARQUET)".formatted(quoted(to)));
    }
  }

  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "''") + "'";
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      writer.close();
    }
    Files.deleteIfExists(part);
  }
}
