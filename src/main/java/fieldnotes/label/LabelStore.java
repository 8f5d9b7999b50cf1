package fieldnotes.label;

import fieldnotes.common.Check;
import fieldnotes.common.FolderWalk;
import fieldnotes.common.Reason;
import fieldnotes.common.Warnings;
import fieldnotes.common.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Labels in a file, which an acknowledged label survives whatever happens to the process or to the
 * power: each step is on disk when its method returns. One store at a time holds a file; readers
 * need none, see {@link #read}. All methods may be called from several threads.
 *
 * <p>The file is JSON with one event on a line: steps, steps taken back, and the sizes and SHA-256
 * hashes of the labelled files, by which labels follow a file that was moved or renamed. The names
 * in it are relative to its folder. Steps that were taken back are dropped from time to time, when
 * the file is written anew and put in place of the old one.
 */
public final class LabelStore implements AutoCloseable {
  /** The file is written anew when this many steps in it were taken back, and half of all. */
  private static final int MANY = 200;

  private final Path file;
  private final String who;
  private final EventLog log;
  private final LabelState state = new LabelState();
  private final Wishes wishes = new Wishes(this::grantAll);
  private final FileMarks marks;
  private LabelWatcher watcher = (step, undone) -> {};

  private LabelStore(Path file, String who, EventLog log) {
    this.file = file;
    this.who = who;
    this.log = log;
    marks = new FileMarks(folder(), this::mark);
  }

  /**
   * Opens a labels file, which is made if it does not exist. If lines cannot be read, such as a
   * last one that was cut off, the file is copied to a name that ends in {@code .damaged} and a
   * part of its hash, with a warning, and the rest is kept.
   *
   * @param who the name of the listener; may be empty
   * @throws IllegalStateException if another process, or another store of this one, holds it
   * @throws java.io.UncheckedIOException naming the file, if it cannot be read or written, or is no
   *     labels file
   */
  public static LabelStore open(Path file, String who) {
    EventLog log = null;
    boolean ok = false;
    try {
      log = EventLog.locked(file);
      LabelStore store = new LabelStore(log.file(), who, log);
      store.begin();
      ok = true;
      return store;
    } catch (IOException e) {
      throw Reason.unchecked("cannot open the labels in " + file, e);
    } finally {
      if (!ok && log != null) {
        log.close();
      }
    }
  }

  /** The labels in a file, without opening it for writing. */
  public static LabelSet read(Path file) {
    try {
      Check.that(WholeFile.isFile(file), "there is no labels file %s", file);
      LabelFile found = LabelFile.readBeside(file);
      found.problems().forEach(Warnings::warn);
      LabelState state = new LabelState();
      found.events().forEach(state::apply);
      return state.labels();
    } catch (IOException e) {
      throw Reason.unchecked("cannot read the labels in " + file, e);
    }
  }

  private void begin() throws IOException {
    LabelFile found = log.read();
    found.events().forEach(state::apply);
    if (!found.asWritten() || isWasteful()) {
      rewrite();
    } else {
      log.resume(found.events().isEmpty());
    }
    marks.known(state.marks().keySet());
    state.steps().forEach(step -> marks.wanted(step.clips()));
  }

  private boolean isWasteful() {
    return state.undone() >= MANY && state.undone() >= state.steps().size();
  }

  /** Writes the file anew, with what holds. */
  private void rewrite() throws IOException {
    List<Event> now = new ArrayList<>();
    if (!state.marks().isEmpty()) {
      now.add(new Event.Marked(state.marks()));
    }
    if (!state.classes().isEmpty()) {
      now.add(new Event.Classes(state.classes()));
    }
    state.steps().forEach(step -> now.add(new Event.Done(step)));
    log.replace(now);
    state.wasRewritten();
  }

  /** Has this one told of all steps from now on. */
  public synchronized void watch(LabelWatcher other) {
    watcher = other;
  }

  /** The folder that the names of the files are relative to: that of the labels file. */
  public Path folder() {
    return file.getParent();
  }

  /** The name of a sound file in this store. */
  public String name(Path sound) {
    Path whole = sound.toAbsolutePath().normalize();
    return whole.getRoot().equals(folder().getRoot())
        ? FolderWalk.slashes(folder().relativize(whole))
        : FolderWalk.slashes(whole);
  }

  /** The labels as they are now. */
  public synchronized LabelSet labels() {
    return state.labels();
  }

  /** The label of a clip, if it has one. */
  public synchronized Optional<Label> label(Segment clip) {
    return state.label(clip);
  }

  /** The keys of the classes, by their names, in order; empty if none were kept. */
  public synchronized Map<String, String> classes() {
    return state.classes();
  }

  /**
   * Keeps the keys of all classes, by their names, in order. They are on disk when this returns.
   *
   * @throws java.io.UncheckedIOException if they cannot be written
   */
  public synchronized void classes(Map<String, String> keys) {
    Event.Classes event = new Event.Classes(keys);
    if (List.copyOf(event.keys().entrySet()).equals(List.copyOf(state.classes().entrySet()))) {
      return;
    }
    Event.Classes before = new Event.Classes(state.classes());
    state.apply(event);
    try {
      write(List.of(EventJson.line(event)));
    } catch (IOException e) {
      state.apply(before);
      throw Reason.unchecked(file + ": the classes were not kept", e);
    }
  }

  /** The steps that were not taken back, in order. */
  public synchronized List<LabelStep> steps() {
    return state.steps();
  }

  /** Whether a clip was put off, and not labelled since. */
  public synchronized boolean isSkipped(Segment clip) {
    return state.isSkipped(clip);
  }

  /** The clips that were heard a second time, in the order of the clips. */
  public synchronized List<Checked> checked() {
    return state.checked();
  }

  /**
   * Gives labels, in one step. They are on disk when this returns.
   *
   * @throws java.io.UncheckedIOException if they cannot be written; then none of them was given
   */
  public LabelStep add(Collection<Label> labels) {
    Check.that(!labels.isEmpty(), "labels is empty: a step needs at least one");
    LabelSet.of(labels); // refuses two of one clip
    return does(LabelStep.of(LabelStep.Kind.LABEL, who, now(), List.copyOf(labels)));
  }

  /**
   * Gives labels to those of these clips that have none when the step is written, so that nothing
   * that was heard meanwhile is lost.
   *
   * @return the step; empty if all clips have labels
   */
  public Optional<LabelStep> addMissing(Collection<Label> labels) {
    LabelSet.of(labels); // refuses two of one clip
    Instant now = now();
    LabelStep done =
        grant(
            before -> {
              List<Label> missing =
                  labels.stream().filter(one -> before.label(one.clip()).isEmpty()).toList();
              return missing.isEmpty()
                  ? Optional.empty()
                  : Optional.of(
                      done(LabelStep.of(LabelStep.Kind.LABEL, who, now, missing), before));
            });
    return Optional.ofNullable(done);
  }

  /** Gives a label by ear; see {@link #add(Collection)}. */
  public LabelStep add(Segment clip, String name) {
    return add(List.of(Label.byEar(clip, name, who, now())));
  }

  /**
   * Gives a clip a label after a second hearing, which replaces the first. Both are in {@link
   * #checked}.
   */
  public LabelStep check(Segment clip, String name) {
    Instant now = now();
    return does(
        LabelStep.of(LabelStep.Kind.CHECK, who, now, List.of(Label.byEar(clip, name, who, now))));
  }

  /** Puts a clip off, or keeps it off if it is. */
  public LabelStep skip(Segment clip) {
    return does(LabelStep.about(LabelStep.Kind.SKIP, who, now(), List.of(clip)));
  }

  /** Takes the label of a clip away. */
  public LabelStep remove(Segment clip) {
    return does(LabelStep.about(LabelStep.Kind.REMOVE, who, now(), List.of(clip)));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private LabelStep does(LabelStep step) {
    return grant(before -> Optional.of(done(step, before)));
  }

  private static Event done(LabelStep step, LabelState before) {
    return new Event.Done(step.numbered(before.nextNumber()));
  }

  /** Takes the last step back, of whatever kind, and so on; empty when there is none. */
  public Optional<LabelStep> undo() {
    return Optional.ofNullable(
        grant(before -> before.last().map(step -> new Event.Undone(step.number()))));
  }

  private synchronized <T> T state(Function<LabelState, T> question) {
    return question.apply(state);
  }

  /** Writes a step; those that wait at the same time share one write and one sync. */
  private LabelStep grant(Function<LabelState, Optional<Event>> event) {
    Wishes.Wish wish = new Wishes.Wish(event);
    wishes.grant(wish);
    if (wish.failure != null) {
      throw Reason.unchecked(file + ": the step was not kept", wish.failure);
    }
    return wish.step;
  }

  private synchronized void grantAll(Supplier<List<Wishes.Wish>> waiting) {
    List<Wishes.Wish> all = waiting.get();
    List<Runnable> back = new ArrayList<>();
    IOException failure = null;
    try {
      List<String> lines = new ArrayList<>();
      for (Wishes.Wish wish : all) {
        Optional<Event> event = wish.event.apply(state);
        if (event.isPresent()) {
          lines.add(EventJson.line(event.get()));
          wish.step = apply(event.get(), back);
          wish.undoes = event.get() instanceof Event.Undone;
        }
      }
      write(lines);
    } catch (IOException | RuntimeException e) { // nobody may wait for ever
      failure = e instanceof IOException io ? io : new IOException(e);
      back.reversed().forEach(Runnable::run);
    }
    for (Wishes.Wish wish : all) {
      if (failure == null && wish.step != null) {
        tell(wish.step, wish.undoes);
      }
      wish.done(failure);
    }
  }

  private void tell(LabelStep step, boolean undone) {
    marks.wanted(step.clips());
    try {
      watcher.changed(step, undone);
    } catch (RuntimeException e) { // the step holds, whatever becomes of the news
      Warnings.warn("%s: what was labelled is not shown: %s".formatted(file, Reason.words(e)));
    }
  }

  /** Applies an event, and adds how it is taken back; returns the step that it is about. */
  private LabelStep apply(Event event, List<Runnable> back) {
    LabelStep last = state.last().orElse(null);
    state.apply(event);
    if (event instanceof Event.Done done) {
      back.add(state::forget);
      return done.step();
    }
    back.add(() -> state.putBack(last));
    return last;
  }

  private void write(List<String> lines) throws IOException {
    if (lines.isEmpty()) {
      return;
    }
    if (log.isChanged()) {
      rewrite(); // with what the lines say, which was applied
      return;
    }
    log.append(lines);
    if (isWasteful()) {
      try {
        rewrite();
      } catch (IOException e) {
        state.wasRewritten(); // what matters is in the file; tried again when as much is wasted
        Warnings.warn("the labels were not written anew: " + Reason.of(e));
      }
    }
  }

  /** Keeps what files are. A failure costs only that they cannot be followed when moved. */
  private synchronized void mark(Map<String, FileMark> files) {
    try {
      Event.Marked event = new Event.Marked(files);
      if (!log.isClosed()) {
        state.apply(event);
        write(List.of(EventJson.line(event)));
      }
    } catch (IOException e) {
      Warnings.warn(
          "the hashes of %d files were not kept: %s".formatted(files.size(), Reason.of(e)));
    }
  }

  /**
   * Lets labels follow files that were moved or renamed: a labelled file that is gone, or whose
   * content is another now, is looked for by size and hash among these.
   *
   * @param sounds the files that may be found under new names
   * @return the new names of files, by their old ones
   */
  public Map<String, String> follow(Collection<Path> sounds) {
    Map<String, String> moved =
        marks.moved(
            state(LabelState::files),
            state(now -> Map.copyOf(now.marks())),
            sounds.stream().map(this::name).toList());
    if (!moved.isEmpty()) {
      synchronized (this) {
        try {
          Event.Moved event = new Event.Moved(new Moves(moved));
          state.apply(event);
          write(List.of(EventJson.line(event)));
        } catch (IOException e) {
          throw Reason.unchecked(file + ": the new names of files were not kept", e);
        }
      }
    }
    return moved;
  }

  /** Waits for the hashes of labelled files, and lets others open the file. */
  @Override
  public void close() {
    marks.close();
    synchronized (this) {
      log.close();
    }
  }

  @Override
  public String toString() {
    return "%s: %s".formatted(file, labels());
  }
}
