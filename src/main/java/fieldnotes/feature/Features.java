package fieldnotes.feature;

import fieldnotes.audio.Clip;
import fieldnotes.common.Check;
import fieldnotes.feature.FrameEngine.Track;
import java.util.Arrays;
import java.util.List;

/**
 * The features of a clip, frame by frame, with librosa 0.11's numbers. A frame is a row, its values
 * are the columns. Each verb takes a clip and, where librosa's defaults will not do, {@link
 * FrameOptions}; every frame t is centred on sample t·hop.
 *
 * <p>All work in double precision. Every verb throws {@link IllegalArgumentException} where a
 * sample is not a finite number.
 *
 * @see "B. McFee et al., librosa: audio and music signal analysis in Python, 2015"
 */
public final class Features {
  private Features() {}

  /** Mel-frequency cepstral coefficients with librosa's default frames; shape [frames][count]. */
  public static double[][] mfcc(Clip clip, int count) {
    return mfcc(clip, count, FrameOptions.of());
  }

  /**
   * Mel-frequency cepstral coefficients: the orthonormal DCT-II of the mel spectrogram in dB. The
   * first follows the loudness; the next ones the outline of the spectrum.
   *
   * @param count coefficients, 1…melBands
   * @return shape [frames][count]
   * @see "S. Davis and P. Mermelstein, Comparison of parametric representations for monosyllabic
   *     word recognition, 1980"
   */
  public static double[][] mfcc(Clip clip, int count, FrameOptions options) {
    return rows(clip, Measure.mfcc(count), options);
  }

  /**
   * The first derivative of the MFCC over time, per frame, by a line fitted to nine frames.
   *
   * @return shape [frames][count]
   * @throws IllegalArgumentException if the clip has fewer than nine frames
   */
  public static double[][] mfccDelta(Clip clip, int count, FrameOptions options) {
    nineFrames(clip, options);
    return rows(clip, Measure.mfccDelta(count), options);
  }

  /**
   * The second derivative of the MFCC over time, by a parabola fitted to nine frames.
   *
   * @return shape [frames][count]
   * @throws IllegalArgumentException if the clip has fewer than nine frames
   */
  public static double[][] mfccDelta2(Clip clip, int count, FrameOptions options) {
    nineFrames(clip, options);
    return rows(clip, Measure.mfccDelta2(count), options);
  }

  /**
   * Changes of sign between neighbouring samples over the frame's length, 0…1.
   *
   * @return shape [frames]
   */
  public static double[] zeroCrossingRate(Clip clip, FrameOptions options) {
    return row(clip, Measure.zcr(), options);
  }

  /**
   * Root mean square of each frame, full scale 1. Frames at the ends hold half a frame of silence.
   *
   * @return shape [frames]
   */
  public static double[] rms(Clip clip, FrameOptions options) {
    return row(clip, Measure.rms(), options);
  }

  /**
   * Mean frequency weighted by magnitude, Σ f·|X| / Σ |X|; 0 in silence.
   *
   * @return Hz, shape [frames]
   */
  public static double[] centroidHz(Clip clip, FrameOptions options) {
    return row(clip, Measure.centroid(), options);
  }

  /**
   * The root of the mean squared distance from the centroid, weighted by magnitude; 0 in silence.
   *
   * @return Hz, shape [frames]
   */
  public static double[] bandwidthHz(Clip clip, FrameOptions options) {
    return row(clip, Measure.bandwidth(), options);
  }

  /**
   * The lowest bin up to which this share of the magnitude lies; 0 in silence.
   *
   * @param share between 0 and 1; librosa's default is 0.85
   * @return Hz, shape [frames]
   */
  public static double[] rolloffHz(Clip clip, double share, FrameOptions options) {
    return row(clip, Measure.rolloff(share), options);
  }

  /**
   * Geometric over arithmetic mean of the power, 0…1; 1 in silence.
   *
   * @return shape [frames]
   */
  public static double[] flatness(Clip clip, FrameOptions options) {
    return row(clip, Measure.flatness(), options);
  }

  /**
   * Peaks above valleys, in dB, below 200 Hz and in the six octaves above.
   *
   * @return dB, shape [frames][7]
   * @throws IllegalArgumentException if the rate is 12,800 Hz or less, as the sixth octave then
   *     lies above half of it; a {@link FeatureTable} leaves such bands empty instead
   * @see "D.-N. Jiang et al., Music type classification by spectral contrast feature, 2002"
   */
  public static double[][] contrastDb(Clip clip, FrameOptions options) {
    Check.that(
        clip.sampleRateHz() > 12_800,
        "%s has a rate of %d Hz: contrast has a band that begins at 6400 Hz and needs more than"
            + " 12800 Hz; resample the clip, or extract a table, which leaves that band empty",
        clip.name(),
        clip.sampleRateHz());
    return rows(clip, Measure.contrast(), options);
  }

  /** Chroma with the tuning estimated from the clip; shape [frames][12], C first, strongest 1. */
  public static double[][] chroma(Clip clip, FrameOptions options) {
    return rows(clip, Measure.chroma(), options);
  }

  /**
   * Chroma: how much of the power lies in each of the twelve pitch classes, whatever the octave.
   *
   * @param tuningSemitones deviation of the clip from A = 440 Hz
   * @return shape [frames][12], C first; the strongest class of a frame is 1, in silence all are 0
   * @see "D. Ellis, Chroma feature analysis and synthesis, 2007"
   */
  public static double[][] chroma(Clip clip, double tuningSemitones, FrameOptions options) {
    Check.that(
        Double.isFinite(tuningSemitones), "tuningSemitones=%s: must be finite", tuningSemitones);
    finite(clip);
    FrameEngine engine = engine(clip, options, Measure.chroma());
    engine.tuneTo(FramePlan.chromaWeights(clip.sampleRateHz(), options.fftSize(), tuningSemitones));
    engine.run(clip.samples(), 0, clip.length());
    return rows(engine.track(0));
  }

  /**
   * Deviation of the clip from A = 440 Hz, as librosa's chroma estimates it: the commonest
   * fractional part of the pitches of the spectral peaks, in hundredths of a semitone.
   *
   * @return semitones, −0.5…0.49; 0 where there is no peak
   */
  public static double tuningSemitones(Clip clip, FrameOptions options) {
    double[] value = row(clip, Measure.tuning(), options);
    return value.length == 0 ? 0 : value[0];
  }

  /**
   * Mean rise of the mel bands from the frame before, in dB.
   *
   * @return dB, shape [frames]
   * @see "S. Böck and G. Widmer, Maximum filter vibrato suppression for onset detection, 2013"
   */
  public static double[] onsetStrength(Clip clip, FrameOptions options) {
    return row(clip, Measure.onsetStrength(), options);
  }

  /**
   * The tempo of the clip, as librosa's {@code feature.tempo}: one of the few that its frames can
   * tell apart.
   *
   * @return beats a minute; NaN for frames too long to hold a beat
   */
  public static double tempoBpm(Clip clip, FrameOptions options) {
    double[] value = row(clip, Measure.tempo(), options);
    return value.length == 0 ? Double.NaN : value[0];
  }

  /**
   * The mean over frames of the local autocorrelation of the onset strength, over windows of eight
   * seconds: how regular the onsets are at each lag.
   *
   * @return shape [lags], lag in frames from 0; lag 0 is 1 unless all is silent
   */
  public static double[] tempogram(Clip clip, FrameOptions options) {
    double[] onset = onsetStrength(clip, options);
    Check.that(onset.length > 0, "%s has no frame: it is empty", clip.name());
    return new Rhythm(clip.sampleRateHz(), options.hop()).meanTempogram(onset, onset.length);
  }

  /**
   * Share of the harmonic part in the energy of both parts, frame by frame; see {@link Hpss}.
   *
   * @return 0…1, shape [frames]; 0.5 in silence
   */
  public static double[] harmonicShare(Clip clip, FrameOptions options) {
    return row(clip, Measure.harmonicShare(), options);
  }

  /**
   * Fundamental frequency by YIN. It makes no voicing decision: noise gives a number, too, and
   * silence gives the highest.
   *
   * @param lowestHz the lowest pitch looked for; its period must be shorter than a frame
   * @param highestHz the highest pitch looked for, at most half the sample rate
   * @return Hz, shape [frames]
   * @throws IllegalArgumentException if the range does not fit the frames
   */
  public static double[] f0Hz(Clip clip, double lowestHz, double highestHz, FrameOptions options) {
    Measure measure = Measure.f0(lowestHz, highestHz);
    Check.that(
        Yin.fits(clip.sampleRateHz(), options.fftSize(), lowestHz, highestHz),
        "f0 from %s to %s Hz: at %d Hz with frames of %d samples it must lie within %.1f and %.1f"
            + " Hz",
        lowestHz,
        highestHz,
        clip.sampleRateHz(),
        options.fftSize(),
        (double) clip.sampleRateHz() / Math.max(1, options.fftSize() - 1),
        clip.sampleRateHz() / 2.0);
    return row(clip, measure, options);
  }

  /**
   * Harmonics-to-noise ratio after Praat's autocorrelation method (its default command is the
   * cross-correlation one, which gives 1 to 4 dB more). The frames are its own: 10 ms apart, 120 ms
   * long, the first and the last as far from the ends of the clip as each other.
   *
   * @param clip at least 120 ms long and of a rate of at least 1000 Hz, or there is no frame
   * @param interpolated false: a parabola finds the top of a peak, within 0.3 dB of Praat's mean;
   *     true: the autocorrelation is first interpolated by 4, within 0.05 dB, at three times the
   *     work
   * @return dB, shape [its frames]; NaN where there is no period
   */
  public static double[] hnrDb(Clip clip, boolean interpolated) {
    finite(clip);
    if (!Harmonicity.fits(clip.sampleRateHz())) {
      return new double[0];
    }
    Harmonicity harmonicity = new Harmonicity(clip.sampleRateHz(), interpolated ? 4 : 1);
    double[] out = new double[harmonicity.frames(clip.length())];
    harmonicity.run(clip.samples(), 0, clip.length(), out, null, null);
    return out;
  }

  /**
   * All features of a set, frame by frame.
   *
   * @return shape [frames][columns of the set]; HNR stands at the frames nearest in time
   */
  public static double[][] frames(Clip clip, FeatureSet set, FrameOptions options) {
    finite(clip);
    FrameEngine engine =
        new FrameEngine(new FramePlan(clip.sampleRateHz(), options, set.measures()));
    engine.run(clip.samples(), 0, clip.length());
    return engine.perFrame();
  }

  static void finite(Clip clip) {
    float[] y = clip.samples();
    int bad = firstNotFinite(y, 0, y.length);
    Check.that(
        bad < 0,
        "sample %d of %s is %s: samples must be finite numbers",
        bad,
        clip.name(),
        bad < 0 ? 0f : y[bad]);
  }

  /** The place of the first sample that is NaN or infinite, or −1. */
  static int firstNotFinite(float[] y, int from, int to) {
    // x·0 is 0 for every finite number and NaN for the others, and NaN stays in a sum.
    float a = 0;
    float b = 0;
    int j = from;
    for (; j + 1 < to; j += 2) {
      a += y[j] * 0;
      b += y[j + 1] * 0;
    }
    if (j < to) {
      a += y[j] * 0;
    }
    if (a + b == 0) {
      return -1;
    }
    for (int i = from; i < to; i++) {
      if (!Float.isFinite(y[i])) {
        return i;
      }
    }
    return -1;
  }

  private static void nineFrames(Clip clip, FrameOptions options) {
    int frames = options.frames(clip.length());
    Check.that(
        frames >= Delta.WIDTH,
        "%s has %d frames: deltas are fitted to %d; take a longer clip or a smaller hop",
        clip.name(),
        frames,
        Delta.WIDTH);
  }

  private static FrameEngine engine(Clip clip, FrameOptions options, Measure measure) {
    return new FrameEngine(new FramePlan(clip.sampleRateHz(), options, List.of(measure)));
  }

  private static Track track(Clip clip, Measure measure, FrameOptions options) {
    finite(clip);
    FrameEngine engine = engine(clip, options, measure);
    engine.run(clip.samples(), 0, clip.length());
    return engine.track(0);
  }

  private static double[][] rows(Clip clip, Measure measure, FrameOptions options) {
    return rows(track(clip, measure, options));
  }

  private static double[][] rows(Track track) {
    double[][] out = new double[track.frames][track.count];
    for (int t = 0; t < track.frames; t++) {
      for (int c = 0; c < track.count; c++) {
        out[t][c] = track.get(c, t);
      }
    }
    return out;
  }

  private static double[] row(Clip clip, Measure measure, FrameOptions options) {
    Track track = track(clip, measure, options);
    return Arrays.copyOf(track.values, track.frames);
  }
}
