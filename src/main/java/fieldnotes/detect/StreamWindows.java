package fieldnotes.detect;

import fieldnotes.common.Check;

/**
 * Cuts a stream of samples into windows: window k begins at sample k·hop. It keeps one window and
 * what is between two.
 */
final class StreamWindows {
  /** Takes each window. The array is used again for the next: it may be read only meanwhile. */
  @FunctionalInterface
  interface To {
    /**
     * @param start place of the first sample in the stream
     * @param samples the window; shorter than usual only where the whole stream is
     */
    void window(long start, float[] samples);
  }

  private final int hop;
  private final float[] window;
  private final To to;

  /** The samples from {@code begin} on that are there, at most a window. */
  private int filled;

  /** Place of the first sample kept; the next window begins here, or later where hop > window. */
  private long begin;

  /** Samples still to pass over before the next window begins. */
  private long skip;

  private long received;

  /** End of the last window. */
  private long lastEnd;

  /** The last samples of the stream, a ring, for the window at its end. */
  private final float[] last;

  StreamWindows(int size, int hop, To to) {
    Check.atLeast("size", size, 1);
    this.hop = Check.atLeast("hop", hop, 1);
    this.to = to;
    window = new float[size];
    last = new float[size];
  }

  /** Takes samples {@code from} to {@code end} and gives every window that they complete. */
  void push(float[] x, int from, int end) {
    int at = from;
    while (at < end) {
      if (skip > 0) {
        int n = (int) Math.min(skip, end - at);
        remember(x, at, n);
        skip -= n;
        begin += n;
        at += n;
        continue;
      }
      int n = Math.min(window.length - filled, end - at);
      System.arraycopy(x, at, window, filled, n);
      remember(x, at, n);
      filled += n;
      at += n;
      if (filled == window.length) {
        give(begin, window);
        int kept = Math.max(0, window.length - hop);
        System.arraycopy(window, window.length - kept, window, 0, kept);
        skip = Math.max(0, hop - window.length);
        begin += Math.min(hop, window.length);
        filled = kept;
      }
    }
  }

  private void give(long start, float[] samples) {
    lastEnd = start + samples.length;
    to.window(start, samples);
  }

  private void remember(float[] x, int from, int count) {
    int n = Math.min(count, last.length);
    int source = from + count - n;
    int at = (int) ((received + count - n) % last.length);
    int first = Math.min(n, last.length - at);
    System.arraycopy(x, source, last, at, first);
    System.arraycopy(x, source + first, last, 0, n - first);
    received += count;
  }

  /** Ends the stream: what no window has covered is in one that ends with the stream. */
  void finish() {
    if (received == 0 || lastEnd == received) {
      return;
    }
    int n = (int) Math.min(received, last.length);
    float[] end = new float[n];
    for (int i = 0; i < n; i++) {
      end[i] = last[(int) ((received - n + i) % last.length)];
    }
    give(received - n, end);
  }

  /** Number of samples up to the end of the next window. */
  int missing() {
    return (int) Math.min(Integer.MAX_VALUE, skip + window.length - filled);
  }

  /** Number of samples taken. */
  long received() {
    return received;
  }
}
