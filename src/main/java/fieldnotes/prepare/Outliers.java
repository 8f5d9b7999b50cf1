package fieldnotes.prepare;

import fieldnotes.common.Check;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Cells far from the rest of their column: the bounds are learnt from training rows. As a step, a
 * cell beyond a bound becomes the bound; {@link #find} only counts such cells.
 *
 * @param options how "far" is decided
 * @param columns the names of the columns
 * @param low a cell below this is an outlier, shape [columns]
 * @param high a cell above this is an outlier, shape [columns]
 */
public record Outliers(Options options, List<String> columns, double[] low, double[] high)
    implements Step.Fitted {

  /** What "far" is measured by. */
  public enum Rule {
    /** Multiples of the middle half (IQR) below its lower or above its upper end. */
    IQR,
    /** Multiples of the standard deviation (divided by n) from the mean. */
    Z_SCORE
  }

  /**
   * How "far" is decided.
   *
   * @param rule what it is measured by
   * @param reach how many of them are still near, above 0
   */
  public record Options(Rule rule, double reach) implements Step<Outliers> {
    /** Checks the number. */
    public Options {
      Check.positive("reach", reach);
    }

    /**
     * Learns the bounds of every numeric feature.
     *
     * @throws IllegalArgumentException naming row and column of the first cell that is not finite
     */
    @Override
    public Outliers fit(Samples rows) {
      return Outliers.fit(this, rows.numeric());
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "beyond %s %s", reach, rule == Rule.IQR ? "× IQR" : "standard deviations");
    }
  }

  /**
   * What was found in some rows.
   *
   * @param columns the names of the columns
   * @param low a cell below this is an outlier, shape [columns]
   * @param high a cell above this is an outlier, shape [columns]
   * @param cells for each row, how many of its cells are outliers, shape [rows]
   * @param counts outliers of each column, shape [columns]
   * @param rule how "far" was decided, in words
   */
  public record Found(
      List<String> columns, double[] low, double[] high, int[] cells, int[] counts, String rule) {
    /** Copies list and arrays. */
    public Found {
      columns = List.copyOf(columns);
      low = low.clone();
      high = high.clone();
      cells = cells.clone();
      counts = counts.clone();
    }

    @Override
    public double[] low() {
      return low.clone();
    }

    @Override
    public double[] high() {
      return high.clone();
    }

    @Override
    public int[] cells() {
      return cells.clone();
    }

    @Override
    public int[] counts() {
      return counts.clone();
    }

    /** The rows with an outlier in any column, counted from 0. */
    public int[] rows() {
      return IntStream.range(0, cells.length).filter(i -> cells[i] > 0).toArray();
    }

    /** Bounds and outliers, one row per column. */
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
      return String.format(
          Locale.ROOT,
          "%d outliers in %d of %d rows (%s)",
          Arrays.stream(counts).sum(),
          rows().length,
          cells.length,
          rule);
    }
  }

  /** Copies the list and checks the shapes. */
  public Outliers {
    columns = List.copyOf(columns);
    low = low.clone();
    high = high.clone();
    Check.sameLength("low", low.length, "columns", columns.size());
    Check.sameLength("high", high.length, "columns", columns.size());
    for (int j = 0; j < low.length; j++) {
      Check.that(low[j] <= high[j], "low=%s, high=%s: must be in order", low[j], high[j]);
    }
  }

  @Override
  public double[] low() {
    return low.clone();
  }

  @Override
  public double[] high() {
    return high.clone();
  }

  /** Beyond 1.5 times the middle half (IQR) from it, as the whiskers of a box plot end. */
  public static Options byIqr() {
    return byIqr(1.5);
  }

  /** Beyond {@code reach} times the middle half (IQR) from it; 1.5 is Tukey's. */
  public static Options byIqr(double reach) {
    return new Options(Rule.IQR, reach);
  }

  /** More than 3 standard deviations from the mean. */
  public static Options byZScore() {
    return byZScore(3);
  }

  /** More than {@code deviations} standard deviations (divided by n) from the mean. */
  public static Options byZScore(double deviations) {
    return new Options(Rule.Z_SCORE, deviations);
  }

  private static Outliers fit(Options options, Matrix x) {
    x.requireFinite("the matrix");
    int columns = x.columnCount();
    double[] low = new double[columns];
    double[] high = new double[columns];
    for (int j = 0; j < columns; j++) {
      double[] sorted = x.column(j);
      Arrays.sort(sorted);
      if (options.rule == Rule.IQR) {
        double lower = Scaler.quantile(sorted, 0.25);
        double upper = Scaler.quantile(sorted, 0.75);
        low[j] = lower - options.reach * (upper - lower);
        high[j] = upper + options.reach * (upper - lower);
      } else {
        double mean = Scaler.mean(sorted);
        double reach = options.reach * Scaler.deviation(sorted, mean);
        low[j] = mean - reach;
        high[j] = mean + reach;
      }
    }
    return new Outliers(options, x.names(), low, high);
  }

  /** The outliers of some rows by these bounds. */
  public Found find(Rows x) {
    double[][] rows = x.matrix().select(columns).values();
    int[] counts = new int[low.length];
    int[] cells = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < low.length; j++) {
        if (rows[i][j] < low[j] || rows[i][j] > high[j]) {
          counts[j]++;
          cells[i]++;
        }
      }
    }
    return new Found(columns, low, high, cells, counts, options.toString());
  }

  /** A cell beyond a bound becomes the bound; a missing one stays missing. */
  @Override
  public Matrix apply(Matrix x) {
    Matrix chosen = x.select(columns);
    for (double[] row : chosen.values()) {
      for (int j = 0; j < row.length; j++) {
        row[j] = Double.isNaN(row[j]) ? row[j] : Math.clamp(row[j], low[j], high[j]);
      }
    }
    return chosen;
  }

  /** Equal bounds of equal columns. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Outliers o
        && options.equals(o.options)
        && columns.equals(o.columns)
        && Arrays.equals(low, o.low)
        && Arrays.equals(high, o.high);
  }

  @Override
  public int hashCode() {
    return 31 * columns.hashCode() + Arrays.hashCode(low) + 7 * Arrays.hashCode(high);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "outliers %s of %d columns", options, columns.size());
  }
}
