package fieldnotes.feature;

import fieldnotes.common.Check;

/**
 * Options of spectral flatness. The defaults are librosa's.
 *
 * @param least lower limit for the bins, above 0, which makes silence flat; librosa's {@code amin};
 *     default: 1e-10
 * @param exponent exponent of the magnitude, above 0; 2 is power; librosa's {@code power}; default:
 *     2
 */
public record FlatnessOptions(double least, double exponent) implements MeasureOptions {
  public FlatnessOptions {
    Check.positive("least", least);
    Check.positive("exponent", exponent);
  }

  /** librosa's defaults. */
  public static FlatnessOptions of() {
    return new FlatnessOptions(1e-10, 2);
  }

  /** Returns a copy with another lower limit for the bins. */
  public FlatnessOptions withLeast(double floor) {
    return new FlatnessOptions(floor, exponent);
  }

  /** Returns a copy with another exponent of the magnitude. */
  public FlatnessOptions withExponent(double power) {
    return new FlatnessOptions(least, power);
  }
}
