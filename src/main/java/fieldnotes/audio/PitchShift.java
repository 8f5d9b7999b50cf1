package fieldnotes.audio;

/**
 * Moves the pitch by a number of semitones, uniform between two values, and keeps the length:
 * {@link TimeStretch}, then resampling. The formants move along. The ratio is rounded to a fraction
 * of numbers up to 128, which is within 0.2 hundredths of a semitone.
 *
 * @param fromSemitones lowest, −24…24
 * @param toSemitones highest, −24…24
 */
public record PitchShift(double fromSemitones, double toSemitones) implements Augment {
  public PitchShift {
    AugmentWords.range("pitch shift in semitones", fromSemitones, toSemitones, -24, 24);
  }

  /** A shift between two values in semitones. */
  public static PitchShift of(double fromSemitones, double toSemitones) {
    return new PitchShift(fromSemitones, toSemitones);
  }

  @Override
  public String toString() {
    return "pitch semitones=" + AugmentWords.range(fromSemitones, toSemitones);
  }
}
