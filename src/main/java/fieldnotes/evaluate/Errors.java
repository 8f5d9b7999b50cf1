package fieldnotes.evaluate;

import fieldnotes.common.Check;
import java.util.Arrays;

/** Errors of predicted numbers. */
public final class Errors {
  private Errors() {}

  /** Root mean squared error, √(Σ (predicted − actual)² / n), in the unit of the target. */
  public static double rmse(double[] actual, double[] predicted) {
    return rootMean(actual, predicted, null);
  }

  /** The root mean squared error by weight, right where the squares would overflow too. */
  static double rootMean(double[] actual, double[] predicted, double[] weights) {
    double[] squares = squares(actual, predicted);
    double found = Math.sqrt(mean(squares, weights));
    if (found < Double.MAX_VALUE && found > 1e-145) {
      return found;
    }
    double[] errors = new double[actual.length];
    Arrays.setAll(errors, i -> predicted[i] / 2 - actual[i] / 2);
    int power = scale(errors);
    Arrays.setAll(squares, i -> errors[i] * errors[i]);
    return Math.scalb(Math.sqrt(mean(squares, weights)), power + 1);
  }

  /** Scales by a power of two, the largest to about 1. */
  private static int scale(double[] values) {
    double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
    int power = largest == 0 ? 0 : Math.getExponent(largest);
    Arrays.setAll(values, i -> Math.scalb(values[i], -power));
    return power;
  }

  /** The mean, Σ w·v / Σ w; without weights Σ v / n. */
  static double mean(double[] values, double[] weights) {
    if (weights == null) {
      return sum(values) / values.length;
    }
    double[] weighted = new double[values.length];
    Arrays.setAll(weighted, i -> weights[i] * values[i]);
    return sum(weighted) / sum(weights);
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
    return Double.isFinite(sum)
        ? sum / actual.length
        : mae(scaled(actual, -64), scaled(predicted, -64)) * Math.scalb(1.0, 64);
  }

  /**
   * The share of the target's variance that is explained, R² = 1 − Σ (predicted − actual)² / Σ
   * (actual − mean)²; 1 is perfect, 0 is as good as predicting the mean, below 0 is worse. As in
   * scikit-learn, if all actual numbers are equal it is 1 for perfect predictions and else 0; of a
   * single row it is NaN.
   */
  public static double r2(double[] actual, double[] predicted) {
    return r2(actual, predicted, null);
  }

  /** The same by weight; rows of weight 0 do not count. */
  static double r2(double[] actual, double[] predicted, double[] weights) {
    check(actual, predicted);
    if (actual.length < 2) {
      return Double.NaN;
    }
    int first = 0;
    while (weights != null && weights[first] == 0) {
      first++;
    }
    boolean constant = true;
    boolean perfect = true;
    double largest = 0;
    double spread = 0;
    for (int i = first; i < actual.length; i++) {
      if (weights == null || weights[i] > 0) {
        constant &= actual[i] == actual[first];
        perfect &= actual[i] == predicted[i];
        spread = Math.max(spread, Math.abs(actual[i] - actual[first]));
        largest = Math.max(largest, Math.max(Math.abs(actual[i]), Math.abs(predicted[i])));
      }
    }
    if (constant || perfect) {
      return perfect ? 1 : 0;
    }
    if (largest > 1e140 || spread < 1e-140) {
      int power = Math.getExponent(largest > 1e140 ? largest : spread);
      return plainR2(scaled(actual, -power), scaled(predicted, -power), weights);
    }
    return plainR2(actual, predicted, weights);
  }

  private static double[] scaled(double[] values, int power) {
    return Arrays.stream(values).map(v -> Math.scalb(v, power)).toArray();
  }

  private static double plainR2(double[] actual, double[] predicted, double[] weights) {
    if (weights != null) {
      double mean = mean(actual, weights);
      double left = mean(squares(actual, predicted), weights);
      double[] around = new double[actual.length];
      Arrays.setAll(around, i -> (actual[i] - mean) * (actual[i] - mean));
      return 1 - left / mean(around, weights);
    }
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
    for (int i = 0; i < actual.length; i++) {
      if (!Double.isFinite(actual[i]) || !Double.isFinite(predicted[i])) {
        boolean first = !Double.isFinite(actual[i]);
        throw new IllegalArgumentException(
            "%s has %s at row %d: drop such rows first"
                .formatted(first ? "actual" : "predicted", first ? actual[i] : predicted[i], i));
      }
    }
  }
}
