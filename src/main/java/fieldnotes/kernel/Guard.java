package fieldnotes.kernel;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Ends the process when the kernel can no longer work: its memory is full and stopping the cell did
 * not help, or one of the threads without which it would be silent has ended. The guard's own loop
 * takes no memory and no lock, as either may be lacking: whatever a cell does, it goes on.
 */
final class Guard {
  private static final int EVERY_MILLIS = 500;
  private static final long BETWEEN_NANOS = 1_000_000_000;

  /** What the kernel must be able to allocate. */
  private static final int PROBE = 1 << 16;

  private static final Halt HOPELESS =
      new Halt("its memory is full, and stopping the cell did not help");
  private static final Halt GUARD_ENDED = new Halt("its guard ended");

  private record Vital(Thread thread, Halt end) {}

  private static final CopyOnWriteArrayList<Vital> VITAL = new CopyOnWriteArrayList<>();
  private static volatile Vital[] vital = new Vital[0];

  private final GarbageCollectorMXBean[] collectors =
      ManagementFactory.getGarbageCollectorMXBeans().toArray(GarbageCollectorMXBean[]::new);
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Pressure pressure = new Pressure();
  private long before = System.nanoTime();
  private long collectedBefore = collected();
  private int lacksBefore = StopCheck.lacks();
  private int askedFor;

  private volatile boolean refused;
  private volatile Pressure.Verdict stop = Pressure.Verdict.GO_ON;
  private volatile byte[] probe;

  void start() {
    Thread.ofPlatform()
        .daemon()
        .name("guard")
        .priority(Thread.MAX_PRIORITY)
        .start(
            () -> {
              try {
                keepLooking();
              } finally {
                GUARD_ENDED.now();
              }
            });
  }

  /**
   * A thread without which the kernel would be silent: if it ends, whatever the reason, so does the
   * process. Lacks of memory that leave its loop end it.
   */
  static Thread vital(Thread thread) {
    Vital one = new Vital(thread, new Halt("its thread '" + thread.getName() + "' ended"));
    VITAL.add(one);
    vital = VITAL.toArray(new Vital[0]);
    thread.setUncaughtExceptionHandler((ended, e) -> one.end().now());
    return thread;
  }

  private void keepLooking() {
    while (true) {
      try {
        Thread.sleep(EVERY_MILLIS);
        look();
      } catch (InterruptedException | OutOfMemoryError e) {
        // It looks again.
      }
    }
  }

  private void look() {
    if (Halt.isAsked() && ++askedFor > 4) {
      Runtime.getRuntime().halt(1);
    }
    for (Vital one : vital) {
      if (one.thread().getState() == Thread.State.TERMINATED) {
        one.end().now();
      }
    }
    long now = System.nanoTime();
    if (now - before < BETWEEN_NANOS) {
      return;
    }
    long collected = collected();
    int lacks = StopCheck.lacks();
    double seconds = (now - before) / 1e9;
    Runtime run = Runtime.getRuntime();
    Pressure.Verdict verdict =
        pressure.next(
            seconds,
            (collected - collectedBefore) / 1e3 / seconds,
            (double) (run.totalMemory() - run.freeMemory()) / run.maxMemory(),
            refused,
            lacks - lacksBefore,
            threads.getThreadCount());
    before = now;
    collectedBefore = collected;
    lacksBefore = lacks;
    refused = false;
    switch (verdict) {
      case GO_ON -> {}
      case STOP_FOR_HEAP, STOP_FOR_THREADS -> stop = verdict;
      case END -> HOPELESS.now();
    }
  }

  /** Milliseconds spent collecting so far. */
  private long collected() {
    long sum = 0;
    for (GarbageCollectorMXBean one : collectors) {
      sum += Math.max(0, one.getCollectionTime());
    }
    return sum;
  }

  /** Looks whether the kernel gets memory; called again and again. */
  void probe() {
    try {
      probe = new byte[PROBE];
    } catch (OutOfMemoryError e) {
      refused = true;
      Memory.release();
    }
  }

  /** Whether the cell is to be stopped, and why, until {@link #stopped} is called. */
  Pressure.Verdict stop() {
    return stop;
  }

  /** Says that the cell was stopped. A stop that failed for lack of memory is tried again. */
  void stopped() {
    stop = Pressure.Verdict.GO_ON;
  }
}
