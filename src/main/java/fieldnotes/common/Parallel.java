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
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Parallel loops. If a body writes only to its own index, the result is the same for any number of
 * threads. Interrupting the caller stops the loop.
 */
public final class Parallel {
  private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);

  /** Threads that wait some time for the next loop: starting one takes as long as a small loop. */
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

  /** How long a thread polls for the next brief loop; waking a sleeping thread takes longer. */
  private static final long LOOK_NANOS = 300_000;

  /** Numbers, see {@link #rowsAPart}. */
  private static final int PART = 1 << 18;

  /** The number of threads that are polling. */
  private static final AtomicInteger LOOKING = new AtomicInteger();

  private static volatile Brief latest;

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

  private record Failure(int index, Throwable thrown) {}

  /**
   * Runs the body for 0…n−1, where one call takes well below a millisecond. The calling thread
   * takes part and does not wait for threads that are still waking up, which takes as long as many
   * calls. Otherwise like {@link #forEach(int, IntConsumer)}.
   */
  public static void forEachBrief(int n, IntConsumer body) {
    int workers = Math.min(threads(), n);
    if (workers <= 1 || INSIDE.get()) {
      forEach(n, 1, body);
      return;
    }
    Progress.stopIfInterrupted();
    Brief brief = new Brief(new Loop(n, body), workers - 1);
    latest = brief;
    try {
      for (int w = LOOKING.get(); w < workers - 1; w++) {
        POOL.execute(() -> Brief.work(brief));
      }
      brief.loop.run();
    } finally {
      brief.loop.end();
      latest = null; // releases its data
    }
    for (int looks = 0; brief.working.get() > 0; looks++) {
      Progress.stopIfInterrupted();
      if (looks < 1_000) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(10_000);
      }
    }
    Progress.stopIfInterrupted();
    brief.loop.throwFailure();
  }

  /** What is done with the indices from {@code from} to {@code to} − 1. */
  @FunctionalInterface
  public interface Part {
    /** Does it. */
    void run(int from, int to);
  }

  /**
   * Runs the body for parts of 0…n−1, each of this size but the last, as {@link #forEachBrief}
   * does.
   *
   * @param size at least 1
   */
  public static void forEachPart(int n, int size, Part body) {
    forEachBrief((n + size - 1) / size, p -> body.run(p * size, Math.min(n, (p + 1) * size)));
  }

  /**
   * How many rows of this many numbers are a part that is worth another thread, where little is
   * done with each: they fill 2 MB. On a busy machine waiting for that thread takes longer.
   */
  public static int rowsAPart(int columns) {
    return Math.max(1, PART / Math.max(1, columns));
  }

  /** A loop that polling threads can join. */
  private static final class Brief {
    private final Loop loop;
    private final AtomicInteger seats;

    /** Threads in the loop; one that joins after the last index was taken does nothing. */
    private final AtomicInteger working = new AtomicInteger();

    Brief(Loop loop, int seats) {
      this.loop = loop;
      this.seats = new AtomicInteger(seats);
    }

    /** Takes part in a loop and in those that begin shortly after. */
    static void work(Brief first) {
      LOOKING.incrementAndGet();
      try {
        first.join();
        Brief last = first;
        long end = System.nanoTime() + LOOK_NANOS;
        while (System.nanoTime() < end) {
          Brief one = latest;
          if (one != null && one != last) {
            one.join();
            last = one;
            end = System.nanoTime() + LOOK_NANOS;
          }
          Thread.onSpinWait();
        }
      } finally {
        LOOKING.decrementAndGet();
      }
    }

    private void join() {
      if (seats.getAndDecrement() <= 0) {
        return;
      }
      working.incrementAndGet();
      LOOKING.decrementAndGet();
      try {
        loop.run();
      } finally {
        LOOKING.incrementAndGet();
        working.decrementAndGet();
      }
    }
  }

  /**
   * Runs the body for 0…n−1 on the given number of threads. An exception in a body ends the loop
   * and is thrown here after the running bodies have ended; if several bodies throw, it is that of
   * the smallest index, for any number of threads. A nested loop runs on its own thread only.
   *
   * @throws CancellationException if the calling thread is interrupted before or during the loop;
   *     its interrupt status is kept
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
    // fast workers would be done before the first check
    Progress.stopIfInterrupted();
    Loop loop = new Loop(n, body);
    List<Future<?>> running = new ArrayList<>();
    try {
      for (int w = 0; w < workers; w++) {
        running.add(POOL.submit(loop));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      loop.end();
      running.forEach(one -> one.cancel(true));
    }
    loop.throwFailure();
  }

  /** State shared by the threads of one loop. */
  private static final class Loop implements Runnable {
    private final int n;
    private final IntConsumer body;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<Failure> failure = new AtomicReference<>();

    Loop(int n, IntConsumer body) {
      this.n = n;
      this.body = body;
    }

    @Override
    public void run() {
      boolean outer = INSIDE.get();
      INSIDE.set(true);
      try {
        for (int i = next.getAndIncrement(); i < n; i = next.getAndIncrement()) {
          step(i);
        }
      } finally {
        INSIDE.set(outer);
      }
    }

    private void step(int i) {
      try {
        Progress.stopIfInterrupted();
        body.accept(i);
      } catch (RuntimeException | Error e) {
        // smaller indices are done or running, and may still fail
        failure.accumulateAndGet(
            new Failure(i, e), (a, b) -> a == null || b.index < a.index ? b : a);
        end();
      }
    }

    void end() {
      next.set(n);
    }

    void throwFailure() {
      switch (failure.get()) {
        case null -> {}
        case Failure(int index, RuntimeException unchecked) -> throw unchecked;
        case Failure(int index, Error error) -> throw error;
        case Failure(int index, Throwable other) -> throw new IllegalStateException(other);
      }
    }
  }
}
