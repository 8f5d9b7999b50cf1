package fieldnotes.audio;

import fieldnotes.common.Check;

/**
 * Options for cutting sound into chunks of equal length.
 *
 * @param seconds chunk length, &gt; 0; rounded to whole samples
 * @param keepRemainder whether to keep the remainder as a shorter chunk; a sound shorter than one
 *     chunk is always kept
 */
public record ChunkOptions(double seconds, boolean keepRemainder) {
  /** Checks the range. */
  public ChunkOptions {
    Check.positive("seconds", seconds);
  }

  /** Chunks of this length; the remainder is dropped. */
  public static ChunkOptions of(double seconds) {
    return new ChunkOptions(seconds, false);
  }

  /** Whether to keep the remainder as a shorter chunk. */
  public ChunkOptions withRemainder(boolean keep) {
    return new ChunkOptions(seconds, keep);
  }

  int samples(int sampleRateHz) {
    return Math.clamp(Math.round(seconds * sampleRateHz), 1, Integer.MAX_VALUE - 16);
  }
}
