package fieldnotes.detect;

import fieldnotes.common.Check;
import java.util.Locale;

/**
 * One sound heard.
 *
 * @param startSeconds its beginning, in seconds from the beginning of the stream, at least 0
 * @param endSeconds its end, at least its beginning
 * @param label its class, or the name that the model gives to what it does not know
 * @param confidence the mean smoothed score of the class while it sounded, 0 to 1
 */
public record SoundEvent(double startSeconds, double endSeconds, String label, double confidence) {
  /** Checks the ranges. */
  public SoundEvent {
    Check.that(
        startSeconds >= 0 && startSeconds <= endSeconds && Double.isFinite(endSeconds),
        "startSeconds=%s, endSeconds=%s: must be finite, at least 0 and in this order",
        startSeconds,
        endSeconds);
    Check.that(!label.isEmpty(), "label is empty: give the class of the sound");
    Check.within("confidence", confidence, 0, 1);
  }

  /** Its length in seconds. */
  public double durationSeconds() {
    return endSeconds - startSeconds;
  }

  /** Whether both sound at some time. */
  boolean overlaps(SoundEvent other) {
    return startSeconds < other.endSeconds && other.startSeconds < endSeconds;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s %.2f–%.2f s (%.2f)", label, startSeconds, endSeconds, confidence);
  }
}
