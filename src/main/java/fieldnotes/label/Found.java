package fieldnotes.label;

import fieldnotes.common.Check;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A label in a file.
 *
 * @param label the label
 * @param place file and line, or what there is instead of lines
 */
record Found(Label label, String place) {
  /** From the better known to the less: by ear before others, then the newest, then the surest. */
  static final Comparator<Label> BEST =
      Comparator.comparing(Label::how, Comparator.<How>reverseOrder())
          .thenComparing(Label::when, Comparator.<Instant>reverseOrder())
          .thenComparing(Label::sure, Comparator.<Double>reverseOrder())
          .thenComparing(Label::heard, Comparator.<Integer>reverseOrder())
          .thenComparing(Label::name)
          .thenComparing(Label::who)
          .thenComparing(Label::agreeing)
          .thenComparing(Label::clip);

  /**
   * One label per clip: what was heard before what was not, and of labels of one class the best.
   *
   * @throws IllegalArgumentException naming both places, if a clip has two classes
   */
  static LabelSet set(Collection<Found> all) {
    SortedMap<Segment, Found> byClip = new TreeMap<>();
    for (Found one : all) {
      Found other = byClip.putIfAbsent(one.label.clip(), one);
      if (other != null) {
        boolean heard = one.label.how() == How.EAR;
        if (heard == (other.label.how() == How.EAR)) {
          Check.that(
              one.label.name().equals(other.label.name()),
              "%s: '%s' has the label '%s', but '%s' in %s; keep one of them, or read each"
                  + " listener by itself",
              one.place,
              one.label.clip(),
              one.label.name(),
              other.label.name(),
              other.place);
          heard = BEST.compare(one.label, other.label) < 0;
        }
        byClip.put(one.label.clip(), heard ? one : other);
      }
    }
    return LabelSet.of(byClip.values().stream().map(Found::label).toList());
  }

  /** The sets of each listener or model. */
  static SortedMap<String, LabelSet> byListener(Collection<Found> all) {
    SortedMap<String, List<Found>> parts = new TreeMap<>();
    for (Found one : all) {
      parts.computeIfAbsent(one.label.who(), who -> new ArrayList<>()).add(one);
    }
    SortedMap<String, LabelSet> sets = new TreeMap<>();
    parts.forEach((who, part) -> sets.put(who, set(part)));
    return sets;
  }
}
