package fieldnotes.audio;

/**
 * Adds noise at a signal-to-noise ratio in dB, uniform between two values: the ratio of the power
 * of the complete clip to that of the noise. A silent clip stays silent.
 *
 * @param colour the spectrum
 * @param fromDb lowest ratio, −120…120
 * @param toDb highest ratio, −120…120
 */
public record Noise(Colour colour, double fromDb, double toDb) implements Augment {
  /** The spectrum of noise. */
  public enum Colour {
    /** Equal power per Hz: Gaussian numbers. */
    WHITE,
    /** Equal power per octave, −3 dB per octave within 0.05 dB from 0.0004 of the rate upwards. */
    PINK
  }

  public Noise {
    AugmentWords.range("signal-to-noise ratio in dB", fromDb, toDb, -120, 120);
  }

  /** White noise. */
  public static Noise white(double fromDb, double toDb) {
    return new Noise(Colour.WHITE, fromDb, toDb);
  }

  /** Pink noise. */
  public static Noise pink(double fromDb, double toDb) {
    return new Noise(Colour.PINK, fromDb, toDb);
  }

  @Override
  public String toString() {
    return "noise snr="
        + AugmentWords.range(fromDb, toDb)
        + " colour="
        + (colour == Colour.PINK ? "pink" : "white");
  }
}
