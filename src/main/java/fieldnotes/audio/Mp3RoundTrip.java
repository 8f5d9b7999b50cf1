package fieldnotes.audio;

/**
 * Encodes as MP3 and decodes again, at a bit rate drawn from those that MP3 has between two values.
 * The result is aligned with the clip and as long. Sample rates that MP3 lacks are resampled to the
 * next higher and back.
 *
 * @param fromKbits lowest bit rate in kbit/s, 8…320
 * @param toKbits highest bit rate in kbit/s, 8…320
 */
public record Mp3RoundTrip(double fromKbits, double toKbits) implements Augment {
  public Mp3RoundTrip {
    AugmentWords.range("bit rate in kbit/s", fromKbits, toKbits, 8, 320);
  }

  /** A bit rate between two values in kbit/s. */
  public static Mp3RoundTrip of(double fromKbits, double toKbits) {
    return new Mp3RoundTrip(fromKbits, toKbits);
  }

  @Override
  public String toString() {
    return "mp3 kbits=" + AugmentWords.range(fromKbits, toKbits);
  }
}
