package fieldnotes.feature;

import fieldnotes.common.Check;

/**
 * How the fundamental frequency is found. Frame and hop are those of {@link FrameOptions}.
 *
 * @param lowestHz the lowest pitch looked for; its period must be shorter than a frame; librosa's
 *     {@code fmin}
 * @param highestHz the highest pitch looked for, at most half the sample rate; {@code fmax}
 * @param trough a dip of the difference function below this is the period, where it is the first;
 *     above 0; {@code trough_threshold}, 0.1
 */
public record YinOptions(double lowestHz, double highestHz, double trough)
    implements MeasureOptions {
  public YinOptions {
    Check.positive("lowestHz", lowestHz);
    Check.that(
        highestHz > lowestHz, "highestHz=%s: must be above lowestHz=%s", highestHz, lowestHz);
    Check.positive("trough", trough);
  }

  /** Pitches in this range, and librosa's default for the rest. */
  public static YinOptions of(double lowestHz, double highestHz) {
    return new YinOptions(lowestHz, highestHz, 0.1);
  }

  /** The same in this range. */
  public YinOptions withRange(double lowest, double highest) {
    return new YinOptions(lowest, highest, trough);
  }

  /** Returns a copy that takes dips below this threshold for the period. */
  public YinOptions withTrough(double below) {
    return new YinOptions(lowestHz, highestHz, below);
  }
}
