package fieldnotes.cli;

import fieldnotes.common.Quoted;
import fieldnotes.journal.Block;
import fieldnotes.journal.Journal;
import fieldnotes.journal.Metric;
import fieldnotes.journal.Run;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** The latest run of an entry as text. */
final class RunText {
  private RunText() {}

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
