package fieldnotes.feature;

import fieldnotes.common.Check;

/**
 * Options of mel bands. The defaults are librosa's: 128 bands from 0 Hz to half the sample rate on
 * Slaney's mel scale, triangular filters of equal area on the power spectrum.
 *
 * @param bands number of bands, at least 1; librosa's {@code n_mels}
 * @param lowestHz lower edge of the first band, at least 0; librosa's {@code fmin}
 * @param highestHz upper edge of the last band; infinite for half the sample rate; librosa's {@code
 *     fmax}
 * @param scale mel scale; librosa's {@code htk}
 * @param equalArea whether filters have equal areas instead of equal heights; librosa's {@code
 *     norm} 'slaney' instead of None
 * @param exponent exponent of the magnitudes, above 0; 2 is power; librosa's {@code power}
 */
public record MelOptions(
    int bands, double lowestHz, double highestHz, Scale scale, boolean equalArea, double exponent) {
  /** The mel scale. */
  public enum Scale {
    /** Linear to 1000 Hz, logarithmic above: M. Slaney's Auditory Toolbox. */
    SLANEY,
    /** 2595·log10(1 + f/700): the Hidden Markov Toolkit, after D. O'Shaughnessy. */
    HTK;

    double ofHz(double hz) {
      if (this == HTK) {
        return 2595 * Math.log10(1 + hz / 700);
      }
      return hz < 1000 ? hz / (200.0 / 3) : 15 + 27 * Math.log(hz / 1000) / Math.log(6.4);
    }

    double toHz(double mel) {
      if (this == HTK) {
        return 700 * (Math.pow(10, mel / 2595) - 1);
      }
      return mel < 15 ? mel * (200.0 / 3) : 1000 * Math.exp(Math.log(6.4) / 27 * (mel - 15));
    }
  }

  public MelOptions {
    Check.atLeast("bands", bands, 1);
    Check.that(
        lowestHz >= 0 && Double.isFinite(lowestHz), "lowestHz=%s: must be 0 or above", lowestHz);
    Check.that(
        highestHz > lowestHz, "highestHz=%s: must be above lowestHz=%s", highestHz, lowestHz);
    Check.positive("exponent", exponent);
  }

  /** {@code bands} bands with librosa's defaults. */
  public static MelOptions of(int bands) {
    return new MelOptions(bands, 0, Double.POSITIVE_INFINITY, Scale.SLANEY, true, 2);
  }

  /** Returns a copy with another frequency range. */
  public MelOptions withRange(double newLowestHz, double newHighestHz) {
    return new MelOptions(bands, newLowestHz, newHighestHz, scale, equalArea, exponent);
  }

  /** Returns a copy with another mel scale. */
  public MelOptions withScale(Scale newScale) {
    return new MelOptions(bands, lowestHz, highestHz, newScale, equalArea, exponent);
  }

  /** Returns a copy with filters of equal area, or of height 1. */
  public MelOptions withEqualArea(boolean yes) {
    return new MelOptions(bands, lowestHz, highestHz, scale, yes, exponent);
  }

  /** Returns a copy with another exponent of the magnitudes: 2 is power. */
  public MelOptions withExponent(double newExponent) {
    return new MelOptions(bands, lowestHz, highestHz, scale, equalArea, newExponent);
  }

  /** Edges of the filters, evenly spaced in mel, shape [bands + 2], in Hz. */
  double[] edgesHz(int sampleRateHz) {
    double[] edge = new double[bands + 2];
    double from = scale.ofHz(lowestHz);
    double to = scale.ofHz(Double.isInfinite(highestHz) ? sampleRateHz / 2.0 : highestHz);
    for (int i = 0; i < edge.length; i++) {
      edge[i] = scale.toHz(i == bands + 1 ? to : from + i * ((to - from) / (bands + 1)));
    }
    return edge;
  }
}
