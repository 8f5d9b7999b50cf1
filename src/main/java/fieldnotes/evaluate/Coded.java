package fieldnotes.evaluate;

import fieldnotes.table.Split;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Texts as numbers 0…k−1, in the order of the texts by code point.
 *
 * @param codes the number of each row
 * @param names the distinct texts, sorted
 */
record Coded(int[] codes, List<String> names) {
  static Coded of(List<String> texts) {
    return of(texts, names(texts, List.of()));
  }

  /** The texts by their place in a list of names. */
  static Coded of(List<String> texts, List<String> names) {
    Map<String, Integer> places = new HashMap<>();
    for (String name : names) {
      places.put(name, places.size());
    }
    return new Coded(texts.stream().mapToInt(places::get).toArray(), names);
  }

  /** The distinct texts of both, sorted by code point. */
  static List<String> names(Collection<String> some, Collection<String> others) {
    Set<String> names = new HashSet<>(some);
    names.addAll(others);
    return names.stream().sorted(Split.ORDER).toList();
  }

  /** How many rows have each number. */
  int[] sizes() {
    int[] sizes = new int[names.size()];
    for (int code : codes) {
      sizes[code]++;
    }
    return sizes;
  }
}
