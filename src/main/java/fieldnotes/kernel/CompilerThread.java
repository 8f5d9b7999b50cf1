package fieldnotes.kernel;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The thread that compiles. The compiler recurses as deeply as an expression is long, so this
 * thread has a large stack; what the compiler prints when it fails is not shown.
 */
final class CompilerThread extends Thread {
  private static final long STACK_BYTES = 256L << 20;

  private final LinkedBlockingQueue<Job<?>> jobs = new LinkedBlockingQueue<>();

  CompilerThread() {
    super(null, null, "compiler", STACK_BYTES);
    setDaemon(true);
  }

  /** Runs this on the compiler's thread and waits for it. */
  <T> T call(Supplier<T> code) {
    Job<T> job = new Job<>(() -> Streams.compiling(code));
    jobs.add(job);
    return job.await();
  }

  /**
   * Runs this on the compiler's thread, but does not wait for ever.
   *
   * @return the result, or null if it is not there in time or is null
   */
  <T> T call(Supplier<T> code, long millis) {
    Job<T> job = new Job<>(() -> Streams.compiling(code));
    jobs.add(job);
    return job.isDone(millis) ? job.await() : null;
  }

  /** Ends the thread after the jobs that wait. */
  void end() {
    jobs.add(new Job<>(null));
  }

  @Override
  public void run() {
    while (true) {
      try {
        Job<?> job = jobs.take();
        if (job.code == null) {
          return;
        }
        job.run();
      } catch (InterruptedException e) {
        // Nothing interrupts this thread on purpose.
      } catch (OutOfMemoryError e) {
        Memory.release();
      }
    }
  }

  /** Work and its result; whatever happens, the thread that waits for it goes on. */
  private static final class Job<T> {
    private final Supplier<T> code;
    private T result;
    private Throwable thrown;
    private boolean done;

    Job(Supplier<T> code) {
      this.code = code;
    }

    void run() {
      T value = null;
      Throwable failure = null;
      try {
        value = code.get();
      } catch (Throwable e) {
        failure = e;
      }
      synchronized (this) {
        result = value;
        thrown = failure;
        done = true;
        notifyAll();
      }
    }

    synchronized boolean isDone(long millis) {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      while (!done) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        try {
          wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
      return true;
    }

    synchronized T await() {
      boolean interrupted = false;
      while (!done) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (thrown == null) {
        return result;
      }
      switch (thrown) {
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        default -> throw new IllegalStateException(thrown);
      }
    }
  }
}
