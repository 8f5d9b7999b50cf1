package fieldnotes.cli;

import fieldnotes.journal.Journal;
import fieldnotes.journal.Reproduction;
import fieldnotes.journal.Run;
import fieldnotes.journal.WorkLog;
import fieldnotes.publish.Export;
import fieldnotes.publish.Mlflow;
import fieldnotes.publish.Site;
import fieldnotes.table.Numbers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tech.tablesaw.api.Table;

/** {@code ./workbench journal}: shows, renders, exports and reproduces the journal. */
@Command(
    name = "journal",
    description = "Show, render, export and reproduce the journal; keep a work log.")
final class JournalCommand implements Runnable {
  private static final String ENTRY =
      "Title of the entry, its lower-case form with hyphens, or a unique part of either.";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "missing subcommand: must be list, show, compare, history, render, reduce, rerun, check,"
            + " export or log");
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "List the chapters and entries with their latest run.")
  int list() {
    Journal journal = Journal.open();
    String chapter = "";
    for (List<Run> runs : journal.entries()) {
      Run latest = runs.getLast();
      if (!latest.chapter().equals(chapter)) {
        chapter = latest.chapter();
        out().println(Printed.of("%s", chapter));
      }
      out().println(Printed.of("  %s", latest.title()));
      out()
          .println(
              Printed.of(
                  "      %s, %d run%s%s",
                  latest.date(),
                  runs.size(),
                  runs.size() == 1 ? "" : "s",
                  latest.metrics().stream()
                      .limit(3)
                      .map(m -> ", " + m)
                      .reduce("", (first, second) -> first + second)));
    }
    if (journal.entries().isEmpty()) {
      out().println(Printed.of("The journal in %s has no entries yet.", journal.root()));
    }
    problems(journal);
    out().flush();
    return 0;
  }

  private void problems(Journal journal) {
    journal.problems().forEach(p -> out().println(Printed.of("skipped: %s", p)));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Show the latest run of an entry, and the best run by each metric.")
  int show(@Parameters(paramLabel = "ENTRY", description = ENTRY) String entry) {
    Journal journal = Journal.open();
    List<Run> runs = journal.runs(entry);
    RunText.print(journal, entry, runs, out());
    out().flush();
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Compare the runs of an entry side by side, newest first.")
  int compare(@Parameters(paramLabel = "ENTRY", description = ENTRY) String entry) {
    out().println(Journal.open().comparison(entry));
    out().flush();
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "List and plot the values of a metric over all runs.")
  int history(
      @Parameters(paramLabel = "METRIC", description = "Name of the metric.") String metric,
      @Option(
              names = "--chart",
              paramLabel = "FILE",
              description = "Write the values as a chart to this .png file.")
          Path chart)
      throws IOException {
    if (chart != null && !chart.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new ParameterException(
          spec.subcommands().get("history"), Printed.of("--chart=%s: must end in .png", chart));
    }
    Journal journal = Journal.open();
    Table history = journal.history(metric);
    RunText.history(history, out());
    if (chart != null) {
      journal.chart(metric).save(chart);
      out().println(Printed.of("chart: %s", chart));
    }
    out().flush();
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Rebuild JOURNAL.md and the pages in target/site/journal from the record.",
        "Damaged lines of the record are moved to data/journal.damaged.jsonl and reported."
      })
  int render(
      @Option(
              names = "--tidy",
              description = "Remove figures from assets/ that no run uses any more.")
          boolean tidy,
      @Option(names = "--quiet", description = "Print only problems.") boolean quiet) {
    Journal journal = Journal.open();
    problems(journal);
    journal.render();
    if (tidy) {
      journal.tidy().forEach(file -> out().println(Printed.of("removed %s", file)));
    }
    Path index = Site.write(journal, site(journal));
    if (!quiet) {
      out().println(Printed.of("JOURNAL.md and pages: %s", index));
    }
    out().flush();
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Remove runs from the record that have the same numbers as the next run of their entry.",
        "Metrics count from a relative difference of 1e-9 on, and tables; settings and words do"
            + " not. JOURNAL.md, pages and assets/ are updated."
      })
  int reduce(
      @Option(names = "--dry-run", description = "Only list the runs; remove nothing.")
          boolean dry) {
    Journal journal = Journal.open();
    problems(journal);
    List<String> gone = journal.reduce(dry);
    gone.forEach(run -> out().println(Printed.of("%s %s", dry ? "would remove" : "removed", run)));
    if (!dry) {
      journal.tidy().forEach(file -> out().println(Printed.of("removed %s", file)));
      Site.write(journal, site(journal));
    }
    out()
        .println(
            "%d of %d runs left"
                .formatted(
                    journal.runs().size() - (dry ? gone.size() : 0),
                    journal.runs().size() + (dry ? 0 : gone.size())));
    out().flush();
    return 0;
  }

  private static Path site(Journal journal) {
    return journal.root().resolve("target/site/journal");
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Rerun the notebook of an entry with a separate journal and compare every metric.",
        "Exit code: 0 if all metrics are equal within a relative 1e-9, 1 if not."
      })
  int rerun(@Parameters(paramLabel = "ENTRY", description = ENTRY) String entry)
      throws IOException, InterruptedException {
    Journal journal = Journal.open();
    List<Run> kept = journal.runs(entry);
    Run latest = kept.getLast();
    if (latest.notebook().isEmpty()) {
      throw new IllegalArgumentException(
          "entry '%s' names no notebook: save it again from a notebook".formatted(latest.title()));
    }
    Path aside = journal.root().resolve("target/journal-rerun");
    int code = Rerun.execute(journal, aside, List.of(latest.notebook()), out());
    Reproduction all = journal.reproduction(Journal.at(aside.resolve("journal")));
    List<Reproduction.Outcome> mine = of(latest, all);
    mine.forEach(outcome -> tell(outcome, true));
    out().flush();
    return code == 0 && new Reproduction(mine).holds() ? 0 : 1;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Rerun all notebooks of the journal with a separate journal and compare every metric.",
        "Exit code: 0 if all metrics of the entries that ran are equal within a relative 1e-9, 1 if"
            + " not."
      })
  int check(
      @Option(
              names = "--ran",
              paramLabel = "FOLDER",
              description =
                  "Run nothing; compare with the journal in this folder, written by"
                      + " FIELDNOTES_JOURNAL=FOLDER ./workbench run.")
          Path ran,
      @Option(names = "--lenient", description = "Report differences, but do not fail.")
          boolean lenient,
      @Option(names = "--strict", description = "Fail also if an entry was not run.")
          boolean strict,
      @Option(
              names = "--exact",
              paramLabel = "ENTRY",
              description = "Fail also with --lenient if this entry ran and differs.")
          List<String> exact)
      throws IOException, InterruptedException {
    Journal journal = Journal.open();
    int code = 0;
    Path fresh = ran;
    if (ran != null && !Files.isDirectory(ran)) {
      throw new IllegalArgumentException(Printed.of("--ran=%s: there is no such folder", ran));
    }
    if (fresh == null) {
      List<String> notebooks =
          journal.entries().stream()
              .map(runs -> runs.getLast().notebook())
              .filter(n -> !n.isEmpty() && Files.isRegularFile(journal.root().resolve(n)))
              .distinct()
              .toList();
      if (notebooks.isEmpty()) {
        throw new IllegalStateException(
            "the journal in %s names no existing notebook".formatted(journal.root()));
      }
      Path aside = journal.root().resolve("target/journal-check");
      code = Rerun.execute(journal, aside, notebooks, out());
      fresh = aside.resolve("journal");
    }
    Reproduction reproduction = journal.reproduction(Journal.at(fresh));
    reproduction.outcomes().forEach(outcome -> tell(outcome, false));
    problems(journal);
    out().println(reproduction);
    out().flush();
    boolean holds = reproduction.holds() || journal.entries().isEmpty();
    boolean all = !strict || reproduction.count(Reproduction.State.NOT_RUN) == 0;
    boolean kept =
        exact == null || exact.stream().noneMatch(e -> differs(journal, e, reproduction));
    return code == 0 && ((holds && all) || lenient) && kept ? 0 : 1;
  }

  private static boolean differs(Journal journal, String entry, Reproduction reproduction) {
    return of(journal.runs(entry).getLast(), reproduction).stream()
        .map(Reproduction.Outcome::state)
        .anyMatch(o -> o == Reproduction.State.DIFFERS || o == Reproduction.State.MISSING);
  }

  private static List<Reproduction.Outcome> of(Run run, Reproduction all) {
    return all.outcomes().stream()
        .filter(o -> o.chapter().equals(run.chapter()) && o.title().equals(run.title()))
        .toList();
  }

  private void tell(Reproduction.Outcome outcome, boolean everything) {
    out().println(Printed.of("%s", outcome));
    for (Reproduction.Line line : outcome.metrics()) {
      if (everything || !line.same()) {
        out().println(Printed.of("    %s", line));
      }
    }
    outcome.notes().forEach(note -> out().println(Printed.of("    %s", note)));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Export the runs of one entry, or of all, to a file or an MLflow server.")
  int export(
      @Parameters(
              arity = "0..1",
              paramLabel = "ENTRY",
              defaultValue = "",
              description = ENTRY + " Default: all entries.")
          String entry,
      @Option(
              names = "--out",
              paramLabel = "FILE",
              description = "A .csv or .parquet file: one row per run, in full precision.")
          Path file,
      @Option(
              names = "--mlflow",
              paramLabel = "URL",
              description = "An MLflow tracking server, for example http://localhost:5000.")
          String server,
      @Option(
              names = "--experiment",
              paramLabel = "NAME",
              defaultValue = "Fieldnotes",
              description = "Name of the MLflow experiment (default: ${DEFAULT-VALUE}).")
          String experiment) {
    if (file == null && server == null) {
      throw new ParameterException(
          spec.subcommands().get("export"), "missing target: add --out FILE or --mlflow URL");
    }
    Journal journal = Journal.open();
    if (file != null) {
      Export.write(journal, entry, file);
      out().println(Printed.of("%d runs -> %s", Export.table(journal, entry).rowCount(), file));
    }
    if (server != null) {
      int sent = Mlflow.send(journal, entry, server, experiment);
      out().println(Printed.of("%d new runs -> experiment '%s' on %s", sent, experiment, server));
    }
    out().flush();
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Print the work log with totals; with HOURS and WHAT, add a line to it.",
        "Example: ./workbench journal log 1.5 Listened to all clips of the second episode"
      })
  int log(
      @Parameters(
              arity = "0..1",
              index = "0",
              paramLabel = "HOURS",
              description = "Hours worked, for example 1.5.")
          Double hours,
      @Parameters(
              arity = "0..*",
              index = "1..*",
              paramLabel = "WHAT",
              description = "What was done.")
          List<String> what,
      @Option(
              names = "--date",
              paramLabel = "YYYY-MM-DD",
              description = "The day (default: today).")
          LocalDate date) {
    WorkLog log = WorkLog.open();
    if (hours != null) {
      log.add(
          date == null ? LocalDate.now(ZoneOffset.systemDefault()) : date,
          hours,
          what == null ? "" : String.join(" ", what));
    } else {
      for (WorkLog.Line line : log.lines()) {
        out()
            .println(
                Printed.of("%s  %6s  %s", line.date(), Numbers.text(line.hours()), line.what()));
      }
      log.hoursByMonth()
          .forEach(
              (month, sum) ->
                  out()
                      .printf(Locale.ROOT, "%-10s  %6s  in the month%n", month, Numbers.text(sum)));
    }
    out().println(log);
    out().flush();
    return 0;
  }
}
