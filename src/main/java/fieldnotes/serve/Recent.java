package fieldnotes.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Remembers what was used last. What two threads ask for at once is made once; what fails is not
 * remembered.
 */
final class Recent<K, V> {
  private final Map<K, CompletableFuture<V>> kept;

  Recent(int most) {
    kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, CompletableFuture<V>> eldest) {
            return size() > most;
          }
        };
  }

  V get(K key, Function<K, V> make) {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> there;
    synchronized (kept) {
      there = kept.putIfAbsent(key, mine);
    }
    if (there != null) {
      try {
        return there.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException why) {
          throw why;
        }
        throw e;
      }
    }
    try {
      V made = make.apply(key);
      mine.complete(made);
      return made;
    } catch (RuntimeException | Error e) {
      synchronized (kept) {
        kept.remove(key, mine);
      }
      mine.completeExceptionally(e);
      throw e;
    }
  }
}
