package fieldnotes.prepare;

import fieldnotes.common.Check;
import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Rows of rare classes are added, or rows of common ones left out, until the classes are as large
 * as wanted. This belongs into the training rows only, so it is no step: {@code
 * fieldnotes.model.Resampled} applies it to the rows that a learner is fitted to.
 *
 * <p>Added rows come after the others, class by class in alphabetical order. A copy keeps all that
 * its row has. A new row lies between a row of its class, its base, and one of the nearest rows of
 * that class, at a share of the way that is drawn uniformly; it keeps weight, name and target of
 * its base, and a group only if both rows are of that group, else it has none, which folds by group
 * then refuse. Distances are Euclidean over the features as they are: scale them first. A class
 * with fewer other rows than {@code neighbours} uses those there are; one with a single row is
 * refused. Class sizes are counted in rows, whatever their weights.
 *
 * @param method how
 * @param share wanted size of the smaller classes as a share of the largest, above 0 and at most 1;
 *     when rows are left out, the size of the smallest as a share of the others
 * @param neighbours nearest rows of the same class that a new row may lie towards; for {@link
 *     Method#ADASYN} also those of any class that say how much a row counts
 * @param around nearest rows of any class that decide whether a row is in danger, for {@link
 *     Method#BORDERLINE_SMOTE}
 * @param keepsWhole whether columns that hold only whole numbers, such as those of 0 and 1, take in
 *     a new row the values of the nearer of its two rows; otherwise they get numbers between
 * @param seed 0 to 4294967295
 */
public record Balance(
    Method method, double share, int neighbours, int around, boolean keepsWhole, long seed) {
  /** How classes are balanced. */
  public enum Method {
    /** Rows drawn with replacement are added once more. */
    OVERSAMPLE,
    /** Rows drawn without replacement are kept. */
    UNDERSAMPLE,
    /**
     * New rows, from bases drawn with replacement.
     *
     * @see "N. Chawla et al., SMOTE: synthetic minority over-sampling technique, JAIR 16, 2002"
     */
    SMOTE,
    /**
     * New rows, from bases that are in danger: of the {@code around} nearest rows at least half,
     * but not all, are of other classes. If none is in danger, as {@link #SMOTE}.
     *
     * @see "H. Han, W. Wang, B. Mao, Borderline-SMOTE, ICIC 2005 (borderline-1)"
     */
    BORDERLINE_SMOTE,
    /**
     * New rows, more of them from rows with more rows of other classes among the nearest; whole
     * numbers by largest remainders. If no row has any, all count alike.
     *
     * @see "H. He et al., ADASYN: adaptive synthetic sampling approach, IJCNN 2008"
     */
    ADASYN
  }

  /** Checks the ranges. */
  public Balance {
    Check.that(share > 0 && share <= 1, "share=%s: must be above 0 and at most 1", share);
    Check.atLeast("neighbours", neighbours, 1);
    Check.atLeast("around", around, 1);
    NumpyRandom.of(seed);
  }

  private static Balance of(Method method, long seed) {
    return new Balance(method, 1, 5, 10, false, seed);
  }

  /** Rows of smaller classes once more, drawn at random, up to the size of the largest class. */
  public static Balance oversample(long seed) {
    return of(Method.OVERSAMPLE, seed);
  }

  /** Rows of larger classes left out at random, down to the size of the smallest class. */
  public static Balance undersample(long seed) {
    return of(Method.UNDERSAMPLE, seed);
  }

  /** New rows between 5 neighbours. */
  public static Balance smote(long seed) {
    return of(Method.SMOTE, seed);
  }

  /** New rows between 5 neighbours, near other classes. */
  public static Balance borderlineSmote(long seed) {
    return of(Method.BORDERLINE_SMOTE, seed);
  }

  /** New rows between 5 neighbours, more of them near other classes. */
  public static Balance adasyn(long seed) {
    return of(Method.ADASYN, seed);
  }

  /** Returns a copy that balances up to, or down to, this share. */
  public Balance withShare(double wanted) {
    return new Balance(method, wanted, neighbours, around, keepsWhole, seed);
  }

  /** Returns a copy with this number of neighbours. */
  public Balance withNeighbours(int number) {
    return new Balance(method, share, number, around, keepsWhole, seed);
  }

  /** Returns a copy that looks at this number of rows of any class around a row. */
  public Balance withAround(int number) {
    return new Balance(method, share, neighbours, number, keepsWhole, seed);
  }

  /** Returns a copy that makes no numbers between whole ones. */
  public Balance withWholeKept() {
    return new Balance(method, share, neighbours, around, true, seed);
  }

  /** How many rows each class has. */
  public static BalanceReport report(Samples rows) {
    return BalanceReport.of(rows, "");
  }

  /**
   * How many rows each class has, in all and in each group.
   *
   * @param groups what a group is, as {@link Samples#groupNames} has it, such as {@code recording}
   */
  public static BalanceReport report(Samples rows, String groups) {
    return BalanceReport.of(rows, groups);
  }

  /**
   * The balanced rows.
   *
   * @param rows each with a class
   * @throws IllegalArgumentException naming a row without a class; for new rows also a feature of
   *     text, a cell that is not finite, or a class with a single row
   */
  public Samples apply(Samples rows) {
    List<int[]> members = members(rows);
    int[] sizes = members.stream().mapToInt(m -> m.length).toArray();
    NumpyRandom random = NumpyRandom.of(seed);
    return switch (method) {
      case OVERSAMPLE -> rows.rows(oversampled(rows.rowCount(), members, sizes, random));
      case UNDERSAMPLE -> rows.rows(undersampled(members, sizes, random));
      case SMOTE, BORDERLINE_SMOTE, ADASYN ->
          new Synthetic(this, rows, random).added(members, missing(sizes));
    };
  }

  /** The rows of each class, in the order of the classes. */
  private static List<int[]> members(Samples rows) {
    List<String> classes = rows.classes();
    int without = classes.indexOf("");
    Check.that(
        without < 0,
        "'%s' has no class at row %d: leave such rows out with labelled()",
        rows.id(),
        without);
    List<int[]> members = new ArrayList<>();
    for (String name : classes.stream().distinct().sorted(Split.ORDER).toList()) {
      members.add(
          IntStream.range(0, classes.size()).filter(i -> classes.get(i).equals(name)).toArray());
    }
    return members;
  }

  /** How many rows each class lacks. */
  private int[] missing(int[] sizes) {
    int largest = Arrays.stream(sizes).max().orElse(0);
    return Arrays.stream(sizes).map(n -> Math.max(0, (int) (share * largest) - n)).toArray();
  }

  private int[] oversampled(int count, List<int[]> members, int[] sizes, NumpyRandom random) {
    int[] missing = missing(sizes);
    int[] all = Arrays.copyOf(range(count), count + Arrays.stream(missing).sum());
    int at = count;
    for (int c = 0; c < sizes.length; c++) {
      for (int i = 0; i < missing[c]; i++) {
        all[at++] = members.get(c)[random.upTo(sizes[c] - 1)];
      }
    }
    return all;
  }

  private int[] undersampled(List<int[]> members, int[] sizes, NumpyRandom random) {
    int smallest = Arrays.stream(sizes).min().orElse(0);
    int most = (int) Math.min(Integer.MAX_VALUE, smallest / share);
    IntStream.Builder kept = IntStream.builder();
    for (int c = 0; c < sizes.length; c++) {
      int[] of = members.get(c);
      int[] order = sizes[c] > most ? random.permutation(sizes[c]) : range(sizes[c]);
      Arrays.stream(order).limit(most).forEach(i -> kept.add(of[i]));
    }
    return kept.build().sorted().toArray();
  }

  private static int[] range(int count) {
    return IntStream.range(0, count).toArray();
  }

  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(method.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    text.append(" (seed ").append(seed).append(')');
    if (share != 1) {
      text.append(", to a share of ").append(share);
    }
    if (neighbours != 5) {
      text.append(", ").append(neighbours).append(" neighbours");
    }
    if (around != 10) {
      text.append(", ").append(around).append(" rows around");
    }
    return text.append(keepsWhole ? ", whole numbers kept" : "").toString();
  }
}
