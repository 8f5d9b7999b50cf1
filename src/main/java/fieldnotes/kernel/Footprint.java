package fieldnotes.kernel;

/**
 * Returns memory to the system. Compiling cells makes much garbage, for which the heap grows to
 * several times what is kept, and the collector shrinks it only in a full cycle, which small cells
 * never need. Where the heap has grown much, this asks for such a cycle, which runs beside the
 * cells (the launcher sets {@code -XX:+ExplicitGCInvokesConcurrent}), and for some more at growing
 * intervals, which find what has become garbage since.
 */
final class Footprint {
  private static final int EVERY_MILLIS = 1000;
  private static final long LEAST_BYTES = 448L << 20;

  /** Seconds until the next cycle, doubled each time. */
  private static final int FIRST = 4;

  private static final int LAST = 256;

  private static volatile boolean asked;

  private long enough = LEAST_BYTES;
  private int pause = LAST;
  private int waited;

  private Footprint() {}

  static void watch() {
    Footprint footprint = new Footprint();
    Thread.ofPlatform().daemon().name("footprint").start(footprint::keepLooking);
  }

  /** Asks for a cycle soon, as much has become garbage. */
  static void ask() {
    asked = true;
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
    long total = run.totalMemory();
    waited++;
    if (total > enough || asked) {
      asked = false;
      pause = FIRST;
    } else if (total > LEAST_BYTES && pause < LAST && waited >= pause) {
      pause *= 2;
    } else {
      return;
    }
    System.gc();
    waited = 0;
    enough = Math.max(LEAST_BYTES, run.totalMemory() / 2 * 3);
  }
}
