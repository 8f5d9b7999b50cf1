package fieldnotes.math;

import fieldnotes.common.Parallel;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of many rows with a matrix of few columns, eight rows at once. The columns of the matrix
 * are in groups as wide as a vector register. Each sum is in the order of its terms, so it has the
 * same bits on every machine.
 *
 * <p>For 30,000 rows × 38 and six columns this took a third of the time of {@link Products}, whose
 * strides the compiler does not know.
 */
public final class RowProducts {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** The number of rows that are multiplied at once. */
  public static final int ROWS = 8;

  /** Minimum number of rows per thread. */
  private static final int SHARE = 512;

  private RowProducts() {}

  /** The number of groups of columns. */
  public static int groups(int columns) {
    return (columns + LANES - 1) / LANES;
  }

  /** The columns padded to whole groups. */
  public static int width(int columns) {
    return groups(columns) * LANES;
  }

  /**
   * Where a matrix's cell is in groups.
   *
   * @param height rows of the matrix
   */
  public static int at(int row, int column, int height) {
    return (column / LANES * height + row) * LANES + column % LANES;
  }

  /**
   * Multiplies eight rows with a matrix.
   *
   * @param x the rows, one after another
   * @param from where they begin
   * @param stride from one row to the next
   * @param count the numbers of a row
   * @param matrix in groups, of {@code height} rows of which the first {@code count} are used
   * @param groups of its columns
   * @param out the products in groups, of eight rows
   */
  public static void multiply(
      double[] x,
      int from,
      int stride,
      int count,
      double[] matrix,
      int height,
      int groups,
      double[] out) {
    for (int g = 0; g < groups; g++) {
      multiply(x, from, stride, count, matrix, g * height * LANES, out, g * ROWS * LANES);
    }
  }

  private static void multiply(
      double[] x, int from, int stride, int count, double[] matrix, int m, double[] out, int o) {
    int x1 = from + stride;
    int x2 = x1 + stride;
    int x3 = x2 + stride;
    int x4 = x3 + stride;
    int x5 = x4 + stride;
    int x6 = x5 + stride;
    int x7 = x6 + stride;
    DoubleVector s0 = DoubleVector.zero(SPECIES);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    DoubleVector s4 = s0;
    DoubleVector s5 = s0;
    DoubleVector s6 = s0;
    DoubleVector s7 = s0;
    for (int j = 0; j < count; j++) {
      DoubleVector w = DoubleVector.fromArray(SPECIES, matrix, m + j * LANES);
      s0 = w.fma(DoubleVector.broadcast(SPECIES, x[from + j]), s0);
      s1 = w.fma(DoubleVector.broadcast(SPECIES, x[x1 + j]), s1);
      s2 = w.fma(DoubleVector.broadcast(SPECIES, x[x2 + j]), s2);
      s3 = w.fma(DoubleVector.broadcast(SPECIES, x[x3 + j]), s3);
      s4 = w.fma(DoubleVector.broadcast(SPECIES, x[x4 + j]), s4);
      s5 = w.fma(DoubleVector.broadcast(SPECIES, x[x5 + j]), s5);
      s6 = w.fma(DoubleVector.broadcast(SPECIES, x[x6 + j]), s6);
      s7 = w.fma(DoubleVector.broadcast(SPECIES, x[x7 + j]), s7);
    }
    exact(s0).intoArray(out, o);
    exact(s1).intoArray(out, o + LANES);
    exact(s2).intoArray(out, o + 2 * LANES);
    exact(s3).intoArray(out, o + 3 * LANES);
    exact(s4).intoArray(out, o + 4 * LANES);
    exact(s5).intoArray(out, o + 5 * LANES);
    exact(s6).intoArray(out, o + 6 * LANES);
    exact(s7).intoArray(out, o + 7 * LANES);
  }

  /**
   * The same with its exact class. The compiler finds the class of a sum that passes through a loop
   * late; in a JVM that has learnt other things, often too late for storing it from a register.
   * Then the sums of every round become objects, and a logistic regression takes three to ten times
   * as long.
   */
  private static DoubleVector exact(DoubleVector v) {
    return (DoubleVector) SPECIES.vectorType().cast(v);
  }

  /**
   * Adds the products of eight rows, transposed, with eight rows of few columns.
   *
   * @param x the rows, see {@link #multiply}
   * @param right rows of few columns, in groups
   * @param sum what is added to: in groups, of {@code height} rows of which the first {@code count}
   *     are changed
   */
  public static void addTransposed(
      double[] x,
      int from,
      int stride,
      int count,
      double[] right,
      double[] sum,
      int height,
      int groups) {
    for (int g = 0; g < groups; g++) {
      addTransposed(x, from, stride, count, right, g * ROWS * LANES, sum, g * height * LANES);
    }
  }

  private static void addTransposed(
      double[] x, int from, int stride, int count, double[] right, int r, double[] sum, int s) {
    int x1 = from + stride;
    int x2 = x1 + stride;
    int x3 = x2 + stride;
    int x4 = x3 + stride;
    int x5 = x4 + stride;
    int x6 = x5 + stride;
    int x7 = x6 + stride;
    DoubleVector r0 = DoubleVector.fromArray(SPECIES, right, r);
    DoubleVector r1 = DoubleVector.fromArray(SPECIES, right, r + LANES);
    DoubleVector r2 = DoubleVector.fromArray(SPECIES, right, r + 2 * LANES);
    DoubleVector r3 = DoubleVector.fromArray(SPECIES, right, r + 3 * LANES);
    DoubleVector r4 = DoubleVector.fromArray(SPECIES, right, r + 4 * LANES);
    DoubleVector r5 = DoubleVector.fromArray(SPECIES, right, r + 5 * LANES);
    DoubleVector r6 = DoubleVector.fromArray(SPECIES, right, r + 6 * LANES);
    DoubleVector r7 = DoubleVector.fromArray(SPECIES, right, r + 7 * LANES);
    for (int j = 0; j < count; j++) {
      DoubleVector t = DoubleVector.fromArray(SPECIES, sum, s + j * LANES);
      t = r0.fma(DoubleVector.broadcast(SPECIES, x[from + j]), t);
      t = r1.fma(DoubleVector.broadcast(SPECIES, x[x1 + j]), t);
      t = r2.fma(DoubleVector.broadcast(SPECIES, x[x2 + j]), t);
      t = r3.fma(DoubleVector.broadcast(SPECIES, x[x3 + j]), t);
      t = r4.fma(DoubleVector.broadcast(SPECIES, x[x4 + j]), t);
      t = r5.fma(DoubleVector.broadcast(SPECIES, x[x5 + j]), t);
      t = r6.fma(DoubleVector.broadcast(SPECIES, x[x6 + j]), t);
      t = r7.fma(DoubleVector.broadcast(SPECIES, x[x7 + j]), t);
      t.intoArray(sum, s + j * LANES);
    }
  }

  /**
   * Scores of rows: {@code Σ x[i][j]·weights[c][j]}, summed in the order of j.
   *
   * @param x shape [rows][columns]
   * @param weights shape [scores][columns]
   * @return shape [rows][scores]
   */
  public static double[][] scores(double[][] x, double[][] weights) {
    int columns = weights[0].length;
    double[] matrix = new double[columns * width(weights.length)];
    for (int c = 0; c < weights.length; c++) {
      for (int j = 0; j < columns; j++) {
        matrix[at(j, c, columns)] = weights[c][j];
      }
    }
    int groups = groups(weights.length);
    double[][] scores = new double[x.length][];
    Parallel.forEachPart(
        x.length,
        SHARE,
        (from, to) -> {
          double[] rows = new double[ROWS * columns];
          double[] out = new double[ROWS * width(weights.length)];
          for (int i = from; i < to; i += ROWS) {
            int count = Math.min(ROWS, to - i);
            for (int r = 0; r < count; r++) {
              System.arraycopy(x[i + r], 0, rows, r * columns, columns);
            }
            multiply(rows, 0, columns, columns, matrix, columns, groups, out);
            for (int r = 0; r < count; r++) {
              double[] score = new double[weights.length];
              for (int c = 0; c < score.length; c++) {
                score[c] = out[at(r, c, ROWS)];
              }
              scores[i + r] = score;
            }
          }
        });
    return scores;
  }
}
