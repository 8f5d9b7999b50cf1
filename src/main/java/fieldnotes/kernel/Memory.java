package fieldnotes.kernel;

import java.io.PrintStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What keeps the kernel alive when a cell fills the heap: a reserve that is released for the
 * kernel's own work, a measure of whether the JVM does nothing but collect garbage, and an end of
 * the process where nothing else helps, which front ends report. A kernel that neither works nor
 * ends is worse than one that ends.
 */
final class Memory {
  private static final PrintStream CONSOLE = System.err;
  private static final int RESERVE =
      (int) Math.clamp(Runtime.getRuntime().maxMemory() / 16, 4L << 20, 32L << 20);

  /** Share of the time and of the heap from which on the heap counts as full. */
  private static final double BUSY = 0.5;

  private static final double FULL = 0.88;

  private static volatile byte[] reserve;

  private final GarbageCollectorMXBean[] collectors =
      ManagementFactory.getGarbageCollectorMXBeans().toArray(GarbageCollectorMXBean[]::new);
  private long wallBefore = System.nanoTime();
  private long collectingBefore;

  /** Takes the reserve if there is room for it. */
  static void hold() {
    Runtime run = Runtime.getRuntime();
    if (reserve == null && run.maxMemory() - run.totalMemory() + run.freeMemory() > 4L * RESERVE) {
      try {
        reserve = new byte[RESERVE];
      } catch (OutOfMemoryError e) {
        // There is no room yet.
      }
    }
  }

  /** Releases the reserve, so that an error can be shown. */
  static void release() {
    reserve = null;
  }

  /** Whether this or one of its causes is a lack of memory. */
  static boolean isLack(Throwable thrown) {
    Throwable one = thrown;
    for (int i = 0; one != null && i < 20; i++) {
      if (one instanceof OutOfMemoryError) {
        return true;
      }
      one = one.getCause();
    }
    return false;
  }

  /** What a user can do, or an empty text if the error is not about the heap. */
  static String advice(Throwable thrown) {
    String text = String.valueOf(thrown.getMessage());
    if (text.contains("native thread")) {
      return "\nNo more threads can be started; those that the cell started were interrupted.";
    }
    return text.contains("heap space") || text.contains("heap is full") || text.contains("GC over")
        ? String.format(
            Locale.ROOT,
            "%nThe heap of this kernel has %,d MB. Set variables to null that are no longer needed,"
                + " or start with a larger heap, for example FIELDNOTES_HEAP=8g ./workbench lab",
            Runtime.getRuntime().maxMemory() >> 20)
        : "";
  }

  /** The state of the heap; unknown while the last look is less than a second ago. */
  enum State {
    UNKNOWN,
    CALM,
    FULL
  }

  /** Whether since the last look the JVM did little but collect garbage, and found next to none. */
  State state() {
    long now = System.nanoTime();
    if (now - wallBefore < 1_000_000_000L) {
      return State.UNKNOWN;
    }
    long collecting = 0;
    for (GarbageCollectorMXBean one : collectors) {
      collecting += Math.max(0, one.getCollectionTime());
    }
    double share = (collecting - collectingBefore) * 1e6 / (now - wallBefore);
    wallBefore = now;
    collectingBefore = collecting;
    Runtime run = Runtime.getRuntime();
    return share > BUSY && run.totalMemory() - run.freeMemory() > FULL * run.maxMemory()
        ? State.FULL
        : State.CALM;
  }

  /** Ends the process at once. */
  static void halt(String why) {
    release();
    try {
      CONSOLE.println("kernel: " + why + "; the kernel ends");
    } catch (Throwable e) {
      // There is no memory even for this.
    }
    Runtime.getRuntime().halt(1);
  }

  /**
   * Work that must not fail for lack of memory: it is repeated with the reserve released and after
   * a collection; if it fails still, the process ends.
   */
  static void surely(String what, Runnable work) {
    for (int i = 0; ; i++) {
      try {
        work.run();
        return;
      } catch (OutOfMemoryError e) {
        release();
        if (i >= 2) {
          halt("no memory is left to " + what);
        }
        System.gc();
      }
    }
  }

  /**
   * The loop of a thread without which the kernel would be silent: if it ends, so does the process.
   */
  static Runnable vital(String name, Runnable loop) {
    return () -> {
      try {
        loop.run();
      } catch (Throwable e) {
        release();
      }
      halt("its thread '" + name + "' ended");
    };
  }
}
