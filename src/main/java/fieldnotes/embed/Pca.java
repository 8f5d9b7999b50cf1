package fieldnotes.embed;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.math.Moments;
import fieldnotes.math.Shift;
import fieldnotes.math.SymmetricEigen;
import fieldnotes.prepare.Step;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Principal components: orthogonal directions of largest variance. Columns are centred but not
 * scaled: scale them first ({@link fieldnotes.prepare.Scaler}) unless they share a unit.
 *
 * <p>Signs are chosen as in scikit-learn: the entry with the largest absolute value in each
 * component is positive.
 *
 * <p>Scores are not saved to files, because they are a form of the training rows.
 *
 * @param columns names of the columns, in order
 * @param rows number of rows it was fitted to
 * @param mean mean of each column, shape [columns]
 * @param components unit vectors, largest variance first, shape [components][columns]
 * @param explainedVariance variance along each component (divided by rows − 1), shape [components]
 * @param explainedVarianceRatio its share of the total variance of all columns, shape [components]
 * @param scores the rows projected on the components, in columns {@code PC1, PC2, …}; no rows if it
 *     was loaded from a file
 * @param options the options used
 * @param warnings warnings about valid but questionable input
 * @see "sklearn.decomposition.PCA of scikit-learn 1.9"
 */
public record Pca(
    List<String> columns,
    int rows,
    double[] mean,
    double[][] components,
    double[] explainedVariance,
    double[] explainedVarianceRatio,
    Matrix scores,
    PcaOptions options,
    List<String> warnings)
    implements Step.Fitted {

  /** Validates the values. */
  public Pca {
    columns = List.copyOf(columns);
    warnings = List.copyOf(warnings);
    mean = mean.clone();
    explainedVariance = explainedVariance.clone();
    explainedVarianceRatio = explainedVarianceRatio.clone();
    Check.atLeast("rows", rows, 2);
    components = Copy.finite("components", components);
    Check.sameLength("mean", mean.length, "columns", columns.size());
    Check.sameLength("a component", components[0].length, "columns", columns.size());
    Check.sameLength("variance", explainedVariance.length, "components", components.length);
    Check.sameLength("ratio", explainedVarianceRatio.length, "components", components.length);
    for (double m : mean) {
      Check.that(Double.isFinite(m), "mean=%s: must be finite", m);
    }
    double share = 0;
    for (int c = 0; c < components.length; c++) {
      Check.within("variance", explainedVariance[c], 0, Double.MAX_VALUE);
      Check.within("ratio", explainedVarianceRatio[c], 0, 1 + 1e-9);
      share += explainedVarianceRatio[c];
      double length = 0;
      for (double v : components[c]) {
        length += v * v;
      }
      if (!(Math.abs(length - 1) < 1e-6)) {
        throw new IllegalArgumentException("component %s is no unit vector".formatted(c));
      }
    }
    Check.within("the sum of the ratios", share, 0, 1 + 1e-6);
    Check.that(
        options.components() == 0 || options.components() == components.length,
        "%d components, but the options ask for %d",
        components.length,
        options.components());
    Check.sameLength("scores", scores.columnCount(), "components", components.length);
  }

  @Override
  public double[] mean() {
    return mean.clone();
  }

  @Override
  public double[][] components() {
    return Copy.of(components);
  }

  @Override
  public double[] explainedVariance() {
    return explainedVariance.clone();
  }

  @Override
  public double[] explainedVarianceRatio() {
    return explainedVarianceRatio.clone();
  }

  /** All components of the numeric columns of a table. */
  public static Pca fit(Table table) {
    return fit(table, PcaOptions.all());
  }

  /** The components of the numeric columns of a table. */
  public static Pca fit(Table table, PcaOptions options) {
    return fit(Matrix.ofNumeric(table), options);
  }

  /** All components of rows, shape [rows][columns]. */
  public static Pca fit(double[][] x) {
    return fit(Matrix.of(x), PcaOptions.all());
  }

  /** The components of rows, shape [rows][columns]. */
  public static Pca fit(double[][] x, PcaOptions options) {
    return fit(Matrix.of(x), options);
  }

  /** All components of the rows. */
  public static Pca fit(Rows rows) {
    return fit(rows, PcaOptions.all());
  }

  /**
   * The components of the rows.
   *
   * @throws IllegalArgumentException if there are fewer than two rows, if a cell is not finite (the
   *     message names row and column), or if there are fewer components than requested
   */
  public static Pca fit(Rows rows, PcaOptions options) {
    Matrix matrix = rows.matrix();
    Check.that(matrix.rowCount() > 0, "the matrix of the PCA has no rows");
    Check.that(matrix.columnCount() > 0, "the matrix of the PCA has no columns");
    double[][] x = matrix.values();
    int n = x.length;
    int d = matrix.columnCount();
    Check.that(n >= 2, "the matrix of the PCA has %d row: needs at least 2", n);
    int most = Math.min(n, d);
    Check.that(
        options.components() <= most,
        "components=%d: %d rows × %d columns have at most %d",
        options.components(),
        n,
        d,
        most);
    int k = options.components() == 0 ? most : options.components();

    double[] mean;
    double[] squares;
    Shift shift = null;
    double[] variance = new double[k];
    double[][] vectors = new double[k][];
    if (d <= n) {
      Moments moments = Moments.of(x);
      mean = moments.means();
      squares = PcaParts.requireSquares(moments.squares(), matrix);
      if (PcaParts.isFar(mean, squares, n)) {
        // Near zero the means of the blocks of rows have more digits.
        shift = Shift.of(x);
        x = shift.x();
        moments = Moments.of(x);
        mean = moments.means();
        squares = moments.squares();
      }
      SymmetricEigen eigen = SymmetricEigen.of(moments.matrix());
      for (int c = 0; c < k; c++) {
        variance[c] = Math.max(0, eigen.values[c]) / (n - 1);
        vectors[c] = eigen.vectors[c];
      }
    } else {
      mean = WidePca.means(x);
      double[][] centred = WidePca.centred(x, mean);
      squares = PcaParts.requireSquares(WidePca.squares(centred), matrix);
      WidePca.solve(centred, k, variance, vectors);
    }
    double total = Arrays.stream(squares).sum() / (n - 1);
    for (double[] v : vectors) {
      PcaParts.flip(v);
    }
    double[] ratio = new double[k];
    List<String> warnings = new ArrayList<>();
    for (int c = 0; c < k; c++) {
      ratio[c] = total > 0 ? variance[c] / total : 0;
    }
    if (total <= 0) {
      warnings.add("all rows are the same: there is no variance to explain");
    } else {
      int first = 0;
      for (int j = 1; j < d; j++) {
        if (squares[j] > squares[first]) {
          first = j;
        }
      }
      double share = squares[first] / (n - 1) / total;
      if (d > 2 && share > 0.9) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "column '%s' carries %.0f %% of the variance: scale the columns first",
                matrix.names().get(first),
                100 * share));
      }
    }
    double[][] scores = Moments.project(x, mean, vectors);
    if (options.whiten()) {
      whiten(scores, variance);
    }
    if (shift != null) {
      shift.back(new double[][] {mean});
    }
    return new Pca(
        matrix.names(),
        n,
        mean,
        vectors,
        variance,
        ratio,
        Matrix.of(names(k), scores),
        options,
        warnings);
  }

  /** Returns the column names of scores. */
  static List<String> names(int components) {
    return IntStream.rangeClosed(1, components).mapToObj(c -> "PC" + c).toList();
  }

  private static void whiten(double[][] scores, double[] variance) {
    for (double[] row : scores) {
      for (int c = 0; c < row.length; c++) {
        row[c] /= deviation(variance[c]);
      }
    }
  }

  /** The standard deviation of a component; as in scikit-learn, at least the rounding error. */
  private static double deviation(double variance) {
    return Math.max(Math.sqrt(variance), Math.ulp(1.0));
  }

  /** The number of components. */
  public int count() {
    return explainedVariance.length;
  }

  /** The cumulative sum of {@link #explainedVarianceRatio()}, shape [components]. */
  public double[] cumulativeRatio() {
    double[] sum = explainedVarianceRatio.clone();
    Arrays.parallelPrefix(sum, Double::sum);
    return sum;
  }

  /**
   * The smallest number of components that explain at least this share of the variance.
   *
   * @param share above 0, at most 1
   * @throws IllegalArgumentException if all components of this PCA explain less
   */
  public int componentsFor(double share) {
    Check.that(share > 0 && share <= 1, "share=%s: must be above 0 and at most 1", share);
    double sum = 0;
    for (int c = 0; c < count(); c++) {
      sum += explainedVarianceRatio[c];
      if (sum >= share - 1e-12) {
        return c + 1;
      }
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "share=%s: must be at most %.3f, the share of all %d components; keep more components",
            share,
            sum,
            count()));
  }

  /**
   * Loadings: component × √(explained variance), shape [columns][components]. For columns of
   * standard deviation 1 they are the correlations of column and component, up to n/(n−1).
   */
  public double[][] loadings() {
    double[][] loadings = new double[columns.size()][count()];
    for (int c = 0; c < count(); c++) {
      double deviation = Math.sqrt(explainedVariance[c]);
      for (int j = 0; j < loadings.length; j++) {
        loadings[j][c] = components[c][j] * deviation;
      }
    }
    return loadings;
  }

  @Override
  public List<String> outputs() {
    return names(count());
  }

  /** Projects rows on the components, in columns {@code PC1, PC2, …}. */
  @Override
  public Matrix apply(Matrix x) {
    Matrix chosen = x.names().equals(columns) ? x : x.select(columns);
    double[][] values = chosen.requireFinite("the matrix to project").values();
    double[][] projected = Moments.project(values, mean, components);
    if (options.whiten()) {
      whiten(projected, explainedVariance);
    }
    return Matrix.of(names(count()), projected);
  }

  /** Reconstructs rows from scores, in the units of the columns. */
  public Matrix inverse(Matrix scores) {
    List<String> names = names(count());
    double[][] values = (scores.names().equals(names) ? scores : scores.select(names)).values();
    double[][] x = new double[values.length][];
    for (int i = 0; i < x.length; i++) {
      double[] row = mean.clone();
      for (int c = 0; c < count(); c++) {
        double s = values[i][c] * (options.whiten() ? deviation(explainedVariance[c]) : 1);
        for (int j = 0; j < row.length; j++) {
          row[j] += s * components[c][j];
        }
      }
      x[i] = row;
    }
    return Matrix.of(columns, x);
  }

  /** A table of variance, ratio and cumulative ratio, one row per component. */
  public Table toTable() {
    return Table.create(
        "explained variance",
        StringColumn.create("component", names(count())),
        DoubleColumn.create("variance", explainedVariance),
        DoubleColumn.create("ratio", explainedVarianceRatio),
        DoubleColumn.create("running total", cumulativeRatio()));
  }

  /** Compares columns, options and components, not scores. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Pca p
        && columns.equals(p.columns)
        && rows == p.rows
        && options.equals(p.options)
        && Arrays.equals(mean, p.mean)
        && Arrays.deepEquals(components, p.components)
        && Arrays.equals(explainedVariance, p.explainedVariance);
  }

  @Override
  public int hashCode() {
    return 31 * columns.hashCode() + Arrays.deepHashCode(components);
  }

  @Override
  public String toString() {
    double[] sum = cumulativeRatio();
    return String.format(
        Locale.ROOT,
        "PCA: %d rows × %d columns; %d components explain %.1f %%, the first two %.1f %%%s",
        rows,
        columns.size(),
        count(),
        100 * sum[count() - 1],
        100 * sum[Math.min(1, count() - 1)],
        warnings.isEmpty() ? "" : " (" + String.join("; ", warnings) + ")");
  }
}
