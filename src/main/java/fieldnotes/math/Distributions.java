package fieldnotes.math;

/** The few distribution functions that intervals need, in full double precision. */
public final class Distributions {
  private Distributions() {}

  /** The share of a standard normal distribution below z. */
  public static double normalBelow(double z) {
    if (Math.abs(z) > 7) {
      return z > 0 ? 1 - tail(z) : tail(-z);
    }
    double sum = z;
    double term = z;
    for (int k = 3; Math.abs(term) > Math.abs(sum) * 1e-17; k += 2) {
      term *= z * z / k;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }

  /** Laplace's continued fraction, for z above 7. */
  private static double tail(double z) {
    double fraction = z;
    for (int k = 60; k > 0; k--) {
      fraction = z + k / fraction;
    }
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) / fraction;
  }

  /** The z below which the given share of a standard normal distribution lies, 0 < share < 1. */
  public static double normalQuantile(double share) {
    double low = -40;
    double high = 40;
    for (int i = 0; i < 200 && high - low > 0; i++) {
      double middle = (low + high) / 2;
      if (middle == low || middle == high) {
        break;
      }
      if (normalBelow(middle) < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** The share of Student's t distribution below t ≥ 0. */
  private static double studentBelow(double t, double freedom) {
    return 1 - 0.5 * incompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t));
  }

  /** The t below which the given share, above ½, of Student's distribution lies. */
  public static double studentQuantile(double share, double freedom) {
    double low = 0;
    double high = 1;
    while (studentBelow(high, freedom) < share) {
      high *= 2;
    }
    while (true) {
      double middle = (low + high) / 2;
      if (middle == low || middle == high) {
        return middle;
      }
      if (studentBelow(middle, freedom) < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }

  /** The regularised incomplete beta function, by Lentz's continued fraction. */
  static double incompleteBeta(double a, double b, double x) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    if (x > (a + 1) / (a + b + 2)) {
      return 1 - incompleteBeta(b, a, 1 - x);
    }
    double front =
        Math.exp(
            logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
    double tiny = 1e-300;
    double c = 1;
    double d = 1 - (a + b) * x / (a + 1);
    d = 1 / (Math.abs(d) < tiny ? tiny : d);
    double fraction = d;
    for (int m = 1; m < 100_000; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 + even * d;
      c = 1 + even / c;
      d = 1 / (Math.abs(d) < tiny ? tiny : d);
      c = Math.abs(c) < tiny ? tiny : c;
      fraction *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 + odd * d;
      c = 1 + odd / c;
      d = 1 / (Math.abs(d) < tiny ? tiny : d);
      c = Math.abs(c) < tiny ? tiny : c;
      double change = d * c;
      fraction *= change;
      if (Math.abs(change - 1) < 1e-16) {
        break;
      }
    }
    return front * fraction / a;
  }

  /** The logarithm of the gamma function for x > 0, by Stirling's series from 15 on. */
  static double logGamma(double x) {
    double shift = 0;
    double z = x;
    while (z < 15) {
      shift += Math.log(z);
      z++;
    }
    double s = 1 / (z * z);
    double series =
        (1.0 / 12 - s * (1.0 / 360 - s * (1.0 / 1260 - s * (1.0 / 1680 - s / 1188)))) / z;
    return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
  }
}
