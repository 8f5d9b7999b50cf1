package fieldnotes.audio;

import fieldnotes.common.Check;

/**
 * How to read a sound file.
 *
 * @param rateHz the rate to resample to, in Hz; 0 keeps the file's own
 * @param offsetSeconds where to begin, in seconds ≥ 0; truncated to a whole sample of the file, as
 *     librosa does
 * @param durationSeconds how much to read, in seconds &gt; 0; truncated to a whole number of
 *     samples of the file; infinite for the rest of it. A part that reaches beyond the end is
 *     shorter
 * @param tolerateDamage whether a damaged or cut file gives what could be decoded, instead of an
 *     {@link AudioException}. Samples that are not finite become 0
 * @param maxBytes how much memory the samples of one clip may take, in bytes; 0 for half of the
 *     heap's maximum
 */
public record ReadOptions(
    int rateHz,
    double offsetSeconds,
    double durationSeconds,
    boolean tolerateDamage,
    long maxBytes) {

  /** Checks the ranges. */
  public ReadOptions {
    Check.that(rateHz >= 0, "rateHz=%d: must be 0 (the file's own rate) or above", rateHz);
    Check.that(
        offsetSeconds >= 0 && Double.isFinite(offsetSeconds),
        "offsetSeconds=%s: must be a finite number of at least 0",
        offsetSeconds);
    Check.that(durationSeconds > 0, "durationSeconds=%s: must be above 0", durationSeconds);
    Check.that(maxBytes >= 0, "maxBytes=%d: must be at least 0 (half the heap)", maxBytes);
  }

  /** The whole file at its own rate; a damaged one is refused. */
  public static ReadOptions all() {
    return new ReadOptions(0, 0, Double.POSITIVE_INFINITY, false, 0);
  }

  /** The whole file, resampled to this rate in Hz (0 keeps the file's own). */
  public static ReadOptions of(int rateHz) {
    return all().withRate(rateHz);
  }

  /** Resampled to this rate in Hz; 0 keeps the file's own. */
  public ReadOptions withRate(int hz) {
    return new ReadOptions(hz, offsetSeconds, durationSeconds, tolerateDamage, maxBytes);
  }

  /**
   * Only this number of seconds from there on. The samples are those of the whole file. Little more
   * than the part is decoded, but for AAC, whose decoder fills bands with noise that goes on from
   * the file's beginning.
   */
  public ReadOptions withPart(double offset, double duration) {
    return new ReadOptions(rateHz, offset, duration, tolerateDamage, maxBytes);
  }

  /** Whether a damaged file gives what could be decoded of it. */
  public ReadOptions withTolerateDamage(boolean tolerate) {
    return new ReadOptions(rateHz, offsetSeconds, durationSeconds, tolerate, maxBytes);
  }

  /** How many bytes the samples of one clip may take; 0 for half of the heap's maximum. */
  public ReadOptions withMaxBytes(long bytes) {
    return new ReadOptions(rateHz, offsetSeconds, durationSeconds, tolerateDamage, bytes);
  }

  /** The memory limit in bytes, with 0 worked out. */
  long limitBytes() {
    return maxBytes > 0 ? maxBytes : Runtime.getRuntime().maxMemory() / 2;
  }
}
