package fieldnotes.publish;

import fieldnotes.journal.Journal;
import fieldnotes.journal.Metric;
import fieldnotes.journal.Run;
import fieldnotes.table.TableWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
    boolean csv = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv");
    TableWriter.write(csv ? inUtc(table) : table, file);
  }

  /** The table with its times as text that says that they are UTC. */
  private static Table inUtc(Table table) {
    Table texts = Table.create(table.name());
    for (Column<?> column : table.columns()) {
      if (column instanceof DateTimeColumn times) {
        StringColumn text = StringColumn.create(column.name());
        times.forEach(time -> text.append(time + "Z"));
        texts.addColumns(text);
      } else {
        texts.addColumns(column);
      }
    }
    return texts;
  }
}
