package fieldnotes.audio;

import fieldnotes.common.Check;

/**
 * How to cut sound into chunks of one length.
 *
 * @param seconds the length of a chunk, &gt; 0; rounded to whole samples
 * @param keepRemainder whether what is left over, shorter than a chunk, is a chunk too. A sound
 *     shorter than one chunk always is
 */
public record ChunkOptions(double seconds, boolean keepRemainder) {
  /** Checks the range. */
  public ChunkOptions {
    Check.positive("seconds", seconds);
  }

  /** Chunks of this length; what is left over is dropped. */
  public static ChunkOptions of(double seconds) {
    return new ChunkOptions(seconds, false);
  }

  /** Whether what is left over is kept as a shorter chunk. */
  public ChunkOptions withRemainder(boolean keep) {
    return new ChunkOptions(seconds, keep);
  }

  int samples(int sampleRateHz) {
    return Math.clamp(Math.round(seconds * sampleRateHz), 1, Integer.MAX_VALUE - 16);
  }
}
