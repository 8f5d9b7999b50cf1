package fieldnotes.prepare;

import fieldnotes.common.Check;
import fieldnotes.table.Describe;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How many rows each class has, and in which groups.
 *
 * @param grouping what a group is, such as {@code recording}; empty if nobody asked
 * @param groups the groups, sorted by code point; one without a name if nobody asked
 * @param classes the classes, sorted by code point; empty text for rows without one
 * @param counts rows of each group and class, shape [groups][classes]
 */
public record BalanceReport(
    String grouping, List<String> groups, List<String> classes, int[][] counts) {
  /** Copies. */
  public BalanceReport {
    groups = List.copyOf(groups);
    classes = List.copyOf(classes);
    counts = copy(counts);
    Check.sameLength("counts", counts.length, "groups", groups.size());
  }

  private static int[][] copy(int[][] counts) {
    return Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
  }

  static BalanceReport of(Samples rows, String grouping) {
    List<String> of =
        grouping.isEmpty() ? Collections.nCopies(rows.rowCount(), "") : rows.groups(grouping);
    List<String> groups = of.stream().distinct().sorted(Split.ORDER).toList();
    List<String> classes = rows.classes().stream().distinct().sorted(Split.ORDER).toList();
    int[][] counts = new int[groups.size()][classes.size()];
    for (int i = 0; i < rows.rowCount(); i++) {
      counts[groups.indexOf(of.get(i))][classes.indexOf(rows.classes().get(i))]++;
    }
    return new BalanceReport(grouping, groups, classes, counts);
  }

  @Override
  public int[][] counts() {
    return copy(counts);
  }

  /** The rows of each class, shape [classes]. */
  public int[] rows() {
    return IntStream.range(0, classes.size()).map(this::rowsOf).toArray();
  }

  private int rowsOf(int code) {
    return Arrays.stream(counts).mapToInt(row -> row[code]).sum();
  }

  /** The largest class as a multiple of the smallest; NaN without rows. */
  public double ratio() {
    int[] rows = rows();
    return rows.length == 0
        ? Double.NaN
        : (double) Arrays.stream(rows).max().getAsInt() / Arrays.stream(rows).min().getAsInt();
  }

  /**
   * One row per class: its rows, their share; where groups were asked for, how many groups have it,
   * and its rows in the group with most.
   */
  public Table toTable() {
    int[] rows = rows();
    int all = Arrays.stream(rows).sum();
    Table table =
        Table.create(
            "classes",
            StringColumn.create("class", classes),
            IntColumn.create("rows", rows),
            Describe.shown(
                DoubleColumn.create("share", Arrays.stream(rows).mapToDouble(n -> 1.0 * n / all))));
    if (!grouping.isEmpty()) {
      table.addColumns(
          IntColumn.create("groups", perClass(c -> (int) in(c).filter(n -> n > 0).count())),
          IntColumn.create("most in one", perClass(c -> in(c).max().orElse(0))));
    }
    return table;
  }

  private IntStream in(int code) {
    return Arrays.stream(counts).mapToInt(row -> row[code]);
  }

  private IntStream perClass(IntUnaryOperator value) {
    return IntStream.range(0, classes.size()).map(value);
  }

  /** One row per group, one column of rows per class, which is called as the class. */
  public Table byGroup() {
    Table table = Table.create("classes by group");
    String name = grouping.isEmpty() ? "group" : grouping;
    table.addColumns(StringColumn.create(name, groups));
    for (int c = 0; c < classes.size(); c++) {
      String label = classes.get(c).isEmpty() ? "no class" : classes.get(c);
      while (table.containsColumn(label)) {
        label = "class " + label;
      }
      table.addColumns(IntColumn.create(label, in(c)));
    }
    return table;
  }

  /** Equal counts. */
  @Override
  public boolean equals(Object other) {
    return other instanceof BalanceReport that
        && grouping.equals(that.grouping)
        && groups.equals(that.groups)
        && classes.equals(that.classes)
        && Arrays.deepEquals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * classes.hashCode() + Arrays.deepHashCode(counts);
  }

  @Override
  public String toString() {
    int[] rows = rows();
    return IntStream.range(0, rows.length)
        .mapToObj(c -> (classes.get(c).isEmpty() ? "no class" : classes.get(c)) + " " + rows[c])
        .collect(
            Collectors.joining(
                ", ",
                rows.length + (rows.length == 1 ? " class: " : " classes: "),
                rows.length == 0
                    ? ""
                    : String.format(
                        Locale.ROOT, "; the largest is %.3g times the smallest", ratio())));
  }
}
