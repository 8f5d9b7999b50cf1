package fieldnotes.feature;

import fieldnotes.common.Check;

/**
 * Options of the spectral bandwidth. The defaults are librosa's.
 *
 * @param exponent p in (Σ |X|·|f − centroid|^p)^(1/p), above 0; librosa's {@code p}; default: 2
 * @param normalised whether to divide the magnitudes of a frame by their sum first; otherwise the
 *     result scales with loudness and is not in Hz; librosa's {@code norm}; default: true
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

  /** Returns a copy with or without normalised magnitudes. */
  public BandwidthOptions withNormalised(boolean yes) {
    return new BandwidthOptions(exponent, yes);
  }
}
