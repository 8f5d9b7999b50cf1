package fieldnotes.kernel;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The thread that compiles. The compiler recurses as deeply as an expression is long, so this
 * thread has a large stack; what the compiler prints when it fails is not shown.
 */
final class CompilerThread extends Thread {
  private static final long STACK_BYTES = 256L << 20;

  private final LinkedBlockingQueue<Runnable> jobs = new LinkedBlockingQueue<>();

  CompilerThread() {
    super(null, null, "compiler", STACK_BYTES);
    setDaemon(true);
  }

  /** Runs this on the compiler's thread and waits for it. */
  <T> T call(Callable<T> code) {
    CompletableFuture<T> done = new CompletableFuture<>();
    jobs.add(
        () -> {
          try {
            done.complete(code.call());
          } catch (Throwable e) {
            done.completeExceptionally(e);
          }
        });
    try {
      return done.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        case null, default -> throw e;
      }
    }
  }

  /** Ends the thread after the jobs that wait. */
  void end() {
    jobs.add(this::interrupt);
  }

  @Override
  public void run() {
    while (!isInterrupted()) {
      try {
        jobs.take().run();
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
