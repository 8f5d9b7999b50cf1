package fieldnotes.serve;

import fieldnotes.common.Check;
import fieldnotes.label.ClipList;
import fieldnotes.label.Guide;
import fieldnotes.label.How;
import fieldnotes.label.Label;
import fieldnotes.label.LabelSet;
import fieldnotes.label.LabelStep;
import fieldnotes.label.LabelStore;
import fieldnotes.label.Segment;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The labelling of one list of clips: what was labelled, what comes next. All state is here and in
 * the labels file; a page that is loaded anew goes on where it was. Safe for several threads.
 */
final class Session implements AutoCloseable {
  private final ClipList clips;
  private final LabelStore store;
  private final Clock clock;
  private final String who;
  private volatile List<LabelClass> classes;
  private final Tally tally;
  private final Queue queue;
  private final SecondPass pass;
  private final Advice advice;

  /**
   * A session.
   *
   * @param order all clips, in the order in which they come
   * @param begin starts a guide without answers; null without a guide
   */
  Session(
      ClipList clips,
      LabelStore store,
      LabelOptions options,
      int[] order,
      Supplier<Guide> begin,
      Clock clock) {
    this.clips = clips;
    this.store = store;
    this.clock = clock;
    who = options.who();
    tally = new Tally(clips, store.folder());
    LabelSet known = store.labels();
    known.labels().forEach(label -> tally.put(label.clip(), Optional.of(label), false));
    IntStream.range(0, clips.size()).mapToObj(tally::clip).forEach(this::look);
    queue = new Queue(tally, order, begin, store.steps());
    pass = new SecondPass(tally, store.checked());
    advice = new Advice(clips.rows(), options.seed());
    advise();
    Map<String, String> kept = store.classes();
    boolean chosen = !options.classes().equals(LabelClass.preset());
    List<LabelClass> all =
        new ArrayList<>(chosen || kept.isEmpty() ? options.classes() : List.of());
    kept.forEach((name, key) -> appear(all, name, key));
    known.counts().keySet().forEach(name -> appear(all, name, ""));
    classes = List.copyOf(all);
    if (chosen || !kept.isEmpty()) {
      keep(all);
    }
    store.watch(this::changed);
  }

  /** A class of the labels file that was not given keeps its key, or gets one if that is taken. */
  private static void appear(List<LabelClass> all, String name, String key) {
    if (all.stream().noneMatch(one -> one.name().equals(name))) {
      boolean free = all.stream().noneMatch(one -> one.key().equals(key));
      boolean keeps = LabelClass.isKey(key) && free;
      all.add(new LabelClass(name, keeps ? key : LabelClass.freeKey(name, all)));
    }
  }

  private void keep(List<LabelClass> all) {
    Map<String, String> keys = new LinkedHashMap<>();
    all.forEach(one -> keys.put(one.name(), one.key()));
    store.classes(keys);
  }

  ClipList clips() {
    return clips;
  }

  /** What was labelled, with the second pass and the queue; only within {@link #read}. */
  record View(Tally tally, Queue queue, SecondPass pass, Advice advice, List<LabelClass> classes) {}

  /** What can be done with a view of one moment. */
  interface Reading<T> {
    T of(View view);
  }

  <T> T read(Reading<T> reading) {
    synchronized (tally) {
      return reading.of(new View(tally, queue, pass, advice, classes));
    }
  }

  LabelSet labels() {
    return store.labels();
  }

  /** The next clip of a tab. */
  OptionalInt next(String tab) {
    synchronized (tally) {
      return queue.next(tab, clock.instant());
    }
  }

  /** A tab hears this clip now. */
  void hold(String tab, int clip) {
    synchronized (tally) {
      queue.hold(tab, clip, clock.instant());
    }
  }

  /** A clip, or a part of it if there are times, in seconds from the beginning of the clip. */
  Segment segment(int clip, double from, double to) {
    Check.that(
        clip >= 0 && clip < clips.size(),
        "there is no clip %d; they are numbered from 0 to %d",
        clip,
        clips.size() - 1);
    Segment all = tally.clip(clip);
    if (Double.isNaN(from) && Double.isNaN(to)) {
      return all;
    }
    Check.that(
        from >= 0 && to > from && !(to > all.endSeconds() - all.startSeconds() + 0.0015),
        "%s to %s s: must be a part of the clip",
        from,
        to);
    double start = all.startSeconds();
    return new Segment(all.file(), millis(start + from), millis(start + to));
  }

  private static double millis(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }

  private void look(Segment clip) {
    tally.put(clip, store.label(clip), store.isSkipped(clip));
  }

  /**
   * A step was done or taken back. This comes under the lock of the store, so that all see steps in
   * one order; nobody asks the store for a change while holding the lock of the tally.
   */
  private void changed(LabelStep step, boolean undone) {
    synchronized (tally) {
      step.clips().forEach(this::look);
      boolean heard = !step.labels().isEmpty() && step.labels().getFirst().how() == How.EAR;
      if (heard && step.kind() == LabelStep.Kind.LABEL) {
        tally.gave(step.when(), undone);
      }
      if (step.kind() == LabelStep.Kind.CHECK) {
        step.clips().forEach(clip -> pass.heard(clip, undone));
        pass.read(store.checked());
      }
      if (heard && !undone) {
        step.labels().forEach(this::tell);
      } else if (step.kind() != LabelStep.Kind.SKIP) {
        queue.replay(store.steps());
      }
      advise();
    }
  }

  private void tell(Label label) {
    tally.number(label.clip()).ifPresent(number -> queue.heard(number, label.name()));
  }

  private void advise() {
    advice.heard(tally.byEar(), tally::heard);
  }

  /** Labels a clip by ear; returns once that is on disk. */
  void label(Segment clip, String name) {
    requireClass(name);
    store.add(clip, name);
  }

  /**
   * Notes what a clip that has a label was found to be when it was heard again; that is its label
   * now.
   */
  void check(int clip, String name) {
    requireClass(name);
    store.check(segment(clip, Double.NaN, Double.NaN), name);
  }

  /**
   * Gives the clips that were not labelled what follows from those that were heard.
   *
   * @param agree only labels that so many heard clips agree on, or more
   */
  int takeOver(int agree) {
    List<Label> labels = new ArrayList<>();
    Instant now = clock.instant();
    synchronized (tally) {
      for (Map.Entry<Integer, Guide.Propagated> one : queue.propagated().entrySet()) {
        Guide.Propagated by = one.getValue();
        if (by.agreeing() >= agree && !tally.isDone(one.getKey())) {
          Segment clip = tally.clip(one.getKey());
          labels.add(Label.byCluster(clip, by.name(), by.agreeing(), by.heard(), who, now));
        }
      }
    }
    return store.addMissing(labels).map(step -> step.labels().size()).orElse(0);
  }

  /** Puts a clip off. */
  void skip(int clip) {
    store.skip(segment(clip, Double.NaN, Double.NaN));
  }

  /** Takes the label of a clip or a part away. */
  void remove(Segment clip) {
    Check.that(store.label(clip).isPresent(), "%s has no label to remove", clip);
    store.remove(clip);
  }

  /** Takes back the last step. */
  Optional<LabelStep> undo() {
    return store.undo();
  }

  /** Adds a class. */
  synchronized void add(LabelClass one) {
    List<LabelClass> more = new ArrayList<>(classes);
    more.add(
        one.key().isEmpty()
            ? new LabelClass(one.name(), LabelClass.freeKey(one.name(), classes))
            : one);
    LabelClass.differ(more);
    keep(more);
    classes = List.copyOf(more);
  }

  private void requireClass(String name) {
    Check.that(
        classes.stream().anyMatch(one -> one.name().equals(name)),
        "there is no class '%s'; add it first",
        name);
  }

  @Override
  public void close() {
    queue.close();
    advice.close();
    store.close();
  }
}
