package fieldnotes.cli;

import fieldnotes.common.Quoted;
import fieldnotes.journal.Block;
import fieldnotes.journal.Journal;
import fieldnotes.journal.Metric;
import fieldnotes.journal.Run;
import fieldnotes.table.Numbers;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tech.tablesaw.api.Table;

/** Runs of the journal as text. */
final class RunText {
  private RunText() {}

  /** The latest run of an entry. */
  static void print(Journal journal, String entry, List<Run> runs, PrintWriter out) {
    Run run = runs.getLast();
    out.println(Printed.of("%s: %s", run.chapter(), run.title()));
    out.println(
        Printed.of("date      %s%s", run.date(), runs.size() > 1 ? ", run " + runs.size() : ""));
    line(out, "notebook  ", run.notebook());
    run.data()
        .forEach((id, hash) -> line(out, "data      ", id + (hash.isEmpty() ? "" : " " + hash)));
    line(out, "seed      ", run.seed());
    run.options()
        .forEach((name, value) -> out.println(Printed.of("option    %s = %s", name, value)));
    for (Metric metric : run.metrics()) {
      Optional<Run> best = runs.size() < 2 ? Optional.empty() : journal.best(entry, metric.name());
      out.println(
          Printed.of(
              "metric    %s%s",
              metric,
              best.map(
                      b ->
                          b.id().equals(run.id())
                              ? " (the best)"
                              : " (best: "
                                  + b.metric(metric.name()).orElseThrow().text()
                                  + " in run "
                                  + (runs.indexOf(b) + 1)
                                  + ")")
                  .orElse("")));
    }
    for (Block block : run.blocks()) {
      switch (block) {
        case Block.Text text -> out.println("\n" + Printed.indented(text.markdown()));
        case Block.Metrics place -> {}
        case Block.Grid grid ->
            out.println(
                Printed.of(
                    "table     %s: %d rows, %s",
                    grid.name(),
                    grid.rows().size() + grid.leftOut(),
                    String.join(", ", grid.columns())));
        case Block.Picture picture ->
            out.println(Printed.of("figure    %s: %s", picture.name(), picture.file()));
      }
    }
    journal.changes(entry).forEach(change -> out.println(Printed.of("changed   %s", change)));
    words(out, "\nWhat we found. ", run.conclusion());
    words(out, "Next. ", run.next());
  }

  /** The values of a metric, with bars between the least and the largest. */
  static void history(Table history, PrintWriter out) {
    double[] values = history.doubleColumn("value").asDoubleArray();
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    double low = Arrays.stream(finite).min().orElse(0);
    double high = Arrays.stream(finite).max().orElse(0);
    boolean differ = high - low > 1e-9 * Math.max(Math.abs(low), Math.abs(high));
    for (int i = 0; i < values.length; i++) {
      String unit = history.stringColumn("unit").get(i);
      int bar =
          Double.isFinite(values[i]) && differ
              ? (int) Math.round(20 * (values[i] - low) / (high - low))
              : 0;
      out.println(
          Printed.of(
              "%s  %14s  %-20s  %s, run %d",
              history.stringColumn("date").get(i),
              Numbers.text(values[i]) + (unit.isEmpty() ? "" : " " + unit),
              "█".repeat(bar),
              history.stringColumn("entry").get(i),
              history.intColumn("run").get(i)));
    }
  }

  private static void line(PrintWriter out, String head, String text) {
    if (!text.isEmpty()) {
      out.println(head + Quoted.line(text));
    }
  }

  /** Text of one line or of several. */
  private static void words(PrintWriter out, String head, String text) {
    if (!text.isEmpty()) {
      out.println(head + Printed.indented(text).strip());
    }
  }
}
