package fieldnotes.evaluate;

import fieldnotes.common.Check;

/** Errors of predicted numbers. */
public final class Errors {
  private Errors() {}

  /** Root mean squared error, √(Σ (predicted − actual)² / n), in the unit of the target. */
  public static double rmse(double[] actual, double[] predicted) {
    return rootMean(squares(actual, predicted));
  }

  /** The root of the mean of squared errors. */
  public static double rootMean(double[] squares) {
    return Math.sqrt(sum(squares) / squares.length);
  }

  /** Sums in pairs and in the order of NumPy, so that the last digit is its last digit too. */
  static double sum(double[] values) {
    return sum(values, 0, values.length);
  }

  private static double sum(double[] values, int from, int count) {
    if (count > 128) {
      int half = count / 2;
      half -= half % 8;
      return sum(values, from, half) + sum(values, from + half, count - half);
    }
    double rest = 0;
    int at = 0;
    if (count >= 8) {
      double[] r = new double[8];
      System.arraycopy(values, from, r, 0, 8);
      for (at = 8; at < count - count % 8; at += 8) {
        for (int k = 0; k < 8; k++) {
          r[k] += values[from + at + k];
        }
      }
      rest = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    }
    for (; at < count; at++) {
      rest += values[from + at];
    }
    return rest;
  }

  /** Mean absolute error, Σ |predicted − actual| / n, in the unit of the target. */
  public static double mae(double[] actual, double[] predicted) {
    check(actual, predicted);
    double sum = 0;
    for (int i = 0; i < actual.length; i++) {
      sum += Math.abs(predicted[i] - actual[i]);
    }
    return sum / actual.length;
  }

  /**
   * The share of the target's variance that is explained, R² = 1 − Σ (predicted − actual)² / Σ
   * (actual − mean)²; 1 is perfect, 0 is as good as predicting the mean, below 0 is worse.
   */
  public static double r2(double[] actual, double[] predicted) {
    check(actual, predicted);
    double mean = 0;
    for (double value : actual) {
      mean += value;
    }
    mean /= actual.length;
    double left = 0;
    double all = 0;
    for (int i = 0; i < actual.length; i++) {
      left += (predicted[i] - actual[i]) * (predicted[i] - actual[i]);
      all += (actual[i] - mean) * (actual[i] - mean);
    }
    return 1 - left / all;
  }

  /** The squared error of each row, shape [rows]. */
  public static double[] squares(double[] actual, double[] predicted) {
    check(actual, predicted);
    double[] squares = new double[actual.length];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = (predicted[i] - actual[i]) * (predicted[i] - actual[i]);
    }
    return squares;
  }

  private static void check(double[] actual, double[] predicted) {
    Check.sameLength("actual", actual.length, "predicted", predicted.length);
    Check.that(actual.length > 0, "actual has no rows");
  }
}
