package fieldnotes.audio;

/**
 * Adds the reverberation of a made-up room: Gaussian noise that decays by 60 dB in the
 * reverberation time, uniform between two values, and begins 1 to 10 ms after the direct sound. All
 * of it together has the power of the direct sound less 0 to 9 dB. The level of the clip stays;
 * what rings after its end is cut off.
 *
 * @param fromSeconds shortest reverberation time (RT60), 0.01…10
 * @param toSeconds longest reverberation time, 0.01…10
 * @see "J. A. Moorer, About this reverberation business, 1979"
 */
public record Room(double fromSeconds, double toSeconds) implements Augment {
  public Room {
    AugmentWords.range("reverberation time in seconds", fromSeconds, toSeconds, 0.01, 10);
  }

  /** A room with a reverberation time between two values in seconds. */
  public static Room of(double fromSeconds, double toSeconds) {
    return new Room(fromSeconds, toSeconds);
  }

  @Override
  public String toString() {
    return "room rt60=" + AugmentWords.range(fromSeconds, toSeconds);
  }
}
