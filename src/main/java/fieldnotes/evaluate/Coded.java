package fieldnotes.evaluate;

import fieldnotes.table.Split;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

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
    TreeMap<String, Integer> places = new TreeMap<>();
    for (String name : names) {
      places.put(name, places.size());
    }
    return new Coded(texts.stream().mapToInt(places::get).toArray(), names);
  }

  /** The distinct texts of both, sorted by code point. */
  static List<String> names(Collection<String> some, Collection<String> others) {
    TreeSet<String> names = new TreeSet<>(Split.ORDER);
    names.addAll(some);
    names.addAll(others);
    return List.copyOf(names);
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
