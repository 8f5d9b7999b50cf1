package fieldnotes.serve;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket: full at first, refilled at a steady rate, one token per request. Kept as the one
 * number at which the bucket would be full again (the generic cell rate algorithm, ITU-T I.371), so
 * that any number of threads takes exactly the tokens there are, without a lock.
 */
final class RateLimit {
  private static final long SECOND = 1_000_000_000L;

  private final double perSecond;
  private final int burst;
  private final long each;
  private final AtomicLong fullAt;

  /**
   * @param perSecond tokens that come in a second, &gt; 0
   * @param burst tokens that the bucket holds, at least 1
   * @param nowNanos the time at which it is full
   */
  RateLimit(double perSecond, int burst, long nowNanos) {
    this.perSecond = perSecond;
    this.burst = burst;
    each = Math.max(1, Math.round(SECOND / perSecond));
    fullAt = new AtomicLong(nowNanos);
  }

  /**
   * What came of asking for a token.
   *
   * @param taken whether there was one
   * @param left tokens that are left
   * @param waitNanos nanoseconds until the next token, 0 if one is left
   */
  record Taken(boolean taken, int left, long waitNanos) {
    /** For {@code Retry-After}: whole seconds, rounded up, at least 1. */
    long waitSeconds() {
      return Math.max(1, (waitNanos + SECOND - 1) / SECOND);
    }
  }

  /** Takes a token if there is one. */
  Taken take(long nowNanos) {
    while (true) {
      long full = fullAt.get();
      long from = Math.max(full - nowNanos, 0); // until it is full
      long then = from + each;
      if (then > burst * each) {
        return new Taken(false, 0, then - burst * each);
      }
      if (fullAt.compareAndSet(full, nowNanos + then)) {
        int left = (int) ((burst * each - then) / each);
        return new Taken(true, left, left > 0 ? 0 : then + each - burst * each);
      }
    }
  }

  /** Whether it has these limits. */
  boolean is(double rate, int most) {
    return rate == perSecond && most == burst;
  }

  /** The header {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers-10). */
  String policy() {
    long window = Math.max(1, Math.round(burst / perSecond));
    return "\"default\";q=%d;w=%d".formatted(burst, window);
  }

  /** The header {@code RateLimit} of the same draft. */
  static String state(Taken taken) {
    return "\"default\";r=%d;t=%d"
        .formatted(taken.left(), taken.left() > 0 ? 0 : taken.waitSeconds());
  }
}
