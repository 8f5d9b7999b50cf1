package fieldnotes.feature;

import fieldnotes.audio.Clip;
import fieldnotes.common.Check;
import fieldnotes.feature.FrameEngine.Track;
import java.util.Arrays;
import java.util.List;

/**
 * Features of a clip per frame, with the values of librosa 0.11. Results are frames × values. Frame
 * t is centred on sample t·hop; change frames with {@link FrameOptions}.
 *
 * <p>In silence: centroid, bandwidth, rolloff, contrast, chroma, RMS, zero-crossing rate, onset
 * strength and tuning are 0, flatness is 1, mel bands are −100 dB, the tempo is the one nearest to
 * 120, f0 is the highest of its range (all as in librosa), the harmonic share is 0.5, and HNR is
 * NaN per frame and 0 per clip. Results stay finite for samples up to the largest float.
 *
 * <table class="striped">
 * <caption>All features. Default frames as in librosa: {@code n_fft} 2048, {@code hop_length} 512, periodic Hann window, centred, zero-padded.</caption>
 * <tr><th>feature<th>librosa 0.11<th>options and defaults<th>unit and range<th>columns
 * <tr><td>{@link #mfcc mfcc}<td>{@code feature.mfcc}<td>{@link MfccOptions}: count (librosa 20;
 * must be chosen), type-2 orthonormal DCT, no lifter; {@link MelOptions}<td>none; in silence
 * the first is −100·√128 and the others 0<td>{@code mfcc_01}…
 * <tr><td>{@link #mfccDelta mfccDelta}, {@link #mfccDelta2 mfccDelta2}<td>{@code
 * feature.delta(mfcc, order=1 or 2)}<td>{@link MfccOptions}: width 9, ends repeat the first and last
 * full fit<td>per frame, per frame²<td>{@code mfcc_delta_01}…, {@code mfcc_delta2_01}…
 * <tr><td>{@link #zeroCrossingRate zeroCrossingRate}<td>{@code
 * feature.zero_crossing_rate}<td>frame and hop; below 1e-10 is zero, zero is positive; ends
 * repeated<td>share of the frame, 0…1<td>{@code zcr}
 * <tr><td>{@link #rms rms}<td>{@code feature.rms(y=)}<td>frame, hop, padding; {@link
 * Spectrogram#rms} is {@code rms(S=)}<td>full scale 1, ≥ 0<td>{@code rms}
 * <tr><td>{@link #centroidHz centroidHz}<td>{@code feature.spectral_centroid}<td>frames<td>Hz,
 * 0…rate/2<td>{@code centroid_hz}
 * <tr><td>{@link #bandwidthHz bandwidthHz}<td>{@code feature.spectral_bandwidth}<td>{@link
 * BandwidthOptions}: exponent 2, normalised<td>Hz, 0…rate/2<td>{@code bandwidth_hz}; {@code
 * bandwidth} if not normalised
 * <tr><td>{@link #rolloffHz rolloffHz}<td>{@code feature.spectral_rolloff}<td>{@link
 * RolloffOptions}: share 0.85<td>Hz, one of the bins<td>{@code rolloff85_hz}; 99.5 % is {@code
 * rolloff99p5_hz}
 * <tr><td>{@link #flatness flatness}<td>{@code feature.spectral_flatness}<td>{@link
 * FlatnessOptions}: minimum power 1e-10, exponent 2<td>0 (a tone) … 1 (white, silent)<td>{@code
 * flatness}
 * <tr><td>{@link #contrastDb contrastDb}<td>{@code feature.spectral_contrast}<td>{@link
 * ContrastOptions}: from 200 Hz, 6 octaves, quantile 0.02, in dB<td>dB, ≥ 0<td>{@code contrast_1}…{@code contrast_7}
 * <tr><td>{@link #chroma chroma}<td>{@code feature.chroma_stft}<td>{@link ChromaOptions}: 12
 * classes from C, estimated tuning, maximum 1, octave 5 ± 2<td>0…1<td>{@code chroma_c}, {@code
 * chroma_cs}…; {@code chroma_01}… unless 12
 * <tr><td>{@link MelSpectrogram}<td>{@code feature.melspectrogram}, {@code power_to_db}<td>{@link
 * MelOptions}: 128 bands, 0…rate/2, Slaney, equal area, power<td>power ≥ 0; dB
 * ≥ −100, over 80 dB<td>{@code mel_001}…, {@code mel_db_001}…
 * <tr><td>{@link #tuningSemitones tuningSemitones}<td>{@code estimate_tuning(S=power)}<td>12
 * classes, steps of 0.01<td>semitones, −0.5…0.49; one per clip<td>{@code tuning_semitones}
 * <tr><td>{@link #onsetStrength onsetStrength}<td>{@code onset.onset_strength}<td>{@link
 * OnsetOptions}: lag 1, no maximum filter, mean, not detrended<td>dB, ≥ 0 unless
 * detrended<td>{@code onset_strength}
 * <tr><td>{@link #tempoBpm tempoBpm}<td>{@code feature.tempo}<td>{@link TempoOptions}: prior 120 ±
 * 1 octave, below 320, windows of 8 s, mean<td>beats per minute; one per clip<td>{@code tempo_bpm}
 * <tr><td>{@link #harmonicShare harmonicShare}, {@link Hpss}<td>{@code decompose.hpss}, {@code
 * effects.hpss}<td>{@link HpssOptions}: medians of 31, margins 1, exponent 2<td>share of the
 * energy, 0…1<td>{@code harmonic_share}
 * <tr><td>{@link #f0Hz f0Hz}<td>{@code yin}<td>{@link YinOptions}: range (65…2093 Hz in {@link
 * Measure#f0()}), trough 0.1<td>Hz, in the
 * range; no voicing<td>{@code f0_hz}
 * <tr><td>{@link #hnrDb hnrDb}<td>none; Praat's autocorrelation method<td>from 75 Hz, 4.5 periods,
 * every 10 ms, silence 0.1<td>dB, −150…150; NaN without a period<td>{@code hnr_db}
 * </table>
 *
 * <p>Computed in double precision. All methods throw {@link IllegalArgumentException} if a sample
 * is not finite.
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
   * first follows the loudness, the next ones the spectral envelope.
   *
   * @param count number of coefficients, 1…melBands
   * @return shape [frames][count]
   * @see "S. Davis and P. Mermelstein, Comparison of parametric representations for monosyllabic
   *     word recognition, 1980"
   */
  public static double[][] mfcc(Clip clip, int count, FrameOptions options) {
    return mfcc(clip, MfccOptions.of(count), options);
  }

  /** Mel-frequency cepstral coefficients with other options; shape [frames][count]. */
  public static double[][] mfcc(Clip clip, MfccOptions how, FrameOptions options) {
    return rows(clip, Measure.mfcc(how), options);
  }

  /**
   * First derivative of the MFCC over time, per frame, by a linear fit over nine frames.
   *
   * @return shape [frames][count]
   * @throws IllegalArgumentException if the clip has fewer than nine frames
   */
  public static double[][] mfccDelta(Clip clip, int count, FrameOptions options) {
    return mfccDelta(clip, MfccOptions.of(count), options);
  }

  /**
   * First derivative of the MFCC with other options.
   *
   * @return shape [frames][count]
   * @throws IllegalArgumentException if the clip has fewer frames than {@code deltaWidth}
   */
  public static double[][] mfccDelta(Clip clip, MfccOptions how, FrameOptions options) {
    enoughFrames(clip, how.deltaWidth(), options);
    return rows(clip, Measure.mfccDelta(how), options);
  }

  /**
   * Second derivative of the MFCC over time, by a quadratic fit over nine frames.
   *
   * @return shape [frames][count]
   * @throws IllegalArgumentException if the clip has fewer than nine frames
   */
  public static double[][] mfccDelta2(Clip clip, int count, FrameOptions options) {
    return mfccDelta2(clip, MfccOptions.of(count), options);
  }

  /**
   * Second derivative of the MFCC with other options.
   *
   * @return shape [frames][count]
   * @throws IllegalArgumentException if the clip has fewer frames than {@code deltaWidth}
   */
  public static double[][] mfccDelta2(Clip clip, MfccOptions how, FrameOptions options) {
    enoughFrames(clip, how.deltaWidth(), options);
    return rows(clip, Measure.mfccDelta2(how), options);
  }

  /**
   * Number of sign changes between neighbouring samples divided by the frame length, 0…1.
   *
   * @return shape [frames]
   */
  public static double[] zeroCrossingRate(Clip clip, FrameOptions options) {
    return row(clip, Measure.zcr(), options);
  }

  /**
   * Root mean square of each frame; full scale is 1. The first and last frames are half zeros.
   *
   * @return shape [frames]
   */
  public static double[] rms(Clip clip, FrameOptions options) {
    return row(clip, Measure.rms(), options);
  }

  /**
   * Spectral centroid: mean frequency weighted by magnitude, Σ f·|X| / Σ |X|; 0 in silence.
   *
   * @return Hz, shape [frames]
   */
  public static double[] centroidHz(Clip clip, FrameOptions options) {
    return row(clip, Measure.centroid(), options);
  }

  /**
   * Spectral bandwidth: root mean squared distance from the centroid, weighted by magnitude; 0 in
   * silence.
   *
   * @return Hz, shape [frames]
   */
  public static double[] bandwidthHz(Clip clip, FrameOptions options) {
    return row(clip, Measure.bandwidth(), options);
  }

  /**
   * Spectral bandwidth (Σ |X|·|f − centroid|^p)^(1/p) with other options.
   *
   * @return Hz if normalised, shape [frames]
   */
  public static double[] bandwidth(Clip clip, BandwidthOptions how, FrameOptions options) {
    return row(clip, Measure.bandwidth(how), options);
  }

  /**
   * Spectral rolloff: the lowest bin frequency below which this share of the magnitude lies; 0 in
   * silence.
   *
   * @param share between 0 and 1; librosa's default is 0.85
   * @return Hz, shape [frames]
   */
  public static double[] rolloffHz(Clip clip, double share, FrameOptions options) {
    return row(clip, Measure.rolloff(share), options);
  }

  /**
   * Spectral flatness: geometric divided by arithmetic mean of the power, 0…1; 1 in silence.
   *
   * @return shape [frames]
   */
  public static double[] flatness(Clip clip, FrameOptions options) {
    return row(clip, Measure.flatness(), options);
  }

  /** Spectral flatness with other options; shape [frames]. */
  public static double[] flatness(Clip clip, FlatnessOptions how, FrameOptions options) {
    return row(clip, Measure.flatness(how), options);
  }

  /**
   * Spectral contrast: peak minus valley in dB, below 200 Hz and in six octaves above.
   *
   * @return dB, shape [frames][7]
   * @throws IllegalArgumentException if the sample rate is 12,800 Hz or less, so that the sixth
   *     octave starts at or above half of it; in a {@link FeatureTable} such bands are empty
   * @see "D.-N. Jiang et al., Music type classification by spectral contrast feature, 2002"
   */
  public static double[][] contrastDb(Clip clip, FrameOptions options) {
    return contrast(clip, ContrastOptions.of(), options);
  }

  /**
   * Spectral contrast with other options.
   *
   * @return dB, or magnitude if {@code how} is linear; shape [frames][how.bands() + 1]
   * @throws IllegalArgumentException if a band starts at or above half the sample rate
   */
  public static double[][] contrast(Clip clip, ContrastOptions how, FrameOptions options) {
    int within = how.bandsWithin(clip.sampleRateHz());
    Check.that(
        within == how.bands(),
        "%s has a rate of %d Hz: octave %d of the contrast begins at %s Hz, at or above half of"
            + " that; resample the clip, take ContrastOptions.of().withBands(%d), or extract a"
            + " table, which leaves such bands empty",
        clip.name(),
        clip.sampleRateHz(),
        how.bands(),
        how.edgeHz(how.bands()),
        Math.max(1, within));
    return rows(clip, Measure.contrast(how), options);
  }

  /** Chroma with estimated tuning; shape [frames][12], from C, maximum 1 per frame. */
  public static double[][] chroma(Clip clip, FrameOptions options) {
    return rows(clip, Measure.chroma(), options);
  }

  /**
   * Chroma: the power in each of the twelve pitch classes, summed over octaves.
   *
   * @param tuningSemitones deviation of the clip from A = 440 Hz
   * @return shape [frames][12], from C; the maximum of each frame is 1; all 0 in silence
   * @see "D. Ellis, Chroma feature analysis and synthesis, 2007"
   */
  public static double[][] chroma(Clip clip, double tuningSemitones, FrameOptions options) {
    Check.that(
        Double.isFinite(tuningSemitones), "tuningSemitones=%s: must be finite", tuningSemitones);
    return chroma(clip, ChromaOptions.of().withTuning(tuningSemitones), options);
  }

  /**
   * Chroma with other options.
   *
   * @return shape [frames][how.classes()]
   */
  public static double[][] chroma(Clip clip, ChromaOptions how, FrameOptions options) {
    return rows(clip, Measure.chroma(how), options);
  }

  /**
   * Estimated deviation from A = 440 Hz: the most frequent fractional part of the pitches of the
   * spectral peaks, in steps of 0.01 semitones.
   *
   * @return semitones, −0.5…0.49; 0 if there is no peak
   */
  public static double tuningSemitones(Clip clip, FrameOptions options) {
    double[] value = row(clip, Measure.tuning(), options);
    return value.length == 0 ? 0 : value[0];
  }

  /**
   * Onset strength: mean increase of the mel bands since the previous frame, in dB.
   *
   * @return dB, shape [frames]
   * @see "S. Böck and G. Widmer, Maximum filter vibrato suppression for onset detection, 2013"
   */
  public static double[] onsetStrength(Clip clip, FrameOptions options) {
    return onsetStrength(clip, OnsetOptions.of(), options);
  }

  /** Onset strength with other options; dB, shape [frames]. */
  public static double[] onsetStrength(Clip clip, OnsetOptions how, FrameOptions options) {
    return row(clip, Measure.onsetStrength(how), options);
  }

  /**
   * Tempo of the clip, like librosa's {@code feature.tempo}; its resolution is limited by the hop
   * length.
   *
   * @return beats per minute; NaN if the hop is too long for any tempo
   */
  public static double tempoBpm(Clip clip, FrameOptions options) {
    return tempoBpm(clip, TempoOptions.of(), options);
  }

  /**
   * Tempo of the clip with other options.
   *
   * @return beats per minute; NaN if no lag of the window is slow enough
   */
  public static double tempoBpm(Clip clip, TempoOptions how, FrameOptions options) {
    double[] value = row(clip, Measure.tempo(how), options);
    return value.length == 0 ? Double.NaN : value[0];
  }

  /**
   * Global tempogram: local autocorrelation of the onset strength in windows of 8 s, averaged over
   * frames.
   *
   * @return shape [lags], lags in frames from 0; lag 0 is 1 unless the clip is silent
   */
  public static double[] tempogram(Clip clip, FrameOptions options) {
    return tempogram(clip, TempoOptions.of(), options);
  }

  /** Global tempogram with other options; shape [lags]. */
  public static double[] tempogram(Clip clip, TempoOptions how, FrameOptions options) {
    double[] onset = onsetStrength(clip, how.onset(), options);
    Check.that(onset.length > 0, "%s has no frame: it is empty", clip.name());
    return new Rhythm(clip.sampleRateHz(), options.hop(), how).tempogram(onset, onset.length);
  }

  /**
   * Share of the harmonic part in the energy of both parts, per frame; see {@link Hpss}.
   *
   * @return 0…1, shape [frames]; 0.5 in silence
   */
  public static double[] harmonicShare(Clip clip, FrameOptions options) {
    return harmonicShare(clip, HpssOptions.of(), options);
  }

  /** Harmonic share with other options; 0…1, shape [frames]. */
  public static double[] harmonicShare(Clip clip, HpssOptions how, FrameOptions options) {
    return row(clip, Measure.harmonicShare(how), options);
  }

  /**
   * Fundamental frequency by YIN. There is no voicing decision: noise also gives a value, and
   * silence gives the highest.
   *
   * @param lowestHz lowest frequency; its period must be shorter than a frame
   * @param highestHz highest frequency, at most half the sample rate
   * @return Hz, shape [frames]
   * @throws IllegalArgumentException if the range does not fit the frames
   */
  public static double[] f0Hz(Clip clip, double lowestHz, double highestHz, FrameOptions options) {
    return f0Hz(clip, YinOptions.of(lowestHz, highestHz), options);
  }

  /**
   * Fundamental frequency by YIN with other options.
   *
   * @return Hz, shape [frames]
   * @throws IllegalArgumentException if the range does not fit the frames
   */
  public static double[] f0Hz(Clip clip, YinOptions how, FrameOptions options) {
    Check.that(
        Yin.fits(clip.sampleRateHz(), options.fftSize(), how),
        "f0 from %s to %s Hz: at %d Hz with frames of %d samples it must lie within %.1f and %.1f"
            + " Hz",
        how.lowestHz(),
        how.highestHz(),
        clip.sampleRateHz(),
        options.fftSize(),
        (double) clip.sampleRateHz() / Math.max(1, options.fftSize() - 1),
        clip.sampleRateHz() / 2.0);
    return row(clip, Measure.f0(how), options);
  }

  /**
   * Harmonics-to-noise ratio by Praat's autocorrelation method (Praat's default is
   * cross-correlation, which gives 1 to 4 dB more). It uses its own frames, 120 ms long and 10 ms
   * apart, centred in the clip.
   *
   * @param clip clip of at least 120 ms and 1000 Hz sample rate; otherwise there are no frames
   * @param interpolated false: parabolic peak interpolation, within 0.3 dB of Praat's mean; true:
   *     the autocorrelation is first upsampled by 4, within 0.05 dB, at three times the cost
   * @return dB, shape [its frames]; NaN for frames without a period
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
   * Autocorrelation peak from which {@link #hnrDb} is computed.
   *
   * @return shape [its frames][2]: normalised autocorrelation, 0…1, and period in samples, 0 if
   *     there is none
   */
  public static double[][] periodicity(Clip clip, boolean interpolated) {
    finite(clip);
    if (!Harmonicity.fits(clip.sampleRateHz())) {
      return new double[0][];
    }
    Harmonicity harmonicity = new Harmonicity(clip.sampleRateHz(), interpolated ? 4 : 1);
    int frames = harmonicity.frames(clip.length());
    double[] strength = new double[frames];
    double[] lag = new double[frames];
    harmonicity.run(clip.samples(), 0, clip.length(), new double[frames], strength, lag);
    double[][] out = new double[frames][];
    for (int t = 0; t < frames; t++) {
      out[t] = new double[] {strength[t], lag[t]};
    }
    return out;
  }

  /**
   * All features of a set, per frame.
   *
   * @return shape [frames][columns of the set]; HNR values are assigned to the nearest frames
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

  /** Index of the first sample that is NaN or infinite, or −1. */
  static int firstNotFinite(float[] y, int from, int to) {
    // x·0 is 0 for finite numbers and NaN otherwise, and a sum with NaN is NaN.
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

  private static void enoughFrames(Clip clip, int needed, FrameOptions options) {
    int frames = options.frames(clip.length());
    Check.that(
        frames >= needed,
        "%s has %d frames: deltas are fitted to %d; take a longer clip or a smaller hop",
        clip.name(),
        frames,
        needed);
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
