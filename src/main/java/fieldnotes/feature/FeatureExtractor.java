package fieldnotes.feature;

import fieldnotes.audio.Clip;
import fieldnotes.common.Check;
import java.util.List;

/**
 * Computes the same feature set for many clips in memory. It reuses filter banks, transforms and
 * buffers between clips. Not thread-safe; for files see {@link FeatureTable}.
 *
 * <pre>{@code
 * FeatureExtractor extractor = FeatureExtractor.of(FeatureSet.JOURNAL_38);
 * double[] row = extractor.summary(clip); // one value per column
 * }</pre>
 */
public final class FeatureExtractor {
  private final FeatureSet set;
  private final FrameOptions options;
  private final ClipMeasurer measurer;

  private FeatureExtractor(FeatureSet set, FrameOptions options) {
    this.set = set;
    this.options = options;
    measurer =
        new ClipMeasurer(set, FeatureOptions.of().withFrames(options), ClipMeasurer.sharedPlans());
  }

  /** An extractor with librosa's default frames. */
  public static FeatureExtractor of(FeatureSet set) {
    return of(set, FrameOptions.of());
  }

  /** An extractor with these frames. */
  public static FeatureExtractor of(FeatureSet set, FrameOptions options) {
    return new FeatureExtractor(set, options);
  }

  /** The feature set. */
  public FeatureSet set() {
    return set;
  }

  /** The frame options. */
  public FrameOptions options() {
    return options;
  }

  /** Column names of {@link #summary}. */
  public List<String> columns() {
    return set.columns();
  }

  /**
   * Statistics of a clip over its frames. NaN if the clip is too short for a feature.
   *
   * @return shape [columns]
   * @throws IllegalArgumentException if the clip is empty or a sample is not finite
   */
  public double[] summary(Clip clip) {
    Check.that(clip.length() > 0, "%s is empty", clip.name());
    Features.finite(clip);
    return measurer.summary(clip);
  }

  /**
   * Features of each frame of a clip.
   *
   * @return shape [frames][columns of the set]; HNR values are assigned to the nearest frames
   * @throws IllegalArgumentException if a sample is not finite
   */
  public double[][] frames(Clip clip) {
    Features.finite(clip);
    return measurer.frames(clip);
  }

  @Override
  public String toString() {
    return "extractor of %s, frames of %d every %d samples"
        .formatted(set.name(), options.fftSize(), options.hop());
  }
}
