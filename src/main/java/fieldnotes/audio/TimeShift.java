package fieldnotes.audio;

import fieldnotes.common.Check;

/**
 * Moves the sound in time by up to so many seconds, earlier or later, uniform. A clip is shifted by
 * at most half its length. What leaves at one end enters at the other, or is replaced by silence.
 *
 * @param mostSeconds largest shift, above 0
 * @param around whether samples enter again at the other end
 */
public record TimeShift(double mostSeconds, boolean around) implements Augment {
  public TimeShift {
    Check.positive("mostSeconds", mostSeconds);
  }

  /** A shift of up to {@code mostSeconds}; the gap is silent. */
  public static TimeShift of(double mostSeconds) {
    return new TimeShift(mostSeconds, false);
  }

  /** Whether samples enter again at the other end. */
  public TimeShift withAround(boolean around) {
    return new TimeShift(mostSeconds, around);
  }

  @Override
  public String toString() {
    return "shift seconds=" + AugmentWords.number(mostSeconds) + (around ? " around=yes" : "");
  }
}
