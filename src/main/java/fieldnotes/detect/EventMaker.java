package fieldnotes.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes events of scores over time: smoothed, with hysteresis, one sound at a time.
 *
 * <p>A window speaks for the time around its middle, its slot. An event begins in the first slot
 * where a class has the largest score and at least {@link ListenOptions#on}; it ends where the
 * score falls below {@link ListenOptions#off} or another class takes over. Then its beginning and
 * end are looked for in the signal. What is not known for about a window next to a known sound is
 * the transition between the two, in which a window holds both, and is no event.
 */
final class EventMaker {
  private static final int NONE = -1;

  /** What is not known for so many windows next to a known sound is a transition. */
  private static final double TRANSITION = 1.25;

  private final List<String> labels;
  private final boolean[] silent;
  private final int unknown;
  private final ListenOptions options;
  private final double window;
  private final Boundaries boundaries;
  private final Consumer<SoundEvent> to;

  private int current = NONE;
  private double begun;
  private double start;
  private double sum;
  private int slots;
  private Boundaries.Floor floor;

  /** The last event that ended, which may yet be joined with the next. */
  private Waiting waiting;

  /** Where the last known sound ended, by its slots. */
  private double knownEnd = Double.NEGATIVE_INFINITY;

  /** No event begins before the end of the last one. */
  private double lastEnd;

  /** An event that may yet go on. */
  private record Waiting(int code, double start, double end, double sum, int slots) {}

  /**
   * @param classes those of the model
   * @param unknown name of what is not known
   * @param window length of a window in seconds
   * @param boundaries the signal, or null to take the slots as they are
   * @param to takes the events, in order of time
   */
  EventMaker(
      List<String> classes,
      String unknown,
      ListenOptions options,
      double window,
      Boundaries boundaries,
      Consumer<SoundEvent> to) {
    labels = new ArrayList<>(classes);
    if (!labels.contains(unknown)) {
      labels.add(unknown);
    }
    this.unknown = labels.indexOf(unknown);
    silent = new boolean[labels.size()];
    for (int c = 0; c < silent.length; c++) {
      silent[c] =
          options.background().contains(labels.get(c)) || (c == this.unknown && !options.unknown());
    }
    this.options = options;
    this.window = window;
    this.boundaries = boundaries;
    this.to = to;
  }

  /** The number of scores of a slot: the classes and what is not known. */
  int width() {
    return labels.size();
  }

  /** Place of the score of what is not known. */
  int unknown() {
    return unknown;
  }

  /**
   * Takes the next slot.
   *
   * @param scores smoothed, shape [{@link #width}]
   */
  void slot(double from, double end, double[] scores) {
    int best = 0;
    for (int c = 1; c < scores.length; c++) {
      best = scores[c] > scores[best] ? c : best;
    }
    int heard = scores[best] >= options.on() && !silent[best] ? best : NONE;
    if (current != NONE && heard != current) {
      boolean other = heard != NONE || silent[best];
      boolean overtaken = other && scores[best] >= options.on();
      if (overtaken || scores[current] < options.off()) {
        close(from, heard);
      }
    }
    if (current == NONE && heard != NONE) {
      open(from, heard);
    }
    if (current != NONE) {
      sum += scores[current];
      slots++;
    }
    release(from, end);
  }

  private void open(double from, int code) {
    current = code;
    begun = from;
    sum = 0;
    slots = 0;
    floor = null;
    start = from;
    if (boundaries != null) {
      floor = boundaries.floor();
      start = boundaries.onset(floor, from, window, window / 2);
    }
    start = Math.max(start, lastEnd);
    if (waiting != null && waiting.code == code && start - waiting.end <= options.joinSeconds()) {
      start = waiting.start;
      sum = waiting.sum;
      slots = waiting.slots;
      waiting = null;
    }
  }

  private void close(double at, int next) {
    int code = current;
    current = NONE;
    if (code == unknown && at - begun <= TRANSITION * window + 1e-6) {
      boolean afterKnown = begun - knownEnd <= 1e-6 + window / 4;
      if (afterKnown || (next != NONE && next != unknown)) {
        return;
      }
    }
    double end = at;
    if (boundaries != null) {
      end = boundaries.offset(floor, at, Math.min(window, Math.max(0, at - start)), window / 2);
      if (next != NONE) {
        double begins = boundaries.onset(floor, at, window / 2, window / 2);
        if (begins <= end) {
          end = boundaries.change(Math.max(start, at - window / 2), at + window / 2);
        }
      }
    }
    end = Math.max(start, end);
    lastEnd = end;
    if (code != unknown) {
      knownEnd = at;
    }
    emit();
    waiting = new Waiting(code, start, end, sum, slots);
  }

  /** Gives the waiting event away when nothing can be joined to it any more. */
  private void release(double from, double end) {
    if (waiting == null) {
      return;
    }
    boolean past = current == NONE && from - waiting.end > options.joinSeconds() + window;
    boolean replaced =
        current != NONE
            && (current != unknown || end - begun > TRANSITION * window + 1e-6)
            && !(current == waiting.code && start - waiting.end <= options.joinSeconds());
    if (past || replaced) {
      emit();
    }
  }

  private void emit() {
    if (waiting != null) {
      Waiting one = waiting;
      waiting = null;
      if (one.end - one.start >= options.leastSeconds() && one.end > one.start) {
        to.accept(event(one.code, one.start, one.end, one.sum, one.slots));
      }
    }
  }

  private SoundEvent event(int code, double from, double end, double scores, int count) {
    double confidence = Math.clamp(scores / Math.max(1, count), 0, 1);
    return new SoundEvent(from, end, labels.get(code), confidence);
  }

  /** The sound that goes on, up to a time. */
  Optional<SoundEvent> open(double now) {
    return current == NONE
        ? Optional.empty()
        : Optional.of(event(current, start, Math.max(start, now), sum, slots));
  }

  /** Ends what goes on, with the stream. */
  void finish(double end) {
    if (current != NONE) {
      close(end, NONE);
    }
    emit();
  }
}
