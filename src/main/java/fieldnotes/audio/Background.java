package fieldnotes.audio;

import fieldnotes.common.Check;

/**
 * Adds a part of a recording, such as a street or a café, at a signal-to-noise ratio in dB, uniform
 * between two values. The part begins anywhere; a recording shorter than the clip is repeated. The
 * ratio is that of the power of the complete clip to that of the part.
 *
 * <p>Use recordings that no validation or test clip was made from.
 *
 * @param name of the recording, a file for {@link Augmentation#parse}
 * @param recording not empty; resampled to the rate of the clip
 * @param fromDb lowest ratio, −120…120
 * @param toDb highest ratio, −120…120
 */
public record Background(String name, Clip recording, double fromDb, double toDb)
    implements Augment {
  public Background {
    AugmentWords.range("signal-to-noise ratio in dB", fromDb, toDb, -120, 120);
    Augmenter.finite(recording);
    Check.that(recording.length() > 0, "the recording %s is empty", name);
  }

  /** The recording at a ratio between two values in dB. */
  public static Background of(Clip recording, double fromDb, double toDb) {
    return new Background(recording.name(), recording, fromDb, toDb);
  }

  @Override
  public String toString() {
    return "background file="
        + AugmentSyntax.quoted(name)
        + " snr="
        + AugmentWords.range(fromDb, toDb);
  }
}
