package fieldnotes.journal;

import fieldnotes.common.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The runs of an entry side by side, newest first: settings that differ and all metrics.
 *
 * @param title title of the entry
 * @param runs newest first
 * @param lines options, data and seed that differ, then the metrics
 * @param metrics the names of the lines that are metrics
 */
public record Comparison(String title, List<Run> runs, List<Line> lines, List<String> metrics) {
  /**
   * One line, with one value per run.
   *
   * @param arrows change since the previous run, such as {@code ↑}; may be empty
   * @param best whether the value is the best of all runs
   */
  public record Line(String name, List<String> values, List<String> arrows, List<Boolean> best) {}

  static Comparison of(Book.Story story) {
    List<Run> runs = story.runs().reversed();
    List<Line> lines = new ArrayList<>();
    for (String option : story.differingOptions()) {
      lines.add(plain(option, runs.stream().map(r -> r.options().getOrDefault(option, ""))));
    }
    Set<String> sets = new LinkedHashSet<>();
    runs.forEach(r -> sets.addAll(r.data().keySet()));
    for (String set : sets) {
      List<String> hashes = runs.stream().map(r -> r.shortHash(set)).toList();
      if (Set.copyOf(hashes).size() > 1) {
        lines.add(plain("data " + set, hashes.stream()));
      }
    }
    if (runs.stream().map(Run::seed).distinct().count() > 1) {
      lines.add(plain("seed", runs.stream().map(Run::seed)));
    }
    Set<String> metrics = new LinkedHashSet<>();
    runs.forEach(r -> r.metrics().forEach(m -> metrics.add(m.name())));
    for (String metric : metrics) {
      lines.add(metric(story, runs, metric));
    }
    return new Comparison(story.title(), runs, List.copyOf(lines), List.copyOf(metrics));
  }

  private static Line plain(String name, java.util.stream.Stream<String> values) {
    List<String> all = values.toList();
    return new Line(
        name, all, all.stream().map(v -> "").toList(), all.stream().map(v -> false).toList());
  }

  private static Line metric(Book.Story story, List<Run> runs, String name) {
    List<String> values = new ArrayList<>();
    List<String> arrows = new ArrayList<>();
    List<Boolean> best = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Optional<Metric> now = runs.get(i).metric(name);
      Optional<Metric> before =
          i + 1 < runs.size() ? runs.get(i + 1).metric(name) : Optional.empty();
      values.add(now.map(Metric::text).orElse(""));
      best.add(story.isBest(runs.get(i), name));
      int direction =
          now.isPresent() && before.isPresent() ? now.get().directionSince(before.get()) : 0;
      arrows.add(direction > 0 ? " ↑" : direction < 0 ? " ↓" : "");
    }
    return new Line(name, values, arrows, best);
  }

  /** A run by number and date, such as {@code run 2, 2026-03-01}; the oldest is run 1. */
  public String label(int column) {
    return "run " + (runs.size() - column) + ", " + runs.get(column).date();
  }

  /** The comparison as a table: one row per line, one column per run, the best marked by a star. */
  public Table table() {
    StringColumn names = StringColumn.create("");
    lines.forEach(line -> names.append(line.name()));
    Table table = Table.create(title, names);
    for (int i = 0; i < runs.size(); i++) {
      StringColumn column = StringColumn.create(label(i));
      for (Line line : lines) {
        column.append(
            line.values().get(i) + line.arrows().get(i) + (line.best().get(i) ? " *" : ""));
      }
      table.addColumns(column);
    }
    return table;
  }

  @Override
  public String toString() {
    Table table = table();
    Table shown = Table.create(Quoted.line(title));
    for (String name : table.columnNames()) {
      List<String> cells = table.stringColumn(name).asList();
      shown.addColumns(StringColumn.create(name, cells.stream().map(Quoted::line).toList()));
    }
    return shown.printAll() + "\n* the best";
  }
}
