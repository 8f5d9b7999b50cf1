package fieldnotes.feature;

import fieldnotes.common.Check;
import java.util.Objects;

/**
 * How chroma is measured. The defaults are librosa's {@code chroma_stft}: twelve classes from C,
 * the tuning estimated from the clip, the strongest class of a frame 1.
 *
 * @param classes parts of an octave; {@code n_chroma}, 12
 * @param tuning deviation of the clip from A = 440 Hz in classes (semitones, where there are
 *     twelve); NaN to estimate it from each clip, in hundredths; {@code tuning}
 * @param norm what of a frame is 1; {@code norm}
 * @param octaveCentre the octave that counts most, where A4 = 440 Hz begins the fourth; {@code
 *     ctroct}, 5
 * @param octaveWidth half the width of the Gaussian about it, in octaves; infinite where all count
 *     the same; {@code octwidth}, 2
 * @param fromC whether the first class is C rather than A; {@code base_c}
 */
public record ChromaOptions(
    int classes, double tuning, Norm norm, double octaveCentre, double octaveWidth, boolean fromC)
    implements MeasureOptions {
  /** What of a frame is made 1. A frame of zeros stays one. */
  public enum Norm {
    /** Nothing: the classes are weighted power; librosa's {@code None}. */
    NONE,
    /** The sum; librosa's 1. */
    SUM,
    /** The root of the sum of squares; librosa's 2. */
    EUCLIDEAN,
    /** The largest; librosa's {@code np.inf}, its default. */
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

  /** Returns a copy with this number of pitch classes per octave. */
  public ChromaOptions withClasses(int n) {
    return new ChromaOptions(n, tuning, norm, octaveCentre, octaveWidth, fromC);
  }

  /** Returns a copy with this tuning, in classes; NaN to estimate it. */
  public ChromaOptions withTuning(double given) {
    return new ChromaOptions(classes, given, norm, octaveCentre, octaveWidth, fromC);
  }

  /** Returns a copy with this norm of each frame. */
  public ChromaOptions withNorm(Norm of) {
    return new ChromaOptions(classes, tuning, of, octaveCentre, octaveWidth, fromC);
  }

  /** Returns a copy weighted towards these octaves. */
  public ChromaOptions withOctaves(double centre, double width) {
    return new ChromaOptions(classes, tuning, norm, centre, width, fromC);
  }

  /** The same beginning with C, or with A. */
  public ChromaOptions withFromC(boolean yes) {
    return new ChromaOptions(classes, tuning, norm, octaveCentre, octaveWidth, yes);
  }

  /** Whether the tuning is estimated from each clip. */
  public boolean estimated() {
    return Double.isNaN(tuning);
  }
}
