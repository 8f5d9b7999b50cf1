package fieldnotes.kernel;

import java.util.Locale;

/**
 * What keeps the kernel alive when a cell fills the heap: a reserve that is released for the
 * kernel's own work, and an end of the process where nothing else helps. {@link Guard} sees whether
 * the heap is full.
 */
final class Memory {
  private static final int RESERVE =
      (int) Math.clamp(Runtime.getRuntime().maxMemory() / 16, 4L << 20, 32L << 20);

  private static volatile byte[] reserve;

  /** Whether a kernel is to have a reserve: not in its first second, for which the user waits. */
  private static volatile boolean begun;

  private Memory() {}

  /** Takes the reserve if there is room for it, and again from now on. */
  static void begin() {
    begun = true;
    hold();
  }

  /** Takes the reserve again if there is room for it. */
  static void hold() {
    Runtime run = Runtime.getRuntime();
    if (begun
        && reserve == null
        && run.maxMemory() - run.totalMemory() + run.freeMemory() > 4L * RESERVE) {
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

  /** Whether this or one of its causes is a lack of memory; for exceptions of the kernel's own. */
  static boolean isLack(Throwable thrown) {
    Throwable one = thrown;
    for (int i = 0; one != null && i < 20; i++) {
      if (one instanceof OutOfMemoryError) {
        return true;
      }
      if (one instanceof CellFailure failure) {
        return failure.isLack();
      }
      one = one.getCause();
    }
    return false;
  }

  /**
   * What a user can do about an error with this text, or an empty text if it is not about memory.
   */
  static String advice(String text) {
    if (text.contains("native thread")) {
      return "\nNo more threads can be started; those that the cell started were interrupted.";
    }
    if (text.contains("Metaspace") || text.contains("class space")) {
      return "\nThe classes that were loaded or made fill the memory for classes. Set to null what"
          + " keeps them (class loaders, their objects), or restart the kernel.";
    }
    return text.contains("heap space") || text.contains("heap is full") || text.contains("GC over")
        ? String.format(
            Locale.ROOT,
            "%nThe heap of this kernel has %,d MB. Set variables to null that are no longer needed,"
                + " or start with a larger heap, for example FIELDNOTES_HEAP=8g ./workbench lab",
            Runtime.getRuntime().maxMemory() >> 20)
        : "";
  }

  /**
   * Work that must not fail for lack of memory: it is repeated with the reserve released and after
   * a collection; if it fails still, the process ends.
   */
  static void surely(Halt otherwise, Runnable work) {
    for (int i = 0; ; i++) {
      try {
        work.run();
        return;
      } catch (OutOfMemoryError e) {
        release();
        if (i >= 2) {
          otherwise.now();
        }
        System.gc();
      }
    }
  }
}
