package fieldnotes.detect;

import fieldnotes.common.Check;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a model says of one window of a stream.
 *
 * @param startSeconds beginning of the window in the stream
 * @param endSeconds end of the window in the stream
 * @param label its class, or the name of what is not known
 * @param known whether it is known
 * @param scores scores of the classes in the order of {@link SoundModel#classes()}, shape [classes]
 */
public record WindowScores(
    double startSeconds, double endSeconds, String label, boolean known, double[] scores) {
  /** Copies and checks. */
  public WindowScores {
    scores = scores.clone();
    Check.that(
        startSeconds <= endSeconds,
        "startSeconds=%s: must be at most endSeconds=%s",
        startSeconds,
        endSeconds);
  }

  @Override
  public double[] scores() {
    return scores.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WindowScores that
        && startSeconds == that.startSeconds
        && endSeconds == that.endSeconds
        && label.equals(that.label)
        && known == that.known
        && Arrays.equals(scores, that.scores);
  }

  @Override
  public int hashCode() {
    return 31 * Double.hashCode(startSeconds) + Arrays.hashCode(scores);
  }

  @Override
  public String toString() {
    double most = Arrays.stream(scores).max().orElse(Double.NaN);
    return String.format(
        Locale.ROOT, "%.2f–%.2f s: %s (%.2f)", startSeconds, endSeconds, label, most);
  }
}
