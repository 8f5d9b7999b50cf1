package fieldnotes.kernel;

import java.util.concurrent.atomic.AtomicBoolean;

/** Ends the process: in order if possible, within two seconds in any case. */
final class Ending {
  private static final Halt AT_ONCE =
      new Halt("no memory or thread is left to end in order, as it was asked to");

  private final Runnable flush;
  private final AtomicBoolean begun = new AtomicBoolean();

  /**
   * @param flush sends the outputs and replies that wait
   */
  Ending(Runnable flush) {
    this.flush = flush;
  }

  /** Ends the process; a second call does nothing. */
  void begin() {
    if (!begun.compareAndSet(false, true)) {
      return;
    }
    try {
      lastResort();
      Thread.ofPlatform().name("end").start(this::inOrder);
    } catch (OutOfMemoryError e) {
      AT_ONCE.now();
    }
  }

  private void inOrder() {
    try {
      flush.run();
      // The socket's thread may still have to write.
      Thread.sleep(50);
    } catch (InterruptedException | RuntimeException | OutOfMemoryError e) {
      // The process ends anyway.
    }
    System.exit(0);
  }

  /**
   * The process ends; if it was not asked to, there is still somebody to reply to.
   *
   * @param reply or null
   */
  void lastWords(Runnable reply) {
    if (begun.get()) {
      return;
    }
    lastResort();
    if (reply != null) {
      reply.run();
      try {
        Thread.sleep(500); // on a busy machine the last message takes its time to leave
      } catch (InterruptedException e) {
        // The process ends anyway.
      }
    }
  }

  /** Ends the process in two seconds, whatever happens. */
  private static void lastResort() {
    Thread.ofPlatform().daemon().name("last resort").start(Ending::halt);
  }

  private static void halt() {
    try {
      Thread.sleep(2000);
    } catch (InterruptedException e) {
      // Then end sooner.
    }
    Runtime.getRuntime().halt(1);
  }
}
