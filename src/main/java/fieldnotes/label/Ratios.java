package fieldnotes.label;

import fieldnotes.common.Check;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Shares of the classes among labels. Of {@code music}, {@code dialogue} and {@code both} it prints
 * in the journal's form:
 *
 * <pre>{@code M: 0.10 D: 0.04 B: 0.86; Music & Both 96.0 %; Dialogue 4.0 %}</pre>
 *
 * <p>Of other classes it prints the share of each by its name. What is {@code unknown} has no
 * share; if there is any, its number follows, as in {@code …; unknown 12}.
 *
 * @param counts the number of clips of each class, by name
 */
public record Ratios(SortedMap<String, Integer> counts) {
  private static final String UNKNOWN = "unknown";
  private static final List<String> PRESET = List.of("music", "dialogue", "both");

  /** Copies and checks. */
  public Ratios {
    counts.forEach(
        (name, count) -> Check.that(count >= 0, "%s=%d: must be at least 0", name, count));
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  /** Of labels, each of which counts as one. */
  public static Ratios of(LabelSet labels) {
    return of(labels.counts());
  }

  /** Of numbers of clips by class. */
  public static Ratios of(Map<String, Integer> counts) {
    return new Ratios(new TreeMap<>(counts));
  }

  /** The share of a class, 0 to 1, among all that are not unknown; NaN if there is none. */
  public double share(String name) {
    return name.equals(UNKNOWN) ? Double.NaN : counts.getOrDefault(name, 0) / known();
  }

  private double known() {
    double sum = counts.values().stream().mapToDouble(Integer::doubleValue).sum();
    sum -= counts.getOrDefault(UNKNOWN, 0);
    return sum == 0 ? Double.NaN : sum;
  }

  @Override
  public String toString() {
    List<String> classes =
        counts.keySet().stream()
            .filter(name -> !name.equals(UNKNOWN) && counts.get(name) > 0)
            .toList();
    String shares =
        classes.isEmpty()
            ? counts.getOrDefault(UNKNOWN, 0) > 0 ? "no class is known" : "no labels"
            : PRESET.containsAll(classes)
                ? String.format(
                    Locale.ROOT,
                    "M: %.2f D: %.2f B: %.2f; Music & Both %.1f %%; Dialogue %.1f %%",
                    share("music"),
                    share("dialogue"),
                    share("both"),
                    100
                        * (counts.getOrDefault("music", 0) + counts.getOrDefault("both", 0))
                        / known(),
                    100 * share("dialogue"))
                : classes.stream()
                    .map(name -> String.format(Locale.ROOT, "%s: %.2f", name, share(name)))
                    .collect(Collectors.joining(" "));
    int unknown = counts.getOrDefault(UNKNOWN, 0);
    return unknown == 0 ? shares : shares + "; unknown " + unknown;
  }
}
