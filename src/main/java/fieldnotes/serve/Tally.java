package fieldnotes.serve;

import fieldnotes.label.ClipList;
import fieldnotes.label.How;
import fieldnotes.label.Label;
import fieldnotes.label.LabelSet;
import fieldnotes.label.Segment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** What was labelled so far, counted as it comes. Not safe for several threads: its session is. */
final class Tally {
  /** A longer time between two labels is a pause, which does not count. */
  private static final Duration PAUSE = Duration.ofMinutes(3);

  private static final int LAST = 100;

  private final Segment[] clips;
  private final Map<Segment, Integer> numbers = new HashMap<>();
  private final Map<String, List<Integer>> byFile = new HashMap<>();
  private final TreeMap<Segment, Label> labels = new TreeMap<>();

  private final Map<String, Integer> counts = new TreeMap<>();
  private int byEar;
  private final BitSet done = new BitSet();
  private final BitSet skipped = new BitSet();
  private final Deque<Instant> given = new ArrayDeque<>();

  /** Nothing is labelled; the names of files are relative to a folder. */
  Tally(ClipList list, Path folder) {
    clips = new Segment[list.size()];
    for (int i = 0; i < clips.length; i++) {
      clips[i] = list.segment(i, folder);
      numbers.putIfAbsent(clips[i], i);
      byFile.computeIfAbsent(clips[i].file(), f -> new ArrayList<>()).add(i);
    }
  }

  Segment clip(int number) {
    return clips[number];
  }

  int size() {
    return clips.length;
  }

  /** The number of a clip; empty for a part of one. */
  OptionalInt number(Segment clip) {
    Integer number = numbers.get(clip);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** The first clip that a part lies in; empty if its file is not listed. */
  OptionalInt around(Segment part) {
    return byFile.getOrDefault(part.file(), List.of()).stream()
        .mapToInt(Integer::intValue)
        .filter(
            i ->
                clips[i].startSeconds() <= part.startSeconds()
                    && !(clips[i].endSeconds() <= part.startSeconds()))
        .findFirst();
  }

  /** The labels of parts of a clip, in order. */
  List<Label> parts(int number) {
    Segment clip = clips[number];
    return labels
        .subMap(
            new Segment(clip.file(), clip.startSeconds(), clip.startSeconds() + 1e-4),
            true,
            new Segment(clip.file(), 999_999_999, Double.NaN),
            true)
        .values()
        .stream()
        .filter(
            label ->
                !label.clip().equals(clip)
                    && !numbers.containsKey(label.clip())
                    && !(label.clip().startSeconds() >= clip.endSeconds()))
        .toList();
  }

  /** Takes what holds of a clip or a part now: its label, and otherwise whether it was put off. */
  void put(Segment clip, Optional<Label> label, boolean putOff) {
    Label before = label.isPresent() ? labels.put(clip, label.get()) : labels.remove(clip);
    if (before != null && before.how() == How.EAR && numbers.containsKey(clip)) {
      byEar--;
    }
    if (label.isPresent() && label.get().how() == How.EAR && numbers.containsKey(clip)) {
      byEar++;
    }
    if (before != null) {
      counts.merge(before.name(), -1, (a, b) -> a + b == 0 ? null : a + b);
    }
    label.ifPresent(l -> counts.merge(l.name(), 1, Integer::sum));
    number(clip)
        .ifPresent(
            n -> {
              done.set(n, label.isPresent());
              skipped.set(n, putOff && label.isEmpty());
            });
  }

  boolean isOpen(int number) {
    return !done.get(number) && !skipped.get(number);
  }

  boolean isDone(int number) {
    return done.get(number);
  }

  boolean isSkipped(int number) {
    return skipped.get(number);
  }

  /** The number of clips that were heard and labelled. */
  int byEar() {
    return byEar;
  }

  /** The classes of these, by clip. */
  Map<Integer, String> heard() {
    Map<Integer, String> heard = new TreeMap<>();
    for (Label label : labels.values()) {
      if (label.how() == How.EAR) {
        number(label.clip()).ifPresent(clip -> heard.put(clip, label.name()));
      }
    }
    return heard;
  }

  int done() {
    return done.cardinality();
  }

  int skippedCount() {
    return skipped.cardinality();
  }

  Optional<Label> label(Segment clip) {
    return Optional.ofNullable(labels.get(clip));
  }

  /** All labels, in the order of the clips. */
  Iterable<Label> labels() {
    return labels.values();
  }

  LabelSet set() {
    return LabelSet.of(labels.values());
  }

  /** The number of labels of each class. */
  Map<String, Integer> counts() {
    return counts;
  }

  /** Remembers when a label was given by ear, or forgets the last when it was taken back. */
  void gave(Instant when, boolean undone) {
    if (undone) {
      given.pollLast();
      return;
    }
    given.addLast(when);
    if (given.size() > LAST) {
      given.removeFirst();
    }
  }

  /** Labels per hour of listening, by the last ones, without pauses; 0 if not known. */
  int perHour() {
    double seconds = 0;
    int gaps = 0;
    Instant before = null;
    for (Instant time : given) {
      Duration gap = before == null ? PAUSE : Duration.between(before, time);
      if (!gap.isNegative() && gap.compareTo(PAUSE) < 0) { // a clock may be set back
        seconds += gap.toMillis() / 1000.0;
        gaps++;
      }
      before = time;
    }
    return gaps < 2 || seconds == 0 ? 0 : (int) Math.round(3600 * gaps / seconds);
  }
}
