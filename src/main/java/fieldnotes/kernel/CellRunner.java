package fieldnotes.kernel;

import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * The single thread that runs the code of cells, so that thread-local variables persist from cell
 * to cell. Only this thread is ever interrupted: interrupting the threads that use the sockets or
 * the compiler's jars would close them.
 */
final class CellRunner {
  private static final long STACK_BYTES = 32L << 20;

  private final ClassLoader loader;
  private Worker worker;
  private Job running;
  private boolean stopAsked;
  private int depth;

  CellRunner(ClassLoader loader) {
    this.loader = loader;
  }

  /** The outcome of running code: a value, or what it threw. */
  record Outcome(Object value, Throwable thrown) {}

  /** Begins a cell and resets its stop flag. */
  synchronized void begin() {
    stopAsked = false;
  }

  /** Whether the cell was stopped, also during compilation. */
  synchronized boolean isStopAsked() {
    return stopAsked;
  }

  /**
   * Runs code on the cell thread and waits for its end. If called on the cell thread, runs it
   * directly.
   */
  Outcome run(Callable<Object> code) {
    Job job;
    synchronized (this) {
      if (worker != null && Thread.currentThread() == worker.thread) {
        job = null;
      } else if (stopAsked) {
        return new Outcome(null, new CellStopped());
      } else {
        if (worker == null) {
          worker = new Worker(loader);
          worker.thread.start();
        }
        job = new Job(code);
        running = job;
        StopCheck.begin(worker.thread);
        worker.jobs.add(job);
      }
    }
    if (job == null) {
      return runHere(code);
    }
    Outcome outcome = job.await();
    synchronized (this) {
      running = null;
    }
    return outcome;
  }

  /** Marks work on the cell thread that must not be interrupted, such as a compilation. */
  <T> T uninterrupted(Supplier<T> code) {
    synchronized (this) {
      depth++;
    }
    try {
      return code.get();
    } finally {
      synchronized (this) {
        depth--;
      }
    }
  }

  boolean isCellThread() {
    return worker != null && Thread.currentThread() == worker.thread;
  }

  private static Outcome runHere(Callable<Object> code) {
    try {
      return new Outcome(code.call(), null);
    } catch (Throwable e) {
      return new Outcome(null, e);
    }
  }

  /**
   * Stops the running code: its stop checks throw and its threads are interrupted. If an earlier
   * stop had no effect, abandons the thread and ends the cell.
   *
   * @return whether a thread was abandoned
   */
  synchronized boolean stop() {
    stopAsked = true;
    if (running == null) {
      return false;
    }
    if (running.stopAsked && System.nanoTime() - running.askedAt > 1_500_000_000L) {
      Worker stuck = worker;
      worker = null;
      stuck.jobs.add(Job.END);
      running.finish(new Outcome(null, new CellStopped()));
      return true;
    }
    if (!running.stopAsked) {
      running.stopAsked = true;
      running.askedAt = System.nanoTime();
    }
    StopCheck.stop();
    if (depth == 0) {
      Thread[] threads = new Thread[worker.group.activeCount() + 16];
      int n = worker.group.enumerate(threads);
      for (int i = 0; i < n; i++) {
        if (StopCheck.isOfThisCell(threads[i])) {
          threads[i].interrupt();
        }
      }
    }
    return false;
  }

  private static final class Job {
    static final Job END = new Job(() -> null);
    private final Callable<Object> code;
    private Outcome outcome;
    boolean stopAsked;
    long askedAt;

    Job(Callable<Object> code) {
      this.code = code;
    }

    synchronized void finish(Outcome result) {
      if (outcome == null) {
        outcome = result;
        notifyAll();
      }
    }

    synchronized Outcome await() {
      boolean interrupted = false;
      while (outcome == null) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return outcome;
    }
  }

  private static final class Worker implements Runnable {
    final LinkedBlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
    final ThreadGroup group = new ThreadGroup("cells");
    final Thread thread = new Thread(group, this, "cell", STACK_BYTES);

    Worker(ClassLoader loader) {
      thread.setDaemon(true);
      thread.setContextClassLoader(loader);
    }

    @Override
    public void run() {
      while (true) {
        Job job;
        try {
          job = jobs.take();
        } catch (InterruptedException e) {
          continue;
        }
        if (job == Job.END) {
          return;
        }
        Outcome outcome = runHere(job.code);
        Thread.interrupted();
        job.finish(outcome);
      }
    }
  }
}
