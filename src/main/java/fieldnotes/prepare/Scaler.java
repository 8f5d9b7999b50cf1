package fieldnotes.prepare;

import fieldnotes.common.Check;
import fieldnotes.table.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * Puts columns on one scale: (x − centre) / scale, column by column. What was learnt from one table
 * is applied to another, and undone by {@link #inverse(Matrix)}. As scikit-learn does, a column
 * without spread keeps the scale 1; {@link #warnings()} names it.
 *
 * @param kind how centre and scale were found
 * @param columns the names of the columns, in order
 * @param centre what is taken off, in the column's own unit, shape [columns]
 * @param scale what is divided by, in the column's own unit, above 0, shape [columns]
 * @param warnings what is legal but senseless, such as columns without spread
 * @see "StandardScaler, MinMaxScaler and RobustScaler of scikit-learn 1.9"
 */
public record Scaler(
    Kind kind, List<String> columns, double[] centre, double[] scale, List<String> warnings) {

  /** What centre and scale are. */
  public enum Kind {
    /** The mean and the standard deviation (divided by n): the result has mean 0, deviation 1. */
    STANDARD,
    /** The least value and the range: the result lies within 0 and 1. */
    MIN_MAX,
    /** The median and the range of the middle half (IQR): outliers do not move it. */
    ROBUST
  }

  /** Checks the shapes. */
  public Scaler {
    columns = List.copyOf(columns);
    warnings = List.copyOf(warnings);
    centre = centre.clone();
    scale = scale.clone();
    Check.sameLength("centre", centre.length, "columns", columns.size());
    Check.sameLength("scale", scale.length, "columns", columns.size());
    for (double s : scale) {
      Check.positive("scale", s);
    }
  }

  /** Mean 0 and standard deviation 1 for every numeric column of the table. */
  public static Scaler standard(Table table) {
    return fit(Kind.STANDARD, Matrix.ofNumeric(table));
  }

  /** Mean 0 and standard deviation 1 for every column, shape [rows][columns]. */
  public static Scaler standard(double[][] x) {
    return fit(Kind.STANDARD, Matrix.of(x));
  }

  /** 0 to 1 for every numeric column of the table. */
  public static Scaler minMax(Table table) {
    return fit(Kind.MIN_MAX, Matrix.ofNumeric(table));
  }

  /** 0 to 1 for every column, shape [rows][columns]. */
  public static Scaler minMax(double[][] x) {
    return fit(Kind.MIN_MAX, Matrix.of(x));
  }

  /** Median 0 and middle half 1 wide for every numeric column of the table. */
  public static Scaler robust(Table table) {
    return fit(Kind.ROBUST, Matrix.ofNumeric(table));
  }

  /** Median 0 and middle half 1 wide for every column, shape [rows][columns]. */
  public static Scaler robust(double[][] x) {
    return fit(Kind.ROBUST, Matrix.of(x));
  }

  /**
   * Learns centre and scale of each column.
   *
   * @throws IllegalArgumentException naming row and column of the first cell that is not finite
   */
  public static Scaler fit(Kind kind, Matrix x) {
    x.requireFinite("the matrix to scale");
    int columns = x.columnCount();
    double[] centre = new double[columns];
    double[] scale = new double[columns];
    List<String> flat = new ArrayList<>();
    for (int j = 0; j < columns; j++) {
      double[] cells = x.column(j);
      boolean constant;
      switch (kind) {
        case STANDARD -> {
          double mean = mean(cells);
          double variance = variance(cells, mean);
          centre[j] = mean;
          scale[j] = Math.sqrt(variance);
          constant = isConstant(variance, mean, cells.length);
        }
        case MIN_MAX -> {
          double least = Arrays.stream(cells).min().getAsDouble();
          centre[j] = least;
          scale[j] = Arrays.stream(cells).max().getAsDouble() - least;
          constant = scale[j] < 10 * Math.ulp(1.0);
        }
        default -> {
          Arrays.sort(cells);
          centre[j] = quantile(cells, 0.5);
          scale[j] = quantile(cells, 0.75) - quantile(cells, 0.25);
          constant = scale[j] < 10 * Math.ulp(1.0);
        }
      }
      Check.that(
          Double.isFinite(scale[j]) && Double.isFinite(centre[j]),
          "column '%s' has numbers so large that its spread overflows: rescale it first",
          x.names().get(j));
      if (constant) {
        scale[j] = 1;
        flat.add(x.names().get(j));
      }
    }
    List<String> warnings = new ArrayList<>();
    if (!flat.isEmpty()) {
      warnings.add(
          kind == Kind.ROBUST
              ? "the middle half of %s is one value: not divided by anything".formatted(flat)
              : "%s never changes: it tells rows apart in nothing, leave it out".formatted(flat));
    }
    return new Scaler(kind, x.names(), centre, scale, warnings);
  }

  /** What is taken off each column, shape [columns]. */
  @Override
  public double[] centre() {
    return centre.clone();
  }

  /** What each column is divided by, shape [columns]. */
  @Override
  public double[] scale() {
    return scale.clone();
  }

  /** Scaled copies of rows; shape [rows][columns], columns in the order of the fit. */
  public double[][] apply(double[][] x) {
    return map(x, true);
  }

  /** The rows in their own units again; shape [rows][columns]. */
  public double[][] inverse(double[][] scaled) {
    return map(scaled, false);
  }

  /** The fitted columns of a matrix, found by name, scaled. */
  public Matrix apply(Matrix x) {
    return Matrix.of(columns, map(x.select(columns).values(), true));
  }

  /** The fitted columns of a scaled matrix, found by name, in their own units again. */
  public Matrix inverse(Matrix scaled) {
    return Matrix.of(columns, map(scaled.select(columns).values(), false));
  }

  /**
   * A copy of the table in which the fitted columns, found by name, are scaled; the others stay.
   */
  public Table apply(Table table) {
    return mapTable(table, true);
  }

  /** A copy of a scaled table in which the fitted columns have their own units again. */
  public Table inverse(Table scaled) {
    return mapTable(scaled, false);
  }

  private Table mapTable(Table table, boolean forth) {
    Matrix mapped = Matrix.of(columns, map(Matrix.from(table, columns).values(), forth));
    Table copy = table.copy();
    for (int j = 0; j < columns.size(); j++) {
      copy.replaceColumn(columns.get(j), DoubleColumn.create(columns.get(j), mapped.column(j)));
    }
    return copy;
  }

  private double[][] map(double[][] x, boolean forth) {
    double[][] y = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      Check.that(
          x[i].length == centre.length,
          "row %d has %d columns, but the scaler was fitted on %d: %s",
          i,
          x[i].length,
          centre.length,
          columns);
      double[] row = new double[centre.length];
      for (int j = 0; j < row.length; j++) {
        row[j] = forth ? (x[i][j] - centre[j]) / scale[j] : x[i][j] * scale[j] + centre[j];
      }
      y[i] = row;
    }
    return y;
  }

  /** The mean, found in two passes so that large offsets do not blur it. */
  static double mean(double[] x) {
    double sum = 0;
    for (double v : x) {
      sum += v;
    }
    double mean = sum / x.length;
    double rest = 0;
    for (double v : x) {
      rest += v - mean;
    }
    return mean + rest / x.length;
  }

  /** The mean squared distance from the mean (divided by n). */
  static double variance(double[] x, double mean) {
    double sum = 0;
    for (double v : x) {
      sum += (v - mean) * (v - mean);
    }
    return sum / x.length;
  }

  /** Whether a variance cannot be told from rounding (Chan, Golub and LeVeque 1983). */
  static boolean isConstant(double variance, double mean, int rows) {
    double eps = Math.ulp(1.0);
    double blur = rows * mean * eps;
    return variance <= rows * eps * variance + blur * blur;
  }

  /** The value below which a share {@code q} of sorted numbers lies, interpolated between them. */
  static double quantile(double[] sorted, double q) {
    double at = q * (sorted.length - 1);
    int below = (int) Math.floor(at);
    if (below + 1 >= sorted.length) {
      return sorted[sorted.length - 1];
    }
    return sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
  }

  /** Equal kinds, columns, centres and scales. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Scaler s
        && kind == s.kind
        && columns.equals(s.columns)
        && Arrays.equals(centre, s.centre)
        && Arrays.equals(scale, s.scale);
  }

  @Override
  public int hashCode() {
    return 31 * columns.hashCode() + Arrays.hashCode(scale) + 7 * Arrays.hashCode(centre);
  }

  @Override
  public String toString() {
    return "%s scaler of %d columns%s"
        .formatted(
            kind.name().toLowerCase(Locale.ROOT).replace('_', '–'),
            columns.size(),
            warnings.isEmpty() ? "" : " (" + String.join("; ", warnings) + ")");
  }
}
