package fieldnotes.kernel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.dflib.jjava.jupyter.channels.IOPubChannel;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Message;
import org.zeromq.ZMQ;

/** The socket for outputs. {@code sendMessage} may be called from any thread. */
final class Published extends IOPubChannel {
  private static final int MOST_WAITING = 256;

  private final LinkedBlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
  private final Whole whole = new Whole();
  private final Semaphore places = new Semaphore(MOST_WAITING);

  Published(ZMQ.Context context, HMACGenerator signatures) {
    super(context, signatures);
  }

  // Not synchronized, unlike the overridden method: senders only enqueue, under the queue's lock.
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public void sendMessage(Message<?> message) {
    Runnable sending =
        () -> {
          try {
            Memory.surely(Connection.UNSENT, () -> whole.send(() -> super.sendMessage(message)));
          } finally {
            places.release();
          }
        };
    places.acquireUninterruptibly();
    try {
      waiting.add(sending);
    } catch (OutOfMemoryError e) {
      places.release();
      throw e;
    }
  }

  @Override
  public boolean send(byte[] frame, int flags) {
    whole.begin();
    return whole.sent(super.send(frame, flags), flags);
  }

  void keepSending() {
    while (true) {
      try {
        waiting.take().run();
      } catch (InterruptedException e) {
        // Nothing interrupts this thread on purpose.
      } catch (OutOfMemoryError e) {
        Memory.release();
      } catch (RuntimeException | StackOverflowError e) {
        Connection.CONSOLE.println("kernel: could not send an output: " + e);
      }
    }
  }

  /** Completes this when everything before it has been passed to the socket. */
  void whenSent(CompletableFuture<Boolean> done) {
    waiting.add(() -> done.complete(true));
  }
}
