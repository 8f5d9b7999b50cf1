package fieldnotes.kernel;

/** Detects that the front end has ended, so that no kernel is left running. */
final class Orphan {
  private Orphan() {}

  /** Checks once per second whether the parent process is alive, and if not, runs this. */
  static void watch(Runnable end) {
    Thread.ofPlatform().daemon().name("orphan watch").start(() -> wait(end));
  }

  private static void wait(Runnable end) {
    try {
      Thread.sleep(1500);
      ProcessHandle self = ProcessHandle.current();
      long parent = self.parent().map(ProcessHandle::pid).orElse(-1L);
      while (true) {
        try {
          long now = self.parent().map(ProcessHandle::pid).orElse(-1L);
          if (now != parent || !frontEndLives()) {
            end.run();
            return;
          }
        } catch (OutOfMemoryError e) {
          Memory.release();
        }
        Thread.sleep(1000);
      }
    } catch (InterruptedException e) {
      // The kernel is ending.
    }
  }

  private static boolean frontEndLives() {
    String named = System.getenv("JPY_PARENT_PID");
    if (named == null) {
      return true;
    }
    try {
      return ProcessHandle.of(Long.parseLong(named)).map(ProcessHandle::isAlive).orElse(false);
    } catch (NumberFormatException e) {
      return true;
    }
  }
}
