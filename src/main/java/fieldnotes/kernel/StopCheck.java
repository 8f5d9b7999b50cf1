package fieldnotes.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MutableCallSite;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * What the code of a cell calls at the start of every method and before every jump backwards; see
 * {@link Instrument}. The flag is the target of a call site, which the compiled code takes for a
 * constant: a loop that is not being stopped pays nothing, and turning the flag makes the JVM throw
 * the compiled code away.
 */
public final class StopCheck {
  private static final MethodHandle NO = MethodHandles.constant(boolean.class, false);
  private static final MethodHandle YES = MethodHandles.constant(boolean.class, true);
  private static final MutableCallSite FLAG = new MutableCallSite(NO);
  private static final MethodHandle STOPPING = FLAG.dynamicInvoker();

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

  private static void stopIfOfThisCell() {
    Thread current = Thread.currentThread();
    if (current == cellThread
        || current.threadId() >= firstThreadOfCell
        || current instanceof ForkJoinWorkerThread) {
      throw new CellStopped();
    }
  }

  /** A cell begins on this thread: threads made from now on belong to it. */
  static void begin(Thread thread) {
    cellThread = thread;
    // Thread ids grow; this thread is never started.
    firstThreadOfCell = Thread.ofPlatform().unstarted(() -> {}).threadId();
    set(NO);
  }

  /** Whether the thread was made by the cell that runs now. */
  static boolean isOfThisCell(Thread thread) {
    return thread == cellThread || thread.threadId() >= firstThreadOfCell;
  }

  /** From now on the checks of this cell's threads throw. */
  static void stop() {
    set(YES);
  }

  private static void set(MethodHandle target) {
    if (FLAG.getTarget() != target) {
      FLAG.setTarget(target);
      MutableCallSite.syncAll(new MutableCallSite[] {FLAG});
    }
  }
}
