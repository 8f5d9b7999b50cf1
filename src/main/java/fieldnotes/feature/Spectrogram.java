package fieldnotes.feature;

import static fieldnotes.math.Lanes.COUNT;

import fieldnotes.audio.Clip;
import fieldnotes.math.LaneRealFft;
import java.util.Arrays;
import java.util.Locale;

/**
 * Short-time Fourier transform of a clip: the complex, unscaled amplitude of each bin in each
 * frame. Frame t is centred on sample t·hop, bin k is at k·rate/fftSize Hz.
 *
 * @see "J. B. Allen, Short term spectral analysis, synthesis, and modification by discrete Fourier
 *     transform, 1977"
 */
public final class Spectrogram {
  private static final double RANGE_DB = 80;

  private final String name;
  private final int sampleRateHz;
  private final FrameOptions options;
  private final int frames;
  private final double[] re;
  private final double[] im;

  private Spectrogram(
      String name, int sampleRateHz, FrameOptions options, int frames, double[] re, double[] im) {
    this.name = name;
    this.sampleRateHz = sampleRateHz;
    this.options = options;
    this.frames = frames;
    this.re = re;
    this.im = im;
  }

  /** The spectrogram of a clip with librosa's default frames of 2048 samples and hop 512. */
  public static Spectrogram of(Clip clip) {
    return of(clip, FrameOptions.of());
  }

  /**
   * The spectrogram of a clip.
   *
   * @throws IllegalArgumentException if a sample is not finite, or if the spectrogram would exceed
   *     the maximum array size
   */
  public static Spectrogram of(Clip clip, FrameOptions options) {
    Features.finite(clip);
    int frames = options.frames(clip.length());
    float[] y = options.surrounded(clip.samples(), 0, clip.length());
    int bins = options.bins();
    if ((long) frames * bins > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%s has %d frames of %d bins, too many for one spectrogram: take a part of it"
              .formatted(clip.name(), frames, bins));
    }
    double[] re = new double[frames * bins];
    double[] im = new double[frames * bins];
    LaneRealFft fft = LaneRealFft.of(options.fftSize());
    FrameLoader loader = new FrameLoader(options.fftSize(), options.hop());
    double[] window = options.paddedWindow();
    double[] work = new double[fft.workLength()];
    double[] spectrum = new double[2 * bins * COUNT];
    for (int t = 0; t < frames; t += COUNT) {
      loader.load(y, 0, y.length, (long) t * options.hop() - options.start());
      Arrays.fill(work, 0);
      loader.windowed(window, work, fft.stride());
      fft.spectrum(work, spectrum);
      for (int lane = 0; lane < COUNT && t + lane < frames; lane++) {
        int to = (t + lane) * bins;
        for (int k = 0; k < bins; k++) {
          re[to + k] = spectrum[2 * k * COUNT + lane];
          im[to + k] = spectrum[(2 * k + 1) * COUNT + lane];
        }
      }
    }
    return new Spectrogram(clip.name(), clip.sampleRateHz(), options, frames, re, im);
  }

  /** The number of frames. */
  public int frames() {
    return frames;
  }

  /** The number of bins, fftSize/2 + 1. */
  public int bins() {
    return options.bins();
  }

  /** The frame options used. */
  public FrameOptions options() {
    return options;
  }

  /** The sample rate of the clip, in Hz. */
  public int sampleRateHz() {
    return sampleRateHz;
  }

  /** The frequency of bin k, in Hz. */
  public double frequencyHz(int k) {
    return k * (double) sampleRateHz / options.fftSize();
  }

  /** The time of the centre of frame t, in seconds. */
  public double seconds(int t) {
    return options.seconds(t, sampleRateHz);
  }

  /** The real part of bin k of frame t. */
  public double real(int t, int k) {
    return re[t * bins() + k];
  }

  /** The imaginary part of bin k of frame t. */
  public double imaginary(int t, int k) {
    return im[t * bins() + k];
  }

  /** |X|² of bin k of frame t. */
  public double power(int t, int k) {
    int at = t * bins() + k;
    return re[at] * re[at] + im[at] * im[at];
  }

  /** |X| of bin k of frame t. */
  public double magnitude(int t, int k) {
    return Math.sqrt(power(t, k));
  }

  /** |X|, shape [frames][bins]. */
  public double[][] magnitude() {
    double[][] out = new double[frames][bins()];
    for (int t = 0; t < frames; t++) {
      for (int k = 0; k < bins(); k++) {
        out[t][k] = magnitude(t, k);
      }
    }
    return out;
  }

  /** |X|², shape [frames][bins]. */
  public double[][] power() {
    double[][] out = new double[frames][bins()];
    for (int t = 0; t < frames; t++) {
      for (int k = 0; k < bins(); k++) {
        out[t][k] = power(t, k);
      }
    }
    return out;
  }

  /**
   * Power in dB relative to the maximum of the clip, for plots.
   *
   * @return −80…0 dB, shape [frames][bins]
   */
  public double[][] decibels() {
    return belowMaximum(power());
  }

  /**
   * Root mean square of each frame, computed from the windowed spectrum: about 0.61 of {@link
   * Features#rms} with a Hann window.
   *
   * @return shape [frames]
   */
  public double[] rms() {
    double[] out = new double[frames];
    for (int t = 0; t < frames; t++) {
      double sum = 0;
      for (int k = 0; k < bins(); k++) {
        boolean alone = k == 0 || (options.fftSize() % 2 == 0 && k == bins() - 1);
        sum += alone ? power(t, k) / 2 : power(t, k);
      }
      out[t] = Math.sqrt(2 * sum) / options.fftSize();
    }
    return out;
  }

  static double[][] belowMaximum(double[][] power) {
    double most = 1e-10;
    for (double[] row : power) {
      for (double p : row) {
        most = Math.max(most, p);
      }
    }
    double reference = 10 * Math.log10(most);
    double highest = Double.NEGATIVE_INFINITY;
    double[][] out = new double[power.length][];
    for (int t = 0; t < out.length; t++) {
      out[t] = new double[power[t].length];
      for (int k = 0; k < out[t].length; k++) {
        out[t][k] = 10 * Math.log10(Math.max(1e-10, power[t][k])) - reference;
        highest = Math.max(highest, out[t][k]);
      }
    }
    for (double[] row : out) {
      for (int k = 0; k < row.length; k++) {
        row[k] = Math.max(row[k], highest - RANGE_DB);
      }
    }
    return out;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "spectrogram of %s: %d frames of %d bins, %.1f ms apart",
        name,
        frames,
        bins(),
        1000.0 * options.hop() / sampleRateHz);
  }
}
