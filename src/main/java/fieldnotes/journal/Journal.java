package fieldnotes.journal;

import fieldnotes.common.Reason;
import fieldnotes.common.Sha256;
import fieldnotes.common.WholeFile;
import fieldnotes.draw.Figure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
 * The journal: entries by chapter, each with its runs. {@code JOURNAL.md} and {@code assets/} are
 * generated from the append-only record {@code data/journal.jsonl}.
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
   * The values of a metric over all runs of all entries: date, chapter, entry, value, unit; oldest
   * first.
   *
   * @throws IllegalArgumentException if no run has the metric
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
   * A chart of a metric over all runs, one line per entry.
   *
   * @throws IllegalArgumentException if no run has the metric
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

  /** Compares this journal with another that the same notebooks wrote in a rerun. */
  public Reproduction reproduction(Journal again) {
    return Reproduction.of(runs(), again.runs());
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
            sweep();
            writePage(found.runs());
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

  /** Deletes temporary files of killed processes. Call it under the lock. */
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
            // Names contain a content hash, so an existing file is up to date.
            if (!WholeFile.isFile(target) || Files.size(target) == 0) {
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

  /** The last run with the same settings and data. */
  private static Optional<Run> lastTry(List<Run> runs, Run wished) {
    return runs.stream().filter(wished::triesTheSameAs).reduce((first, second) -> second);
  }

  /** Whether a different notebook now writes the entry, so its link must change. */
  private static boolean moved(Run now, Run before) {
    return !now.notebook().isEmpty()
        && !before.notebook().isEmpty()
        && !now.notebook().equals(before.notebook());
  }

  /**
   * The new run with the stored pictures of the previous one where they look the same.
   *
   * @param files files of the new run's pictures
   * @param needed receives files of the previous run that were lost
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

  /** Gives the run an id and a unique time after all runs of its entry. */
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
