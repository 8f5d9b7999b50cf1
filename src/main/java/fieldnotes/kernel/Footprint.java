package fieldnotes.kernel;

/**
 * Returns memory to the system. Compiling cells makes much garbage, for which the heap grows to
 * several times what is kept, and the collector shrinks it only in a full cycle, which small cells
 * never need. Where the heap has grown much, this asks for such a cycle, which runs beside the
 * cells (the launcher sets {@code -XX:+ExplicitGCInvokesConcurrent}). If the memory is in use, the
 * next cycle waits until the heap is half as large again.
 */
final class Footprint {
  private static final int EVERY_MILLIS = 1000;
  private static final long LEAST_BYTES = 448L << 20;

  /** A second cycle finds what became garbage during the first. */
  private static final int AGAIN_AFTER = 5;

  private long enough = LEAST_BYTES;
  private int again;

  private Footprint() {}

  static void watch() {
    Footprint footprint = new Footprint();
    Thread.ofPlatform().daemon().name("footprint").start(footprint::keepLooking);
  }

  private void keepLooking() {
    while (true) {
      try {
        Thread.sleep(EVERY_MILLIS);
        look();
      } catch (InterruptedException | OutOfMemoryError e) {
        // Nothing interrupts this thread on purpose; lack of memory is said in the cell.
      }
    }
  }

  private void look() {
    Runtime run = Runtime.getRuntime();
    boolean grown = run.totalMemory() > enough;
    if (grown || (again > 0 && --again == 0)) {
      System.gc();
      enough = Math.max(LEAST_BYTES, run.totalMemory() / 2 * 3);
      again = grown ? AGAIN_AFTER : 0;
    }
  }
}
