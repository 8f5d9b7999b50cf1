package fieldnotes.audio;

/** The samples of one open file at its own rate, mixed down to the mean of the channels. */
interface SampleSource extends AutoCloseable {
  /** The file's format and length. */
  AudioInfo info();

  /**
   * Reads the next samples.
   *
   * @return number of samples stored in {@code to} from index {@code at}; 0 only if {@code count}
   *     is 0; −1 at the end
   */
  int read(float[] to, int at, int count);

  /** Seeks to a sample, counted from the beginning of the file; at most to the end. */
  void skipTo(long frame);

  @Override
  void close();
}
