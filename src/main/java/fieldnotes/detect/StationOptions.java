package fieldnotes.detect;

import fieldnotes.common.Check;

/**
 * How to keep a station.
 *
 * @param retries connections tried in a row that bring no lasting sound, before it is given up; at
 *     least 0
 * @param waitSeconds wait before the second connection, doubled for each further one up to half a
 *     minute; above 0
 * @param stallSeconds time without a byte after which a connection counts as dropped; above 0
 */
public record StationOptions(int retries, double waitSeconds, double stallSeconds) {
  private static final double LONGEST_WAIT_SECONDS = 30;

  /** Checks the ranges. */
  public StationOptions {
    Check.atLeast("retries", retries, 0);
    Check.positive("waitSeconds", waitSeconds);
    Check.positive("stallSeconds", stallSeconds);
    Check.that(stallSeconds < 1e6, "stallSeconds=%s: must be below 1000000", stallSeconds);
  }

  /** Ten retries from one second on, stalled after 15 s. */
  public static StationOptions of() {
    return new StationOptions(10, 1, 15);
  }

  /** Connections tried in a row before a station is given up, and the wait before the second. */
  public StationOptions withRetries(int count, double firstWaitSeconds) {
    return new StationOptions(count, firstWaitSeconds, stallSeconds);
  }

  /** Time without a byte after which a connection counts as dropped. */
  public StationOptions withStall(double seconds) {
    return new StationOptions(retries, waitSeconds, seconds);
  }

  /** Wait after a number of failures in a row, 1 or more. */
  double waitAfter(int failures) {
    double wait = waitSeconds * Math.pow(2, Math.min(30, failures - 1));
    return Math.min(wait, Math.max(waitSeconds, LONGEST_WAIT_SECONDS));
  }
}
