package fieldnotes.kernel;

import java.util.function.Consumer;

/**
 * Looks every quarter of a second whether a stopped cell ignores the stop, and whether the guard
 * wants the cell stopped because memory is short.
 */
final class Watch {
  private static final int EVERY_MILLIS = 250;
  private static final int LOOKS_PER_PROBE = 4;

  private final CellRunner runner;
  private final Consumer<String> tell;
  private final Guard guard = new Guard();
  private long looks;

  /**
   * @param tell shows a text to the user
   */
  Watch(CellRunner runner, Consumer<String> tell) {
    this.runner = runner;
    this.tell = tell;
  }

  void start() {
    guard.start();
    Guard.vital(Thread.ofPlatform().daemon().name("watch").unstarted(this::keepLooking)).start();
  }

  private void keepLooking() {
    while (true) {
      try {
        Thread.sleep(EVERY_MILLIS);
        look();
      } catch (InterruptedException e) {
        // Nothing interrupts this thread on purpose.
      } catch (OutOfMemoryError e) {
        Memory.release();
      }
    }
  }

  private void look() {
    switch (guard.stop()) {
      case STOP_FOR_HEAP -> stop("the heap is full; the cell was stopped for it");
      case STOP_FOR_THREADS ->
          stop(
              "unable to create native thread: more than 10,000 run already, so the cell was"
                  + " stopped");
      default -> {}
    }
    if (++looks % LOOKS_PER_PROBE == 0) {
      guard.probe();
    }
    if (looks == LOOKS_PER_PROBE) {
      Memory.begin();
    }
    String stuck = runner.stuck();
    if (stuck != null) {
      tell.accept(stuck);
    }
  }

  private void stop(String why) {
    Memory.release();
    runner.stopForMemory(why);
    guard.stopped();
  }
}
