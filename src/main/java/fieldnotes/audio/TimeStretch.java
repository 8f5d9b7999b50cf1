package fieldnotes.audio;

/**
 * Makes the sound faster or slower by a rate, uniform between two values, and keeps the pitch. The
 * length changes: n samples become round(n/rate), at least 1.
 *
 * <p>A phase vocoder with frames of 46 ms, a quarter apart, whose bins follow the phase of the peak
 * next to them. Without that and with frames of 2048 samples it equals {@code
 * librosa.effects.time_stretch}.
 *
 * @param fromRate slowest, 0.25…4; 2 is twice as fast
 * @param toRate fastest, 0.25…4
 * @see "J. Laroche, M. Dolson, Improved phase vocoder time-scale modification of audio, 1999"
 */
public record TimeStretch(double fromRate, double toRate) implements Augment {
  public TimeStretch {
    AugmentWords.range("stretch rate", fromRate, toRate, 0.25, 4);
  }

  /** A rate between two values. */
  public static TimeStretch of(double fromRate, double toRate) {
    return new TimeStretch(fromRate, toRate);
  }

  @Override
  public String toString() {
    return "stretch rate=" + AugmentWords.range(fromRate, toRate);
  }
}
