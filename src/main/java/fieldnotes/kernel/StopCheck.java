package fieldnotes.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MutableCallSite;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Called by the code of a cell at the start of every method and before every backward jump; see
 * {@link Instrument}. The flag is the target of a call site, which compiled code treats as a
 * constant: a loop that is not stopped has no overhead, and changing the flag makes the JVM discard
 * the compiled code.
 */
public final class StopCheck {
  private static final MethodHandle NO = MethodHandles.constant(boolean.class, false);
  private static final MethodHandle YES = MethodHandles.constant(boolean.class, true);
  private static final MutableCallSite FLAG = new MutableCallSite(NO);
  private static final MutableCallSite[] FLAGS = {FLAG};
  private static final MethodHandle STOPPING = FLAG.dynamicInvoker();

  /** An error that passes several handlers on its way is caught again within this time. */
  private static final long SAME_NANOS = 1_000_000;

  /** What all threads see; null if a lack of memory came between, so that it is set anew. */
  private static volatile MethodHandle inForce = NO;

  private static final AtomicInteger LACKS = new AtomicInteger();
  private static volatile long lastLack;

  private static volatile Thread cellThread;
  private static volatile long firstThreadOfCell;

  private StopCheck() {}

  /**
   * Called by instrumented code.
   *
   * @throws CellStopped if the cell is being stopped and this is a thread of it
   */
  public static void check() {
    boolean stopping;
    try {
      stopping = (boolean) STOPPING.invokeExact();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    if (stopping) {
      stopIfOfThisCell();
    }
  }

  /** Called by instrumented code that has caught an error; counts the lacks of memory. */
  public static void caught(Throwable thrown) {
    if (thrown instanceof OutOfMemoryError) {
      long now = System.nanoTime();
      if (now - lastLack > SAME_NANOS) {
        LACKS.incrementAndGet();
      }
      lastLack = now;
    }
  }

  /** How many lacks of memory cells have caught since the process began. */
  static int lacks() {
    return LACKS.get();
  }

  private static void stopIfOfThisCell() {
    Thread current = Thread.currentThread();
    if (current == cellThread
        || current.threadId() >= firstThreadOfCell
        || current instanceof ForkJoinWorkerThread) {
      throw new CellStopped();
    }
  }

  /** Begins a cell: threads created from now on belong to it. */
  static void beginCell() {
    // Thread ids increase; this thread is never started.
    firstThreadOfCell = Thread.ofPlatform().unstarted(() -> {}).threadId();
  }

  /** Begins code of the cell on this thread. */
  static void runOn(Thread thread) {
    cellThread = thread;
    set(NO);
  }

  /** Whether the thread was created by the running cell. */
  static boolean isOfThisCell(Thread thread) {
    return thread == cellThread || thread.threadId() >= firstThreadOfCell;
  }

  /** Makes the checks of this cell's threads throw from now on. */
  static void stop() {
    set(YES);
  }

  private static void set(MethodHandle target) {
    if (inForce != target) {
      inForce = null;
      FLAG.setTarget(target);
      MutableCallSite.syncAll(FLAGS);
      inForce = target;
    }
  }
}
