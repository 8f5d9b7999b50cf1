package fieldnotes.audio;

import fieldnotes.common.Check;
import java.util.Locale;

/**
 * Peak and root mean square of a clip, in dB relative to full scale.
 *
 * @param peakDb 20·log10 of the largest absolute sample; −∞ for silence
 * @param rmsDb 20·log10 of the root mean square; −∞ for silence. A sine of full scale has −3.01
 */
public record Levels(double peakDb, double rmsDb) {
  /**
   * The levels of a clip.
   *
   * @throws IllegalArgumentException if a sample is NaN or infinite
   */
  public static Levels of(Clip clip) {
    Augmenter.finite(clip);
    return new Levels(20 * Math.log10(clip.peak()), 20 * Math.log10(clip.rms()));
  }

  /**
   * The clip with its peak at a level. A silent clip is returned as it is.
   *
   * @param peakDb in dB relative to full scale, at most 0
   * @throws IllegalArgumentException if a sample is NaN or infinite
   */
  public static Clip toPeak(Clip clip, double peakDb) {
    Check.within("peakDb", peakDb, -200, 0);
    Augmenter.finite(clip);
    double peak = clip.peak();
    return peak == 0 ? clip : scaled(clip, Math.pow(10, peakDb / 20) / peak);
  }

  /** The clip multiplied by a factor. */
  static Clip scaled(Clip clip, double factor) {
    return Clip.of(clip.name(), Augmenter.scaled(clip.samples(), factor), clip.sampleRateHz())
        .withStart(clip.startSeconds());
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "peak %.1f dB, RMS %.1f dB", peakDb, rmsDb);
  }
}
