package fieldnotes.debug;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Reads values on a thread of its own, as the methods of the user that give a value its text may
 * take long or never end.
 */
final class Aside {
  static final int SECONDS = 5;

  private Aside() {}

  /** Code that gives its results one by one. */
  interface Giving<T> {
    void to(Consumer<T> receiver) throws Exception;
  }

  /**
   * What was given.
   *
   * @param whole whether that is all, and not just what was given within {@value Aside#SECONDS} s
   */
  record Given<T>(List<T> items, boolean whole) {}

  static <T> Given<T> read(Giving<T> code) throws Exception {
    List<T> items = new ArrayList<>();
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread reader =
        Thread.ofPlatform()
            .daemon()
            .name("reading values")
            .start(
                () -> {
                  try {
                    Pause.quietly(
                        () -> {
                          code.to(
                              item -> {
                                synchronized (items) {
                                  items.add(item);
                                }
                              });
                          return null;
                        });
                    done.complete(null);
                  } catch (Throwable e) {
                    done.completeExceptionally(e);
                  }
                });
    boolean whole = true;
    try {
      done.get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      reader.interrupt();
      whole = false;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
    synchronized (items) {
      return new Given<>(List.copyOf(items), whole);
    }
  }
}
