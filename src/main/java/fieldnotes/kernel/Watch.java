package fieldnotes.kernel;

import java.util.function.Consumer;

/**
 * Looks every quarter of a second whether a stopped cell ignores the stop, and whether the heap is
 * so full that nothing goes on.
 */
final class Watch {
  private static final int EVERY_MILLIS = 250;

  /** Seconds of a full heap after which the cell is stopped, and the process ended. */
  private static final int STOP_AFTER = 2;

  private static final int HALT_AFTER = 12;

  private final CellRunner runner;
  private final Consumer<String> tell;
  private final Memory memory = new Memory();
  private int full;

  /**
   * @param tell shows a text to the user
   */
  Watch(CellRunner runner, Consumer<String> tell) {
    this.runner = runner;
    this.tell = tell;
  }

  void start() {
    Thread.ofPlatform().daemon().name("watch").start(Memory.vital("watch", this::keepLooking));
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
    String stuck = runner.stuck();
    if (stuck != null) {
      tell.accept(stuck);
    }
    switch (memory.state()) {
      case FULL -> full++;
      case CALM -> full = 0;
      case UNKNOWN -> {}
    }
    if (full == STOP_AFTER) {
      Memory.release();
      runner.stopForMemory();
      full++; // so that it is stopped once
    } else if (full >= HALT_AFTER) {
      Memory.halt("the heap is full, and stopping the cell did not help");
    }
  }
}
