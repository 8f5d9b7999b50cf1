package fieldnotes.feature;

import fieldnotes.common.Check;
import java.util.Objects;

/**
 * Options of chroma. The defaults are those of librosa's {@code chroma_stft}: 12 classes from C,
 * tuning estimated per clip, each frame normalised by its maximum.
 *
 * @param classes pitch classes per octave; librosa's {@code n_chroma}; default: 12
 * @param tuning deviation from A = 440 Hz in classes (semitones if there are 12); NaN estimates it
 *     per clip, in steps of 0.01; librosa's {@code tuning}
 * @param norm normalisation of each frame; librosa's {@code norm}
 * @param octaveCentre octave with the largest weight; A4 = 440 Hz is the start of octave 4;
 *     librosa's {@code ctroct}; default: 5
 * @param octaveWidth standard deviation of the octave weights in octaves; infinite for equal
 *     weights; librosa's {@code octwidth}; default: 2
 * @param fromC whether the first class is C instead of A; librosa's {@code base_c}
 */
public record ChromaOptions(
    int classes, double tuning, Norm norm, double octaveCentre, double octaveWidth, boolean fromC)
    implements MeasureOptions {
  /** Normalisation of each frame. Frames of zeros are unchanged. */
  public enum Norm {
    /** None: classes hold weighted power; librosa's {@code None}. */
    NONE,
    /** By the sum; librosa's 1. */
    SUM,
    /** By the Euclidean norm; librosa's 2. */
    EUCLIDEAN,
    /** By the maximum; librosa's {@code np.inf}, its default. */
    MAXIMUM
  }

  public ChromaOptions {
    Check.that(classes >= 1 && classes <= 1200, "classes=%d: must lie within 1 and 1200", classes);
    Check.that(
        !Double.isInfinite(tuning), "tuning=%s: must be finite, or NaN to estimate it", tuning);
    Objects.requireNonNull(norm, "norm");
    Check.that(Double.isFinite(octaveCentre), "octaveCentre=%s: must be finite", octaveCentre);
    Check.that(octaveWidth > 0, "octaveWidth=%s: must be above 0", octaveWidth);
  }

  /** librosa's defaults. */
  public static ChromaOptions of() {
    return new ChromaOptions(12, Double.NaN, Norm.MAXIMUM, 5, 2, true);
  }

  /** Returns a copy with another number of pitch classes per octave. */
  public ChromaOptions withClasses(int n) {
    return new ChromaOptions(n, tuning, norm, octaveCentre, octaveWidth, fromC);
  }

  /** Returns a copy with another tuning, in classes; NaN to estimate it. */
  public ChromaOptions withTuning(double given) {
    return new ChromaOptions(classes, given, norm, octaveCentre, octaveWidth, fromC);
  }

  /** Returns a copy with another normalisation. */
  public ChromaOptions withNorm(Norm of) {
    return new ChromaOptions(classes, tuning, of, octaveCentre, octaveWidth, fromC);
  }

  /** Returns a copy with other octave weights. */
  public ChromaOptions withOctaves(double centre, double width) {
    return new ChromaOptions(classes, tuning, norm, centre, width, fromC);
  }

  /** Returns a copy that starts with C or with A. */
  public ChromaOptions withFromC(boolean yes) {
    return new ChromaOptions(classes, tuning, norm, octaveCentre, octaveWidth, yes);
  }

  /** Whether the tuning is estimated from each clip. */
  public boolean estimated() {
    return Double.isNaN(tuning);
  }
}
