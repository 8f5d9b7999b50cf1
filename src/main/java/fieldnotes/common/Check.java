package fieldnotes.common;

import java.util.Locale;

/**
 * Argument checks. A message names the argument, its value and what is allowed.
 *
 * <p>Every method throws {@link IllegalArgumentException} if the argument is invalid.
 */
public final class Check {
  private Check() {}

  /** Throws with {@code message}, a format, unless {@code allowed}. */
  public static void that(boolean allowed, String message, Object... values) {
    if (!allowed) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, message, values));
    }
  }

  /** Checks for a finite number above zero. */
  public static double positive(String name, double value) {
    that(
        value > 0 && Double.isFinite(value), "%s=%s: must be a finite number above 0", name, value);
    return value;
  }

  /** Checks for a whole number of at least {@code least}. */
  public static int atLeast(String name, int value, int least) {
    that(value >= least, "%s=%d: must be at least %d", name, value, least);
    return value;
  }

  /** Checks for a number from {@code from} to {@code to}, both included. */
  public static double within(String name, double value, double from, double to) {
    that(value >= from && value <= to, "%s=%s: must lie within %s and %s", name, value, from, to);
    return value;
  }

  /**
   * Checks for a matrix with at least one row and one column, rows of equal length, and finite
   * numbers. The message names the first invalid row and column, both counted from 0.
   */
  public static double[][] matrix(String name, double[][] x) {
    rectangular(name, x);
    Parallel.forEachPart(
        x.length,
        Parallel.rowsAPart(x[0].length),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            finite(name, x[i], i);
          }
        });
    return x;
  }

  /** Checks a row of a matrix. */
  static void finite(String name, double[] cells, int row) {
    if (allFinite(cells)) {
      return;
    }
    int j = 0;
    while (Double.isFinite(cells[j])) {
      j++;
    }
    throw new IllegalArgumentException(
        "%s has %s at row %d, column %d: fill or drop such rows first"
            .formatted(name, cells[j], row, j));
  }

  /** Checks for a matrix with at least one row and one column, and rows of equal length. */
  public static double[][] rectangular(String name, double[][] x) {
    that(x.length > 0, "%s has no rows", name);
    int columns = x[0].length;
    that(columns > 0, "%s has no columns", name);
    for (int i = 1; i < x.length; i++) {
      if (x[i].length != columns) { // not by that(): it would box numbers for every row
        throw new IllegalArgumentException(
            "%s is ragged: row %d has %d columns, row 0 has %d"
                .formatted(name, i, x[i].length, columns));
      }
    }
    return x;
  }

  /** Whether no number is infinite or NaN. */
  public static boolean allFinite(double[] x) {
    // a finite number times 0 is 0, any other NaN; four sums, as one waits for each addition
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int j = 0;
    for (; j + 4 <= x.length; j += 4) {
      a += x[j] * 0;
      b += x[j + 1] * 0;
      c += x[j + 2] * 0;
      d += x[j + 3] * 0;
    }
    for (; j < x.length; j++) {
      a += x[j] * 0;
    }
    return a + b + c + d == 0;
  }

  /** Checks for row weights: finite, at least 0, not all 0, with a finite sum. */
  public static double[] weights(String name, double[] weights) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      that(
          weights[i] >= 0 && Double.isFinite(weights[i]),
          "%s has %s at row %d: must be finite and at least 0",
          name,
          weights[i],
          i);
      sum += weights[i];
    }
    that(sum > 0, "%s are all 0: leave at least one row in", name);
    that(sum < Double.POSITIVE_INFINITY, "%s sum to infinity: divide them by 1e10 first", name);
    return weights;
  }

  /** Checks that two arguments have the same length. */
  public static void sameLength(String name, int length, String other, int otherLength) {
    that(
        length == otherLength,
        "%s has %d entries and %s has %d: they must be equally long",
        name,
        length,
        other,
        otherLength);
  }
}
