package fieldnotes.kernel;

/**
 * Decides from a look each second when a cell that fills the memory is stopped and when the process
 * ends. It needs no memory itself.
 *
 * <p>The heap counts as full while its use is above a limit, or while the kernel itself gets no
 * memory. What counts against the cell is the share of the time that the JVM then collects garbage,
 * less a share at which programs still get on: at a share of 0.9 the cell is stopped after two
 * seconds, at 0.3 after twelve, and so is the next one. Where that does not help, the process ends
 * after about seven times as long. Some collectors leave a part of the heap free while nothing gets
 * on: from a lower limit of use on, collecting nearly all the time counts, too.
 *
 * <p>A cell that catches one lack of memory after another is stopped as well, however full the heap
 * is at the looks: it is empty after each.
 */
final class Pressure {
  /** The share of the heap in use from which on it counts as full. */
  private static final double FULL = 0.88;

  /** The share of the time spent collecting at which programs still get on. */
  private static final double BEARABLE = 0.2;

  private static final double ALMOST_FULL = 0.7;
  private static final double BEARABLE_THEN = 0.7;

  /** Seconds of nothing but collecting after which the cell is stopped, and the process ended. */
  private static final double STOP_AFTER = 1.2;

  private static final double END_AFTER = 8;

  /** Seconds without pressure after which a stop counts as having helped. */
  private static final double CALM = 3;

  /** The most threads; starting more takes ever longer, until the machine has no more. */
  static final int THREADS = 10_000;

  private static final double THREADS_END = 30;

  /** Lacks of memory that a cell may catch; one more is forgiven after some seconds. */
  private static final double LACKS = 12;

  private static final double FORGIVEN_AFTER = 10;

  /** What to do. */
  enum Verdict {
    GO_ON,
    STOP_FOR_HEAP,
    STOP_FOR_THREADS,
    END
  }

  /** Since the last stop, and since the first one that has not helped. */
  private double pressure;

  private double hopeless;

  private double calm;
  private double crowded;
  private double lacks;
  private boolean stopped;

  /**
   * Takes a look into account.
   *
   * @param seconds since the last look
   * @param collecting share of this time spent collecting garbage, 0 to 1
   * @param used share of the heap in use, 0 to 1
   * @param refused whether the kernel itself got no memory
   * @param caught lacks of memory that code of cells has caught since the last look
   * @param threads number of threads
   */
  Verdict next(
      double seconds, double collecting, double used, boolean refused, int caught, int threads) {
    // A longer gap is a machine that slept, not a cell.
    double time = Math.min(seconds, 5);
    if (threads > THREADS) {
      crowded += time;
      if (crowded >= THREADS_END) {
        return Verdict.END;
      }
      if (crowded == time) {
        return Verdict.STOP_FOR_THREADS;
      }
    } else {
      crowded = 0;
    }
    lacks = Math.max(0, lacks - time / FORGIVEN_AFTER) + caught;
    return heap(time, collecting, used, refused);
  }

  private Verdict heap(double time, double collecting, double used, boolean refused) {
    double share = refused ? Math.max(collecting, 0.5) : collecting;
    double bearable = used > FULL || refused ? BEARABLE : used > ALMOST_FULL ? BEARABLE_THEN : 1;
    if (share > bearable) {
      double more = Math.min(time * (share - bearable), END_AFTER / 2);
      pressure += more;
      hopeless += stopped ? more : 0;
      calm = 0;
    } else {
      pressure = Math.max(0, pressure - time / 2);
      hopeless = Math.max(0, hopeless - time / 2);
      calm += time;
      stopped &= calm < CALM;
    }
    if (hopeless >= END_AFTER) {
      return Verdict.END;
    }
    if (pressure >= STOP_AFTER || lacks > LACKS) {
      hopeless = stopped ? hopeless : 0;
      stopped = true;
      pressure = 0;
      lacks = 0;
      return Verdict.STOP_FOR_HEAP;
    }
    return Verdict.GO_ON;
  }
}
