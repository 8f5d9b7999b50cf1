package fieldnotes.prepare;

import fieldnotes.common.Check;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * Puts columns on one scale: (x − centre) / scale, column by column, and where another range was
 * asked for, stretched to it. What was learnt from training rows is applied to any, and undone by
 * {@link #inverse(Matrix)}. As in scikit-learn, a column without spread keeps the scale 1; {@link
 * #warnings()} names it.
 *
 * @param options how centre and scale were found
 * @param columns the names of the columns, in order
 * @param centre what is subtracted, in the column's own unit, shape [columns]
 * @param scale what is divided by, in the column's own unit, above 0, shape [columns]
 * @param warnings what is legal but senseless, such as columns without spread
 * @see "StandardScaler, MinMaxScaler and RobustScaler of scikit-learn 1.9"
 */
public record Scaler(
    Options options, List<String> columns, double[] centre, double[] scale, List<String> warnings)
    implements Step.Fitted {

  /** What centre and scale are. */
  public enum Kind {
    /** The mean and the standard deviation (divided by n): the result has mean 0, deviation 1. */
    STANDARD,
    /** The least value and the range: the result lies within 0 and 1. */
    MIN_MAX,
    /** The median and the range of the middle half (IQR): outliers do not move it. */
    ROBUST
  }

  /**
   * How to scale.
   *
   * @param kind what centre and scale are
   * @param low what 0 becomes afterwards
   * @param high what 1 becomes afterwards, above {@code low}
   */
  public record Options(Kind kind, double low, double high) implements Step<Scaler> {
    /** Checks the range. */
    public Options {
      Check.that(
          low < high && Double.isFinite(low) && Double.isFinite(high),
          "low=%s, high=%s: low must be below high",
          low,
          high);
    }

    /**
     * Learns centre and scale of each numeric feature.
     *
     * @throws IllegalArgumentException naming row and column of the first cell that is not finite
     */
    @Override
    public Scaler fit(Samples rows) {
      return Scaler.fit(this, rows.numeric());
    }

    @Override
    public String toString() {
      if (kind == Kind.MIN_MAX) {
        return low + " to " + high;
      }
      return (kind == Kind.STANDARD ? "mean 0, deviation 1" : "median 0, middle half 1")
          + (low == 0 && high == 1 ? "" : " (then 0 becomes " + low + ", 1 becomes " + high + ")");
    }
  }

  /** Checks the shapes. */
  public Scaler {
    columns = List.copyOf(columns);
    warnings = List.copyOf(warnings);
    centre = centre.clone();
    scale = scale.clone();
    Check.sameLength("centre", centre.length, "columns", columns.size());
    Check.sameLength("scale", scale.length, "columns", columns.size());
    Check.that(
        new HashSet<>(columns).size() == columns.size(), "a column is scaled twice: %s", columns);
    for (int j = 0; j < scale.length; j++) {
      Check.positive("scale", scale[j]);
      Check.that(Double.isFinite(centre[j]), "centre=%s: must be finite", centre[j]);
    }
  }

  /** Mean 0 and standard deviation 1. */
  public static Options standard() {
    return new Options(Kind.STANDARD, 0, 1);
  }

  /** The least value becomes 0, the largest 1. */
  public static Options minMax() {
    return minMax(0, 1);
  }

  /** The least value becomes {@code low}, the largest {@code high}. */
  public static Options minMax(double low, double high) {
    return new Options(Kind.MIN_MAX, low, high);
  }

  /** The median becomes 0, the middle half is 1 wide. */
  public static Options robust() {
    return new Options(Kind.ROBUST, 0, 1);
  }

  private static Scaler fit(Options options, Matrix x) {
    x.requireFinite("the matrix to scale");
    int columns = x.columnCount();
    double[] centre = new double[columns];
    double[] scale = new double[columns];
    List<String> flat = new ArrayList<>();
    for (int j = 0; j < columns; j++) {
      double[] cells = x.column(j);
      boolean constant;
      switch (options.kind()) {
        case STANDARD -> {
          double mean = mean(cells);
          centre[j] = mean;
          scale[j] = deviation(cells, mean);
          constant = isConstant(cells, mean);
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
          "column '%s': values from %s to %s: their range overflows; use Scaler.standard()",
          x.names().get(j),
          Arrays.stream(x.column(j)).min().getAsDouble(),
          Arrays.stream(x.column(j)).max().getAsDouble());
      if (constant) {
        scale[j] = 1;
        flat.add(x.names().get(j));
      }
    }
    List<String> warnings = new ArrayList<>();
    if (!flat.isEmpty()) {
      warnings.add(
          options.kind() == Kind.ROBUST
              ? "the middle half of %s is one value: it is centred, not scaled".formatted(flat)
              : "%s is constant: drop it".formatted(flat));
    }
    return new Scaler(options, x.names(), centre, scale, warnings);
  }

  /** What is subtracted from each column, shape [columns]. */
  @Override
  public double[] centre() {
    return centre.clone();
  }

  /** What each column is divided by, shape [columns]. */
  @Override
  public double[] scale() {
    return scale.clone();
  }

  /** The columns of a matrix, found by name, scaled. */
  @Override
  public Matrix apply(Matrix x) {
    double spread = options.high() - options.low();
    boolean unit = spread == 1 && options.low() == 0;
    double[][] rows = x.names().equals(columns) ? x.values() : x.select(columns).values();
    double[][] scaled = new double[rows.length][columns.size()];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < centre.length; j++) {
        double one = (rows[i][j] - centre[j]) / scale[j];
        if (Double.isInfinite(one) && Double.isFinite(rows[i][j])) {
          one = (rows[i][j] / 2 - centre[j] / 2) / scale[j] * 2;
        }
        scaled[i][j] = unit ? one : one * spread + options.low();
      }
    }
    return Matrix.of(columns, scaled);
  }

  /** The columns of a scaled matrix, found by name, in their own units again. */
  public Matrix inverse(Matrix scaled) {
    double spread = options.high() - options.low();
    double[][] rows = scaled.select(columns).values();
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = (row[j] - options.low()) / spread * scale[j] + centre[j];
      }
    }
    return Matrix.of(columns, rows);
  }

  /** A copy of a scaled table in which the columns have their own units again. */
  public Table inverse(Table scaled) {
    Matrix back = inverse(Matrix.from(scaled, columns));
    Table copy = scaled.copy();
    for (int j = 0; j < columns.size(); j++) {
      copy.replaceColumn(columns.get(j), DoubleColumn.create(columns.get(j), back.column(j)));
    }
    return copy;
  }

  /** The mean, found in two passes so that large offsets do not blur it. */
  static double mean(double[] x) {
    double mean = plainMean(x);
    if (Double.isFinite(mean)) {
      return mean;
    }
    int power = 64; // more than there can be rows
    return Math.scalb(plainMean(Arrays.stream(x).map(v -> Math.scalb(v, -power)).toArray()), power);
  }

  private static double plainMean(double[] x) {
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

  /** The mean squared distance from the mean (divided by n), without what rounds the mean. */
  static double variance(double[] x, double mean) {
    double sum = 0;
    double rest = 0;
    for (double v : x) {
      sum += (v - mean) * (v - mean);
      rest += v - mean;
    }
    double lost = rest * rest / x.length;
    return lost < sum ? (sum - lost) / x.length : sum / x.length;
  }

  /** The square root of the variance, right where the squares would overflow or underflow too. */
  static double deviation(double[] x, double mean) {
    double variance = variance(x, mean);
    if (isPrecise(variance)) {
      return Math.sqrt(variance);
    }
    double[] half = Arrays.stream(x).map(v -> v / 2 - mean / 2).toArray();
    double largest = Arrays.stream(half).map(Math::abs).max().orElse(0);
    if (largest == 0) {
      return 0;
    }
    int power = Math.getExponent(largest);
    double sum = 0;
    for (double v : half) {
      sum += Math.scalb(v, -power) * Math.scalb(v, -power);
    }
    return Math.scalb(Math.sqrt(sum / x.length), power + 1);
  }

  private static boolean isPrecise(double variance) {
    return variance < Double.MAX_VALUE && variance > 1e-290;
  }

  /** Whether a variance cannot be distinguished from rounding (Chan, Golub and LeVeque 1983). */
  static boolean isConstant(double[] x, double mean) {
    double variance = variance(x, mean);
    int rows = x.length;
    double eps = Math.ulp(1.0);
    double blur = rows * mean * eps;
    return isPrecise(variance)
        ? variance <= rows * eps * variance + blur * blur
        : deviation(x, mean) * Math.sqrt(1 - rows * eps) <= Math.abs(blur);
  }

  /** The value below which a share {@code q} of sorted numbers lies, interpolated between them. */
  static double quantile(double[] sorted, double q) {
    double at = q * (sorted.length - 1);
    int below = (int) Math.floor(at);
    if (below + 1 >= sorted.length) {
      return sorted[sorted.length - 1];
    }
    double share = at - below;
    double step = sorted[below + 1] - sorted[below];
    return Double.isInfinite(step)
        ? sorted[below] * (1 - share) + sorted[below + 1] * share
        : sorted[below] + share * step;
  }

  /** Equal kinds, columns, centres and scales. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Scaler s
        && options.equals(s.options)
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
    return String.format(
        Locale.ROOT,
        "%s scaler of %d columns%s",
        options.kind().name().toLowerCase(Locale.ROOT).replace('_', '–'),
        columns.size(),
        warnings.isEmpty() ? "" : " (" + String.join("; ", warnings) + ")");
  }
}
