package fieldnotes.detect;

import fieldnotes.common.Check;
import java.util.Locale;

/**
 * How sounds lie in a {@link Scene}.
 *
 * @param seconds length, at least 2
 * @param seed of the places and of the noise
 * @param perMinute mean number of sounds, above 0
 * @param gapSeconds least time between two sounds, at least 0
 * @param noise the background
 * @param snrDb power of each sound over that of the noise, in dB, −40 to 80
 */
public record SceneOptions(
    double seconds, long seed, double perMinute, double gapSeconds, Noise noise, double snrDb) {
  /** Steady noise. */
  public enum Noise {
    /** Equal power per Hz. */
    WHITE,
    /** Equal power per octave. */
    PINK,
    /** Pink, and low as that of ventilation: it falls above 400 Hz. */
    ROOM
  }

  /** Checks the ranges. */
  public SceneOptions {
    Check.that(seconds >= 2 && Double.isFinite(seconds), "seconds=%s: must be at least 2", seconds);
    Check.positive("perMinute", perMinute);
    Check.within("gapSeconds", gapSeconds, 0, 60);
    Check.within("snrDb", snrDb, -40, 80);
  }

  /** Six sounds a minute, at least 1.5 s apart, 10 dB above pink noise. */
  public static SceneOptions of(double seconds, long seed) {
    return new SceneOptions(seconds, seed, 6, 1.5, Noise.PINK, 10);
  }

  /** Returns a copy with this background, and sounds so far above it. */
  public SceneOptions withNoise(Noise kind, double db) {
    return new SceneOptions(seconds, seed, perMinute, gapSeconds, kind, db);
  }

  /** Returns a copy with another number of sounds a minute. */
  public SceneOptions withPerMinute(double number) {
    return new SceneOptions(seconds, seed, number, gapSeconds, noise, snrDb);
  }

  /** Returns a copy with another least time between sounds. */
  public SceneOptions withGap(double least) {
    return new SceneOptions(seconds, seed, perMinute, least, noise, snrDb);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s s, %s sounds a minute, %s dB above %s noise, seed %d",
        seconds,
        perMinute,
        snrDb,
        noise.name().toLowerCase(Locale.ROOT),
        seed);
  }
}
