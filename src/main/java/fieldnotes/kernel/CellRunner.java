package fieldnotes.kernel;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The single thread that runs the code of cells, so that thread-local variables persist from cell
 * to cell. Only this thread is ever interrupted: interrupting the threads that use the sockets or
 * the compiler's jars would close them.
 */
final class CellRunner {
  private static final long STACK_BYTES = 32L << 20;

  private static final String COMPILING =
      "The cell has not stopped yet: the compiler is at work on it, which cannot be interrupted. The"
          + " cell stops when the compiler has finished.";

  /**
   * How long the threads of a stopped cell have to see the stop, which the next cell takes back.
   */
  private static final int MOST_LOOKS = 30;

  private static final long BETWEEN_LOOKS_NANOS = 10_000_000;

  private final ClassLoader loader;
  private Worker worker;
  private Job running;
  private boolean stopAsked;
  private int compiling;
  private Stop stopOfCompiler;
  private String lack;
  private int depth;
  private int workers;

  CellRunner(ClassLoader loader) {
    this.loader = loader;
  }

  /** Code of a cell. */
  interface Code {
    Object run() throws Throwable;
  }

  /**
   * The outcome of running code.
   *
   * @param causes what it threw, or null if it has a value
   */
  record Outcome(Object value, Causes causes) {
    /** Made in advance. */
    static final Outcome NO_MEMORY =
        of(new OutOfMemoryError("the heap is full, even for this error"));

    static final Outcome UNREADABLE =
        of(new IllegalStateException("the code threw an exception that cannot be read"));

    static Outcome of(Throwable thrown) {
      return new Outcome(null, Causes.of(thrown));
    }

    Throwable thrown() {
      return causes == null ? null : causes.first().thrown();
    }
  }

  /** Begins a cell and resets its stop flag; threads that are made from now on belong to it. */
  void begin() {
    for (int i = 0; i < MOST_LOOKS && hasRunningThreads(); i++) {
      LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
    }
    synchronized (this) {
      stopAsked = false;
      StopCheck.beginCell();
      lack = null;
      Memory.hold();
    }
  }

  /** Whether the cell was stopped, also during compilation; then its threads are, too. */
  synchronized boolean isStopAsked() {
    if (stopAsked && running == null) {
      stopThreads();
    }
    return stopAsked;
  }

  /** Stops the threads that the cell has made. */
  private void stopThreads() {
    StopCheck.stop();
    if (worker != null) {
      interruptThreads(false);
    }
  }

  /**
   * Runs code on the cell thread and waits for its end. If called on the cell thread, runs it
   * directly.
   */
  Outcome run(Code code) {
    Job job;
    synchronized (this) {
      if (worker != null && Thread.currentThread() == worker.thread) {
        job = null;
      } else if (stopAsked) {
        return Outcome.of(new CellStopped());
      } else {
        if (worker == null) {
          worker = new Worker(loader, ++workers);
          worker.thread.start();
        }
        job = new Job(code);
        running = job;
        StopCheck.runOn(worker.thread);
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
        return Outcome.of(new OutOfMemoryError(lack));
      }
      if (outcome.causes().isLackOfThreads()) {
        stopThreads();
      }
      // Whatever a library made of the interruption.
      return stopAsked ? Outcome.of(new CellStopped()) : outcome;
    }
  }

  private void interruptThreads(boolean own) {
    for (Thread thread : threads()) {
      if (own || thread != worker.thread) {
        thread.interrupt();
      }
    }
  }

  /** The threads of the cell. */
  private List<Thread> threads() {
    Thread[] threads = new Thread[worker.group.activeCount() + 16];
    int n = worker.group.enumerate(threads);
    return Arrays.stream(threads, 0, n).filter(StopCheck::isOfThisCell).toList();
  }

  /** Whether the cell was stopped and has threads that may not have seen it yet. */
  private synchronized boolean hasRunningThreads() {
    return stopAsked
        && worker != null
        && threads().stream()
            .anyMatch(one -> one != worker.thread && one.getState() == Thread.State.RUNNABLE);
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

  /** Marks work of the compiler, so that a stop that has to wait for it says so. */
  <T> T compiling(Supplier<T> work) {
    synchronized (this) {
      compiling++;
      stopOfCompiler = null;
    }
    try {
      return work.get();
    } finally {
      synchronized (this) {
        compiling--;
      }
    }
  }

  boolean isCellThread() {
    return worker != null && Thread.currentThread() == worker.thread;
  }

  private static Outcome runHere(Code code) {
    try {
      return new Outcome(code.run(), null);
    } catch (Throwable e) {
      return read(e);
    }
  }

  /** Reads an exception on this thread, where its methods can be stopped like the code. */
  private static Outcome read(Throwable thrown) {
    try {
      Outcome outcome = Outcome.of(thrown);
      if (outcome.causes().isLack()) {
        Memory.release();
      }
      return outcome;
    } catch (CellStopped stopped) {
      return Outcome.of(stopped);
    }
  }

  /**
   * Stops the running code: its stop checks throw and its threads are interrupted. If an earlier
   * stop had no effect, gives the cell up and leaves its thread to itself.
   *
   * @param asked when the user wished it; where the machine is busy, some time ago
   * @return what to tell the user, or null
   */
  synchronized String stop(Instant asked) {
    stopAsked = true;
    if (running == null) {
      return compiling > 0 ? stopWhileCompiling(asked) : null;
    }
    if (running.stop != null && running.stop.isAnother(asked)) {
      Worker stuck = worker;
      worker = null;
      stuck.jobs.add(Job.END);
      running.finish(Outcome.of(new CellStopped()));
      return "The cell was given up. %s: it ends by itself, or when the kernel is restarted."
          .formatted(whereabouts(stuck.thread));
    }
    if (running.stop == null) {
      running.stop = new Stop(asked);
    }
    StopCheck.stop();
    if (depth == 0) {
      interruptThreads(true);
    }
    return null;
  }

  private String stopWhileCompiling(Instant asked) {
    stopThreads();
    if (stopOfCompiler == null) {
      stopOfCompiler = new Stop(asked);
      return null;
    }
    return stopOfCompiler.isTold() && stopOfCompiler.isAnother(asked) ? COMPILING : null;
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
    Stop stop = running != null ? running.stop : compiling > 0 ? stopOfCompiler : null;
    if (stop == null || !stop.isToBeTold()) {
      return null;
    }
    if (running == null) {
      return COMPILING;
    }
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
    private final Code code;
    private Outcome outcome;
    Stop stop;

    Job(Code code) {
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
        } catch (OutOfMemoryError e) {
          Memory.release();
        } catch (Throwable e) {
          outcome = Outcome.UNREADABLE;
        }
        Thread.interrupted();
        job.finish(outcome);
      }
    }
  }
}
