package fieldnotes.audio;

import fieldnotes.common.Check;

/**
 * Options for reading a sound file.
 *
 * @param rateHz sample rate to resample to, in Hz; 0 keeps the file's own
 * @param offsetSeconds start in seconds, ≥ 0; truncated to a whole sample of the file, like librosa
 * @param durationSeconds duration in seconds, &gt; 0; truncated to whole samples of the file;
 *     infinite for the rest of the file. Shorter if the file ends before
 * @param tolerateDamage whether to return what could be decoded of a damaged or truncated file
 *     instead of throwing {@link AudioException}; samples that are not finite become 0
 * @param maxBytes memory limit for the samples of a clip, in bytes; 0: half of the maximum heap
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

  /** The complete file at its own rate; damaged files are an error. */
  public static ReadOptions all() {
    return new ReadOptions(0, 0, Double.POSITIVE_INFINITY, false, 0);
  }

  /** The complete file, resampled to this rate in Hz (0 keeps the file's own). */
  public static ReadOptions of(int rateHz) {
    return all().withRate(rateHz);
  }

  /** Sample rate to resample to, in Hz; 0 keeps the file's own. */
  public ReadOptions withRate(int hz) {
    return new ReadOptions(hz, offsetSeconds, durationSeconds, tolerateDamage, maxBytes);
  }

  /**
   * Reads only part of the file; the samples equal those of reading it completely. Little more than
   * the part is decoded, except for AAC, whose noise substitution depends on the file from its
   * beginning.
   */
  public ReadOptions withPart(double offset, double duration) {
    return new ReadOptions(rateHz, offset, duration, tolerateDamage, maxBytes);
  }

  /** Whether to return what could be decoded of a damaged file. */
  public ReadOptions withTolerateDamage(boolean tolerate) {
    return new ReadOptions(rateHz, offsetSeconds, durationSeconds, tolerate, maxBytes);
  }

  /** Memory limit for the samples of a clip in bytes; 0: half of the maximum heap. */
  public ReadOptions withMaxBytes(long bytes) {
    return new ReadOptions(rateHz, offsetSeconds, durationSeconds, tolerateDamage, bytes);
  }

  /** The memory limit in bytes, with the default resolved. */
  long limitBytes() {
    return maxBytes > 0 ? maxBytes : Runtime.getRuntime().maxMemory() / 2;
  }
}
