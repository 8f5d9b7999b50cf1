package fieldnotes.audio;

/** How many decoders of streams hold native memory, for tests of other packages. */
public final class OpenStreams {
  private OpenStreams() {}

  /** Number of streams that are not closed yet. */
  public static int count() {
    return AudioStream.openCount();
  }
}
