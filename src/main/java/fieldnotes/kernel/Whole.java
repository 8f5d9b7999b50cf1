package fieldnotes.kernel;

import org.zeromq.ZMQ;

/**
 * The state of a socket while a message is sent on it. A message for which memory is lacking can be
 * sent again while nothing of it has reached the socket; afterwards the socket may be left in a
 * state in which it sends nothing more, so the process ends. Used by one thread.
 */
final class Whole {
  private static final Halt BROKEN =
      new Halt("no memory is left, and a message was sent only in part");

  private boolean begun;

  /** Runs what sends a message. */
  void send(Runnable sending) {
    begun = false;
    try {
      sending.run();
    } catch (OutOfMemoryError e) {
      if (begun) {
        BROKEN.now();
      }
      throw e;
    }
  }

  /** A frame is about to be sent. */
  void begin() {
    begun = true;
  }

  /** A frame was sent, perhaps the last one; returns {@code done}. */
  boolean sent(boolean done, int flags) {
    begun = (flags & ZMQ.SNDMORE) != 0;
    return done;
  }
}
