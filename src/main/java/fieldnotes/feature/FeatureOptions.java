package fieldnotes.feature;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.common.Project;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a {@link FeatureTable} is made.
 *
 * @param frames how a clip is cut into frames
 * @param rateHz the rate that every file is resampled to, in Hz; 0 keeps each file's own. At 12,800
 *     Hz and below the upper bands of the contrast are empty
 * @param chunkSeconds the length of a chunk, cut from the end of the file; infinite for one row a
 *     file
 * @param keepRemainder whether what is left over at the front of a file is a chunk, too
 * @param perFrame whether a row is a frame rather than a chunk
 * @param cache the folder in which results are kept, or none
 * @param threads how many files are worked on at once, at least 1; the result does not depend on it
 */
public record FeatureOptions(
    FrameOptions frames,
    int rateHz,
    double chunkSeconds,
    boolean keepRemainder,
    boolean perFrame,
    Optional<Path> cache,
    int threads) {
  public FeatureOptions {
    Check.that(
        rateHz == 0 || (rateHz >= 100 && rateHz <= 768_000),
        "rateHz=%d: must be 0 (each file's own) or lie within 100 and 768000",
        rateHz);
    Check.that(chunkSeconds > 0, "chunkSeconds=%s: must be above 0", chunkSeconds);
    Check.atLeast("threads", threads, 1);
  }

  /**
   * The journal's way: every file at 22,050 Hz, as librosa.load gives it, in chunks of ten seconds
   * from the end, a shorter file being one chunk; on all cores. Results are kept in the project's
   * cache, {@code data/cache/features}, so that unchanged files are not measured again.
   */
  public static FeatureOptions of() {
    return new FeatureOptions(
        FrameOptions.of(),
        22_050,
        10,
        false,
        false,
        Optional.of(Project.cache().resolve("features")),
        Parallel.threads());
  }

  /** With these frames. */
  public FeatureOptions withFrames(FrameOptions chosen) {
    return new FeatureOptions(
        chosen, rateHz, chunkSeconds, keepRemainder, perFrame, cache, threads);
  }

  /** Resampled to this rate; 0 keeps each file's own. */
  public FeatureOptions withRate(int hz) {
    return new FeatureOptions(frames, hz, chunkSeconds, keepRemainder, perFrame, cache, threads);
  }

  /** Returns a copy with chunks of this length in seconds. */
  public FeatureOptions withChunks(double seconds) {
    return new FeatureOptions(frames, rateHz, seconds, keepRemainder, perFrame, cache, threads);
  }

  /** One row a file, however long; the whole file must then fit in memory. */
  public FeatureOptions withWholeFiles() {
    return withChunks(Double.POSITIVE_INFINITY);
  }

  /** Whether what is left over at the front of a file is a chunk, too. */
  public FeatureOptions withRemainder(boolean keep) {
    return new FeatureOptions(frames, rateHz, chunkSeconds, keep, perFrame, cache, threads);
  }

  /** Whether a row is a frame rather than a chunk. */
  public FeatureOptions withPerFrame(boolean each) {
    return new FeatureOptions(frames, rateHz, chunkSeconds, keepRemainder, each, cache, threads);
  }

  /** With results kept in this folder instead of the project's cache. */
  public FeatureOptions withCache(Path folder) {
    return new FeatureOptions(
        frames, rateHz, chunkSeconds, keepRemainder, perFrame, Optional.of(folder), threads);
  }

  /** As {@link #withCache(Path)}. */
  public FeatureOptions withCache(String folder) {
    return withCache(Path.of(folder));
  }

  /** Without a cache: every file is measured, and nothing is kept. */
  public FeatureOptions withoutCache() {
    return new FeatureOptions(
        frames, rateHz, chunkSeconds, keepRemainder, perFrame, Optional.empty(), threads);
  }

  /** Returns a copy that uses this number of threads. */
  public FeatureOptions withThreads(int n) {
    return new FeatureOptions(frames, rateHz, chunkSeconds, keepRemainder, perFrame, cache, n);
  }
}
