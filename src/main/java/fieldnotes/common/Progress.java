package fieldnotes.common;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The progress of a long task. A terminal or a notebook cell installs a {@link Display} to show it;
 * without one, it is not shown. Each step also checks whether its thread was interrupted, so that
 * tasks that report progress can be stopped.
 */
public final class Progress implements AutoCloseable {
  /** Shows the state of a task; called at most about ten times per second, and at its end. */
  @FunctionalInterface
  public interface Display {
    /**
     * @param task short name of the task
     * @param done number of steps done
     * @param total total number of steps, or 0 if unknown
     * @param left estimated time left in words, such as "about 40 s left"; empty if not known
     * @param note additional text, may be empty
     * @param seconds seconds since the start
     * @param finished whether this is the last call for this task
     */
    void show(
        String task,
        long done,
        long total,
        String left,
        String note,
        double seconds,
        boolean finished);
  }

  private static final long BETWEEN_NANOS = 100_000_000;
  private static volatile Display display =
      (task, done, total, left, note, seconds, finished) -> {};

  private final String task;
  private final long total;
  private final long start = System.nanoTime();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong lastShown = new AtomicLong(System.nanoTime() + 200_000_000);
  private final TimeLeft timeLeft = new TimeLeft();
  private volatile String note = "";
  private volatile boolean closed;

  private Progress(String task, long total) {
    this.task = task;
    this.total = total;
  }

  /** Shows all progress on this display from now on. */
  public static void showOn(Display newDisplay) {
    display = newDisplay;
  }

  /** Begins a task of {@code total} steps; 0 if the number is unknown. */
  public static Progress start(String task, long total) {
    return new Progress(task, total);
  }

  /**
   * Adds to the number of steps done. Thread-safe.
   *
   * @throws CancellationException if this thread was interrupted
   */
  public void advance(long steps) {
    stopIfInterrupted();
    long now = done.addAndGet(steps);
    long nanos = System.nanoTime();
    long last = lastShown.get();
    if (nanos - last > BETWEEN_NANOS && lastShown.compareAndSet(last, nanos)) {
      show(now);
    }
  }

  private synchronized void show(long now) {
    double seconds = seconds();
    String left = TimeLeft.text(timeLeft.update(seconds, now, total));
    display.show(task, now, total, left, note, seconds, false);
  }

  /** Sets the note that is shown next to the count from the next step on. */
  public void note(String text) {
    note = text;
  }

  /** Ends the task, complete or not. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      display.show(task, done.get(), total, "", note, seconds(), true);
    }
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  /**
   * Throws if this thread was interrupted; for loops that report no progress but must be stoppable.
   *
   * @throws CancellationException if this thread was interrupted; its interrupt status is kept
   */
  public static void stopIfInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
  }
}
