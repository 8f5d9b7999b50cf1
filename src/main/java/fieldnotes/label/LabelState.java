package fieldnotes.label;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the events of a labels file come to. Every event can be taken back again. */
final class LabelState {
  /** The steps that were not taken back, in order. */
  private List<LabelStep> live = new ArrayList<>();

  /** What the steps that were not taken back did to each clip, the last first. */
  private Map<Segment, Deque<Given>> about = new HashMap<>();

  private final Map<String, FileMark> marks = new TreeMap<>();
  private Map<String, String> classes = Map.of();
  private long lastNumber;
  private int undone;
  private LabelSet labels;

  /** What a step did to a clip; the label is null where it gave none. */
  private record Given(LabelStep.Kind kind, Label label) {}

  /** Applies an event that was read or is about to be written. */
  void apply(Event event) {
    labels = null;
    switch (event) {
      case Event.Done done -> push(done.step());
      case Event.Undone undo -> {
        if (!live.isEmpty() && live.getLast().number() == undo.number()) {
          pop();
          undone++;
        }
      }
      case Event.Marked marked -> marks.putAll(marked.files());
      case Event.Classes all -> classes = all.keys();
      case Event.Moved moved -> move(moved.moves());
    }
  }

  private void push(LabelStep step) {
    live.add(step);
    lastNumber = Math.max(lastNumber, step.number());
    for (int i = 0; i < step.clips().size(); i++) {
      Label label = step.labels().isEmpty() ? null : step.labels().get(i);
      about
          .computeIfAbsent(step.clips().get(i), clip -> new ArrayDeque<>(2))
          .push(new Given(step.kind(), label));
    }
  }

  private void pop() {
    LabelStep step = live.removeLast();
    for (Segment clip : step.clips().reversed()) {
      Deque<Given> given = about.get(clip);
      given.pop();
      if (given.isEmpty()) {
        about.remove(clip);
      }
    }
  }

  private void move(Moves moves) {
    List<LabelStep> before = live;
    live = new ArrayList<>();
    about = new HashMap<>();
    before.forEach(step -> push(step.moved(moves)));
    Map<String, FileMark> moved = new HashMap<>();
    moves.names().forEach((from, to) -> moved.put(to, marks.remove(from)));
    moved.values().removeIf(Objects::isNull);
    marks.putAll(moved);
  }

  /** Forgets the last step, which could not be written. */
  void forget() {
    labels = null;
    pop();
  }

  /** Puts a step back whose undo could not be written. */
  void putBack(LabelStep step) {
    labels = null;
    push(step);
    undone--;
  }

  /** The steps that were taken back are not in the file any more. */
  void wasRewritten() {
    undone = 0;
  }

  long nextNumber() {
    return lastNumber + 1;
  }

  Optional<LabelStep> last() {
    return live.isEmpty() ? Optional.empty() : Optional.of(live.getLast());
  }

  List<LabelStep> steps() {
    return List.copyOf(live);
  }

  /** The number of steps that were taken back since the file was written anew. */
  int undone() {
    return undone;
  }

  Map<String, FileMark> marks() {
    return Collections.unmodifiableMap(marks);
  }

  /** The keys of the classes, by their names, in order; empty if none were kept. */
  Map<String, String> classes() {
    return classes;
  }

  /** The names of the files that steps are about. */
  Set<String> files() {
    Set<String> files = new TreeSet<>();
    about.keySet().forEach(clip -> files.add(clip.file()));
    return files;
  }

  Optional<Label> label(Segment clip) {
    Deque<Given> given = about.get(clip);
    return given == null ? Optional.empty() : last(given);
  }

  /** The label that the last step leaves a clip with, passing over those that only put it off. */
  private static Optional<Label> last(Iterable<Given> steps) {
    for (Given given : steps) {
      if (given.kind() != LabelStep.Kind.SKIP) {
        return Optional.ofNullable(given.label());
      }
    }
    return Optional.empty();
  }

  LabelSet labels() {
    if (labels == null) {
      List<Label> now = new ArrayList<>();
      about.values().forEach(given -> last(given).ifPresent(now::add));
      labels = LabelSet.of(now);
    }
    return labels;
  }

  /** Whether a clip was put off, and neither labelled nor removed since. */
  boolean isSkipped(Segment clip) {
    Deque<Given> given = about.get(clip);
    return given != null && given.peek().kind() == LabelStep.Kind.SKIP && last(given).isEmpty();
  }

  /** The clips that were heard a second time: the label before, and the one given then. */
  List<Checked> checked() {
    List<Checked> checked = new ArrayList<>();
    for (Deque<Given> steps : about.values()) {
      List<Given> before = new ArrayList<>(steps);
      while (!before.isEmpty() && before.getFirst().kind() != LabelStep.Kind.CHECK) {
        before.removeFirst();
      }
      if (!before.isEmpty()) {
        Label second = before.removeFirst().label();
        last(before).ifPresent(first -> checked.add(new Checked(first, second)));
      }
    }
    checked.sort(Comparator.comparing(one -> one.second().clip()));
    return checked;
  }
}
