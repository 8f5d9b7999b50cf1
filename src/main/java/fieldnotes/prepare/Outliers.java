package fieldnotes.prepare;

import fieldnotes.common.Check;
import fieldnotes.table.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Cells far from the rest of their column.
 *
 * @param rule how "far" was decided
 * @param columns the names of the columns
 * @param low a cell below this is an outlier, shape [columns]
 * @param high a cell above this is an outlier, shape [columns]
 * @param cells for each row, how many of its cells are outliers, shape [rows]
 * @param counts outliers of each column, shape [columns]
 */
public record Outliers(
    String rule, List<String> columns, double[] low, double[] high, int[] cells, int[] counts) {

  /** Copies the list. */
  public Outliers {
    columns = List.copyOf(columns);
  }

  /** Beyond 1.5 times the middle half (IQR) from it, as the whiskers of a box plot end. */
  public static Outliers byIqr(Table table) {
    return byIqr(Matrix.ofNumeric(table), 1.5);
  }

  /**
   * Beyond {@code reach} times the middle half (IQR) below its lower or above its upper end.
   *
   * @param reach 0 or more; 1.5 is Tukey's
   */
  public static Outliers byIqr(Matrix x, double reach) {
    Check.within("reach", reach, 0, Double.MAX_VALUE);
    return of(
        x,
        String.format(Locale.ROOT, "beyond %s × IQR", reach),
        sorted -> {
          double lower = Scaler.quantile(sorted, 0.25);
          double upper = Scaler.quantile(sorted, 0.75);
          return new double[] {lower - reach * (upper - lower), upper + reach * (upper - lower)};
        });
  }

  /** More than 3 standard deviations from the mean. */
  public static Outliers byZScore(Table table) {
    return byZScore(Matrix.ofNumeric(table), 3);
  }

  /** More than {@code deviations} standard deviations (divided by n) from the mean. */
  public static Outliers byZScore(Matrix x, double deviations) {
    Check.positive("deviations", deviations);
    return of(
        x,
        String.format(Locale.ROOT, "beyond %s standard deviations", deviations),
        sorted -> {
          double mean = Scaler.mean(sorted);
          double reach = deviations * Math.sqrt(Scaler.variance(sorted, mean));
          return new double[] {mean - reach, mean + reach};
        });
  }

  private interface Bounds {
    double[] of(double[] sorted);
  }

  private static Outliers of(Matrix x, String rule, Bounds bounds) {
    x.requireFinite("the matrix");
    int columns = x.columnCount();
    double[] low = new double[columns];
    double[] high = new double[columns];
    int[] counts = new int[columns];
    int[] cells = new int[x.rowCount()];
    for (int j = 0; j < columns; j++) {
      double[] sorted = x.column(j);
      Arrays.sort(sorted);
      double[] ends = bounds.of(sorted);
      low[j] = ends[0];
      high[j] = ends[1];
      for (int i = 0; i < cells.length; i++) {
        double v = x.values()[i][j];
        if (v < low[j] || v > high[j]) {
          counts[j]++;
          cells[i]++;
        }
      }
    }
    return new Outliers(rule, x.names(), low, high, cells, counts);
  }

  /** The rows with an outlier in any column, counted from 0. */
  public int[] rows() {
    return IntStream.range(0, cells.length).filter(i -> cells[i] > 0).toArray();
  }

  /** Bounds and outliers of each column, one row a column. */
  public Table toTable() {
    return Table.create(
        "outliers " + rule,
        StringColumn.create("column", columns),
        DoubleColumn.create("low", low),
        DoubleColumn.create("high", high),
        IntColumn.create("outliers", counts));
  }

  /** The same object only. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return "%d outliers in %d of %d rows (%s)"
        .formatted(Arrays.stream(counts).sum(), rows().length, cells.length, rule);
  }
}
