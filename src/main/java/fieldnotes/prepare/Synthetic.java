package fieldnotes.prepare;

import fieldnotes.common.Check;
import fieldnotes.math.Neighbours;
import fieldnotes.math.NumpyRandom;
import fieldnotes.math.Points;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** New rows between rows of one class. */
final class Synthetic {
  private final Balance balance;
  private final Samples rows;
  private final Matrix x;
  private final NumpyRandom random;

  /** The two rows of each new one, and the share of the way from the first to the second. */
  private final List<int[]> ends = new ArrayList<>();

  private final List<Double> shares = new ArrayList<>();

  Synthetic(Balance balance, Samples rows, NumpyRandom random) {
    this.balance = balance;
    this.rows = rows;
    this.random = random;
    x = rows.matrix().requireSquares("'" + rows.id() + "'");
  }

  /** The rows, followed by as many new ones of each class as are missing. */
  Samples added(List<int[]> members, int[] missing) {
    for (int c = 0; c < missing.length; c++) {
      if (missing[c] > 0) {
        add(members.get(c), missing[c]);
      }
    }
    int count = rows.rowCount();
    double[][] values = Arrays.copyOf(x.values(), count + ends.size());
    int[] from = Arrays.copyOf(IntStream.range(0, count).toArray(), values.length);
    boolean[] whole = wholeColumns();
    for (int i = 0; i < ends.size(); i++) {
      int[] pair = ends.get(i);
      values[count + i] = between(pair[0], pair[1], shares.get(i), whole);
      from[count + i] = pair[0];
    }
    Samples all = rows.rows(from).withFeatures(Matrix.of(x.names(), values));
    for (String name : rows.groupNames()) {
      List<String> groups = new ArrayList<>(all.groups(name));
      for (int i = 0; i < ends.size(); i++) {
        int[] pair = ends.get(i);
        if (!groups.get(pair[0]).equals(groups.get(pair[1]))) {
          groups.set(count + i, "");
        }
      }
      all = all.withGroups(name, groups);
    }
    return all;
  }

  private boolean[] wholeColumns() {
    boolean[] whole = new boolean[x.columnCount()];
    Arrays.fill(whole, balance.keepsWhole());
    for (double[] row : x.values()) {
      for (int c = 0; c < whole.length; c++) {
        whole[c] &= row[c] == Math.rint(row[c]);
      }
    }
    return whole;
  }

  private double[] between(int from, int to, double share, boolean[] whole) {
    double[] a = x.values()[from];
    double[] b = x.values()[to];
    double[] made = new double[a.length];
    for (int c = 0; c < made.length; c++) {
      made[c] = whole[c] ? (share < 0.5 ? a[c] : b[c]) : a[c] + share * (b[c] - a[c]);
    }
    return made;
  }

  /** Plans new rows of a class. */
  private void add(int[] members, int missing) {
    Check.that(
        members.length > 1,
        "class '%s' of '%s' has a single row, and a new one lies between two: add rows of that"
            + " class, leave it out, or take Balance.oversample",
        rows.classes().get(members[0]),
        rows.id());
    double[][] own = Arrays.stream(members).mapToObj(i -> x.values()[i]).toArray(double[][]::new);
    int k = Math.min(balance.neighbours(), members.length - 1);
    int[][] near = Neighbours.of(own, k).index();
    switch (balance.method()) {
      case BORDERLINE_SMOTE -> drawn(members, danger(members, own), near, missing);
      case ADASYN -> adaptive(members, others(members, own, balance.neighbours()), near, missing);
      default -> drawn(members, IntStream.range(0, members.length).toArray(), near, missing);
    }
  }

  /** Bases and neighbours drawn as one number for each new row, then the shares of the way. */
  private void drawn(int[] members, int[] bases, int[][] near, int missing) {
    int k = near[0].length;
    for (int i = 0; i < missing; i++) {
      int pair = (int) random.integer(0, (long) bases.length * k);
      int base = bases[pair / k];
      ends.add(new int[] {members[base], members[near[base][pair % k]]});
    }
    drawShares(missing);
  }

  private void drawShares(int count) {
    for (int i = 0; i < count; i++) {
      shares.add(random.uniform());
    }
  }

  /** How many of the nearest rows of any class are of another one, for each row of a class. */
  private int[] others(int[] members, double[][] own, int wanted) {
    int k = Math.min(wanted, x.rowCount() - 1);
    int[] others = new int[members.length];
    List<String> classes = rows.classes();
    String name = classes.get(members[0]);
    Points points = Points.ofChecked(x.values());
    points.forEachRow(
        "neighbours",
        own,
        () -> new int[k],
        (i, squared, index) -> {
          points.nearest(squared, members[i], k, index, new double[k]);
          others[i] = (int) Arrays.stream(index).filter(j -> !classes.get(j).equals(name)).count();
        });
    return others;
  }

  /** The rows in danger, by their place in the class; all if there is none. */
  private int[] danger(int[] members, double[][] own) {
    int[] others = others(members, own, balance.around());
    int around = Math.min(balance.around(), x.rowCount() - 1);
    int[] danger =
        IntStream.range(0, members.length)
            .filter(i -> 2 * others[i] >= around && others[i] < around)
            .toArray();
    return danger.length > 0 ? danger : IntStream.range(0, members.length).toArray();
  }

  /** Each row of a class as often the base as its share of rows of other classes around says. */
  private void adaptive(int[] members, int[] others, int[][] near, int missing) {
    int[] times = parted(missing, others);
    int k = near[0].length;
    for (int base = 0; base < members.length; base++) {
      for (int t = 0; t < times[base]; t++) {
        ends.add(new int[] {members[base], members[near[base][random.upTo(k - 1)]]});
      }
    }
    drawShares(missing);
  }

  /** Whole numbers that sum to a total, in proportion to weights; alike if all are 0. */
  static int[] parted(int total, int[] weights) {
    long sum = Arrays.stream(weights).asLongStream().sum();
    int[] parts = new int[weights.length];
    long[] left = new long[weights.length];
    int given = 0;
    for (int i = 0; i < parts.length; i++) {
      long share = (long) total * (sum == 0 ? 1 : weights[i]);
      long all = sum == 0 ? parts.length : sum;
      parts[i] = (int) (share / all);
      left[i] = share % all;
      given += parts[i];
    }
    IntStream.range(0, parts.length)
        .boxed()
        .sorted(Comparator.comparingLong(i -> -left[i]))
        .limit(total - given)
        .forEach(i -> parts[i]++);
    return parts;
  }
}
