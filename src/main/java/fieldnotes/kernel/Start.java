package fieldnotes.kernel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * The start of the evaluator, which takes longer than that of the sockets: messages wait for it.
 */
final class Start {
  private final CompletableFuture<Evaluator> made = new CompletableFuture<>();
  private final CompletableFuture<Evaluator> ready = new CompletableFuture<>();

  /**
   * Creates the compiler and installs the extensions.
   *
   * @param tell shows the user a text
   * @param extensions installs the extensions, of which cells wait for the end
   */
  void run(DefaultImports imports, Consumer<String> tell, Runnable extensions) {
    try {
      Modules.load(System.getProperty("fieldnotes.kernel.modules", ""));
      Evaluator evaluator = new Evaluator(imports);
      imports.evaluate(evaluator);
      evaluator.watch(tell);
      made.complete(evaluator);
      extensions.run();
      ready.complete(evaluator);
    } catch (Throwable e) {
      made.completeExceptionally(e);
      ready.completeExceptionally(e);
    }
  }

  /** Waits for the evaluator, which may still lack its extensions. */
  Evaluator evaluator() {
    return await(made);
  }

  /** Waits for the evaluator and its extensions. */
  Evaluator ready() {
    return await(ready);
  }

  boolean isReady() {
    return ready.isDone();
  }

  /** The evaluator, or null while there is none. */
  Evaluator now() {
    return made.getNow(null);
  }

  private static Evaluator await(CompletableFuture<Evaluator> one) {
    try {
      return one.join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the kernel could not start: " + e.getCause(), e.getCause());
    }
  }
}
