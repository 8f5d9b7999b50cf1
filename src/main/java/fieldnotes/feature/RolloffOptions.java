package fieldnotes.feature;

import fieldnotes.common.Check;

/**
 * Options of spectral rolloff.
 *
 * @param share share of the magnitude below the rolloff frequency, between 0 and 1; librosa's
 *     {@code roll_percent}, whose default is 0.85
 */
public record RolloffOptions(double share) implements MeasureOptions {
  public RolloffOptions {
    Check.that(share > 0 && share < 1, "rolloff=%s: must lie between 0 and 1", share);
  }

  /** Rolloff at this share. */
  public static RolloffOptions of(double share) {
    return new RolloffOptions(share);
  }
}
