package fieldnotes.table;

import fieldnotes.common.Check;
import fieldnotes.math.Pairwise;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

/** Descriptive statistics of tables and columns, laid out as pandas does. */
public final class Describe {
  private static final String[] STATISTICS = {
    "count", "mean", "std", "min", "25%", "50%", "75%", "max"
  };

  private Describe() {}

  /** One row per column: the number of non-missing cells and the NumPy name of the type. */
  public static Table info(Table table) {
    StringColumn name = StringColumn.create("Column");
    IntColumn filled = IntColumn.create("Non-Null Count");
    StringColumn type = StringColumn.create("Dtype");
    for (Column<?> column : table.columns()) {
      name.append(column.name());
      filled.append(column.size() - column.countMissing());
      type.append(typeName(column.type()));
    }
    return Table.create(
        "%s: %d rows".formatted(table.name(), table.rowCount()), name, filled, type);
  }

  private static String typeName(ColumnType type) {
    if (type.equals(ColumnType.DOUBLE)) {
      return "float64";
    } else if (type.equals(ColumnType.FLOAT)) {
      return "float32";
    } else if (type.equals(ColumnType.INTEGER)) {
      return "int32";
    } else if (type.equals(ColumnType.LONG)) {
      return "int64";
    } else if (type.equals(ColumnType.BOOLEAN)) {
      return "bool";
    }
    return type.equals(ColumnType.STRING) ? "object" : type.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Count, mean, standard deviation (n − 1), minimum, quartiles and maximum of each numeric column,
   * without missing cells. One row per statistic.
   */
  public static Table summary(Table table) {
    Table summary = Table.create(table.name() + ": summary");
    summary.addColumns(StringColumn.create("statistic", STATISTICS));
    for (String name : Matrix.ofNumeric(table).names()) {
      summary.addColumns(shown(DoubleColumn.create(name, statistics(Matrix.column(table, name)))));
    }
    return summary;
  }

  /** The same statistics for an array, such as the scores of folds; NaN is ignored. */
  public static Table summary(String name, double[] values) {
    return Table.create(
        name + ": summary",
        StringColumn.create("statistic", STATISTICS),
        shown(DoubleColumn.create(name, statistics(values))));
  }

  /** Count, mean, std, min, quartiles and max, shape [8]; NaN is ignored. */
  public static double[] statistics(double[] values) {
    double[] sorted = present(values);
    if (sorted.length == 0) {
      double[] none = new double[8];
      Arrays.fill(none, 1, 8, Double.NaN);
      return none;
    }
    return new double[] {
      sorted.length,
      mean(sorted),
      standardDeviation(sorted),
      sorted[0],
      ofSorted(sorted, 0.25),
      ofSorted(sorted, 0.5),
      ofSorted(sorted, 0.75),
      sorted[sorted.length - 1]
    };
  }

  private static double[] present(double[] values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
  }

  /**
   * The mean of scores as NumPy adds them up, to the last bit, which decides between candidates
   * with the same scores on other folds; {@link #mean} where one is NaN or the sum overflows.
   */
  public static double meanAsNumpy(double[] values) {
    double mean = Pairwise.sum(values) / values.length;
    return Double.isFinite(mean) ? mean : mean(values);
  }

  /** The mean by compensated summation, ignoring NaN; NaN if there are no values. */
  public static double mean(double[] values) {
    double sum = 0;
    double lost = 0;
    int count = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        double next = sum + value;
        lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
        sum = next;
        count++;
      }
    }
    double mean = (sum + lost) / count;
    if (Double.isFinite(mean) || count == 0) {
      return mean;
    }
    // The sum has overflowed, or a value is infinite.
    double[] small =
        Arrays.stream(values).filter(v -> !Double.isNaN(v)).map(v -> Math.scalb(v, -64)).toArray();
    double plain = Arrays.stream(small).sum();
    return Double.isFinite(plain) ? Math.scalb(mean(small), 64) : plain;
  }

  /** The standard deviation with divisor n − 1, ignoring NaN. */
  public static double standardDeviation(double[] values) {
    double mean = mean(values);
    double[] squares = new double[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      squares[i] = (values[i] - mean) * (values[i] - mean);
      count += Double.isNaN(values[i]) ? 0 : 1;
    }
    double variance = mean(squares) * count / (count - 1);
    if (!Double.isFinite(mean) || (variance < Double.MAX_VALUE && variance > 1e-290)) {
      return Math.sqrt(variance);
    }
    // The squares have overflowed or underflowed, or all values are equal.
    double[] off = Arrays.stream(values).map(v -> v / 2 - mean / 2).toArray();
    int power = scale(off);
    for (int i = 0; i < off.length; i++) {
      squares[i] = off[i] * off[i];
    }
    return Math.scalb(Math.sqrt(mean(squares) * count / (count - 1)), power + 1);
  }

  /** Scales values by a power of two, the largest to about 1; NaN stays. */
  private static int scale(double[] values) {
    double largest = 0;
    for (double v : values) {
      largest = Math.abs(v) > largest ? Math.abs(v) : largest;
    }
    int power = largest == 0 ? 0 : Math.getExponent(largest);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.scalb(values[i], -power);
    }
    return power;
  }

  /**
   * The q-quantile by linear interpolation at (n − 1)·q, the default of NumPy and pandas; NaN is
   * ignored.
   *
   * @param q 0 to 1
   */
  public static double quantile(double[] values, double q) {
    Check.within("q", q, 0, 1);
    double[] sorted = present(values);
    return sorted.length == 0 ? Double.NaN : ofSorted(sorted, q);
  }

  private static double ofSorted(double[] sorted, double q) {
    double place = q * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    double share = place - below;
    double step = sorted[above] - sorted[below];
    if (Double.isInfinite(step)) {
      return sorted[below] * (1 - share) + sorted[above] * share;
    }
    return share >= 0.5 ? sorted[above] - step * (1 - share) : sorted[below] + step * share;
  }

  /** The count of each value of a column, most frequent first; missing cells are ignored. */
  public static Table valueCounts(Table table, String column) {
    Column<?> cells = Matrix.named(table, column);
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      if (!cells.isMissing(i)) {
        counts.merge(cells.getString(i), 1, Integer::sum);
      }
    }
    List<Map.Entry<String, Integer>> sorted = new ArrayList<>(counts.entrySet());
    sorted.sort(Map.Entry.<String, Integer>comparingByValue().reversed());
    return Table.create(
        column + ": counts",
        StringColumn.create(column, sorted.stream().map(Map.Entry::getKey)),
        IntColumn.create("count", sorted.stream().mapToInt(Map.Entry::getValue)));
  }

  /**
   * Pearson correlation of each pair of numeric columns, over the rows where both are present.
   *
   * @return one row and one column per numeric column
   */
  public static Table correlations(Table table) {
    Matrix x = Matrix.ofNumeric(table);
    double[][] columns = new double[x.columnCount()][];
    Arrays.setAll(columns, x::column);
    Table result = Table.create(table.name() + ": correlations");
    result.addColumns(StringColumn.create("column", x.names()));
    for (int j = 0; j < columns.length; j++) {
      double[] cells = new double[columns.length];
      for (int i = 0; i < columns.length; i++) {
        cells[i] = correlation(columns[i], columns[j]);
      }
      result.addColumns(shown(DoubleColumn.create(x.names().get(j), cells)));
    }
    return result;
  }

  /** The correlation of every numeric column with {@code target}, largest first. */
  public static Table correlationsWith(Table table, String target) {
    Matrix x = Matrix.ofNumeric(table);
    double[] y = Matrix.column(table, target);
    double[] found = new double[x.columnCount()];
    Arrays.setAll(found, j -> correlation(x.column(j), y));
    List<Integer> order =
        IntStream.range(0, found.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer j) -> -found[j]))
            .toList();
    return Table.create(
        target + ": correlations",
        StringColumn.create("column", order.stream().map(x.names()::get)),
        shown(DoubleColumn.create(target, order.stream().mapToDouble(j -> found[j]))));
  }

  /**
   * Pearson correlation over the indices where neither value is NaN; NaN (missing) as in pandas
   * where one of the two is constant there, infinite, or has fewer than two values.
   */
  public static double correlation(double[] a, double[] b) {
    Check.sameLength("a", a.length, "b", b.length);
    double[] left = new double[a.length];
    double[] right = new double[a.length];
    int count = 0;
    for (int i = 0; i < a.length; i++) {
      if (!Double.isNaN(a[i]) && !Double.isNaN(b[i])) {
        left[count] = a[i];
        right[count++] = b[i];
      }
    }
    left = Arrays.copyOf(left, count);
    right = Arrays.copyOf(right, count);
    if (isConstant(left) || isConstant(right)) {
      return Double.NaN; // its mean may be rounded, which would look like a spread
    }
    centre(left);
    centre(right);
    double products = 0;
    double squaresLeft = 0;
    double squaresRight = 0;
    for (int i = 0; i < count; i++) {
      products += left[i] * right[i];
      squaresLeft += left[i] * left[i];
      squaresRight += right[i] * right[i];
    }
    double found = products / Math.sqrt(squaresLeft * squaresRight);
    return Math.max(-1, Math.min(1, found));
  }

  private static boolean isConstant(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  /** Subtracts the mean; values whose squares could overflow or underflow are scaled too. */
  private static void centre(double[] values) {
    double mean = mean(values);
    double largest = 0;
    for (int i = 0; i < values.length; i++) {
      double off = values[i] - mean;
      values[i] = Double.isInfinite(off) ? Double.NaN : off;
      largest = Math.max(largest, Math.abs(off));
    }
    if (largest > 1e70 || largest < 1e-70) {
      scale(values);
    }
  }

  /** Sets the column to print six decimals, as pandas does, independent of the locale. */
  public static DoubleColumn shown(DoubleColumn column) {
    return shown(column, 6);
  }

  /** Sets the column to print this number of decimals, independent of the locale. */
  public static DoubleColumn shown(DoubleColumn column, int decimals) {
    String pattern = decimals == 0 ? "0" : "0." + "0".repeat(decimals);
    DecimalFormat format =
        new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
    column.setPrintFormatter(new NumberColumnFormatter(format));
    return column;
  }
}
