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

  /** A second stop after this time gives the cell up; one before is the same wish again. */
  private static final long AGAIN_NANOS = 1_000_000_000;

  private static final long PATIENCE_NANOS = 2_000_000_000;

  private final ClassLoader loader;
  private Worker worker;
  private Job running;
  private boolean stopAsked;
  private String lack;
  private int depth;
  private int workers;

  CellRunner(ClassLoader loader) {
    this.loader = loader;
  }

  /** The outcome of running code: a value, or what it threw. */
  record Outcome(Object value, Throwable thrown) {
    /** Made in advance. */
    static final Outcome NO_MEMORY =
        new Outcome(null, new OutOfMemoryError("the heap is full, even for this error"));
  }

  /** Begins a cell and resets its stop flag. */
  synchronized void begin() {
    stopAsked = false;
    lack = null;
    Memory.hold();
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
          worker = new Worker(loader, ++workers);
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
      if (outcome.thrown() == null) {
        return outcome;
      }
      if (lack != null) {
        return new Outcome(null, new OutOfMemoryError(lack));
      }
      if (Memory.isLack(outcome.thrown())) {
        stopThreads(outcome.thrown());
      }
      // Whatever a library made of the interruption.
      return stopAsked ? new Outcome(null, new CellStopped()) : outcome;
    }
  }

  /** Ends the threads of a cell that started too many. */
  private void stopThreads(Throwable thrown) {
    Throwable root = thrown;
    for (int i = 0; root.getCause() != null && i < 20; i++) {
      root = root.getCause();
    }
    if (worker != null && String.valueOf(root.getMessage()).contains("native thread")) {
      StopCheck.stop();
      interruptThreads(false);
    }
  }

  private void interruptThreads(boolean own) {
    Thread[] threads = new Thread[worker.group.activeCount() + 16];
    int n = worker.group.enumerate(threads);
    for (int i = 0; i < n; i++) {
      if (StopCheck.isOfThisCell(threads[i]) && (own || threads[i] != worker.thread)) {
        threads[i].interrupt();
      }
    }
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
      if (Memory.isLack(e)) {
        Memory.release();
      }
      return new Outcome(null, e);
    }
  }

  /**
   * Stops the running code: its stop checks throw and its threads are interrupted. If an earlier
   * stop had no effect, gives the cell up and leaves its thread to itself.
   *
   * @return what to tell the user, or null
   */
  synchronized String stop() {
    stopAsked = true;
    if (running == null) {
      return null;
    }
    if (running.stopAsked && System.nanoTime() - running.askedAt > AGAIN_NANOS) {
      Worker stuck = worker;
      worker = null;
      stuck.jobs.add(Job.END);
      running.finish(new Outcome(null, new CellStopped()));
      return "The cell was given up. %s: it ends by itself, or when the kernel is restarted."
          .formatted(whereabouts(stuck.thread));
    }
    if (!running.stopAsked) {
      running.stopAsked = true;
      running.askedAt = System.nanoTime();
    }
    StopCheck.stop();
    if (depth == 0) {
      interruptThreads(true);
    }
    return null;
  }

  /**
   * Stops the running code and the threads of the last cell because memory is short.
   *
   * @param why the message of the cell's error
   */
  synchronized void stopForMemory(String why) {
    lack = why;
    StopCheck.stop();
    if (worker != null && depth == 0) {
      interruptThreads(running != null);
    }
  }

  /** What to tell the user if a stop has had no effect for two seconds; only once, else null. */
  synchronized String stuck() {
    if (running == null
        || !running.stopAsked
        || running.told
        || System.nanoTime() - running.askedAt < PATIENCE_NANOS) {
      return null;
    }
    running.told = true;
    return "The cell has not stopped yet. %s. Interrupt it again to give the cell up; the notebook"
            .formatted(whereabouts(worker.thread))
        + " can then be used on, while the thread goes on until it ends by itself.";
  }

  private static String whereabouts(Thread thread) {
    String name = "Its thread '" + thread.getName() + "'";
    for (StackTraceElement frame : thread.getStackTrace()) {
      String type = frame.getClassName();
      if (!type.startsWith("jdk.internal.")
          && !type.startsWith("sun.")
          && !type.startsWith("REPL")) {
        return "%s is still %s %s.%s"
            .formatted(
                name,
                switch (thread.getState()) {
                  case BLOCKED -> "waiting for a lock in";
                  case WAITING, TIMED_WAITING -> "waiting in";
                  default -> "running, in";
                },
                type,
                frame.getMethodName());
      }
    }
    return name + " is still running";
  }

  private static final class Job {
    static final Job END = new Job(() -> null);
    private final Callable<Object> code;
    private Outcome outcome;
    boolean stopAsked;
    boolean told;
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
    final Thread thread;

    Worker(ClassLoader loader, int number) {
      thread = new Thread(group, this, number == 1 ? "cell" : "cell " + number, STACK_BYTES);
      thread.setDaemon(true);
      thread.setContextClassLoader(loader);
    }

    @Override
    public void run() {
      while (true) {
        Job job;
        try {
          job = jobs.take();
        } catch (InterruptedException | OutOfMemoryError e) {
          continue;
        }
        if (job == Job.END) {
          return;
        }
        Outcome outcome = Outcome.NO_MEMORY;
        try {
          outcome = runHere(job.code);
        } catch (Throwable e) {
          Memory.release();
        }
        Thread.interrupted();
        job.finish(outcome);
      }
    }
  }
}
