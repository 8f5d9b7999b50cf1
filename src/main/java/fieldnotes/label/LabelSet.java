package fieldnotes.label;

import fieldnotes.common.Check;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Labels of clips, one per clip, in the order of the clips. Immutable. */
public final class LabelSet {
  private final SortedMap<Segment, Label> labels;

  private LabelSet(SortedMap<Segment, Label> labels) {
    this.labels = labels;
  }

  /** No labels. */
  public static LabelSet empty() {
    return new LabelSet(new TreeMap<>());
  }

  /**
   * These labels.
   *
   * @throws IllegalArgumentException if a clip has two
   */
  public static LabelSet of(Collection<Label> labels) {
    SortedMap<Segment, Label> byClip = new TreeMap<>();
    for (Label label : labels) {
      Label before = byClip.put(label.clip(), label);
      Check.that(
          before == null,
          "%s has two labels, '%s' and '%s': settle them first",
          label.clip(),
          before == null ? "" : before.name(),
          label.name());
    }
    return new LabelSet(byClip);
  }

  /** All labels, in the order of the clips. */
  public List<Label> labels() {
    return List.copyOf(labels.values());
  }

  /** The number of labels. */
  public int size() {
    return labels.size();
  }

  /** The label of a clip, if it has one. */
  public Optional<Label> of(Segment clip) {
    return Optional.ofNullable(labels.get(clip));
  }

  /** The class of each of these clips; empty text where it has none. For {@code Samples}. */
  public List<String> classes(List<Segment> clips) {
    return clips.stream().map(clip -> of(clip).map(Label::name).orElse("")).toList();
  }

  /** The number of labels of each class, by the name of the class. */
  public Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    labels.values().forEach(label -> counts.merge(label.name(), 1, Integer::sum));
    return new LinkedHashMap<>(counts);
  }

  /** Only the labels for which this holds, such as {@code label -> label.how() == How.EAR}. */
  public LabelSet only(Predicate<Label> which) {
    return of(labels.values().stream().filter(which).toList());
  }

  /** These labels, and the others for clips that have none here. */
  public LabelSet orElse(LabelSet others) {
    List<Label> both = new ArrayList<>(labels.values());
    others.labels.forEach(
        (clip, label) -> {
          if (!labels.containsKey(clip)) {
            both.add(label);
          }
        });
    return of(both);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelSet set && labels.equals(set.labels);
  }

  @Override
  public int hashCode() {
    return labels.hashCode();
  }

  @Override
  public String toString() {
    return "%d labels: %s"
        .formatted(
            size(),
            counts().entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(", ")));
  }
}
