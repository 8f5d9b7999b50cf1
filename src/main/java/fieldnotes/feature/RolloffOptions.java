package fieldnotes.feature;

import fieldnotes.common.Check;

/**
 * How rolloff is measured.
 *
 * @param share of the magnitude that lies below it, between 0 and 1; librosa's {@code
 *     roll_percent}, 0.85
 */
public record RolloffOptions(double share) implements MeasureOptions {
  public RolloffOptions {
    Check.that(share > 0 && share < 1, "rolloff=%s: must lie between 0 and 1", share);
  }

  /** This share. */
  public static RolloffOptions of(double share) {
    return new RolloffOptions(share);
  }
}
