package fieldnotes.audio;

/** The samples of one open file at its own rate, mixed down to the mean of the channels. */
interface SampleSource extends AutoCloseable {
  /** What the file says of itself. */
  AudioInfo info();

  /**
   * The next samples.
   *
   * @return how many were put into {@code to} from {@code at} on; 0 only for {@code count} 0; −1 at
   *     the end
   */
  int read(float[] to, int at, int count);

  /** Goes to the sample so far from the file's beginning; beyond the end, to the end. */
  void skipTo(long frame);

  @Override
  void close();
}
