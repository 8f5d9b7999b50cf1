package fieldnotes.feature;

import fieldnotes.common.Check;

/**
 * How flatness is measured. The defaults are librosa's.
 *
 * @param least what weaker bins are raised to, above 0, so that silence is flat; {@code amin},
 *     1e-10
 * @param exponent of the magnitude, above 0: 2 for power; {@code power}, 2
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

  /** Returns a copy that raises weaker bins to this value. */
  public FlatnessOptions withLeast(double floor) {
    return new FlatnessOptions(floor, exponent);
  }

  /** The same over this power of the magnitude. */
  public FlatnessOptions withExponent(double power) {
    return new FlatnessOptions(least, power);
  }
}
