package fieldnotes.synth;

import fieldnotes.common.Check;
import java.util.Locale;

/**
 * How much sound {@link Studio} generates, and the seed.
 *
 * @param seed random seed
 * @param episodes radio episodes of 30–60 s, at least 0
 * @param tracks pieces of music of equal length, at least 0; styles alternate
 * @param trackSeconds length of a piece in seconds, above 0
 * @param soundsPerClass sounds of each of the ten classes, at least 0
 */
public record StudioOptions(
    long seed, int episodes, int tracks, double trackSeconds, int soundsPerClass) {
  public StudioOptions {
    Check.atLeast("episodes", episodes, 0);
    Check.atLeast("tracks", tracks, 0);
    Check.positive("trackSeconds", trackSeconds);
    Check.atLeast("soundsPerClass", soundsPerClass, 0);
  }

  /** 60 episodes, 50 tracks of 15 s, 12 sounds per class. The data set studio is {@code of(42)}. */
  public static StudioOptions of(long seed) {
    return new StudioOptions(seed, 60, 50, 15, 12);
  }

  public StudioOptions withEpisodes(int n) {
    return new StudioOptions(seed, n, tracks, trackSeconds, soundsPerClass);
  }

  public StudioOptions withTracks(int n) {
    return new StudioOptions(seed, episodes, n, trackSeconds, soundsPerClass);
  }

  public StudioOptions withTrackSeconds(double seconds) {
    return new StudioOptions(seed, episodes, tracks, seconds, soundsPerClass);
  }

  public StudioOptions withSoundsPerClass(int n) {
    return new StudioOptions(seed, episodes, tracks, trackSeconds, n);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "seed %d, %d episodes, %d tracks of %s s, %d sounds of each class",
        seed,
        episodes,
        tracks,
        trackSeconds,
        soundsPerClass);
  }
}
