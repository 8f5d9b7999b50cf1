package fieldnotes.feature;

import fieldnotes.common.Check;

/**
 * How a sound is parted into harmonic and percussive. The defaults are librosa's {@code hpss}.
 *
 * @param frames of the median along time, at least 1; the first {@code kernel_size}, 31
 * @param bins of the median along frequency, at least 1; the second {@code kernel_size}, 31
 * @param harmonicMargin how many times stronger the harmonic part must be to count for one, at
 *     least 1; above 1 there is a rest that is neither; the first {@code margin}, 1
 * @param percussiveMargin the same of the percussive part; the second {@code margin}, 1
 * @param exponent of the masks, above 0; infinite for all or nothing; {@code power}, 2
 */
public record HpssOptions(
    int frames, int bins, double harmonicMargin, double percussiveMargin, double exponent)
    implements MeasureOptions {
  public HpssOptions {
    Check.that(frames >= 1 && frames <= 1023, "frames=%d: must lie within 1 and 1023", frames);
    Check.that(bins >= 1 && bins <= 1023, "bins=%d: must lie within 1 and 1023", bins);
    margin("harmonicMargin", harmonicMargin);
    margin("percussiveMargin", percussiveMargin);
    Check.that(exponent > 0, "exponent=%s: must be above 0", exponent);
  }

  private static void margin(String name, double value) {
    Check.that(
        value >= 1 && Double.isFinite(value),
        "%s=%s: must be at least 1; typical are 1 to 10",
        name,
        value);
  }

  /** librosa's defaults. */
  public static HpssOptions of() {
    return new HpssOptions(31, 31, 1, 1, 2);
  }

  /** Returns a copy with medians over this number of frames and of bins. */
  public HpssOptions withMedians(int alongTime, int alongFrequency) {
    return new HpssOptions(alongTime, alongFrequency, harmonicMargin, percussiveMargin, exponent);
  }

  /** Returns a copy with these margins. */
  public HpssOptions withMargins(double harmonic, double percussive) {
    return new HpssOptions(frames, bins, harmonic, percussive, exponent);
  }

  /** Returns a copy with this exponent of the masks. */
  public HpssOptions withExponent(double power) {
    return new HpssOptions(frames, bins, harmonicMargin, percussiveMargin, power);
  }
}
