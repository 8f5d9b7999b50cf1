package fieldnotes.common;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins groups that have something in common, such as recordings of one speaker: what is connected
 * by any chain of rows is one group.
 */
public final class Components {
  /** A group that is joined with one before it by name. */
  private final Map<String, String> joined = new HashMap<>();

  private Components() {}

  /**
   * The group of each row when rows that share a group or another thing are together.
   *
   * @param groups of each row
   * @param others what else each row may share with others; empty text joins nothing
   * @return for each row, the first by name of the groups that are together
   */
  public static List<String> of(List<String> groups, List<String> others) {
    Check.that(
        groups.size() == others.size(),
        "%s rows have groups, %s have others",
        groups.size(),
        others.size());
    Components components = new Components();
    Map<String, String> holders = new HashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      if (!others.get(i).isEmpty()) {
        String holder = holders.putIfAbsent(others.get(i), groups.get(i));
        components.join(groups.get(i), holder == null ? groups.get(i) : holder);
      }
    }
    return groups.stream().map(components::first).toList();
  }

  private void join(String one, String other) {
    String a = first(one);
    String b = first(other);
    if (a.compareTo(b) < 0) {
      joined.put(b, a);
    } else if (b.compareTo(a) < 0) {
      joined.put(a, b);
    }
  }

  private String first(String group) {
    String at = group;
    for (String next = joined.get(at); next != null; next = joined.get(at)) {
      at = next;
    }
    if (!at.equals(group)) {
      joined.put(group, at);
    }
    return at;
  }
}
