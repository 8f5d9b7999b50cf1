package fieldnotes.feature;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.common.Project;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Options of a {@link FeatureTable}.
 *
 * @param frames frame options
 * @param rateHz sample rate to resample all files to, in Hz; 0 keeps each file's own. At 12,800 Hz
 *     and below, the upper contrast bands are empty
 * @param chunkSeconds chunk length, cut from the end of the file; infinite for one row per file
 * @param keepRemainder whether to keep the remainder at the start of a file as a shorter chunk
 * @param perFrame whether to return one row per frame instead of one per chunk
 * @param tolerateDamage whether to measure what can be read of a damaged or truncated file, instead
 *     of reporting it as a failure; intact files give the same rows. Adds a column {@code damage}
 * @param cache cache folder, or none
 * @param threads number of files processed in parallel, at least 1; does not affect the result
 */
public record FeatureOptions(
    FrameOptions frames,
    int rateHz,
    double chunkSeconds,
    boolean keepRemainder,
    boolean perFrame,
    boolean tolerateDamage,
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
   * The defaults: 22,050 Hz like {@code librosa.load}, chunks of 10 s from the end (a shorter file
   * is one chunk), all cores, and the project's cache {@code data/cache/features}, so unchanged
   * files are not measured again.
   */
  public static FeatureOptions of() {
    return new FeatureOptions(
        FrameOptions.of(),
        22_050,
        10,
        false,
        false,
        false,
        Optional.of(Project.cache().resolve("features")),
        Parallel.threads());
  }

  /** Returns a copy with other frame options. */
  public FeatureOptions withFrames(FrameOptions chosen) {
    return new FeatureOptions(
        chosen, rateHz, chunkSeconds, keepRemainder, perFrame, tolerateDamage, cache, threads);
  }

  /** Returns a copy with another sample rate in Hz; 0 keeps each file's own. */
  public FeatureOptions withRate(int hz) {
    return new FeatureOptions(
        frames, hz, chunkSeconds, keepRemainder, perFrame, tolerateDamage, cache, threads);
  }

  /** Returns a copy with another chunk length in seconds. */
  public FeatureOptions withChunks(double seconds) {
    return new FeatureOptions(
        frames, rateHz, seconds, keepRemainder, perFrame, tolerateDamage, cache, threads);
  }

  /** Returns a copy with one row per file; each file must fit in memory. */
  public FeatureOptions withWholeFiles() {
    return withChunks(Double.POSITIVE_INFINITY);
  }

  /** Returns a copy that keeps or drops the remainder at the start of a file. */
  public FeatureOptions withRemainder(boolean keep) {
    return new FeatureOptions(
        frames, rateHz, chunkSeconds, keep, perFrame, tolerateDamage, cache, threads);
  }

  /** Returns a copy with one row per frame or per chunk. */
  public FeatureOptions withPerFrame(boolean each) {
    return new FeatureOptions(
        frames, rateHz, chunkSeconds, keepRemainder, each, tolerateDamage, cache, threads);
  }

  /**
   * Returns a copy that measures what can be read of a damaged or truncated file, or refuses it.
   * The column {@code damage} of the table says what is wrong with a file, and is empty for intact
   * ones; samples that are not finite count as 0.
   */
  public FeatureOptions withTolerateDamage(boolean tolerate) {
    return new FeatureOptions(
        frames, rateHz, chunkSeconds, keepRemainder, perFrame, tolerate, cache, threads);
  }

  /** Returns a copy with this cache folder instead of the project's. */
  public FeatureOptions withCache(Path folder) {
    return new FeatureOptions(
        frames,
        rateHz,
        chunkSeconds,
        keepRemainder,
        perFrame,
        tolerateDamage,
        Optional.of(folder),
        threads);
  }

  /** As {@link #withCache(Path)}. */
  public FeatureOptions withCache(String folder) {
    return withCache(Path.of(folder));
  }

  /** Returns a copy without a cache. */
  public FeatureOptions withoutCache() {
    return new FeatureOptions(
        frames,
        rateHz,
        chunkSeconds,
        keepRemainder,
        perFrame,
        tolerateDamage,
        Optional.empty(),
        threads);
  }

  /** Returns a copy with another number of threads. */
  public FeatureOptions withThreads(int n) {
    return new FeatureOptions(
        frames, rateHz, chunkSeconds, keepRemainder, perFrame, tolerateDamage, cache, n);
  }

  /** Everything that determines the values of an intact file, one setting per line. */
  String settings(FeatureSet set) {
    return "%s\n%s\n%s\n%s\n%s\n%s\n%s\n"
        .formatted(
            set.measures(),
            set.statistics(),
            frames,
            rateHz,
            chunkSeconds,
            keepRemainder,
            perFrame);
  }
}
