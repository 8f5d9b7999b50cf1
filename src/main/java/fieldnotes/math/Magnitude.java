package fieldnotes.math;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import java.util.List;
import java.util.Locale;

/**
 * Refuses numbers whose squares leave the range of doubles: above about 1e150 a sum of squares
 * becomes infinite, below about 1e-150 it becomes 0, and distances and variances with it.
 */
public final class Magnitude {
  /** Room for the differences of two numbers and for the products of two such sums. */
  private static final double ROOM = 64;

  /** If the largest spread is below this, its square has lost digits. */
  private static final double LEAST = 1e-150;

  private static final String TRY = "scale first, for example with Scaler.standard()";

  private Magnitude() {}

  /**
   * Checks for a matrix of finite numbers, as {@link Check#matrix}, whose squares can be summed.
   *
   * @throws IllegalArgumentException if not, naming the column, from 0, and its range
   */
  public static double[][] matrix(String name, double[][] x) {
    return columns(name, null, Check.rectangular(name, x));
  }

  /**
   * Checks that numbers are finite and their squares can be summed over all rows and columns.
   *
   * @param names the names of the columns; null to number them from 0
   * @param x at least one row, all of the same length
   * @throws IllegalArgumentException if not, naming the cell, or the column and its range
   */
  public static double[][] columns(String name, List<String> names, double[][] x) {
    double[][] range = range(x);
    requireFinite(name, names, x, range);
    finite(name, names, x, range);
    double[] least = range[0];
    double[] most = range[1];
    int widest = 0;
    for (int j = 1; j < least.length; j++) {
      widest = most[j] - least[j] > most[widest] - least[widest] ? j : widest;
    }
    double spread = most[widest] - least[widest];
    if (spread > 0 && spread < LEAST) {
      throw refused(called(name, names, widest), least[widest], most[widest], "underflow");
    }
    return x;
  }

  /**
   * Checks only that the squares do not overflow, for rows to predict: there may be few and near.
   *
   * @param names the names of the columns; null to number them from 0
   * @throws IllegalArgumentException if not, naming the column and its range
   */
  public static double[][] notTooLarge(String name, List<String> names, double[][] x) {
    if (x.length > 0) {
      finite(name, names, x, range(x));
    }
    return x;
  }

  /**
   * The least and the largest number of each column, shape [2][columns]; NaN where one is NaN.
   * Parts of the rows at once.
   */
  private static double[][] range(double[][] x) {
    int size = Parallel.rowsAPart(x[0].length);
    int parts = (x.length + size - 1) / size;
    double[][][] found = new double[parts][][];
    Parallel.forEachPart(x.length, size, (from, to) -> found[from / size] = range(x, from, to));
    double[][] all = found[0];
    for (int p = 1; p < parts; p++) {
      for (int j = 0; j < all[0].length; j++) {
        all[0][j] = Math.min(all[0][j], found[p][0][j]);
        all[1][j] = Math.max(all[1][j], found[p][1][j]);
      }
    }
    return all;
  }

  private static double[][] range(double[][] x, int from, int to) {
    double[] least = x[from].clone();
    double[] most = x[from].clone();
    for (int i = from; i < to; i++) {
      double[] row = x[i];
      for (int j = 0; j < least.length; j++) {
        least[j] = Math.min(least[j], row[j]);
        most[j] = Math.max(most[j], row[j]);
      }
    }
    return new double[][] {least, most};
  }

  /** Looks for the first cell that is not finite, if the range of its column tells of one. */
  private static void requireFinite(
      String name, List<String> names, double[][] x, double[][] range) {
    if (Check.allFinite(range[0]) && Check.allFinite(range[1])) {
      return;
    }
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x[i].length; j++) {
        if (!Double.isFinite(x[i][j])) {
          throw new IllegalArgumentException(
              "%s has %s at row %d, column %s: fill or drop such rows first"
                  .formatted(name, x[i][j], i, names == null ? j : "'" + names.get(j) + "'"));
        }
      }
    }
  }

  private static void finite(String name, List<String> names, double[][] x, double[][] range) {
    double[] least = range[0];
    double[] most = range[1];
    int largest = 0;
    double sum = 0;
    for (int j = 0; j < least.length; j++) {
      double size = size(least[j], most[j]);
      sum += size * size;
      largest = size > size(least[largest], most[largest]) ? j : largest;
    }
    if (!Double.isFinite(sum * x.length * ROOM)) {
      throw refused(called(name, names, largest), least[largest], most[largest], "overflow");
    }
  }

  /**
   * Checks that the squares of numbers to predict, and of their spread, can be summed.
   *
   * @param weights of the rows; null for 1 each
   * @throws IllegalArgumentException if not, naming the range
   */
  public static double[] target(String name, double[] y, double[] weights) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double weight = 0;
    for (int i = 0; i < y.length; i++) {
      Check.that(Double.isFinite(y[i]), "%s has %s at row %d: drop such rows first", name, y[i], i);
      least = Math.min(least, y[i]);
      most = Math.max(most, y[i]);
      weight += weights == null ? 1 : weights[i];
    }
    double size = size(least, most);
    if (!Double.isFinite(size * size * Math.max(1, weight) * ROOM)) {
      Check.that(
          Double.isFinite(size * size * y.length * ROOM),
          "%s: values from %s to %s: their squares overflow; divide them by a power of ten first",
          name,
          least,
          most);
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: values from %s to %s with weights that sum to %s: their squares overflow;"
                  + " divide the weights by a power of ten first",
              name,
              least,
              most,
              weight));
    }
    Check.that(
        most - least >= LEAST || most <= least,
        "%s: values from %s to %s: their squares underflow; multiply them by a power of ten first",
        name,
        least,
        most);
    return y;
  }

  private static double size(double least, double most) {
    return Math.max(Math.abs(least), Math.abs(most));
  }

  private static String called(String name, List<String> names, int column) {
    return names == null
        ? name + ", column " + column
        : "%s, column '%s'".formatted(name, names.get(column));
  }

  private static IllegalArgumentException refused(
      String column, double least, double most, String how) {
    return new IllegalArgumentException(
        "%s: values from %s to %s: their squares %s; %s".formatted(column, least, most, how, TRY));
  }

  /**
   * Checks that weighted sums of squares are in the range of doubles.
   *
   * @param x shape [rows][columns], see {@link #columns}
   * @param weights of the rows, at least 0, not all 0
   */
  public static void weights(double[][] x, double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double most = 1;
    for (double[] row : x) {
      double square = 0;
      for (double v : row) {
        square += v * v;
      }
      most = Math.max(most, square);
    }
    Check.that(
        Double.isFinite(sum * most * ROOM) && sum >= LEAST,
        "weights sum to %s: times the squares of the columns they %s; divide the weights by their"
            + " mean first",
        sum,
        sum >= LEAST ? "overflow" : "underflow");
  }
}
