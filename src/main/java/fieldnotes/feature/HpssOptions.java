package fieldnotes.feature;

import fieldnotes.common.Check;

/**
 * Options of harmonic–percussive separation. The defaults are those of librosa's {@code hpss}.
 *
 * @param frames median length along time, 1…1023; the first {@code kernel_size}; default: 31
 * @param bins median length along frequency, 1…1023; the second {@code kernel_size}; default: 31
 * @param harmonicMargin how many times larger the harmonic median must be to count as harmonic, at
 *     least 1; above 1 there is a residual that is neither; the first {@code margin}; default: 1
 * @param percussiveMargin the same for the percussive part; the second {@code margin}; default: 1
 * @param exponent exponent of the masks, above 0; infinite for binary masks; {@code power};
 *     default: 2
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

  /** Returns a copy with other median lengths in frames and bins. */
  public HpssOptions withMedians(int alongTime, int alongFrequency) {
    return new HpssOptions(alongTime, alongFrequency, harmonicMargin, percussiveMargin, exponent);
  }

  /** Returns a copy with other margins. */
  public HpssOptions withMargins(double harmonic, double percussive) {
    return new HpssOptions(frames, bins, harmonic, percussive, exponent);
  }

  /** Returns a copy with another exponent of the masks. */
  public HpssOptions withExponent(double power) {
    return new HpssOptions(frames, bins, harmonicMargin, percussiveMargin, power);
  }
}
