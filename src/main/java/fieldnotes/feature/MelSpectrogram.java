package fieldnotes.feature;

import fieldnotes.audio.Clip;
import java.util.List;
import java.util.Locale;

/**
 * Mel spectrogram, like librosa's {@code melspectrogram}: by default Slaney's mel scale and
 * triangular filters of equal area from 0 Hz to half the sample rate; see {@link MelOptions}.
 *
 * @see "M. Slaney, Auditory Toolbox, Interval Research technical report 1998-010"
 */
public final class MelSpectrogram {
  private final String name;
  private final int sampleRateHz;
  private final FrameOptions options;
  private final double[][] power;

  private MelSpectrogram(String name, int sampleRateHz, FrameOptions options, double[][] power) {
    this.name = name;
    this.sampleRateHz = sampleRateHz;
    this.options = options;
    this.power = power;
  }

  /** The mel spectrogram of a clip with librosa's default frames and 128 bands. */
  public static MelSpectrogram of(Clip clip) {
    return of(clip, FrameOptions.of());
  }

  /**
   * The mel spectrogram of a clip.
   *
   * @throws IllegalArgumentException if a sample is not finite
   */
  public static MelSpectrogram of(Clip clip, FrameOptions options) {
    FeatureSet set =
        new FeatureSet("mel", List.of(Measure.mel(options.melBands())), List.of(Statistic.MEAN));
    return new MelSpectrogram(
        clip.name(), clip.sampleRateHz(), options, Features.frames(clip, set, options));
  }

  /** The number of frames. */
  public int frames() {
    return power.length;
  }

  /** The number of bands. */
  public int bands() {
    return options.melBands();
  }

  /** The frame options used. */
  public FrameOptions options() {
    return options;
  }

  /** The sample rate of the clip, in Hz. */
  public int sampleRateHz() {
    return sampleRateHz;
  }

  /** The centre frequency of band m, in Hz. */
  public double frequencyHz(int m) {
    return options.mel().edgesHz(sampleRateHz)[m + 1];
  }

  /** The time of the centre of frame t, in seconds. */
  public double seconds(int t) {
    return options.seconds(t, sampleRateHz);
  }

  /** Power, shape [frames][bands]; not copied. */
  public double[][] power() {
    return power;
  }

  /**
   * Power in dB (0 dB is a power of 1), limited to 80 dB below the maximum of the clip, as used for
   * MFCC.
   *
   * @return dB, shape [frames][bands]
   */
  public double[][] decibels() {
    double highest = Double.NEGATIVE_INFINITY;
    double[][] out = new double[frames()][bands()];
    for (int t = 0; t < out.length; t++) {
      for (int m = 0; m < out[t].length; m++) {
        out[t][m] = 10 * Math.log10(Math.max(1e-10, power[t][m]));
        highest = Math.max(highest, out[t][m]);
      }
    }
    for (double[] row : out) {
      for (int m = 0; m < row.length; m++) {
        row[m] = Math.max(row[m], highest - 80);
      }
    }
    return out;
  }

  /**
   * Power in dB relative to the maximum of the clip, for plots.
   *
   * @return −80…0 dB, shape [frames][bands]
   */
  public double[][] decibelsBelowMaximum() {
    return Spectrogram.belowMaximum(power);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "mel spectrogram of %s: %d frames of %d bands, %.1f ms apart",
        name,
        frames(),
        bands(),
        1000.0 * options.hop() / sampleRateHz);
  }
}
