package fieldnotes.embed;

import fieldnotes.common.Check;
import fieldnotes.math.Moments;
import fieldnotes.math.SymmetricEigen;
import fieldnotes.table.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
 * @param columns names of the columns, in order
 * @param mean mean of each column, shape [columns]
 * @param components unit vectors, largest variance first, shape [components][columns]
 * @param explainedVariance variance along each component (divided by rows − 1), shape [components]
 * @param explainedVarianceRatio its share of the total variance of all columns, shape [components]
 * @param scores the rows projected on the components, shape [rows][components]
 * @param options the options used
 * @param warnings warnings about valid but questionable input
 * @see "sklearn.decomposition.PCA of scikit-learn 1.9"
 */
public record Pca(
    List<String> columns,
    double[] mean,
    double[][] components,
    double[] explainedVariance,
    double[] explainedVarianceRatio,
    double[][] scores,
    PcaOptions options,
    List<String> warnings) {

  /** Copies the lists. */
  public Pca {
    columns = List.copyOf(columns);
    warnings = List.copyOf(warnings);
  }

  /** All components of the numeric columns of a table. */
  public static Pca fit(Table table) {
    return fit(Matrix.ofNumeric(table), PcaOptions.all());
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

  /**
   * The components of the rows of a matrix.
   *
   * @throws IllegalArgumentException if there are fewer than two rows, if a cell is not finite (the
   *     message names row and column), or if there are fewer components than requested
   */
  public static Pca fit(Matrix matrix, PcaOptions options) {
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
    double[] variance = new double[k];
    double[][] vectors = new double[k][];
    if (d <= n) {
      Moments moments = Moments.of(x);
      mean = moments.means();
      squares = requireFinite(moments.squares(), matrix);
      SymmetricEigen eigen = SymmetricEigen.of(moments.matrix());
      for (int c = 0; c < k; c++) {
        variance[c] = Math.max(0, eigen.values[c]) / (n - 1);
        vectors[c] = eigen.vectors[c];
      }
    } else {
      mean = means(x);
      double[][] centred = centred(x, mean);
      squares = requireFinite(squares(centred), matrix);
      wide(centred, k, variance, vectors);
    }
    double total = Arrays.stream(squares).sum() / (n - 1);
    for (double[] v : vectors) {
      flip(v);
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
    Pca pca = new Pca(matrix.names(), mean, vectors, variance, ratio, scores, options, warnings);
    if (options.whiten()) {
      pca.whiten(scores);
    }
    return pca;
  }

  /**
   * A number that is not finite makes the sum of squares of its column not finite, so no second
   * pass is needed.
   */
  private static double[] requireFinite(double[] squares, Matrix matrix) {
    if (!Double.isFinite(Arrays.stream(squares).sum())) {
      matrix.requireFinite("the matrix of the PCA");
      throw new IllegalArgumentException(
          "the matrix of the PCA has numbers whose squares are too large: scale the columns first");
    }
    return squares;
  }

  private static double[] means(double[][] x) {
    double[] mean = new double[x[0].length];
    for (double[] row : x) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += row[j] - x[0][j];
      }
    }
    for (int j = 0; j < mean.length; j++) {
      mean[j] = x[0][j] + mean[j] / x.length;
    }
    return mean;
  }

  private static double[] squares(double[][] centred) {
    double[] squares = new double[centred[0].length];
    for (double[] row : centred) {
      for (int j = 0; j < squares.length; j++) {
        squares[j] += row[j] * row[j];
      }
    }
    return squares;
  }

  private static double[][] centred(double[][] x, double[] mean) {
    double[][] centred = new double[x.length][mean.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < mean.length; j++) {
        centred[i][j] = x[i][j] - mean[j];
      }
    }
    return centred;
  }

  /** For more columns than rows: the eigenvectors of x·xᵀ, converted to those of xᵀ·x. */
  private static void wide(double[][] x, int k, double[] variance, double[][] vectors) {
    int n = x.length;
    int d = x[0].length;
    double[][] gram = new double[n][n];
    for (int a = 0; a < n; a++) {
      for (int b = 0; b <= a; b++) {
        double sum = 0;
        for (int j = 0; j < d; j++) {
          sum += x[a][j] * x[b][j];
        }
        gram[a][b] = sum;
        gram[b][a] = sum;
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(gram);
    double least = Math.max(eigen.values[0], 0) * n * Math.ulp(1.0);
    for (int c = 0; c < k; c++) {
      double[] v = new double[d];
      boolean real = eigen.values[c] > least;
      if (real) {
        for (int i = 0; i < n; i++) {
          double u = eigen.vectors[c][i];
          for (int j = 0; j < d; j++) {
            v[j] += u * x[i][j];
          }
        }
      }
      variance[c] = real ? eigen.values[c] / (n - 1) : 0;
      // A direction without variance is any that is orthogonal to those before it.
      for (int next = 0; !orthonormal(v, vectors, c); next++) {
        Arrays.fill(v, 0);
        v[next] = 1;
      }
      vectors[c] = v;
    }
  }

  private static boolean orthonormal(double[] v, double[][] before, int count) {
    double length = Math.sqrt(dot(v, v));
    if (length == 0) {
      return false;
    }
    for (int pass = 0; pass < 2; pass++) {
      for (int c = 0; c < count; c++) {
        double s = dot(v, before[c]);
        for (int j = 0; j < v.length; j++) {
          v[j] -= s * before[c][j];
        }
      }
    }
    double rest = Math.sqrt(dot(v, v));
    if (rest < 1e-8 * length) {
      return false;
    }
    for (int j = 0; j < v.length; j++) {
      v[j] /= rest;
    }
    return true;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  private static void flip(double[] v) {
    int largest = 0;
    for (int j = 1; j < v.length; j++) {
      if (Math.abs(v[j]) > Math.abs(v[largest])) {
        largest = j;
      }
    }
    if (v[largest] < 0) {
      for (int j = 0; j < v.length; j++) {
        v[j] = -v[j];
      }
    }
  }

  private void whiten(double[][] scores) {
    for (double[] row : scores) {
      for (int c = 0; c < row.length; c++) {
        row[c] /= deviation(c);
      }
    }
  }

  /** The standard deviation of a component; as in scikit-learn, at least the rounding error. */
  private double deviation(int component) {
    return Math.max(Math.sqrt(explainedVariance[component]), Math.ulp(1.0));
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

  /** Projects other rows on the components, shape [rows][components]. */
  public double[][] apply(double[][] x) {
    return apply(Matrix.of(columns, x));
  }

  /** Projects other rows on the components; columns are selected by name. */
  public double[][] apply(Matrix x) {
    double[][] values = x.select(columns).requireFinite("the matrix to project").values();
    double[][] projected = Moments.project(values, mean, components);
    if (options.whiten()) {
      whiten(projected);
    }
    return projected;
  }

  /** Reconstructs rows from scores, in the units of the columns, shape [rows][columns]. */
  public double[][] inverse(double[][] scores) {
    double[][] x = new double[scores.length][];
    for (int i = 0; i < x.length; i++) {
      Check.that(
          scores[i].length == count(),
          "row %d of the scores has %d entries: must be %d, the number of components",
          i,
          scores[i].length,
          count());
      double[] row = mean.clone();
      for (int c = 0; c < count(); c++) {
        double s = scores[i][c] * (options.whiten() ? deviation(c) : 1);
        for (int j = 0; j < row.length; j++) {
          row[j] += s * components[c][j];
        }
      }
      x[i] = row;
    }
    return x;
  }

  /** A table of variance, ratio and cumulative ratio, one row per component. */
  public Table toTable() {
    StringColumn name = StringColumn.create("component");
    for (int c = 1; c <= count(); c++) {
      name.append("PC" + c);
    }
    return Table.create(
        "explained variance",
        name,
        DoubleColumn.create("variance", explainedVariance),
        DoubleColumn.create("ratio", explainedVarianceRatio),
        DoubleColumn.create("running total", cumulativeRatio()));
  }

  /** Compares by identity: the arrays are not compared. */
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
    double[] sum = cumulativeRatio();
    return String.format(
        Locale.ROOT,
        "PCA: %d rows × %d columns; %d components explain %.1f %%, the first two %.1f %%%s",
        scores.length,
        columns.size(),
        count(),
        100 * sum[count() - 1],
        100 * sum[Math.min(1, count() - 1)],
        warnings.isEmpty() ? "" : " (" + String.join("; ", warnings) + ")");
  }
}
