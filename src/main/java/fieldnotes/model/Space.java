package fieldnotes.model;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Better;
import fieldnotes.math.NumpyRandom;
import fieldnotes.model.Search.Candidate;
import fieldnotes.model.Search.Draw;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * The options of an adaptive search in alphabetical order. A setting is a point: for each option
 * the place of its value within its bounds, 0 to 1, or of a list the number of the entry.
 */
final class Space {
  private static final int ATTEMPTS = 100;

  private final SortedMap<String, Draw> options;
  private final List<Draws.Range> ranges;
  private final NumpyRandom random;

  Space(Map<String, Draw> options, long seed) {
    this.options = check(options);
    ranges = this.options.values().stream().map(Draws.Range.class::cast).toList();
    random = NumpyRandom.of(seed);
  }

  /** The options sorted; at least one. */
  static SortedMap<String, Draw> check(Map<String, Draw> options) {
    Check.that(!options.isEmpty(), "options is empty: name at least one, with its values");
    return Draws.sorted(options);
  }

  /** The one generator of a search. */
  NumpyRandom random() {
    return random;
  }

  /** The number of options. */
  int size() {
    return ranges.size();
  }

  /** The number of entries of an option that is a list; 0 of others. */
  int entries(int option) {
    return ranges.get(option).entries();
  }

  /** A setting drawn from all. */
  Setting draw() {
    return Draws.one(options, random);
  }

  Setting setting(double[] point) {
    Map<String, Object> values = new LinkedHashMap<>();
    int o = 0;
    for (String name : options.keySet()) {
      values.put(name, ranges.get(o).at(point[o]));
      o++;
    }
    return new Setting(values);
  }

  double[] point(Setting setting) {
    double[] point = new double[size()];
    int o = 0;
    for (String name : options.keySet()) {
      point[o] = ranges.get(o).place(setting.values().get(name));
      o++;
    }
    return point;
  }

  /** The settings that were tried; to be extended by those chosen. */
  static Set<Setting> taken(List<Candidate> tried) {
    Set<Setting> taken = new HashSet<>();
    tried.forEach(candidate -> taken.add(candidate.setting()));
    return taken;
  }

  /**
   * A setting that is not taken, from {@code proposal}, or, if that gives only others, drawn from
   * all; it is taken from now on. Empty if none was found.
   */
  Optional<Setting> fresh(Supplier<Setting> proposal, Set<Setting> taken) {
    for (int a = 0; a < 2 * ATTEMPTS; a++) {
      Setting one = a < ATTEMPTS ? proposal.get() : draw();
      if (taken.add(one)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  /** What is to be small; infinite for a setting that failed. */
  static double[] losses(List<Candidate> tried, Better better) {
    return tried.stream()
        .mapToDouble(Candidate::mean)
        .map(m -> Double.isNaN(m) ? Double.POSITIVE_INFINITY : better == Better.HIGHER ? -m : m)
        .toArray();
  }
}
