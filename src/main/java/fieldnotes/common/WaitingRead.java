package fieldnotes.common;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** Reads from streams that may answer with no bytes, as a microphone that was unplugged does. */
public final class WaitingRead {
  private static final int MOST_TRIES = 50;
  private static final int PAUSE_MILLIS = 20;

  private WaitingRead() {}

  /**
   * Reads at least one byte; waits for it for a second if the stream answers with none.
   *
   * @param count at least 1
   * @return number of bytes stored in {@code to} from index {@code at}; −1 at the end
   * @throws IOException if it cannot be read, or nothing comes any more
   */
  public static int some(InputStream in, byte[] to, int at, int count) throws IOException {
    for (int i = 0; i < MOST_TRIES; i++) {
      int n = in.read(to, at, count);
      if (n != 0) {
        return n;
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
    throw new IOException("nothing comes any more: see that it is still connected");
  }
}
