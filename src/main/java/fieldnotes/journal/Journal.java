package fieldnotes.journal;

import fieldnotes.common.Sha256;
import fieldnotes.common.WholeFile;
import fieldnotes.draw.Figure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The journal: entries by chapter, each with its runs. It stands in {@code JOURNAL.md} and {@code
 * assets/}, made from the record {@code data/journal.jsonl}, to which runs are only ever added.
 *
 * <p>Several notebooks may write at once, and any may be killed at any moment: every entry whose
 * {@link Entry#save} returned is there.
 */
public final class Journal {
  /** The names that entries give to their figures and sounds. */
  static final String FIGURE = "assets/.*-[0-9a-f]{10}\\.(png|mp3|wav)";

  private final Path root;
  private final Clock clock;

  private Journal(Path root, Clock clock) {
    this.root = root;
    this.clock = clock;
  }

  /** The project's journal; the property {@code fieldnotes.journal} names another folder. */
  public static Journal open() {
    return at(Home.journal());
  }

  /** The journal in a folder of your choice, which is made when the first entry is saved. */
  public static Journal at(Path folder) {
    return new Journal(folder.toAbsolutePath().normalize(), Clock.systemUTC());
  }

  /** The same journal with dates by another clock. */
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

  /**
   * All runs, oldest first. Lines of the record that cannot be read are passed over; see {@link
   * #problems}.
   */
  public List<Run> runs() {
    try {
      return new Ledger(root).read().runs();
    } catch (IOException e) {
      throw new UncheckedIOException(root + ": cannot read the journal", e);
    }
  }

  /** What is wrong with each line of the record that was passed over; mostly nothing. */
  public List<String> problems() {
    try {
      return new Ledger(root).read().problems();
    } catch (IOException e) {
      throw new UncheckedIOException(root + ": cannot read the journal", e);
    }
  }

  /**
   * The runs of the entry that a name stands for, oldest first: its title, its title in small
   * letters with hyphens, or any part of it that only one entry has.
   *
   * @throws IllegalArgumentException if there is none, or more than one
   */
  public List<Run> runs(String entry) {
    return story(entry).runs();
  }

  /** The runs of each entry, oldest first; the entries in the order of the journal. */
  public List<List<Run>> entries() {
    return book().stories().stream().map(Book.Story::runs).toList();
  }

  /** What the latest run of an entry changed; empty where it is the only one. */
  public List<Change> changes(String entry) {
    return story(entry).changes();
  }

  /** The chapters and their entries in the order of the journal, as they are now. */
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

  /** The runs of an entry of the project's journal side by side, as a table for a cell. */
  public static Table compare(String entry) {
    return open().comparison(entry).table();
  }

  /** The course of a metric through the project's journal, as a chart for a cell. */
  public static Figure course(String metric) {
    return open().chart(metric);
  }

  /** The runs of an entry side by side, newest first; see {@link #runs(String)} for its name. */
  public Comparison comparison(String entry) {
    return story(entry).comparison();
  }

  /**
   * The run of an entry that is best by a metric; empty where neither way is better.
   *
   * @param entry see {@link #runs(String)}
   */
  public Optional<Run> best(String entry, String metric) {
    return story(entry).best(metric);
  }

  /**
   * A metric's values through all runs of all entries: date, chapter, entry, value, unit, oldest
   * first.
   *
   * @throws IllegalArgumentException if no run has it
   */
  public Table history(String metric) {
    StringColumn date = StringColumn.create("date");
    StringColumn chapter = StringColumn.create("chapter");
    StringColumn entry = StringColumn.create("entry");
    DoubleColumn value = DoubleColumn.create("value");
    StringColumn unit = StringColumn.create("unit");
    for (Run run : with(metric)) {
      Metric one = run.metric(metric).orElseThrow();
      date.append(run.date().toString());
      chapter.append(run.chapter());
      entry.append(run.title());
      value.append(one.value());
      unit.append(one.unit());
    }
    return Table.create(metric, date, chapter, entry, value, unit);
  }

  /**
   * A metric's course through the runs, a line an entry.
   *
   * @throws IllegalArgumentException if no run has it
   */
  public Figure chart(String metric) {
    return Course.of(metric, with(metric));
  }

  private List<Run> with(String metric) {
    List<Run> all = runs();
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

  /**
   * Whether the runs of another journal, which the same notebooks wrote again, came to the same.
   */
  public Reproduction reproduction(Journal again) {
    return Reproduction.of(runs(), again.runs());
  }

  /**
   * Makes {@code JOURNAL.md} anew from the record, and sets damaged lines of the record aside in
   * {@code data/journal.damaged.jsonl}. Where nothing changed, no byte changes.
   */
  public void render() {
    Ledger ledger = new Ledger(root);
    try {
      ledger.locked(
          () -> {
            Ledger.Found found = ledger.read();
            ledger.setAside(found.damaged());
            sweep();
            writePage(found.runs());
            return null;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(root + ": cannot write the journal", e);
    }
  }

  /**
   * Removes figures and sounds that no run shows, such as those of an entry that was never
   * finished. Files whose names are not of the journal's making stay.
   *
   * @return the names of the removed files
   */
  public List<String> tidy() {
    Ledger ledger = new Ledger(root);
    try {
      return ledger.locked(
          () -> {
            Ledger.Found found = ledger.read();
            if (!found.problems().isEmpty() || !Files.isDirectory(root.resolve("assets"))) {
              return List.of(); // a line that cannot be read may show them
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
    } catch (IOException e) {
      throw new UncheckedIOException(root + ": cannot remove unused figures", e);
    }
  }

  /** Removes what a killed process left half written. Call it under the lock. */
  private void sweep() throws IOException {
    for (Path folder : new Path[] {root, root.resolve("data"), root.resolve("assets")}) {
      WholeFile.sweep(folder);
    }
  }

  private void writePage(List<Run> runs) throws IOException {
    WholeFile.writeDurably(
        root.resolve("JOURNAL.md"), Page.of(Book.of(runs)).getBytes(StandardCharsets.UTF_8));
  }

  Saved save(Run written, Map<String, byte[]> files) throws IOException {
    Ledger ledger = new Ledger(root);
    Run wished = RunJson.asRead(written);
    return ledger.locked(
        () -> {
          Ledger.Found found = ledger.read();
          ledger.setAside(found.damaged());
          sweep();
          List<Run> runs = new ArrayList<>(found.runs());
          Optional<Run> same = lastTry(runs, wished);
          Optional<Run> latest =
              runs.stream()
                  .filter(r -> r.chapter().equals(wished.chapter()))
                  .filter(r -> r.title().equals(wished.title()))
                  .reduce((first, second) -> second);
          Map<String, byte[]> needed = new HashMap<>();
          Run run = same.isPresent() ? keepAlike(wished, same.get(), files, needed) : wished;
          for (Block.Picture picture : run.pictures()) {
            for (String name : List.of(picture.file(), picture.sound())) {
              if (files.containsKey(name)) {
                needed.putIfAbsent(name, files.get(name));
              }
            }
          }
          boolean isNew =
              same.isEmpty()
                  || !run.onlyResults().equals(same.get().onlyResults())
                  || moved(run, same.get());
          for (Map.Entry<String, byte[]> file : needed.entrySet()) {
            Path target = root.resolve(file.getKey());
            // Names carry a hash of what they show, so a file that is there is left alone.
            if (!Files.isRegularFile(target) || Files.size(target) == 0) {
              WholeFile.writeDurably(target, file.getValue());
            }
          }
          if (isNew) {
            run = identified(run, runs, latest);
            ledger.append(run);
            runs.add(run);
          } else {
            run = same.get();
          }
          writePage(runs);
          List<Change> changes =
              isNew && latest.isPresent() ? Change.between(latest.get(), run) : List.of();
          return new Saved(run, isNew, changes);
        });
  }

  /** The last run that tried the same. */
  private static Optional<Run> lastTry(List<Run> runs, Run wished) {
    return runs.stream().filter(wished::triesTheSameAs).reduce((first, second) -> second);
  }

  /** Whether another notebook writes the entry now, so that its link must follow. */
  private static boolean moved(Run now, Run before) {
    return !now.notebook().isEmpty()
        && !before.notebook().isEmpty()
        && !now.notebook().equals(before.notebook());
  }

  /**
   * The wished run with the pictures of the one before, where they show the same; those need no
   * file of their own.
   *
   * @param files of the wished run's pictures; two that show the same may share one
   * @param needed receives files of the run before that were lost
   */
  private Run keepAlike(
      Run wished, Run before, Map<String, byte[]> files, Map<String, byte[]> needed)
      throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (Block block : wished.blocks()) {
      blocks.add(block instanceof Block.Picture p ? kept(p, before, files, needed) : block);
    }
    return new Run(
        wished.id(),
        wished.time(),
        wished.chapter(),
        wished.title(),
        wished.notebook(),
        wished.seed(),
        wished.data(),
        wished.options(),
        wished.metrics(),
        blocks,
        wished.conclusion(),
        wished.next(),
        wished.made());
  }

  private Block.Picture kept(
      Block.Picture wished, Run before, Map<String, byte[]> files, Map<String, byte[]> needed)
      throws IOException {
    Block.Picture old =
        before.pictures().stream()
            .filter(p -> p.name().equals(wished.name()))
            .filter(p -> p.sound().isEmpty() == wished.sound().isEmpty())
            .findFirst()
            .orElse(null);
    if (old == null) {
      return wished;
    }
    Path picture = root.resolve(old.file());
    boolean same = old.shows().equals(wished.shows());
    if (!same && old.sound().isEmpty() && Files.isRegularFile(picture)) {
      same = Alike.pictures(Files.readAllBytes(picture), files.get(wished.file()));
    }
    if (!same) {
      return wished;
    }
    if (!Files.isRegularFile(picture)) {
      needed.put(old.file(), files.get(wished.file()));
    }
    if (!wished.sound().isEmpty()) {
      boolean sameKind =
          old.sound()
              .substring(old.sound().lastIndexOf('.'))
              .equals(wished.sound().substring(wished.sound().lastIndexOf('.')));
      if (!Files.isRegularFile(root.resolve(old.sound())) && sameKind) {
        needed.put(old.sound(), files.get(wished.sound()));
      }
    }
    return old;
  }

  /** With an id of its own, and a time after all that the entry has and unlike all others. */
  private static Run identified(Run run, List<Run> runs, Optional<Run> latest) {
    Set<Instant> taken = runs.stream().map(Run::time).collect(Collectors.toSet());
    Instant time = run.time();
    if (latest.isPresent() && !time.isAfter(latest.get().time())) {
      time = latest.get().time().plusMillis(1);
    }
    while (taken.contains(time)) {
      time = time.plusMillis(1);
    }
    Run timed =
        new Run(
            "-",
            time,
            run.chapter(),
            run.title(),
            run.notebook(),
            run.seed(),
            run.data(),
            run.options(),
            run.metrics(),
            run.blocks(),
            run.conclusion(),
            run.next(),
            run.made());
    String id = Sha256.of(RunJson.line(timed)).substring(0, 12);
    return new Run(
        id,
        time,
        run.chapter(),
        run.title(),
        run.notebook(),
        run.seed(),
        run.data(),
        run.options(),
        run.metrics(),
        run.blocks(),
        run.conclusion(),
        run.next(),
        run.made());
  }
}
