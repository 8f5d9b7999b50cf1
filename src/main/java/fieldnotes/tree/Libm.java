package fieldnotes.tree;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Exponential and logarithm to the last bit as the C library computes them on Linux with fused
 * multiply-add. The last bit of a gradient can decide between two splits that are equally good, so
 * {@link Math#exp}, which may differ there, is not used.
 *
 * @see "S. Nagy, New exp, exp2 and log functions, ARM optimized routines, 2018"
 */
final class Libm {
  private static final int PARTS = 128;
  private static final double INVERSE = 0x1.71547652b82fep0 * PARTS;
  private static final double MINUS_STEP_HIGH = -0x1.62e42fefa0000p-8;
  private static final double MINUS_STEP_LOW = -0x1.cf79abc9e3b39p-47;
  private static final double ROUND = 0x1.8p52;
  private static final double C2 = 0x1.ffffffffffdbdp-2;
  private static final double C3 = 0x1.555555555543cp-3;
  private static final double C4 = 0x1.55555cf172b91p-5;
  private static final double C5 = 0x1.1111167a4d017p-7;
  private static final MathContext DIGITS = new MathContext(60);

  /** The bits of 2^(i/128) as a double. */
  private static final long[] POWER = new long[PARTS];

  /** What is lacking to 2^(i/128), as a fraction of it. */
  private static final double[] REST = new double[PARTS];

  static {
    BigDecimal root = BigDecimal.valueOf(2);
    for (int part = PARTS; part > 1; part /= 2) {
      root = root.sqrt(DIGITS);
    }
    BigDecimal power = BigDecimal.ONE;
    for (int i = 0; i < PARTS; i++) {
      double near = power.doubleValue();
      POWER[i] = Double.doubleToRawLongBits(near);
      REST[i] = power.divide(new BigDecimal(near), DIGITS).subtract(BigDecimal.ONE).doubleValue();
      power = power.multiply(root, DIGITS);
    }
  }

  private Libm() {}

  static double exp(double x) {
    if (!(Math.abs(x) < 512)) {
      return StrictMath.exp(x);
    }
    double steps = INVERSE * x + ROUND;
    long whole = Double.doubleToRawLongBits(steps);
    steps -= ROUND;
    double r = Math.fma(steps, MINUS_STEP_LOW, Math.fma(steps, MINUS_STEP_HIGH, x));
    int part = (int) whole & (PARTS - 1);
    double scale = Double.longBitsToDouble(POWER[part] + ((whole >> 7) << 52));
    double r2 = r * r;
    double low = Math.fma(r2, Math.fma(r, C3, C2), REST[part] + r);
    return Math.fma(scale, Math.fma(r2 * r2, Math.fma(r, C5, C4), low), scale);
  }

  /** The natural logarithm, rounded correctly. */
  static double log(double x) {
    double near = StrictMath.log(x);
    if (near == 0 || !Double.isFinite(near)) {
      return near;
    }
    BigDecimal error =
        new BigDecimal(x).divide(exp(new BigDecimal(near)), DIGITS).subtract(BigDecimal.ONE);
    return new BigDecimal(near).add(error, DIGITS).doubleValue();
  }

  private static BigDecimal exp(BigDecimal y) {
    BigDecimal small = y.divide(BigDecimal.valueOf(1024), DIGITS);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int i = 1; i < 24; i++) {
      term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    return sum.pow(1024, DIGITS);
  }

  /** ln(p / (1 − p)). */
  static double logit(double p) {
    if (p < 0.3 || p > 0.65) {
      return log(p / (1 - p));
    }
    double s = 2 * (p - 0.5);
    return StrictMath.log1p(s) - StrictMath.log1p(-s);
  }
}
