package fieldnotes.feature;

import fieldnotes.common.Check;

/**
 * Options of YIN. Frame length and hop are set in {@link FrameOptions}.
 *
 * @param lowestHz lowest frequency; its period must be shorter than a frame; librosa's {@code fmin}
 * @param highestHz highest frequency, at most half the sample rate; librosa's {@code fmax}
 * @param trough the period is the first minimum of the difference function below this threshold,
 *     above 0; librosa's {@code trough_threshold}; default: 0.1
 */
public record YinOptions(double lowestHz, double highestHz, double trough)
    implements MeasureOptions {
  public YinOptions {
    Check.positive("lowestHz", lowestHz);
    Check.that(
        highestHz > lowestHz, "highestHz=%s: must be above lowestHz=%s", highestHz, lowestHz);
    Check.positive("trough", trough);
  }

  /** A frequency range, with librosa's default threshold. */
  public static YinOptions of(double lowestHz, double highestHz) {
    return new YinOptions(lowestHz, highestHz, 0.1);
  }

  /** Returns a copy with another frequency range. */
  public YinOptions withRange(double lowest, double highest) {
    return new YinOptions(lowest, highest, trough);
  }

  /** Returns a copy with another trough threshold. */
  public YinOptions withTrough(double below) {
    return new YinOptions(lowestHz, highestHz, below);
  }
}
