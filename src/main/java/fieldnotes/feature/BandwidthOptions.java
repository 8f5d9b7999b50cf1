package fieldnotes.feature;

import fieldnotes.common.Check;

/**
 * How bandwidth is measured. The defaults are librosa's.
 *
 * @param exponent p in (Σ |X|·|f − centroid|^p)^(1/p), above 0; {@code p}, 2
 * @param normalised whether the magnitudes of a frame are first divided by their sum; otherwise the
 *     result grows with loudness and is no frequency; {@code norm}, true
 */
public record BandwidthOptions(double exponent, boolean normalised) implements MeasureOptions {
  public BandwidthOptions {
    Check.positive("exponent", exponent);
  }

  /** librosa's defaults. */
  public static BandwidthOptions of() {
    return new BandwidthOptions(2, true);
  }

  /** Returns a copy with this exponent. */
  public BandwidthOptions withExponent(double p) {
    return new BandwidthOptions(p, normalised);
  }

  /** Returns a copy with magnitudes as shares of the frame, or as they are. */
  public BandwidthOptions withNormalised(boolean yes) {
    return new BandwidthOptions(exponent, yes);
  }
}
