package fieldnotes.feature;

import fieldnotes.audio.Clip;
import fieldnotes.common.Check;
import java.util.List;

/**
 * Measures one clip after another by the same set. It keeps filter banks, transforms and work
 * arrays, so that a clip costs only its own arithmetic: for streams, and for clips that are made
 * rather than read. One extractor belongs to one thread; for files see {@link FeatureTable}.
 *
 * <pre>{@code
 * FeatureExtractor extractor = FeatureExtractor.of(FeatureSet.JOURNAL_38);
 * double[] row = extractor.summary(clip); // as many as extractor.columns()
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

  /** What is measured. */
  public FeatureSet set() {
    return set;
  }

  /** How a clip is cut into frames. */
  public FrameOptions options() {
    return options;
  }

  /** The names of the numbers of {@link #summary}. */
  public List<String> columns() {
    return set.columns();
  }

  /**
   * The statistics of a clip over its frames. What it is too short for is NaN.
   *
   * @return shape [columns]
   * @throws IllegalArgumentException if the clip is empty, or if a sample is not finite
   */
  public double[] summary(Clip clip) {
    Check.that(clip.length() > 0, "%s is empty", clip.name());
    Features.finite(clip);
    return measurer.summary(clip);
  }

  /**
   * The features of a clip, frame by frame.
   *
   * @return shape [frames][columns of the set]; HNR stands at the frames nearest in time
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
