package fieldnotes.feature;

import fieldnotes.common.Check;

/**
 * How spectral contrast is measured. The defaults are librosa's.
 *
 * <p>Band 1 reaches from 0 Hz to {@code lowestHz}; each further one is the octave above the last,
 * and the last reaches on to half the sample rate. Where a band would begin at half the rate or
 * above, librosa raises an error. {@link Features} throws there as well; a {@link FeatureTable},
 * which may hold files of many rates, leaves such bands empty.
 *
 * @param lowestHz where the first octave begins, above 0; {@code fmin}, 200 Hz
 * @param bands octaves above the first band, so there are {@code bands + 1} numbers; {@code
 *     n_bands}, 6
 * @param quantile share of a band's bins that is its peak, and its valley, between 0 and 1; at
 *     least one bin is; {@code quantile}, 0.02
 * @param linear whether it is peak less valley in magnitude, rather than in dB; {@code linear}
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

  /** Returns a copy with the first octave from this frequency up. */
  public ContrastOptions withLowestHz(double hz) {
    return new ContrastOptions(hz, bands, quantile, linear);
  }

  /** Returns a copy with this number of octaves above the first band. */
  public ContrastOptions withBands(int octaves) {
    return new ContrastOptions(lowestHz, octaves, quantile, linear);
  }

  /** Returns a copy with this share of a band at either end. */
  public ContrastOptions withQuantile(double share) {
    return new ContrastOptions(lowestHz, bands, share, linear);
  }

  /** The same in magnitude, or in dB. */
  public ContrastOptions withLinear(boolean yes) {
    return new ContrastOptions(lowestHz, bands, quantile, yes);
  }

  /** The lower edge of band b, from 0. */
  double edgeHz(int b) {
    return b == 0 ? 0 : lowestHz * Math.pow(2, b - 1);
  }

  /** How many octaves begin below half of this rate. */
  int bandsWithin(int sampleRateHz) {
    int n = 0;
    while (n < bands && edgeHz(n + 1) < 0.5 * sampleRateHz) {
      n++;
    }
    return n;
  }
}
