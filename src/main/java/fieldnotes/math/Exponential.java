package fieldnotes.math;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** e^x of many numbers at once, with the same bits on every machine. */
public final class Exponential {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

  /** Exponents below this are taken for this, whose power is almost the least double. */
  private static final double LEAST = -708;

  private static final double MOST = 709;

  private static final double LOG2_E = 1.4426950408889634;

  /** ln 2 in two parts, the first with zeros at its end. */
  private static final double LN2_HIGH = 0x1.62e42fefa0000p-1;

  private static final double LN2_LOW = 0x1.cf79abc9e3b3ap-40;

  /** Added to a number, it rounds it to a whole one, which is then in the last bits. */
  private static final double ROUND = 0x1.8p52;

  /** 1 / 13!, 1 / 12!, … 1 / 0! of the exponential series. */
  private static final double[] SERIES = series();

  private Exponential() {}

  private static double[] series() {
    double[] series = new double[14];
    double factorial = 1;
    for (int k = 0; k < series.length; k++) {
      factorial *= Math.max(1, k);
      series[series.length - 1 - k] = 1 / factorial;
    }
    return series;
  }

  /**
   * Replaces numbers by e^number, within two units in the last place, several at once; the bits are
   * the same on every machine. Below −708 it is e^−708, above 709 e^709.
   *
   * @param x not NaN
   */
  public static void inPlace(double[] x, int from, int to) {
    int i = from;
    for (; i + SPECIES.length() <= to; i += SPECIES.length()) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, i).max(LEAST).min(MOST);
      DoubleVector shifted =
          v.fma(DoubleVector.broadcast(SPECIES, LOG2_E), DoubleVector.broadcast(SPECIES, ROUND));
      DoubleVector whole = shifted.sub(ROUND);
      DoubleVector rest = whole.fma(DoubleVector.broadcast(SPECIES, -LN2_HIGH), v);
      rest = whole.fma(DoubleVector.broadcast(SPECIES, -LN2_LOW), rest);
      DoubleVector sum = DoubleVector.broadcast(SPECIES, SERIES[0]);
      for (int k = 1; k < 14; k++) {
        sum = sum.fma(rest, DoubleVector.broadcast(SPECIES, SERIES[k]));
      }
      LongVector power = shifted.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
      sum.reinterpretAsLongs().add(power).reinterpretAsDoubles().intoArray(x, i);
    }
    for (; i < to; i++) {
      double v = Math.min(MOST, Math.max(LEAST, x[i]));
      double shifted = Math.fma(v, LOG2_E, ROUND);
      double whole = shifted - ROUND;
      double rest = Math.fma(whole, -LN2_LOW, Math.fma(whole, -LN2_HIGH, v));
      double sum = SERIES[0];
      for (int k = 1; k < 14; k++) {
        sum = Math.fma(sum, rest, SERIES[k]);
      }
      x[i] =
          Double.longBitsToDouble(
              Double.doubleToRawLongBits(sum) + (Double.doubleToRawLongBits(shifted) << 52));
    }
  }
}
