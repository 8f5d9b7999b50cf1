package fieldnotes.model;

import fieldnotes.common.Check;
import fieldnotes.common.Warnings;
import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What options are drawn from, and settings drawn as scikit-learn draws them. */
final class Draws {
  private static final long MOST_COMBINATIONS = 100_000_000;

  private Draws() {}

  /** A draw that also knows its bounds: every value has its place within 0 and 1. */
  sealed interface Range extends Search.Draw {
    /** The value at a place within 0 and 1; of a list, at the number of an entry. */
    Object at(double place);

    /** The place of a value; of a list, the number of the entry. */
    double place(Object value);

    /** The number of entries of a list, whose values have no order; 0 of numbers. */
    default int entries() {
      return 0;
    }
  }

  /** Whole numbers, each as likely. */
  record Whole(int from, int to) implements Range {
    Whole {
      Check.that(from < to, "from=%d, to=%d: must leave at least one integer", from, to);
    }

    @Override
    public Object from(NumpyRandom random) {
      return (int) random.integer(from, to);
    }

    @Override
    public Object at(double place) {
      long count = (long) to - from;
      return (int) (from + Math.clamp((long) Math.floor(place * count), 0, count - 1));
    }

    @Override
    public double place(Object value) {
      return ((Integer) value - (double) from + 0.5) / ((double) to - from);
    }

    @Override
    public String toString() {
      return from + " to " + (to - 1);
    }
  }

  /** Numbers, each as likely. */
  record Uniform(double from, double to) implements Range {
    Uniform {
      Check.that(
          from < to && Double.isFinite(from) && Double.isFinite(to),
          "from=%s, to=%s: must be finite, and from < to",
          from,
          to);
    }

    @Override
    public Object from(NumpyRandom random) {
      return at(random.uniform());
    }

    @Override
    public Object at(double place) {
      return place * (to - from) + from;
    }

    @Override
    public double place(Object value) {
      return ((Double) value - from) / (to - from);
    }

    @Override
    public String toString() {
      return from + " to " + to;
    }
  }

  /** Numbers whose logarithms are each as likely. */
  record LogUniform(double from, double to) implements Range {
    LogUniform {
      Check.that(
          0 < from && from < to && Double.isFinite(to),
          "from=%s, to=%s: must be 0 < from < to",
          from,
          to);
    }

    @Override
    public Object from(NumpyRandom random) {
      return at(random.uniform());
    }

    @Override
    public Object at(double place) {
      double low = Math.log(from);
      return Math.exp(low + place * (Math.log(to) - low));
    }

    @Override
    public double place(Object value) {
      double low = Math.log(from);
      return (Math.log((Double) value) - low) / (Math.log(to) - low);
    }

    @Override
    public String toString() {
      return from + " to " + to + " by logarithm";
    }
  }

  /** Exponential numbers; a place is the share of numbers below. */
  record Exponential(double mean) implements Range {
    Exponential {
      Check.positive("mean", mean);
    }

    @Override
    public Object from(NumpyRandom random) {
      return mean * random.exponential();
    }

    @Override
    public Object at(double place) {
      return mean * -Math.log1p(-Math.min(place, 1 - 0x1p-53));
    }

    @Override
    public double place(Object value) {
      return -Math.expm1(-(Double) value / mean);
    }

    @Override
    public String toString() {
      return "exponential with mean " + mean;
    }
  }

  /** Entries of a list, each as likely. */
  record OneOf(List<Object> values) implements Range {
    OneOf {
      Check.that(!values.isEmpty(), "values is empty");
      values = List.copyOf(values);
    }

    @Override
    public Object from(NumpyRandom random) {
      return values.get((int) random.integer(0, values.size()));
    }

    @Override
    public Object at(double place) {
      return values.get((int) place);
    }

    @Override
    public double place(Object value) {
      return values.indexOf(value);
    }

    @Override
    public int entries() {
      return values.size();
    }

    @Override
    public String toString() {
      return "one of " + values;
    }
  }

  /** The options in alphabetical order. */
  static SortedMap<String, Search.Draw> sorted(Map<String, Search.Draw> options) {
    SortedMap<String, Search.Draw> sorted = new TreeMap<>(Split.ORDER);
    sorted.putAll(options);
    return sorted;
  }

  /** One setting: its options in alphabetical order, each drawn from the same stream. */
  static Setting one(SortedMap<String, Search.Draw> options, NumpyRandom random) {
    Map<String, Object> one = new LinkedHashMap<>();
    options.forEach((name, draw) -> one.put(name, draw.from(random)));
    return new Setting(one);
  }

  /** Settings as {@code ParameterSampler} draws them. */
  static List<Setting> settings(Map<String, Search.Draw> options, int settings, long seed) {
    Check.atLeast("settings", settings, 1);
    SortedMap<String, Search.Draw> sorted = sorted(options);
    NumpyRandom random = NumpyRandom.of(seed);
    List<Setting> drawn = new ArrayList<>();
    if (!sorted.isEmpty() && sorted.values().stream().allMatch(OneOf.class::isInstance)) {
      for (int number : combinations(sorted, settings, random)) {
        drawn.add(combination(sorted, number));
      }
    } else {
      for (int s = 0; s < settings; s++) {
        drawn.add(one(sorted, random));
      }
    }
    return drawn;
  }

  /** Numbers of different combinations of lists. */
  private static int[] combinations(
      SortedMap<String, Search.Draw> lists, int settings, NumpyRandom random) {
    long all = 1;
    for (Search.Draw list : lists.values()) {
      all *= ((OneOf) list).entries();
      Check.that(
          all <= MOST_COMBINATIONS,
          "the lists %s have more than %d combinations: draw one of them from a range",
          lists.keySet(),
          MOST_COMBINATIONS);
    }
    if (all < settings) {
      Warnings.warn(
          "the lists %s have only %s combinations, so %s settings are drawn and not %s"
              .formatted(lists.keySet(), all, all, settings));
    }
    return withoutReplacement((int) all, (int) Math.min(all, settings), random);
  }

  /** A combination by its number; the last option in alphabetical order changes fastest. */
  private static Setting combination(SortedMap<String, Search.Draw> lists, int number) {
    Map<String, Object> values = new LinkedHashMap<>();
    lists.keySet().forEach(name -> values.put(name, null));
    int left = number;
    for (String name : lists.reversed().keySet()) {
      OneOf list = (OneOf) lists.get(name);
      values.put(name, list.at(left % list.entries()));
      left /= list.entries();
    }
    return new Setting(values);
  }

  /**
   * Different numbers below {@code n}, as scikit-learn's {@code sample_without_replacement} draws
   * them: a permutation for a share within 1 and 99 %, a set of those taken below, a reservoir
   * above.
   */
  static int[] withoutReplacement(int n, int count, NumpyRandom random) {
    double share = (double) count / n;
    if (share > 0.01 && share < 0.99) {
      return Arrays.copyOf(random.permutation(n), count);
    }
    if (share < 0.2) {
      Set<Integer> taken = new LinkedHashSet<>();
      while (taken.size() < count) {
        taken.add((int) random.integer(0, n));
      }
      return taken.stream().mapToInt(i -> i).toArray();
    }
    int[] kept = new int[count];
    for (int i = 0; i < n; i++) {
      int at = i < count ? i : (int) random.integer(0, i + 1L);
      if (at < count) {
        kept[at] = i;
      }
    }
    return kept;
  }
}
