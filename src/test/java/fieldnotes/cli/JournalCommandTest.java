package fieldnotes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.evaluate.Better;
import fieldnotes.journal.Journal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class JournalCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void twoRuns() {
    System.setProperty("fieldnotes.journal", folder.toString());
    for (int run = 0; run < 2; run++) {
      entry(folder, run, "Two words", 0.25 + run / 4.0).save();
    }
    entry(folder, 2, "Other", 3).save();
  }

  @AfterEach
  void forget() {
    System.clearProperty("fieldnotes.journal");
  }

  private static fieldnotes.journal.Entry entry(Path folder, int day, String title, double score) {
    Instant time = Instant.parse("2026-03-01T10:00:00Z").plus(Duration.ofDays(day));
    return Journal.at(folder)
        .withClock(Clock.fixed(time, ZoneOffset.UTC))
        .newEntry("Sound", title)
        .notebook("notebooks/a.ipynb")
        .option("fixed", 1)
        .metric("score", score, "dB", Better.HIGHER)
        .conclusion("It came out.");
  }

  private int execute(String... args) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  @Test
  @DisplayName("a chart under another name than .png is refused before anything is written")
  void chartIsAPng() {
    Path chart = folder.resolve("course.jpg");
    assertThat(execute("journal", "history", "score", "--chart", chart.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("course.jpg: must end in .png");
    assertThat(chart).doesNotExist();
  }

  @Test
  void list() throws Exception {
    Files.writeString(folder.resolve("data/journal.jsonl"), "{dam", StandardOpenOption.APPEND);
    assertThat(execute("journal", "list")).isZero();
    assertThat(out.toString())
        .contains("Sound\n  Two words\n      2026-03-02, 2 runs, score 0.5 dB\n")
        .contains("  Other\n      2026-03-03, 1 run, score 3 dB\n")
        .contains("skipped: data/journal.jsonl, line 4: not JSON");
  }

  @Test
  void show() {
    assertThat(execute("journal", "show", "two-words")).isZero();
    assertThat(out.toString())
        .contains("Sound: Two words\ndate      2026-03-02, run 2\nnotebook  notebooks/a.ipynb\n")
        .contains("metric    score 0.5 dB (the best)")
        .contains("changed   score 0.25 dB ↑ 0.5 dB (better)")
        .contains("What we found. It came out.");
    assertThat(execute("journal", "show", "none")).isEqualTo(1);
    assertThat(err.toString())
        .contains("workbench journal show: no entry 'none'; available: [two-words");
  }

  @Test
  void compare() {
    assertThat(execute("journal", "compare", "words")).isZero();
    assertThat(out.toString()).contains("2026-03-02", "0.5 dB ↑ *", "0.25 dB");
  }

  @Test
  void history() throws Exception {
    Path chart = folder.resolve("new/chart.png");
    assertThat(execute("journal", "history", "score", "--chart", chart.toString())).isZero();
    assertThat(out.toString().lines().filter(l -> l.startsWith("2026-03"))).hasSize(3);
    assertThat(out.toString())
        .contains("2026-03-03            3 dB  ████████████████████  Other, run 1");
    assertThat(chart).isNotEmptyFile();
    assertThat(execute("journal", "history", "loss")).isEqualTo(1);
    assertThat(err.toString()).contains("no metric 'loss'; available: [score]");
  }

  @Test
  @DisplayName("render mends the page, and --tidy removes what no run shows")
  void render() throws Exception {
    Files.delete(folder.resolve("JOURNAL.md"));
    Path left = Files.createDirectories(folder.resolve("assets")).resolve("x-0123456789.png");
    Files.writeString(left, "left");
    Path own = folder.resolve("assets/mine.png");
    Files.writeString(own, "mine");
    assertThat(execute("journal", "render", "--tidy")).isZero();
    assertThat(folder.resolve("JOURNAL.md")).isNotEmptyFile();
    assertThat(folder.resolve("target/site/journal/index.html")).isNotEmptyFile();
    assertThat(left).doesNotExist();
    assertThat(own).exists();
    assertThat(out.toString()).contains("removed assets/x-0123456789.png");
  }

  @Test
  @DisplayName("reduce lists with --dry-run, and removes runs that say the same with their figures")
  void reduce() throws Exception {
    entry(folder, 3, "Other", 3).conclusion("Said better.").save();
    assertThat(execute("journal", "reduce", "--dry-run")).isZero();
    assertThat(out.toString())
        .endsWith("would remove Other, run 1, 2026-03-03\n3 of 4 runs left\n");
    assertThat(execute("journal", "reduce")).isZero();
    assertThat(out.toString()).endsWith("removed Other, run 1, 2026-03-03\n3 of 4 runs left\n");
    assertThat(Journal.at(folder).runs("other"))
        .extracting(run -> run.conclusion())
        .containsExactly("Said better.");
  }

  @Test
  void export() {
    Path file = folder.resolve("runs.csv");
    assertThat(execute("journal", "export", "--out", file.toString())).isZero();
    assertThat(out.toString()).contains("3 runs -> ");
    assertThat(file).isNotEmptyFile();
    assertThat(execute("journal", "export", "words")).isEqualTo(2);
    assertThat(err.toString())
        .contains("workbench journal export: missing target: add --out FILE or --mlflow URL");
  }

  @Test
  void log() {
    assertThat(execute("journal", "log", "1.5", "Listened,", "twice", "--date", "2026-03-01"))
        .isZero();
    assertThat(execute("journal", "log")).isZero();
    assertThat(out.toString())
        .contains("2026-03-01     1.5  Listened, twice\n2026-03        1.5  in the month\n")
        .endsWith("work log: 1 line, 1.5 hours\n");
  }

  /** A launcher that writes what was prepared instead of running a notebook. */
  private void launcher(Path prepared, int code) throws IOException {
    Path script = folder.resolve("workbench");
    Files.writeString(
        script,
        """
        #!/bin/sh
        [ "$1" = run ] && mkdir -p "$FIELDNOTES_JOURNAL" && cp -R '%s'/. "$FIELDNOTES_JOURNAL"
        echo "$@" > '%s'
        exit %d
        """
            .formatted(prepared, folder.resolve("called"), code));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Files.createDirectories(folder.resolve("notebooks"));
    Files.writeString(folder.resolve("notebooks/a.ipynb"), "{}");
  }

  @Tag("long")
  @Test
  @DisplayName("rerun and check execute the notebooks aside and compare metric by metric")
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its launcher is a shell script")
  void again(@TempDir Path prepared) throws Exception {
    entry(prepared, 5, "Two words", 0.5).save();
    entry(prepared, 5, "Other", 3).save();
    launcher(prepared, 0);
    String before = Files.readString(folder.resolve("data/journal.jsonl"));
    assertThat(execute("journal", "rerun", "two-words")).isZero();
    assertThat(out.toString())
        .contains("Sound: Two words: the same (1 of 1 metrics equal)\n    = score 0.5 dB\n")
        .doesNotContain("Other");
    assertThat(folder.resolve("called")).content().contains("run --site ", "notebooks/a.ipynb");
    assertThat(execute("journal", "check")).isZero();
    assertThat(out.toString()).endsWith("reproduction: 2 the same\n");
    assertThat(folder.resolve("data/journal.jsonl")).hasContent(before);
    entry(prepared, 6, "Other", 3.5).save();
    assertThat(execute("journal", "check")).isEqualTo(1);
    assertThat(out.toString()).contains("    ≠ score 3.0 dB → 3.5 dB (by 0.500)");
    assertThat(execute("journal", "check", "--lenient")).isZero();
    assertThat(execute("journal", "check", "--lenient", "--exact", "two-words")).isZero();
    assertThat(execute("journal", "check", "--lenient", "--exact", "other")).isEqualTo(1);
    assertThat(execute("journal", "check", "--ran", prepared.toString())).isEqualTo(1);
    assertThat(execute("journal", "check", "--lenient", "--ran", "no/such/folder")).isEqualTo(1);
    assertThat(err.toString()).contains("--ran=").contains("no such folder");
    launcher(prepared, 1);
    assertThat(execute("journal", "rerun", "two-words")).isEqualTo(1);
  }

  @Tag("long")
  @Test
  @DisplayName("a line feed in a value of the record never starts a line")
  void lineFeeds() throws Exception {
    String evil = "x\nworkbench: all is well";
    Path record = folder.resolve("data/journal.jsonl");
    String lines = Files.readString(record);
    for (String value :
        List.of("Sound", "Two words", "notebooks/a.ipynb", "score", "dB", "It came out.")) {
      String json = "\"" + evil.replace("\n", "\\n");
      lines = lines.replace("\"" + value, json + value);
    }
    lines = lines.replace("\"fixed\"", "\"fixed\\nworkbench: all is well\"");
    Files.writeString(record, lines);
    for (String[] words :
        new String[][] {
          {"list"},
          {"show", "words"},
          {"history", evil + "score"},
          {"show", evil},
          {"compare", "words"},
          {"compare", evil},
          {"history", evil},
          {"log", "1", evil},
          {"log"},
          {"log", evil},
          {"check", "--ran", evil},
          {"rerun", evil},
          {"reduce", "--dry-run"},
          {"export", evil, "--out", folder.resolve("x.csv").toString()},
          {"export", "--out", evil},
          {"history", "score", "--chart", evil},
          {evil},
          {"check", "--ran", folder.toString()},
          {"log", "1", "a", "--date", evil},
        }) {
      out.getBuffer().setLength(0);
      err.getBuffer().setLength(0);
      String[] all = Stream.concat(Stream.of("journal"), Stream.of(words)).toArray(String[]::new);
      execute(all);
      assertThat((out + "" + err).lines())
          .as(String.join(" ", words))
          .isNotEmpty()
          .noneMatch(line -> line.startsWith("workbench: all is"));
    }
  }

  @Test
  @DisplayName("a date that is none, a file as folder, a server that is not there: in plain words")
  void plainWords() throws IOException {
    assertThat(execute("journal", "log", "1", "x", "--date", "2026-13-01")).isEqualTo(2);
    assertThat(err.toString())
        .contains("option '--date': '2026-13-01' must be a date such as 2026-03-01\n");
    err.getBuffer().setLength(0);
    assertThat(execute("journal", "export", "--mlflow", "http://localhost:1")).isEqualTo(1);
    assertThat(err.toString())
        .contains("http://localhost:1: the MLflow server did not accept the runs: ")
        .containsIgnoringCase("connect")
        .doesNotContain("org.", "Exception");
    err.getBuffer().setLength(0);
    Path file = Files.createFile(folder.resolve("a file"));
    System.setProperty("fieldnotes.journal", file.toString());
    assertThat(execute("journal", "list")).isEqualTo(1);
    assertThat(err.toString()).contains("a file: is a file, must be a folder");
  }
}
