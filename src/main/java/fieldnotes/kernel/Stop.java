package fieldnotes.kernel;

import java.time.Duration;
import java.time.Instant;

/** A wish of the user to stop the cell. Not safe for use by several threads at once. */
final class Stop {
  /** A wish this long after the first is another one; one before is the same again. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private static final long PATIENCE_NANOS = 2_000_000_000;

  private final Instant asked;
  private final long taken = System.nanoTime();
  private boolean told;

  /**
   * @param asked when the user wished it; where the machine is busy, some time ago
   */
  Stop(Instant asked) {
    this.asked = asked;
  }

  /** Whether a later wish is not the same again; where clocks do not tell, by when it arrived. */
  boolean isAnother(Instant later) {
    Duration between =
        later.isAfter(asked)
            ? Duration.between(asked, later)
            : Duration.ofNanos(System.nanoTime() - taken);
    return between.compareTo(AGAIN) > 0;
  }

  /** Whether the user must be told that it had no effect for two seconds; true only once. */
  boolean isToBeTold() {
    if (told || System.nanoTime() - taken < PATIENCE_NANOS) {
      return false;
    }
    told = true;
    return true;
  }

  boolean isTold() {
    return told;
  }
}
