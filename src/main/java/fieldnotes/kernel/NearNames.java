package fieldnotes.kernel;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Names among which one may be that a misspelt one stands for, and how each is shown. */
final class NearNames {
  private static final int SHORTEST_BEGINNING = 3;

  private final Map<String, String> shown = new LinkedHashMap<>();

  NearNames add(String name) {
    return add(name, name);
  }

  NearNames add(String name, String as) {
    shown.putIfAbsent(name, as);
    return this;
  }

  /**
   * What is meant by a name: the same in other case, the one that differs by fewest letters, or the
   * first that goes on from it.
   */
  Optional<String> meant(String name) {
    int most = name.length() < 4 ? 1 : 2;
    Optional<String> near =
        shown.keySet().stream()
            .filter(one -> !one.equals(name) || !shown.get(one).equals(name))
            .filter(one -> Math.min(one.length(), name.length()) > 1)
            .filter(one -> distance(one, name) <= most)
            .min(Comparator.comparingInt(one -> distance(one, name)));
    return near.or(
            () ->
                shown.keySet().stream()
                    .filter(one -> name.length() >= SHORTEST_BEGINNING)
                    .filter(one -> one.length() > name.length() && one.startsWith(name))
                    .findFirst())
        .map(shown::get);
  }

  private static int distance(String one, String name) {
    return one.equalsIgnoreCase(name) ? 0 : Advice.distance(one, name);
  }
}
