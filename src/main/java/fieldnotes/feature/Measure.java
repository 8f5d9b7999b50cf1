package fieldnotes.feature;

import fieldnotes.common.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A feature with its options. A {@link FeatureSet} is a list of measures.
 *
 * <p>Values equal librosa 0.11's if librosa has the feature; {@code hnr} follows Praat.
 *
 * <p>Defaults are librosa's; overloads take options: {@code
 * Measure.contrast(ContrastOptions.of().withBands(4))}.
 *
 * @param kind the feature
 * @param count number of values per frame
 * @param options options of the feature
 */
public record Measure(Kind kind, int count, MeasureOptions options) {
  /** The features. */
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

    /** Whether it has one value per clip instead of one per frame. */
    public boolean ofWholeClip() {
      return this == TUNING || this == TEMPO;
    }
  }

  private static final List<String> PITCHES =
      List.of("c", "cs", "d", "ds", "e", "f", "fs", "g", "gs", "a", "as", "b");

  /** More values per frame are a mistake. */
  private static final int MOST = 1 << 16;

  public Measure {
    Check.that(count >= 1 && count <= MOST, "count=%d: must lie within 1 and %d", count, MOST);
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
    Check.that(
        options instanceof MfccOptions mfcc
            ? count == mfcc.count()
            : options instanceof ContrastOptions contrast
                ? count == contrast.bands() + 1
                : !(options instanceof ChromaOptions chroma) || count == chroma.classes(),
        "%s with %s: these give another count than %d",
        kind,
        options,
        count);
  }

  private static Measure of(Kind kind, int count) {
    return new Measure(kind, count, new MeasureOptions.None());
  }

  /** The first mel-frequency cepstral coefficients: the spectral envelope. */
  public static Measure mfcc(int coefficients) {
    return mfcc(MfccOptions.of(coefficients));
  }

  /** Mel-frequency cepstral coefficients with other options. */
  public static Measure mfcc(MfccOptions options) {
    return new Measure(Kind.MFCC, options.count(), options);
  }

  /** First derivative of the MFCC over nine frames. */
  public static Measure mfccDelta(int coefficients) {
    return mfccDelta(MfccOptions.of(coefficients));
  }

  /** First derivative of the MFCC with other options. */
  public static Measure mfccDelta(MfccOptions options) {
    return new Measure(Kind.MFCC_DELTA, options.count(), options);
  }

  /** Second derivative of the MFCC over nine frames. */
  public static Measure mfccDelta2(int coefficients) {
    return mfccDelta2(MfccOptions.of(coefficients));
  }

  /** Second derivative of the MFCC with other options. */
  public static Measure mfccDelta2(MfccOptions options) {
    return new Measure(Kind.MFCC_DELTA2, options.count(), options);
  }

  /** Zero-crossing rate: share of neighbouring samples with different signs, 0…1. */
  public static Measure zcr() {
    return of(Kind.ZCR, 1);
  }

  /** Root mean square of the samples: loudness; full scale is 1. */
  public static Measure rms() {
    return of(Kind.RMS, 1);
  }

  /** Spectral centroid: mean frequency weighted by magnitude, in Hz; brightness. */
  public static Measure centroid() {
    return of(Kind.CENTROID, 1);
  }

  /** Spectral bandwidth: spread around the centroid, in Hz. */
  public static Measure bandwidth() {
    return bandwidth(BandwidthOptions.of());
  }

  /** Spectral bandwidth with other options. */
  public static Measure bandwidth(BandwidthOptions options) {
    return new Measure(Kind.BANDWIDTH, 1, options);
  }

  /** Spectral rolloff: the frequency below which 85 % of the magnitude lies, in Hz. */
  public static Measure rolloff() {
    return rolloff(0.85);
  }

  /** Spectral rolloff: the frequency below which this share of the magnitude lies, in Hz. */
  public static Measure rolloff(double share) {
    return new Measure(Kind.ROLLOFF, 1, RolloffOptions.of(share));
  }

  /**
   * Spectral flatness: geometric divided by arithmetic mean of the power, 0 (a tone) … 1 (white
   * noise).
   */
  public static Measure flatness() {
    return flatness(FlatnessOptions.of());
  }

  /** Spectral flatness with other options. */
  public static Measure flatness(FlatnessOptions options) {
    return new Measure(Kind.FLATNESS, 1, options);
  }

  /**
   * Spectral contrast: peak minus valley in seven bands, in dB. Bands that start at or above half
   * the sample rate (the last one at 12,800 Hz and below) are NaN; librosa throws an error.
   */
  public static Measure contrast() {
    return contrast(ContrastOptions.of());
  }

  /** Spectral contrast with other options; bands beyond half the sample rate are NaN. */
  public static Measure contrast(ContrastOptions options) {
    return new Measure(Kind.CONTRAST, options.bands() + 1, options);
  }

  /** Chroma: the twelve pitch classes, maximum 1 per frame, with estimated tuning. */
  public static Measure chroma() {
    return chroma(ChromaOptions.of());
  }

  /** Chroma with other options. */
  public static Measure chroma(ChromaOptions options) {
    return new Measure(Kind.CHROMA, options.classes(), options);
  }

  /** Power in mel bands; {@code bands} must equal {@link FrameOptions#melBands()}. */
  public static Measure mel(int bands) {
    return of(Kind.MEL, bands);
  }

  /** Power in mel bands in dB, limited to 80 dB below the maximum of the clip. */
  public static Measure melDb(int bands) {
    return of(Kind.MEL_DB, bands);
  }

  /** Onset strength: mean increase of the mel bands since the previous frame, in dB. */
  public static Measure onsetStrength() {
    return onsetStrength(OnsetOptions.of());
  }

  /** Onset strength with other options. */
  public static Measure onsetStrength(OnsetOptions options) {
    return new Measure(Kind.ONSET_STRENGTH, 1, options);
  }

  /** Share of the harmonic part in the energy of a frame, 0…1; see {@link Hpss}. */
  public static Measure harmonicShare() {
    return harmonicShare(HpssOptions.of());
  }

  /** Harmonic share with other options. */
  public static Measure harmonicShare(HpssOptions options) {
    return new Measure(Kind.HARMONIC_SHARE, 1, options);
  }

  /** Fundamental frequency by YIN from 65 to 2093 Hz (C2 to C7), in Hz. */
  public static Measure f0() {
    return f0(65, 2093);
  }

  /** Fundamental frequency by YIN in this range, in Hz, without a voicing decision. */
  public static Measure f0(double lowestHz, double highestHz) {
    return f0(YinOptions.of(lowestHz, highestHz));
  }

  /** Fundamental frequency by YIN with other options. */
  public static Measure f0(YinOptions options) {
    return new Measure(Kind.F0, 1, options);
  }

  /**
   * Harmonics-to-noise ratio by Praat's autocorrelation method, in dB, from 75 Hz. It uses its own
   * frames, 10 ms apart; frames without a period are ignored, and a clip without any period gets 0
   * dB.
   */
  public static Measure hnr() {
    return of(Kind.HNR, 1);
  }

  /** Deviation from A = 440 Hz in semitones, −0.5…0.49; one value per clip. */
  public static Measure tuning() {
    return of(Kind.TUNING, 1);
  }

  /** Tempo in beats per minute; one value per clip. */
  public static Measure tempo() {
    return tempo(TempoOptions.of());
  }

  /** Tempo with other options. */
  public static Measure tempo(TempoOptions options) {
    return new Measure(Kind.TEMPO, 1, options);
  }

  /** Column names in order, without the statistic: {@code mfcc_01}, {@code rms}, …. */
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
