package fieldnotes.common;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The progress of one long piece of work. Whoever shows it (a terminal, a notebook cell) installs a
 * {@link Display}; until then it goes nowhere. A step also notices that its thread was interrupted,
 * so that work which reports its progress can be stopped.
 */
public final class Progress implements AutoCloseable {
  /** Shows the state of a piece of work; called some ten times a second at most, and at its end. */
  @FunctionalInterface
  public interface Display {
    /**
     * @param task what is being done, in a few words
     * @param done steps done so far
     * @param total steps in all, or 0 where that is not known
     * @param note what else there is to say, may be empty
     * @param seconds since the start
     * @param finished whether this is the last call for this task
     */
    void show(String task, long done, long total, String note, double seconds, boolean finished);
  }

  private static final long BETWEEN_NANOS = 100_000_000;
  private static volatile Display display = (task, done, total, note, seconds, finished) -> {};

  private final String task;
  private final long total;
  private final long start = System.nanoTime();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong lastShown = new AtomicLong(System.nanoTime() + 200_000_000);
  private volatile String note = "";
  private volatile boolean closed;

  private Progress(String task, long total) {
    this.task = task;
    this.total = total;
  }

  /** From now on, all progress is shown there. */
  public static void showOn(Display newDisplay) {
    display = newDisplay;
  }

  /** Begins a task of {@code total} steps; 0 where the number is not known. */
  public static Progress start(String task, long total) {
    return new Progress(task, total);
  }

  /**
   * So many more steps are done. Safe from any thread.
   *
   * @throws CancellationException if this thread was interrupted
   */
  public void advance(long steps) {
    stopIfInterrupted();
    long now = done.addAndGet(steps);
    long nanos = System.nanoTime();
    long last = lastShown.get();
    if (nanos - last > BETWEEN_NANOS && lastShown.compareAndSet(last, nanos)) {
      display.show(task, now, total, note, seconds(), false);
    }
  }

  /** Sets the note shown beside the count from the next step on. */
  public void note(String text) {
    note = text;
  }

  /** The task is over, done or not. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      display.show(task, done.get(), total, note, seconds(), true);
    }
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  /**
   * For loops that report no progress but must be stoppable all the same.
   *
   * @throws CancellationException if this thread was interrupted; it stays marked so
   */
  public static void stopIfInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
  }
}
