package fieldnotes.feature;

import fieldnotes.common.Check;
import fieldnotes.math.LaneFft;

/**
 * Options of MFCC, computed from the mel spectrogram in dB. The defaults are librosa's.
 *
 * @param count number of coefficients, 1…mel bands; librosa's {@code n_mfcc}
 * @param dctType DCT type, 1, 2 or 3; librosa's {@code dct_type}; default: 2
 * @param orthonormal whether the DCT is orthonormal; librosa's {@code norm} 'ortho' instead of None
 * @param lifter if above 0, coefficient n = 1, 2, … is multiplied by 1 + lifter/2 · sin(π·n /
 *     lifter), which raises the higher ones; 0 is off; librosa's {@code lifter}
 * @param deltaWidth window of the derivatives in frames, odd and at least 3; librosa's {@code
 *     width}; default: 9
 */
public record MfccOptions(
    int count, int dctType, boolean orthonormal, double lifter, int deltaWidth)
    implements MeasureOptions {
  public MfccOptions {
    Check.atLeast("count", count, 1);
    Check.that(dctType >= 1 && dctType <= 3, "dctType=%d: must be 1, 2 or 3", dctType);
    Check.that(
        lifter >= 0 && Double.isFinite(lifter), "lifter=%s: must be 0 (none) or above", lifter);
    Check.that(
        deltaWidth >= 3 && deltaWidth % 2 == 1,
        "deltaWidth=%d: must be odd and at least 3",
        deltaWidth);
  }

  /** {@code count} coefficients with librosa's defaults. */
  public static MfccOptions of(int count) {
    return new MfccOptions(count, 2, true, 0, 9);
  }

  /** Returns a copy with another DCT type. */
  public MfccOptions withDctType(int type) {
    return new MfccOptions(count, type, orthonormal, lifter, deltaWidth);
  }

  /** Returns a copy with or without an orthonormal DCT. */
  public MfccOptions withOrthonormal(boolean yes) {
    return new MfccOptions(count, dctType, yes, lifter, deltaWidth);
  }

  /** Returns a copy with another lifter; HTK uses 22. */
  public MfccOptions withLifter(double strength) {
    return new MfccOptions(count, dctType, orthonormal, strength, deltaWidth);
  }

  /** Returns a copy with another window of the derivatives, in frames. */
  public MfccOptions withDeltaWidth(int frames) {
    return new MfccOptions(count, dctType, orthonormal, lifter, frames);
  }

  /** The options without the number of coefficients, for sharing transforms. */
  MfccOptions basis() {
    return new MfccOptions(1, dctType, orthonormal, lifter, 9);
  }

  /** Row c of the DCT for this number of mel bands, including the lifter. */
  double[] row(int c, int bands) {
    double[] out = new double[bands];
    double lift = lifter > 0 ? 1 + lifter / 2 * Math.sin(Math.PI * (c + 1) / lifter) : 1;
    for (int m = 0; m < bands; m++) {
      out[m] = lift * cosine(c, m, bands);
    }
    return out;
  }

  private double cosine(int c, int m, int bands) {
    switch (dctType) {
      case 1 -> {
        boolean end = m == 0 || m == bands - 1;
        double plain = (end ? 1 : 2) * LaneFft.cos((long) c * m, 2 * (bands - 1));
        if (!orthonormal) {
          return plain;
        }
        double scale = Math.sqrt((c == 0 || c == bands - 1 ? 0.25 : 0.5) / (bands - 1));
        return scale * (end ? Math.sqrt(2) : 1) * plain;
      }
      case 2 -> {
        double scale = orthonormal ? Math.sqrt((c == 0 ? 1.0 : 2.0) / bands) : 2;
        return scale * LaneFft.cos((long) c * (2 * m + 1), 4 * bands);
      }
      default -> {
        if (m == 0) {
          return orthonormal ? Math.sqrt(1.0 / bands) : 1;
        }
        double scale = orthonormal ? Math.sqrt(2.0 / bands) : 2;
        return scale * LaneFft.cos((long) m * (2 * c + 1), 4 * bands);
      }
    }
  }
}
