package fieldnotes.common;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Loops over several cores. A body writes only to its own index, so the result is the same on any
 * number of threads. Interrupting the caller stops the loop.
 */
public final class Parallel {
  private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);

  /**
   * Threads that wait a while for the next loop: to start new ones takes as long as a small loop.
   */
  private static final ExecutorService POOL =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          10,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform()
              .daemon()
              .inheritInheritableThreadLocals(false)
              .name("fieldnotes-", 0)
              .factory());

  private Parallel() {}

  /** The number of threads a loop uses: the property {@code fieldnotes.threads}, or all cores. */
  public static int threads() {
    return Math.max(
        1, Integer.getInteger("fieldnotes.threads", Runtime.getRuntime().availableProcessors()));
  }

  /** Runs the body for 0…n−1 on {@link #threads()} threads, in no particular order. */
  public static void forEach(int n, IntConsumer body) {
    forEach(n, threads(), body);
  }

  /**
   * Runs the body for 0…n−1 on so many threads. What a body throws ends the loop and is thrown
   * here. A loop inside a loop runs on its own thread alone.
   *
   * @throws CancellationException if the calling thread is interrupted, before or meanwhile; it
   *     stays marked so
   */
  public static void forEach(int n, int threads, IntConsumer body) {
    int workers = Math.min(threads, n);
    if (workers <= 1 || INSIDE.get()) {
      for (int i = 0; i < n; i++) {
        Progress.stopIfInterrupted();
        body.accept(i);
      }
      return;
    }
    // workers that are quick would have done before anyone looks
    Progress.stopIfInterrupted();
    AtomicInteger next = new AtomicInteger();
    Runnable worker =
        () -> {
          INSIDE.set(true);
          for (int i = next.getAndIncrement(); i < n; i = next.getAndIncrement()) {
            Progress.stopIfInterrupted();
            body.accept(i);
          }
        };
    List<Future<?>> running = new ArrayList<>();
    try {
      for (int w = 0; w < workers; w++) {
        running.add(POOL.submit(worker));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        default -> throw new IllegalStateException(e.getCause());
      }
    } finally {
      next.set(n);
      running.forEach(one -> one.cancel(true));
    }
  }
}
