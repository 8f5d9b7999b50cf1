package fieldnotes.audio;

import fieldnotes.common.Check;

/**
 * Keeps a band of frequencies, as a telephone does: Butterworth filters of order 4, −3 dB at both
 * ends. An upper end of at least 0.49 of the sample rate changes nothing there; so does a lower end
 * of 0.
 *
 * @param fromHz lower end, at least 0
 * @param toHz upper end, above {@code fromHz}
 */
public record BandLimit(double fromHz, double toHz) implements Augment {
  public BandLimit {
    Check.that(
        fromHz >= 0 && toHz > fromHz && toHz < Double.POSITIVE_INFINITY,
        "band in Hz=%s: must be a range of at least 0, the lower end first",
        AugmentWords.range(fromHz, toHz));
  }

  /** The band between two frequencies in Hz. */
  public static BandLimit of(double fromHz, double toHz) {
    return new BandLimit(fromHz, toHz);
  }

  /** 300 to 3400 Hz. */
  public static BandLimit telephone() {
    return of(300, 3400);
  }

  @Override
  public String toString() {
    return "band hz=" + AugmentWords.range(fromHz, toHz);
  }
}
