package fieldnotes.audio;

/**
 * Changes the level by a gain in dB, uniform between two values.
 *
 * @param fromDb lowest gain, −120…120
 * @param toDb highest gain, −120…120
 */
public record Gain(double fromDb, double toDb) implements Augment {
  public Gain {
    AugmentWords.range("gain in dB", fromDb, toDb, -120, 120);
  }

  /** A gain between two values in dB. */
  public static Gain of(double fromDb, double toDb) {
    return new Gain(fromDb, toDb);
  }

  @Override
  public String toString() {
    return "gain db=" + AugmentWords.range(fromDb, toDb);
  }
}
