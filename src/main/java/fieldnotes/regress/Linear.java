package fieldnotes.regress;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.math.Magnitude;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.model.NumberModel;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A linear model: intercept + Σ coefficient · column. Found by QR and a singular value
 * decomposition of centred columns, so that columns which depend on one another do no harm: among
 * all least-squares solutions it is the one with the smallest coefficients.
 *
 * <p>A column counts as dependent on others only if what it adds is below the rounding of the
 * numbers: singular values are cut off at max(rows, columns) · 2⁻⁵² of the largest, as LAPACK and
 * NumPy do. scikit-learn cuts off at 1e-6 of the largest since version 1.9 ({@code
 * LinearRegression(tol=1e-6)}), and so leaves out a column that is a million times narrower than
 * another one. For six rows of y = 3 + 2·a + 1e-7·b with a from 0.5 to 6.5 and b from 1e7 to 5e7,
 * this gives the coefficients 2 and 1e-7; scikit-learn 1.9.1 gives 1.2e-15 and 1.2e-7, with tol
 * 1e-15 the same as here.
 *
 * <p>Not EJML 0.44: for 16,512 rows × 24 columns its pseudo-inverse took 37 ms, and its QR, which
 * does not give that solution, 11 ms, where this takes 9 (on one thread 114, 30 and 22; medians of
 * calls in turn, on a machine at work).
 *
 * @param made how it came about; its columns are those of the coefficients
 * @param intercept the prediction where all columns are 0, in the target's unit
 * @param coefficients change of the prediction per unit of each column, shape [columns]
 * @param options what it was fitted with
 * @param rank how many columns are independent of one another and of the intercept
 */
public record Linear(Made made, double intercept, double[] coefficients, Options options, int rank)
    implements NumberModel {

  /**
   * How to fit a linear model.
   *
   * @param alpha penalty on the squared coefficients, not on the intercept; 0 for ordinary least
   *     squares
   */
  public record Options(double alpha) implements Learner<double[], Linear> {
    /** Checks the penalty. */
    public Options {
      Check.within("alpha", alpha, 0, Double.MAX_VALUE);
    }

    @Override
    public Linear fit(Samples rows) {
      return Linear.fit(this, rows);
    }

    @Override
    public String toString() {
      return alpha == 0 ? "least squares" : "ridge with alpha " + alpha;
    }
  }

  /** Rows turned at a time. */
  private static final int BLOCK = 2048;

  /** Copies the coefficients and checks that there is one for each column. */
  public Linear {
    coefficients = coefficients.clone();
    Check.sameLength("coefficients", coefficients.length, "columns", made.inputs().size());
    Check.that(Double.isFinite(intercept), "intercept=%s: must be finite", intercept);
    Check.that(
        rank >= 0 && rank <= coefficients.length,
        "rank=%d: must be 0 to %d",
        rank,
        coefficients.length);
    Check.that(
        made.learner().equals(options.toString()),
        "the options are '%s', but it was made by '%s'",
        options,
        made.learner());
    for (double coefficient : coefficients) {
      Check.that(Double.isFinite(coefficient), "coefficient=%s: must be finite", coefficient);
    }
  }

  @Override
  public double[] coefficients() {
    return coefficients.clone();
  }

  private static Linear fit(Options options, Samples samples) {
    Matrix x = Made.learnFrom(samples);
    double[] weights = samples.weights().orElse(null);
    if (weights != null) {
      Magnitude.weights(x.values(), weights);
    }
    int rows = x.rowCount();
    int columns = x.columnCount();
    double[][] a = new double[columns][rows];
    double[] means = new double[columns];
    for (int i = 0; i < rows; i++) {
      double[] row = x.values()[i];
      for (int j = 0; j < columns; j++) {
        a[j][i] = row[j];
      }
    }
    Parallel.forEach(columns, j -> means[j] = centre(a[j], weights));
    double[] y = Made.targetOf(samples);
    double mean = centre(y, weights);
    int size = Math.min(rows, columns);
    double[][] r = triangle(a, y);
    int exponent = scale(r);
    double alpha = Math.scalb(options.alpha(), -2 * exponent);
    double[][] v = new double[columns][columns];
    double[] singular = svd(r, v);
    double largest = Arrays.stream(singular).max().orElse(0);
    double cut = Math.max(rows, columns) * Math.ulp(1.0) * largest;
    double[] coefficients = new double[columns];
    int rank = 0;
    for (int k = 0; k < columns; k++) {
      if (singular[k] <= cut) {
        continue;
      }
      rank++;
      double product = 0;
      for (int i = 0; i < size; i++) {
        product += r[k][i] * y[i];
      }
      // r[k] is now singular[k] times the k-th left vector
      double factor = product / (singular[k] * singular[k] + alpha);
      for (int j = 0; j < columns; j++) {
        coefficients[j] += Math.scalb(factor * v[k][j], -exponent);
      }
    }
    double intercept = mean;
    for (int j = 0; j < columns; j++) {
      intercept -= coefficients[j] * means[j];
    }
    return new Linear(Made.of(options, samples), intercept, coefficients, options, rank);
  }

  /** Subtracts the mean, by weight; a row that counts w times is then worth √w. */
  private static double centre(double[] column, double[] weights) {
    if (weights == null) {
      return centre(column);
    }
    double sum = 0;
    double total = 0;
    for (int i = 0; i < column.length; i++) {
      sum += weights[i] * column[i];
      total += weights[i];
    }
    double mean = sum / total;
    double rest = 0;
    for (int i = 0; i < column.length; i++) {
      rest += weights[i] * (column[i] - mean);
    }
    mean += rest / total;
    for (int i = 0; i < column.length; i++) {
      column[i] = (column[i] - mean) * Math.sqrt(weights[i]);
    }
    return mean;
  }

  private static double centre(double[] column) {
    double sum = 0;
    for (double value : column) {
      sum += value;
    }
    double mean = sum / column.length;
    double rest = 0;
    for (double value : column) {
      rest += value - mean;
    }
    mean += rest / column.length;
    for (int i = 0; i < column.length; i++) {
      column[i] -= mean;
    }
    return mean;
  }

  /**
   * The columns turned upper triangular, y turned with them. Long columns are turned a block of
   * rows at a time, then the blocks' triangles together; so the work stays in the cache, and blocks
   * are done in parallel.
   *
   * @return the triangle by columns, shape [columns][at most columns]
   * @see "J. Demmel, L. Grigori, M. Hoemmen and J. Langou, Communication-optimal parallel and
   *     sequential QR and LU factorizations, 2012"
   */
  private static double[][] triangle(double[][] a, double[] y) {
    int rows = y.length;
    int block = Math.max(BLOCK, 4 * a.length);
    if (rows <= 2 * block) {
      return rotate(a, y, Math.min(rows, a.length));
    }
    int blocks = rows / block;
    double[][] joined = new double[a.length][blocks * a.length];
    double[] joinedY = new double[blocks * a.length];
    Parallel.forEach(
        blocks,
        b -> {
          int from = b * block;
          int to = b == blocks - 1 ? rows : from + block;
          double[][] part = new double[a.length][];
          for (int j = 0; j < part.length; j++) {
            part[j] = Arrays.copyOfRange(a[j], from, to);
          }
          double[] partY = Arrays.copyOfRange(y, from, to);
          double[][] turned = rotate(part, partY, part.length);
          for (int j = 0; j < turned.length; j++) {
            System.arraycopy(turned[j], 0, joined[j], b * a.length, a.length);
          }
          System.arraycopy(partY, 0, joinedY, b * a.length, a.length);
        });
    double[][] triangle = rotate(joined, joinedY, a.length);
    System.arraycopy(joinedY, 0, y, 0, a.length);
    return triangle;
  }

  /**
   * Householder reflections that make the columns upper triangular, applied to y as well.
   *
   * @return the triangle by columns, shape [columns][size]
   */
  private static double[][] rotate(double[][] a, double[] y, int size) {
    int rows = y.length;
    for (int k = 0; k < size; k++) {
      double[] column = a[k];
      double norm = 0;
      for (int i = k; i < rows; i++) {
        norm += column[i] * column[i];
      }
      norm = Math.sqrt(norm);
      if (norm == 0) {
        continue;
      }
      double diagonal = column[k] > 0 ? -norm : norm;
      double[] reflector = new double[rows];
      System.arraycopy(column, k, reflector, k, rows - k);
      reflector[k] -= diagonal;
      double square = 0;
      for (int i = k; i < rows; i++) {
        square += reflector[i] * reflector[i];
      }
      for (int j = k; j < a.length; j++) {
        reflect(a[j], reflector, square, k);
      }
      reflect(y, reflector, square, k);
    }
    double[][] triangle = new double[a.length][];
    for (int j = 0; j < a.length; j++) {
      triangle[j] = Arrays.copyOf(a[j], size);
      for (int i = j + 1; i < size; i++) {
        triangle[j][i] = 0;
      }
    }
    return triangle;
  }

  private static void reflect(double[] column, double[] reflector, double square, int from) {
    // four sums at a time: one alone would wait for each addition to end
    double p0 = 0;
    double p1 = 0;
    double p2 = 0;
    double p3 = 0;
    int i = from;
    for (; i + 3 < column.length; i += 4) {
      p0 += reflector[i] * column[i];
      p1 += reflector[i + 1] * column[i + 1];
      p2 += reflector[i + 2] * column[i + 2];
      p3 += reflector[i + 3] * column[i + 3];
    }
    for (; i < column.length; i++) {
      p0 += reflector[i] * column[i];
    }
    double product = (p0 + p1) + (p2 + p3);
    double factor = 2 * product / square;
    for (int k = from; k < column.length; k++) {
      column[k] -= factor * reflector[k];
    }
  }

  /**
   * Divides by the power of two of the largest number, which changes no digit: the squares of the
   * squares that the rotations need stay in the range of doubles.
   *
   * @return the exponent of that power
   */
  private static int scale(double[][] r) {
    double largest = 0;
    for (double[] column : r) {
      for (double value : column) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    int exponent = largest == 0 ? 0 : Math.getExponent(largest);
    for (double[] column : r) {
      for (int i = 0; i < column.length; i++) {
        column[i] = Math.scalb(column[i], -exponent);
      }
    }
    return exponent;
  }

  /**
   * One-sided Jacobi rotations: turns the columns of r until they are orthogonal.
   *
   * @param r by columns; becomes singular value times left vector
   * @param v becomes the right vectors, a row each
   * @return the singular values
   */
  private static double[] svd(double[][] r, double[][] v) {
    int n = r.length;
    for (int j = 0; j < n; j++) {
      v[j][j] = 1;
    }
    boolean turned = true;
    for (int sweep = 0; sweep < 60 && turned; sweep++) {
      turned = false;
      for (int p = 0; p < n - 1; p++) {
        for (int q = p + 1; q < n; q++) {
          double alpha = dot(r[p], r[p]);
          double beta = dot(r[q], r[q]);
          double gamma = dot(r[p], r[q]);
          if (gamma == 0 || Math.abs(gamma) <= 1e-16 * Math.sqrt(alpha * beta)) {
            continue;
          }
          turned = true;
          double zeta = (beta - alpha) / (2 * gamma);
          double t = Math.signum(zeta) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
          if (zeta == 0) {
            t = 1;
          }
          double c = 1 / Math.sqrt(1 + t * t);
          turn(r[p], r[q], c, c * t);
          turn(v[p], v[q], c, c * t);
        }
      }
    }
    return Arrays.stream(r).mapToDouble(column -> Math.sqrt(dot(column, column))).toArray();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void turn(double[] a, double[] b, double c, double s) {
    for (int i = 0; i < a.length; i++) {
      double old = a[i];
      a[i] = c * old - s * b[i];
      b[i] = s * old + c * b[i];
    }
  }

  @Override
  public double[] predict(Matrix x) {
    double[][] rows = made.matrix(x).values();
    double[] predicted = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      double sum = intercept;
      for (int j = 0; j < coefficients.length; j++) {
        sum += coefficients[j] * rows[i][j];
      }
      predicted[i] = sum;
    }
    return predicted;
  }

  /** The coefficients by name, the largest in size first. */
  public Table table() {
    int[] order =
        IntStream.range(0, coefficients.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer j) -> -Math.abs(coefficients[j])))
            .mapToInt(Integer::intValue)
            .toArray();
    return Table.create(
        "coefficients",
        StringColumn.create("column", Arrays.stream(order).mapToObj(made.columns()::get)),
        DoubleColumn.create("coefficient", Arrays.stream(order).mapToDouble(j -> coefficients[j])));
  }

  /** Equal numbers for equal columns. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Linear linear
        && made.equals(linear.made)
        && intercept == linear.intercept
        && Arrays.equals(coefficients, linear.coefficients);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(coefficients);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %d columns (rank %d), intercept %.6g",
        options,
        coefficients.length,
        rank,
        intercept);
  }
}
