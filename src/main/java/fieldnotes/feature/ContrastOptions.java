package fieldnotes.feature;

import fieldnotes.common.Check;

/**
 * Options of spectral contrast. The defaults are librosa's.
 *
 * <p>Band 1 is 0 Hz to {@code lowestHz}; each further band is one octave, and the last extends to
 * half the sample rate. If a band would start at or above half the sample rate, librosa and {@link
 * Features} throw an error; in a {@link FeatureTable}, which may mix sample rates, such bands are
 * empty.
 *
 * @param lowestHz start of the first octave, above 0; librosa's {@code fmin}; default: 200 Hz
 * @param bands octaves above the first band; the result has {@code bands + 1} values; librosa's
 *     {@code n_bands}; default: 6
 * @param quantile share of a band's bins used for its peak and for its valley, between 0 and 1, at
 *     least one bin; librosa's {@code quantile}; default: 0.02
 * @param linear whether the difference is taken of magnitudes instead of dB; librosa's {@code
 *     linear}; default: false
 */
public record ContrastOptions(double lowestHz, int bands, double quantile, boolean linear)
    implements MeasureOptions {
  public ContrastOptions {
    Check.positive("lowestHz", lowestHz);
    Check.that(bands >= 1 && bands <= 64, "bands=%d: must lie within 1 and 64", bands);
    Check.that(quantile > 0 && quantile < 1, "quantile=%s: must lie between 0 and 1", quantile);
  }

  /** librosa's defaults. */
  public static ContrastOptions of() {
    return new ContrastOptions(200, 6, 0.02, false);
  }

  /** Returns a copy with another start of the first octave. */
  public ContrastOptions withLowestHz(double hz) {
    return new ContrastOptions(hz, bands, quantile, linear);
  }

  /** Returns a copy with another number of octaves above the first band. */
  public ContrastOptions withBands(int octaves) {
    return new ContrastOptions(lowestHz, octaves, quantile, linear);
  }

  /** Returns a copy with another share of bins for peak and valley. */
  public ContrastOptions withQuantile(double share) {
    return new ContrastOptions(lowestHz, bands, share, linear);
  }

  /** Returns a copy that uses magnitude or dB. */
  public ContrastOptions withLinear(boolean yes) {
    return new ContrastOptions(lowestHz, bands, quantile, yes);
  }

  /** The lower edge of band b, counted from 0. */
  double edgeHz(int b) {
    return b == 0 ? 0 : lowestHz * Math.pow(2, b - 1);
  }

  /** Number of octaves that start below half this sample rate. */
  int bandsWithin(int sampleRateHz) {
    int n = 0;
    while (n < bands && edgeHz(n + 1) < 0.5 * sampleRateHz) {
      n++;
    }
    return n;
  }
}
