package fieldnotes.feature;

import fieldnotes.common.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * One thing that is measured of a clip, and how. A {@link FeatureSet} is a list of them.
 *
 * <p>Numbers are librosa 0.11's where librosa has the feature; {@code hnr} follows Praat.
 *
 * <p>Each measure has librosa's defaults, and a verb that takes options in their place: {@code
 * Measure.contrast(ContrastOptions.of().withBands(4))}.
 *
 * @param kind what is measured
 * @param count how many numbers a frame has
 * @param options how it is measured
 */
public record Measure(Kind kind, int count, MeasureOptions options) {
  /** What can be measured. */
  public enum Kind {
    MFCC,
    MFCC_DELTA,
    MFCC_DELTA2,
    ZCR,
    RMS,
    CENTROID,
    BANDWIDTH,
    ROLLOFF,
    FLATNESS,
    CONTRAST,
    CHROMA,
    MEL,
    MEL_DB,
    ONSET_STRENGTH,
    HARMONIC_SHARE,
    F0,
    HNR,
    TUNING,
    TEMPO;

    /** Whether it is one number a clip rather than one a frame. */
    public boolean ofWholeClip() {
      return this == TUNING || this == TEMPO;
    }
  }

  private static final List<String> PITCHES =
      List.of("c", "cs", "d", "ds", "e", "f", "fs", "g", "gs", "a", "as", "b");

  public Measure {
    Check.atLeast("count", count, 1);
    Class<?> wanted =
        switch (kind) {
          case MFCC, MFCC_DELTA, MFCC_DELTA2 -> MfccOptions.class;
          case CONTRAST -> ContrastOptions.class;
          case CHROMA -> ChromaOptions.class;
          case BANDWIDTH -> BandwidthOptions.class;
          case ROLLOFF -> RolloffOptions.class;
          case FLATNESS -> FlatnessOptions.class;
          case ONSET_STRENGTH -> OnsetOptions.class;
          case TEMPO -> TempoOptions.class;
          case HARMONIC_SHARE -> HpssOptions.class;
          case F0 -> YinOptions.class;
          case ZCR, RMS, CENTROID, MEL, MEL_DB, HNR, TUNING -> MeasureOptions.None.class;
        };
    Check.that(
        wanted.isInstance(options),
        "%s with %s: its options are %s",
        kind,
        options,
        wanted.getSimpleName());
  }

  private static Measure of(Kind kind, int count) {
    return new Measure(kind, count, new MeasureOptions.None());
  }

  /** The first mel-frequency cepstral coefficients: the outline of the spectrum. */
  public static Measure mfcc(int coefficients) {
    return mfcc(MfccOptions.of(coefficients));
  }

  /** Mel-frequency cepstral coefficients, made in another way. */
  public static Measure mfcc(MfccOptions options) {
    return new Measure(Kind.MFCC, options.count(), options);
  }

  /** The rate of change of the MFCC over nine frames. */
  public static Measure mfccDelta(int coefficients) {
    return mfccDelta(MfccOptions.of(coefficients));
  }

  /** The rate of change of the MFCC, made in another way. */
  public static Measure mfccDelta(MfccOptions options) {
    return new Measure(Kind.MFCC_DELTA, options.count(), options);
  }

  /** The rate of change of that rate over nine frames. */
  public static Measure mfccDelta2(int coefficients) {
    return mfccDelta2(MfccOptions.of(coefficients));
  }

  /** The rate of change of that rate, made in another way. */
  public static Measure mfccDelta2(MfccOptions options) {
    return new Measure(Kind.MFCC_DELTA2, options.count(), options);
  }

  /** Share of neighbouring samples with different signs, 0…1. */
  public static Measure zcr() {
    return of(Kind.ZCR, 1);
  }

  /** Root mean square of the samples: loudness, full scale 1. */
  public static Measure rms() {
    return of(Kind.RMS, 1);
  }

  /** Mean frequency weighted by magnitude, in Hz: brightness. */
  public static Measure centroid() {
    return of(Kind.CENTROID, 1);
  }

  /** Spread of the spectrum around its centroid, in Hz. */
  public static Measure bandwidth() {
    return bandwidth(BandwidthOptions.of());
  }

  /** Spread of the spectrum around its centroid, measured in another way. */
  public static Measure bandwidth(BandwidthOptions options) {
    return new Measure(Kind.BANDWIDTH, 1, options);
  }

  /** The frequency below which 85 % of the magnitude lies, in Hz. */
  public static Measure rolloff() {
    return rolloff(0.85);
  }

  /** The frequency below which this share of the magnitude lies, in Hz. */
  public static Measure rolloff(double share) {
    return new Measure(Kind.ROLLOFF, 1, RolloffOptions.of(share));
  }

  /** Geometric over arithmetic mean of the power, 0 (a tone) … 1 (white noise). */
  public static Measure flatness() {
    return flatness(FlatnessOptions.of());
  }

  /** Geometric over arithmetic mean, measured in another way. */
  public static Measure flatness(FlatnessOptions options) {
    return new Measure(Kind.FLATNESS, 1, options);
  }

  /**
   * Peaks above valleys in seven octave bands, in dB. Where a band would begin at half the sample
   * rate or above (at 12,800 Hz and below the last one does) it is NaN; librosa raises an error.
   */
  public static Measure contrast() {
    return contrast(ContrastOptions.of());
  }

  /** Peaks above valleys, in bands of your own; those beyond half the sample rate are NaN. */
  public static Measure contrast(ContrastOptions options) {
    return new Measure(Kind.CONTRAST, options.bands() + 1, options);
  }

  /** Share of the twelve pitch classes, the strongest 1, with the tuning of the clip estimated. */
  public static Measure chroma() {
    return chroma(ChromaOptions.of());
  }

  /** Share of the pitch classes, measured in another way. */
  public static Measure chroma(ChromaOptions options) {
    return new Measure(Kind.CHROMA, options.classes(), options);
  }

  /** Power in mel bands; as many as {@link FrameOptions#melBands()} must be. */
  public static Measure mel(int bands) {
    return of(Kind.MEL, bands);
  }

  /** Power in mel bands in dB, cut at 80 dB below the strongest of the clip. */
  public static Measure melDb(int bands) {
    return of(Kind.MEL_DB, bands);
  }

  /** Mean rise of the mel bands from the frame before, in dB: where notes and syllables begin. */
  public static Measure onsetStrength() {
    return onsetStrength(OnsetOptions.of());
  }

  /** Rise of the mel bands, measured in another way. */
  public static Measure onsetStrength(OnsetOptions options) {
    return new Measure(Kind.ONSET_STRENGTH, 1, options);
  }

  /** Share of the harmonic part in the energy of a frame after median filtering, 0…1. */
  public static Measure harmonicShare() {
    return harmonicShare(HpssOptions.of());
  }

  /** Share of the harmonic part, parted in another way. */
  public static Measure harmonicShare(HpssOptions options) {
    return new Measure(Kind.HARMONIC_SHARE, 1, options);
  }

  /** Fundamental frequency by YIN from 65 to 2093 Hz (C2 to C7), in Hz. */
  public static Measure f0() {
    return f0(65, 2093);
  }

  /** Fundamental frequency by YIN in this range, in Hz. It makes no voicing decision. */
  public static Measure f0(double lowestHz, double highestHz) {
    return f0(YinOptions.of(lowestHz, highestHz));
  }

  /** Fundamental frequency by YIN, found in another way. */
  public static Measure f0(YinOptions options) {
    return new Measure(Kind.F0, 1, options);
  }

  /**
   * Harmonics-to-noise ratio after Praat's autocorrelation method, in dB, from 75 Hz up. It has
   * frames of its own, 10 ms apart; those without a period count for nothing, and a clip without
   * any such frame is given 0 dB.
   */
  public static Measure hnr() {
    return of(Kind.HNR, 1);
  }

  /** Deviation from A = 440 Hz in semitones, −0.5…0.5; one number a clip. */
  public static Measure tuning() {
    return of(Kind.TUNING, 1);
  }

  /** Beats a minute; one number a clip. */
  public static Measure tempo() {
    return tempo(TempoOptions.of());
  }

  /** Beats a minute, found in another way. */
  public static Measure tempo(TempoOptions options) {
    return new Measure(Kind.TEMPO, 1, options);
  }

  /** The names of its numbers, in order, without the statistic: {@code mfcc_01}, {@code rms}, …. */
  public List<String> columns() {
    return switch (kind) {
      case MFCC -> numbered("mfcc_", 2);
      case MFCC_DELTA -> numbered("mfcc_delta_", 2);
      case MFCC_DELTA2 -> numbered("mfcc_delta2_", 2);
      case CONTRAST -> numbered("contrast_", 1);
      case MEL -> numbered("mel_", 3);
      case MEL_DB -> numbered("mel_db_", 3);
      case CHROMA -> chromaColumns((ChromaOptions) options);
      case CENTROID -> List.of("centroid_hz");
      case BANDWIDTH ->
          List.of(((BandwidthOptions) options).normalised() ? "bandwidth_hz" : "bandwidth");
      case ROLLOFF -> List.of("rolloff" + percent(((RolloffOptions) options).share()) + "_hz");
      case F0 -> List.of("f0_hz");
      case HNR -> List.of("hnr_db");
      case TUNING -> List.of("tuning_semitones");
      case TEMPO -> List.of("tempo_bpm");
      default -> List.of(kind.name().toLowerCase(Locale.ROOT));
    };
  }

  private List<String> chromaColumns(ChromaOptions chroma) {
    if (count != PITCHES.size()) {
      return numbered("chroma_", 2);
    }
    List<String> names = new ArrayList<>(PITCHES.stream().map(p -> "chroma_" + p).toList());
    if (!chroma.fromC()) {
      Collections.rotate(names, 3);
    }
    return names;
  }

  private List<String> numbered(String stem, int digits) {
    List<String> out = new ArrayList<>();
    int width = Math.max(digits, Integer.toString(count).length());
    for (int i = 1; i <= count; i++) {
      out.add(stem + String.format(Locale.ROOT, "%0" + width + "d", i));
    }
    return out;
  }

  private static String percent(double share) {
    String text = String.format(Locale.ROOT, "%.4f", share * 100).replaceAll("\\.?0+$", "");
    return text.replace('.', 'p');
  }
}
