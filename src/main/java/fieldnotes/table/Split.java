package fieldnotes.table;

import fieldnotes.common.Check;
import fieldnotes.math.NumpyRandom;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import tech.tablesaw.api.Table;

/**
 * A train/test split of rows. {@link #random} and {@link #stratified} return the same rows in the
 * same order as scikit-learn's {@code train_test_split} with the same seed.
 *
 * @param train row numbers of the training set, from 0, in the order drawn
 * @param test row numbers of the test set, from 0, in the order drawn
 */
public record Split(int[] train, int[] test) {
  /** Copies the row numbers. */
  public Split {
    train = train.clone();
    test = test.clone();
  }

  @Override
  public int[] train() {
    return train.clone();
  }

  @Override
  public int[] test() {
    return test.clone();
  }

  /** The training rows of a table, in the order drawn. */
  public Table train(Table table) {
    return rows(table, train, "train");
  }

  /** The test rows of a table, in the order drawn. */
  public Table test(Table table) {
    return rows(table, test, "test");
  }

  private Table rows(Table table, int[] rows, String part) {
    Check.that(
        table.rowCount() == train.length + test.length,
        "table '%s' has %d rows, but this split is of %d",
        table.name(),
        table.rowCount(),
        train.length + test.length);
    Table chosen = Table.create(table.name() + " (" + part + ")");
    table
        .columns()
        .forEach(column -> chosen.addColumns(column.subset(rows))); // Table.rows() would sort them
    return chosen;
  }

  /**
   * A random split.
   *
   * @param rows number of rows, at least 2
   * @param testShare test fraction, above 0 and below 1; rounded up to whole rows
   * @param seed 0 to 4294967295
   */
  public static Split random(int rows, double testShare, long seed) {
    return random(rows, testShare, NumpyRandom.of(seed));
  }

  /** A random split by a generator that goes on. */
  public static Split random(int rows, double testShare, NumpyRandom random) {
    int testRows = testRows(rows, testShare);
    int[] order = random.permutation(rows);
    return new Split(
        Arrays.copyOfRange(order, testRows, rows), Arrays.copyOfRange(order, 0, testRows));
  }

  private static int testRows(int rows, double testShare) {
    Check.atLeast("rows", rows, 2);
    Check.that(
        testShare > 0 && testShare < 1,
        "testShare=%s: must lie between 0 and 1, both excluded",
        testShare);
    int testRows = (int) Math.ceil(testShare * rows);
    Check.that(
        testRows < rows,
        "testShare=%s of %d rows leaves no row to train on: choose a smaller share",
        testShare,
        rows);
    return testRows;
  }

  /**
   * A random split that keeps the class proportions in both sets.
   *
   * @param classes class of each row; ordered naturally, text by code point
   * @param testShare test fraction, above 0 and below 1
   * @param seed 0 to 4294967295
   * @throws IllegalArgumentException if a class has a single row, or a set would have fewer rows
   *     than there are classes
   */
  public static Split stratified(
      List<? extends Comparable<?>> classes, double testShare, long seed) {
    return stratified(codes(classes), testShare, seed);
  }

  /** A stratified split by numeric classes, shape [rows]. */
  public static Split stratified(int[] classes, double testShare, long seed) {
    return stratified(classes, testShare, NumpyRandom.of(seed));
  }

  /** A stratified split by a generator that goes on. */
  public static Split stratified(int[] classes, double testShare, NumpyRandom random) {
    return stratified(classes, testShare, random, 1).getFirst();
  }

  /**
   * Several stratified splits from one generator, as {@code StratifiedShuffleSplit} returns.
   *
   * @param splits number of splits, at least 1
   */
  public static List<Split> stratified(int[] classes, double testShare, long seed, int splits) {
    return stratified(classes, testShare, NumpyRandom.of(seed), splits);
  }

  private static List<Split> stratified(
      int[] classes, double testShare, NumpyRandom random, int splits) {
    Check.atLeast("splits", splits, 1);
    int testRows = testRows(classes.length, testShare);
    int trainRows = classes.length - testRows;
    TreeMap<Integer, List<Integer>> byClass = new TreeMap<>();
    for (int i = 0; i < classes.length; i++) {
      byClass.computeIfAbsent(classes[i], c -> new ArrayList<>()).add(i);
    }
    int[][] members = new int[byClass.size()][];
    int[] counts = new int[members.length];
    int c = 0;
    for (var entry : byClass.entrySet()) {
      members[c] = entry.getValue().stream().mapToInt(Integer::intValue).toArray();
      counts[c] = members[c].length;
      Check.that(
          counts[c] >= 2,
          "class %s has a single row (row %d): a stratified split needs at least 2 of each",
          entry.getKey(),
          members[c][0]);
      c++;
    }
    Check.that(
        trainRows >= counts.length && testRows >= counts.length,
        "testShare=%s of %d rows gives %d to train and %d to test on, fewer than the %d classes:"
            + " choose another share",
        testShare,
        classes.length,
        trainRows,
        testRows,
        counts.length);
    List<Split> made = new ArrayList<>();
    for (int s = 0; s < splits; s++) {
      made.add(oneStratified(members, counts, trainRows, testRows, random));
    }
    return made;
  }

  private static Split oneStratified(
      int[][] members, int[] counts, int trainRows, int testRows, NumpyRandom random) {
    int[] trainQuota = quota(counts, trainRows, random);
    int[] left = new int[counts.length];
    for (int c = 0; c < left.length; c++) {
      left[c] = counts[c] - trainQuota[c];
    }
    int[] testQuota = quota(left, testRows, random);
    IntStream.Builder train = IntStream.builder();
    IntStream.Builder test = IntStream.builder();
    for (int c = 0; c < counts.length; c++) {
      int[] order = random.permutation(counts[c]);
      for (int k = 0; k < Math.min(order.length, trainQuota[c] + testQuota[c]); k++) {
        (k < trainQuota[c] ? train : test).add(members[c][order[k]]);
      }
    }
    int[] trainList = train.build().toArray();
    int[] testList = test.build().toArray();
    random.shuffle(trainList);
    random.shuffle(testList);
    return new Split(trainList, testList);
  }

  /**
   * Rows to draw per class: the exact share rounded down, with the remaining draws given to the
   * largest remainders. The order of operations follows scikit-learn, as rounding decides between
   * nearly equal remainders.
   */
  private static int[] quota(int[] counts, int draws, NumpyRandom random) {
    double total = 0;
    for (int count : counts) {
      total += count;
    }
    int[] quota = new int[counts.length];
    double[] remainder = new double[counts.length];
    int missing = draws;
    for (int c = 0; c < counts.length; c++) {
      double exact = counts[c] / total * draws;
      quota[c] = (int) Math.floor(exact);
      remainder[c] = exact - quota[c];
      missing -= quota[c];
    }
    double[] distinct = Arrays.stream(remainder).distinct().sorted().toArray();
    for (int d = distinct.length - 1; d >= 0 && missing > 0; d--) {
      double value = distinct[d];
      int[] having = IntStream.range(0, counts.length).filter(c -> remainder[c] == value).toArray();
      int take = Math.min(having.length, missing);
      int[] order = random.permutation(having.length);
      for (int k = 0; k < take; k++) {
        quota[having[order[k]]]++;
      }
      missing -= take;
    }
    return quota;
  }

  /**
   * A split that is stable when rows are added or reordered: a row is in the test set if the CRC-32
   * of its id (8 bytes, little-endian) is below {@code testShare} · 2³².
   *
   * @param ids a permanent id of each row, shape [rows]
   * @param testShare expected test fraction, above 0 and below 1
   */
  public static Split byId(long[] ids, double testShare) {
    Check.that(
        testShare > 0 && testShare < 1,
        "testShare=%s: must lie between 0 and 1, both excluded",
        testShare);
    double limit = testShare * 4294967296.0;
    IntStream.Builder train = IntStream.builder();
    IntStream.Builder test = IntStream.builder();
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < ids.length; i++) {
      CRC32 crc = new CRC32();
      crc.update(bytes.putLong(0, ids[i]).array());
      (crc.getValue() < limit ? test : train).add(i);
    }
    return new Split(train.build().toArray(), test.build().toArray());
  }

  /**
   * Encodes the distinct values as 0, 1, … in natural order, text by code point.
   *
   * @param values none missing
   */
  static int[] codes(List<? extends Comparable<?>> values) {
    TreeMap<Comparable<?>, Integer> codes = new TreeMap<>(ORDER);
    int row = 0;
    for (Comparable<?> value : values) {
      Check.that(value != null, "row %d has no class: fill or drop it first", row);
      codes.put(value, 0);
      row++;
    }
    int next = 0;
    for (var entry : codes.entrySet()) {
      entry.setValue(next++);
    }
    return values.stream().mapToInt(codes::get).toArray();
  }

  /** Natural order; text by code point as in Python, not by UTF-16 unit. */
  @SuppressWarnings("unchecked")
  public static final Comparator<Comparable<?>> ORDER =
      (a, b) ->
          a instanceof String left && b instanceof String right
              ? Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray())
              : ((Comparable<Object>) a).compareTo(b);

  /** Whether both splits have the same rows in the same order. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Split split
        && Arrays.equals(train, split.train)
        && Arrays.equals(test, split.test);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(train) + Arrays.hashCode(test);
  }

  @Override
  public String toString() {
    return "split: %d rows to train on, %d held back".formatted(train.length, test.length);
  }
}
