package fieldnotes.journal;

import fieldnotes.common.Reason;
import fieldnotes.draw.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The journal: entries by chapter, each with its runs. {@code JOURNAL.md} and {@code assets/} are
 * generated from the record {@code data/journal.jsonl}, to which runs are appended.
 *
 * <p>Several notebooks may write at once, and any may be killed at any time: every entry whose
 * {@link Entry#save} returned is stored.
 */
public final class Journal {
  /** File names of figures and sounds. */
  static final String FIGURE = "assets/.*-[0-9a-f]{10}\\.(png|mp3|wav)";

  private final Path root;
  private final Clock clock;

  private Journal(Path root, Clock clock) {
    this.root = root;
    this.clock = clock;
  }

  /**
   * Opens the project's journal; the property {@code fieldnotes.journal} selects another folder.
   */
  public static Journal open() {
    return at(Home.journal());
  }

  /** Opens the journal in a folder, which is created with the first saved entry. */
  public static Journal at(Path folder) {
    return new Journal(folder.toAbsolutePath().normalize(), Clock.systemUTC());
  }

  /** See {@link #at(Path)}. */
  public static Journal at(String folder) {
    return at(Path.of(folder));
  }

  /** Returns the same journal with another clock for dates. */
  public Journal withClock(Clock newClock) {
    return new Journal(root, newClock);
  }

  /** Begins an entry in the project's journal. */
  public static Entry entry(String chapter, String title) {
    return open().newEntry(chapter, title);
  }

  /** Begins an entry in this journal. */
  public Entry newEntry(String chapter, String title) {
    return new Entry(this, chapter, title);
  }

  /** The journal's folder. */
  public Path root() {
    return root;
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** All runs, oldest first. Unreadable lines of the record are skipped; see {@link #problems}. */
  public List<Run> runs() {
    try {
      return new Ledger(root).read().runs();
    } catch (IOException e) {
      throw Reason.unchecked("cannot read the journal in " + root, e);
    }
  }

  /** One message per skipped line of the record; usually empty. */
  public List<String> problems() {
    try {
      return new Ledger(root).read().problems();
    } catch (IOException e) {
      throw Reason.unchecked("cannot read the journal in " + root, e);
    }
  }

  /**
   * The runs of an entry, oldest first. The name is its title, the title in lower case with
   * hyphens, or any part of it that is unique.
   *
   * @throws IllegalArgumentException if no entry or more than one matches
   */
  public List<Run> runs(String entry) {
    return story(entry).runs();
  }

  /** The runs of each entry, oldest first, in journal order. */
  public List<List<Run>> entries() {
    return book().stories().stream().map(Book.Story::runs).toList();
  }

  /** The changes of an entry's latest run; empty for a first run. */
  public List<Change> changes(String entry) {
    return story(entry).changes();
  }

  /** The current chapters and entries, in journal order. */
  public Book book() {
    return Book.of(runs());
  }

  Book.Story story(String entry) {
    List<Book.Story> all = book().stories();
    String wish = entry.strip();
    List<Book.Story> found =
        all.stream().filter(s -> s.title().equals(wish) || s.anchor().equals(wish)).toList();
    if (found.isEmpty()) {
      String part = wish.toLowerCase(Locale.ROOT);
      found =
          all.stream()
              .filter(
                  s ->
                      s.title().toLowerCase(Locale.ROOT).contains(part)
                          || s.anchor().contains(part))
              .toList();
    }
    if (found.size() == 1) {
      return found.getFirst();
    }
    List<String> names = (found.isEmpty() ? all : found).stream().map(Book.Story::anchor).toList();
    throw new IllegalArgumentException(
        found.isEmpty()
            ? "no entry '%s'; available: %s".formatted(entry, names)
            : "entry '%s' is ambiguous: %s; give more of the title".formatted(entry, names));
  }

  /** Compares the runs of an entry of the project's journal, as a table. */
  public static Table compare(String entry) {
    return open().comparison(entry).table();
  }

  /** Charts a metric over the runs of the project's journal. */
  public static Figure course(String metric) {
    return open().chart(metric);
  }

  /** Compares the runs of an entry, newest first; see {@link #runs(String)} for its name. */
  public Comparison comparison(String entry) {
    return story(entry).comparison();
  }

  /**
   * The best run of an entry by a metric; empty if no direction is better.
   *
   * @param entry see {@link #runs(String)}
   */
  public Optional<Run> best(String entry, String metric) {
    return story(entry).best(metric);
  }

  /**
   * The values of a metric over all runs of all entries: date, chapter, entry, number of the run,
   * value, unit; oldest first.
   *
   * @throws IllegalArgumentException if no run has the metric
   */
  public Table history(String metric) {
    StringColumn date = StringColumn.create("date");
    IntColumn number = IntColumn.create("run");
    StringColumn chapter = StringColumn.create("chapter");
    StringColumn entry = StringColumn.create("entry");
    DoubleColumn value = DoubleColumn.create("value");
    StringColumn unit = StringColumn.create("unit");
    List<Run> all = runs();
    for (Run run : with(metric, all)) {
      Metric one = run.metric(metric).orElseThrow();
      number.append(Course.number(run, all));
      date.append(run.date().toString());
      chapter.append(run.chapter());
      entry.append(run.title());
      value.append(one.value());
      unit.append(one.unit());
    }
    return Table.create(metric, date, chapter, entry, number, value, unit);
  }

  /**
   * A chart of a metric over all runs, one line per entry. The unit is that of the newest run;
   * values in another unit are not drawn.
   *
   * @throws IllegalArgumentException if no run has the metric
   */
  public Figure chart(String metric) {
    List<Run> all = runs();
    with(metric, all);
    return Course.of(metric, all);
  }

  private static List<Run> with(String metric, List<Run> all) {
    List<Run> found = all.stream().filter(r -> r.metric(metric).isPresent()).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "no metric '%s'; available: %s"
              .formatted(
                  metric,
                  all.stream()
                      .flatMap(r -> r.metrics().stream())
                      .map(Metric::name)
                      .distinct()
                      .sorted()
                      .toList()));
    }
    return found;
  }

  /** Compares this journal with another that the same notebooks wrote in a rerun. */
  public Reproduction reproduction(Journal again) {
    return Reproduction.of(
        runs(),
        again.runs(),
        (a, b) -> Alike.figures(a, root.resolve(a.file()), b, again.root.resolve(b.file())));
  }

  /**
   * Regenerates {@code JOURNAL.md} from the record and moves damaged lines of the record to {@code
   * data/journal.damaged.jsonl}. Without changes, the files stay byte-identical.
   */
  public void render() {
    Ledger ledger = new Ledger(root);
    try {
      ledger.locked(
          () -> {
            Ledger.Found found = ledger.read();
            ledger.setAside(found.damaged());
            Keeper keeper = new Keeper(root);
            keeper.sweep();
            keeper.writePage(found.runs());
            return null;
          });
    } catch (IOException e) {
      throw Reason.unchecked("cannot write the journal in " + root, e);
    }
  }

  /**
   * Deletes figures and sounds that no run uses, such as those of an unsaved entry. Files with
   * other names are kept. Does nothing if the record has unreadable lines.
   *
   * @return the names of the deleted files
   */
  public List<String> tidy() {
    Ledger ledger = new Ledger(root);
    try {
      return ledger.locked(
          () -> {
            Ledger.Found found = ledger.read();
            if (!found.problems().isEmpty()) {
              return List.of(); // an unreadable line may refer to them
            }
            Set<String> shown = new HashSet<>();
            for (Run run : found.runs()) {
              run.pictures().forEach(p -> shown.addAll(List.of(p.file(), p.sound())));
            }
            List<String> removed = new ArrayList<>();
            try (Stream<Path> files = Files.list(root.resolve("assets"))) {
              for (Path file : files.sorted().toList()) {
                String name = "assets/" + file.getFileName();
                if (name.matches(FIGURE) && !shown.contains(name)) {
                  Files.delete(file);
                  removed.add(name);
                }
              }
            }
            return removed;
          });
    } catch (NoSuchFileException e) {
      return List.of(); // no figures yet
    } catch (IOException e) {
      throw Reason.unchecked("cannot remove unused figures of " + root, e);
    }
  }

  Saved save(Run written, Map<String, byte[]> files) throws IOException {
    return new Keeper(root).save(written, files);
  }

  /**
   * Reduces the record: of runs of an entry that follow each other with the same numbers, the
   * newest stays, with the time of the first, as these results were first saved then. Runs differ
   * if a metric that both have differs by more than a relative 1e-9, or a table that both have.
   * Settings, words and figures do not count. Does nothing if the record has unreadable lines.
   *
   * @param dry whether to change nothing
   * @return the runs that go, as {@code title, run 2, 2026-03-01}
   */
  public List<String> reduce(boolean dry) {
    try {
      return new Keeper(root).reduce(dry);
    } catch (IOException e) {
      throw Reason.unchecked("cannot reduce the journal in " + root, e);
    }
  }
}
