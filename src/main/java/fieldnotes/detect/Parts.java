package fieldnotes.detect;

import fieldnotes.common.Check;
import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Rows to learn from, to choose the threshold on, and to judge by. All rows of a group are in one
 * part, and each class is spread over the parts as nearly in proportion as its groups allow.
 *
 * @param train rows to learn from, rising
 * @param validation rows to choose on, rising
 * @param test rows to judge by, rising
 */
record Parts(int[] train, int[] validation, int[] test) {
  private static final int PARTS = 3;

  /**
   * Which part gets a group where no part has one of its class yet: to learn, to judge, to choose.
   */
  private static final int[] FIRST = {0, 2, 1};

  /**
   * Spreads rows over the parts.
   *
   * @param rows with a class each
   * @param groups the group of each row
   * @param split sizes of the parts
   * @param seed decides which of groups of equal size goes where
   */
  static Parts of(Samples rows, List<String> groups, Training.Split split, long seed) {
    double[] shares = split.shares();
    List<Group> all = groups(rows, groups, seed);
    SortedMap<String, List<Group>> byClass = new TreeMap<>();
    all.forEach(g -> byClass.computeIfAbsent(g.main, c -> new ArrayList<>()).add(g));
    int[] part = new int[rows.rowCount()];
    byClass.values().stream()
        .sorted(Comparator.comparingInt(List::size))
        .forEach(members -> spread(members, shares, part));
    return new Parts(rowsOf(part, 0), rowsOf(part, 1), rowsOf(part, 2));
  }

  /** Rows that stay together. */
  private record Group(String name, String main, int[] rows) {}

  private static List<Group> groups(Samples rows, List<String> groups, long seed) {
    SortedMap<String, List<Integer>> members = new TreeMap<>();
    for (int i = 0; i < groups.size(); i++) {
      members.computeIfAbsent(groups.get(i), g -> new ArrayList<>()).add(i);
    }
    List<String> names = List.copyOf(members.keySet());
    List<String> classes = rows.classes();
    List<Group> all = new ArrayList<>();
    for (int at : NumpyRandom.of(seed).permutation(names.size())) {
      int[] own = members.get(names.get(at)).stream().mapToInt(Integer::intValue).toArray();
      all.add(new Group(names.get(at), main(own, classes), own));
    }
    return all;
  }

  /** The class of most of these rows, the first by name of equals. */
  private static String main(int[] rows, List<String> classes) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    Arrays.stream(rows).forEach(i -> counts.merge(classes.get(i), 1, Integer::sum));
    return counts.entrySet().stream()
        .max(
            Comparator.<java.util.Map.Entry<String, Integer>>comparingInt(
                    java.util.Map.Entry::getValue)
                .thenComparing(java.util.Map.Entry::getKey, Comparator.reverseOrder()))
        .orElseThrow()
        .getKey();
  }

  /** Gives each of the groups of a class a part: the one that lacks most rows of what it should. */
  private static void spread(List<Group> members, double[] shares, int[] part) {
    List<Group> falling =
        members.stream().sorted(Comparator.comparingInt((Group g) -> -g.rows.length)).toList();
    double all = members.stream().mapToInt(g -> g.rows.length).sum();
    double[] lacks = Arrays.stream(shares).map(share -> share * all).toArray();
    int[] held = new int[PARTS];
    for (int g = 0; g < falling.size(); g++) {
      int left = falling.size() - g;
      long empty = Arrays.stream(held).filter(n -> n == 0).count();
      int chosen = -1;
      for (int p : FIRST) {
        boolean may = left > empty || held[p] == 0;
        if (may && (chosen < 0 || (left > empty && lacks[p] > lacks[chosen]))) {
          chosen = p;
        }
      }
      held[chosen]++;
      lacks[chosen] -= falling.get(g).rows.length;
      for (int row : falling.get(g).rows) {
        part[row] = chosen;
      }
    }
  }

  private static int[] rowsOf(int[] part, int which) {
    return IntStream.range(0, part.length).filter(i -> part[i] == which).toArray();
  }

  /**
   * Checks that each part has rows, and the first two classes at least.
   *
   * @param why is said at the end of what is wrong: why there are so few groups
   */
  Parts checked(Samples rows, String why) {
    Check.that(
        train.length > 0 && validation.length > 0 && test.length > 0,
        "'%s' cannot be split in three: %d rows to learn from, %d to choose the threshold on, %d to"
            + " judge by; it needs a class of at least three recordings%s",
        rows.id(),
        train.length,
        validation.length,
        test.length,
        why);
    List<String> learnt = rows.rows(train).classNames();
    Check.that(
        learnt.size() > 1,
        "'%s' has %s to learn from: a model needs at least two classes%s",
        rows.id(),
        learnt,
        why);
    return this;
  }
}
