package fieldnotes.detect;

import fieldnotes.common.Check;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How well the events that were found agree with the true ones: by events, or by segments of equal
 * length. The definitions are those of sed_eval, with its default of an optimal matching; where
 * there are several, the number of substitutions may differ from sed_eval's by the one it takes.
 *
 * @param of what was compared
 * @param overall all classes together
 * @param classes each class by itself, sorted by name
 * @param seconds length of the sound
 * @see "A. Mesaros, T. Heittola and T. Virtanen, Metrics for polyphonic sound event detection,
 *     Applied Sciences 6(6), 2016"
 * @see "EventBasedMetrics and SegmentBasedMetrics of sed_eval 0.2.1"
 */
public record DetectionScore(
    String of, DetectionCounts overall, Map<String, DetectionCounts> classes, double seconds) {
  /** Copies and checks. */
  public DetectionScore {
    Check.that(!classes.isEmpty(), "classes is empty: name at least one class");
    Check.positive("seconds", seconds);
    classes = Collections.unmodifiableMap(new TreeMap<>(classes));
  }

  /**
   * Compares events. Events of other classes, such as Unknown, are left out on both sides.
   *
   * @param truth the true events
   * @param found those found
   * @param classes the classes that count
   * @param seconds length of the sound, for what is counted by the hour
   */
  public static DetectionScore events(
      List<SoundEvent> truth,
      List<SoundEvent> found,
      Collection<String> classes,
      double seconds,
      EventMatching matching) {
    Map<String, DetectionCounts> each = new TreeMap<>();
    int alarms = 0;
    for (String name : classes) {
      List<SoundEvent> true1 = of(truth, List.of(name));
      List<SoundEvent> found1 = of(found, List.of(name));
      int right = matching.pairs(true1, found1).right();
      int false1 = falseAlarms(true1, found1);
      alarms += false1;
      each.put(name, new DetectionCounts(true1.size(), found1.size(), right, 0, false1));
    }
    List<SoundEvent> all = of(truth, classes);
    List<SoundEvent> allFound = of(found, classes);
    EventMatching.Pairs pairs = matching.pairs(all, allFound);
    DetectionCounts overall =
        new DetectionCounts(
            all.size(), allFound.size(), pairs.right(), pairs.substituted(), alarms);
    return new DetectionScore("events, " + matching, overall, each, seconds);
  }

  private static List<SoundEvent> of(List<SoundEvent> events, Collection<String> classes) {
    return events.stream().filter(e -> classes.contains(e.label())).toList();
  }

  private static int falseAlarms(List<SoundEvent> truth, List<SoundEvent> found) {
    return (int) found.stream().filter(e -> truth.stream().noneMatch(e::overlaps)).count();
  }

  /**
   * Compares which classes sound in each segment of the stream. A class sounds in a segment if an
   * event of it has any part in it.
   *
   * @param segmentSeconds length of a segment, above 0; 1 is usual
   * @param seconds length of the sound; events beyond are cut off
   */
  public static DetectionScore segments(
      List<SoundEvent> truth,
      List<SoundEvent> found,
      Collection<String> classes,
      double seconds,
      double segmentSeconds) {
    Check.positive("segmentSeconds", segmentSeconds);
    Check.positive("seconds", seconds);
    int segments = (int) Math.ceil(seconds / segmentSeconds);
    List<String> names = List.copyOf(new TreeSet<>(classes));
    BitSet[] true1 = rolls(truth, names, segmentSeconds, segments);
    BitSet[] found1 = rolls(found, names, segmentSeconds, segments);
    Map<String, DetectionCounts> each = new TreeMap<>();
    for (int c = 0; c < names.size(); c++) {
      BitSet both = (BitSet) true1[c].clone();
      both.and(found1[c]);
      int right = both.cardinality();
      each.put(
          names.get(c),
          new DetectionCounts(true1[c].cardinality(), found1[c].cardinality(), right, 0, 0));
    }
    DetectionCounts overall = new DetectionCounts(0, 0, 0, 0, 0);
    for (int s = 0; s < segments; s++) {
      int t = 0;
      int f = 0;
      int right = 0;
      for (int c = 0; c < names.size(); c++) {
        t += true1[c].get(s) ? 1 : 0;
        f += found1[c].get(s) ? 1 : 0;
        right += true1[c].get(s) && found1[c].get(s) ? 1 : 0;
      }
      overall = overall.plus(new DetectionCounts(t, f, right, Math.min(t, f) - right, 0));
    }
    String of = "segments of " + segmentSeconds + " s";
    return new DetectionScore(of, overall, each, seconds);
  }

  private static BitSet[] rolls(
      List<SoundEvent> events, List<String> names, double length, int segments) {
    BitSet[] rolls = new BitSet[names.size()];
    for (int c = 0; c < rolls.length; c++) {
      rolls[c] = new BitSet(segments);
    }
    for (SoundEvent e : events) {
      int c = names.indexOf(e.label());
      int from = (int) Math.min(segments, Math.floor(e.startSeconds() / length));
      int to = (int) Math.min(segments, Math.ceil(e.endSeconds() / length));
      if (c >= 0 && from < to) {
        rolls[c].set(from, to);
      }
    }
    return rolls;
  }

  /**
   * The counts of both together, as of several streams.
   *
   * @throws IllegalArgumentException if they were not compared in the same way
   */
  public DetectionScore plus(DetectionScore other) {
    Check.that(of.equals(other.of), "one score is of %s, the other of %s", of, other.of);
    Map<String, DetectionCounts> sum = new TreeMap<>(classes);
    other.classes.forEach((name, counts) -> sum.merge(name, counts, DetectionCounts::plus));
    return new DetectionScore(of, overall.plus(other.overall), sum, seconds + other.seconds);
  }

  /** The mean F1 of the classes that have one. */
  public double macroF1() {
    return mean(DetectionCounts::f1);
  }

  private double mean(ToDoubleFunction<DetectionCounts> what) {
    return classes.values().stream()
        .mapToDouble(what)
        .filter(v -> !Double.isNaN(v))
        .average()
        .orElse(Double.NaN);
  }

  /** Found events of a class where no event of that class is, per hour of sound. */
  public double falseAlarmsPerHour() {
    return overall.falseAlarms() * 3600 / seconds;
  }

  /** A row for each class and one for all. */
  public Table toTable() {
    StringColumn names = StringColumn.create("class");
    IntColumn truth = IntColumn.create("true");
    IntColumn found = IntColumn.create("found");
    IntColumn right = IntColumn.create("right");
    DoubleColumn precision = DoubleColumn.create("precision");
    DoubleColumn recall = DoubleColumn.create("recall");
    DoubleColumn f1 = DoubleColumn.create("f1");
    for (int row = 0; row <= classes.size(); row++) {
      boolean last = row == classes.size();
      String name = last ? "all" : List.copyOf(classes.keySet()).get(row);
      DetectionCounts counts = last ? overall : classes.get(name);
      names.append(name);
      truth.append(counts.truth());
      found.append(counts.found());
      right.append(counts.right());
      precision.append(counts.precision());
      recall.append(counts.recall());
      f1.append(counts.f1());
    }
    return Table.create(of, names, truth, found, right, precision, recall, f1);
  }

  @Override
  public String toString() {
    String alarms =
        of.startsWith("events")
            ? String.format(Locale.ROOT, ", %.1f false alarms an hour", falseAlarmsPerHour())
            : "";
    return of + ": " + overall + alarms;
  }
}
