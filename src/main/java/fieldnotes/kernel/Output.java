package fieldnotes.kernel;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.dflib.jjava.jupyter.messages.publish.PublishStream.StreamType;

/**
 * The output of cells. Text is buffered and sent about twenty times per second, when the buffer is
 * large, or before something else is sent; the text of one thread is sent in order.
 */
final class Output {
  /** Receives the text. */
  interface Sink {
    void send(StreamType stream, String text);
  }

  private static final int MUCH = 1 << 16;
  private static final long BETWEEN_NANOS = 40_000_000;

  private final Sink sink;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition some = lock.newCondition();
  private StreamType stream = StreamType.OUT;
  private byte[] bytes = new byte[1 << 12];
  private int count;
  private byte[] cut = new byte[0];
  private StreamType cutOf = StreamType.OUT;

  final PrintStream out = new Printed(new To(StreamType.OUT));
  final PrintStream err = new Printed(new To(StreamType.ERR));

  Output(Sink sink) {
    this.sink = sink;
  }

  /** Starts the thread that sends the buffered text. */
  void start() {
    Guard.vital(Thread.ofPlatform().daemon().name("output").unstarted(this::keepSending)).start();
  }

  private void keepSending() {
    while (true) {
      try {
        lock.lock();
        try {
          while (count == 0) {
            some.await();
          }
          // Wait for more text.
          long left = BETWEEN_NANOS;
          while (left > 0 && count < MUCH) {
            left = some.awaitNanos(left);
          }
          sendAll(false);
        } finally {
          lock.unlock();
        }
      } catch (InterruptedException e) {
        // Nothing interrupts this thread on purpose.
      } catch (OutOfMemoryError e) {
        Memory.release();
        // A cell used up the memory; try again in the next round.
      }
    }
  }

  /** Sends the buffered text now, so that it comes before later messages. */
  void flush() {
    lock.lock();
    try {
      sendAll(true);
    } finally {
      lock.unlock();
    }
  }

  /** Prints a line, also while a thread of a cell holds the monitor of the stream for ever. */
  void line(StreamType to, String text) {
    byte[] all = (text + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
    write(to, all, 0, all.length);
  }

  private void write(StreamType to, byte[] from, int offset, int length) {
    lock.lock();
    try {
      if (to != stream) {
        sendAll(false);
        stream = to;
      }
      if (count + length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(count + length, 2 * bytes.length));
      }
      boolean first = count == 0;
      System.arraycopy(from, offset, bytes, count, length);
      count += length;
      if (count >= MUCH) {
        sendAll(false);
      } else if (first) {
        some.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void sendAll(boolean evenCut) {
    if (cut.length > 0 && (count > 0 || evenCut) && (cutOf == stream || count == 0)) {
      byte[] whole = Arrays.copyOf(cut, cut.length + count);
      System.arraycopy(bytes, 0, whole, cut.length, count);
      bytes = whole;
      count = whole.length;
      stream = cutOf;
      cut = new byte[0];
    }
    if (count == 0) {
      return;
    }
    int whole = evenCut ? count : wholeCharacters(bytes, count);
    if (whole < count) {
      cut = Arrays.copyOfRange(bytes, whole, count);
      cutOf = stream;
    }
    String text = new String(bytes, 0, whole, StandardCharsets.UTF_8);
    count = 0;
    if (bytes.length > 4 * MUCH) {
      bytes = new byte[1 << 12];
    }
    if (!text.isEmpty()) {
      sink.send(stream, text);
    }
  }

  /** The number of bytes up to the end of the last complete character. */
  static int wholeCharacters(byte[] utf8, int count) {
    for (int back = 1; back <= Math.min(3, count); back++) {
      int b = utf8[count - back] & 0xff;
      if (b >= 0xc0) {
        int needs = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
        return needs > back ? count - back : count;
      }
      if (b < 0x80) {
        return count;
      }
    }
    return count;
  }

  /**
   * A stream that passes everything on at once. The compiler flushes it, and must not wait for a
   * thread of a cell that holds its monitor.
   */
  private static final class Printed extends PrintStream {
    Printed(OutputStream to) {
      super(to, false, StandardCharsets.UTF_8);
    }

    @Override
    public void flush() {}

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void write(byte[] from, int offset, int length) {
      if (!(Thread.currentThread() instanceof CompilerThread)) {
        super.write(from, offset, length);
      }
    }
  }

  private final class To extends OutputStream {
    private final StreamType to;

    To(StreamType to) {
      this.to = to;
    }

    @Override
    public void write(int b) {
      Output.this.write(to, new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      // The compiler prints how to report its errors to its makers.
      if (length > 0 && !(Thread.currentThread() instanceof CompilerThread)) {
        Output.this.write(to, from, offset, length);
      }
    }
  }
}
