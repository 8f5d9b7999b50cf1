package fieldnotes.common;

import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The data sets that this process opened by name, so that the journal can note them by itself. For
 * any thread.
 */
public final class Opened {
  private static final Map<String, Supplier<String>> SETS = new LinkedHashMap<>();

  private Opened() {}

  /**
   * Notes a data set.
   *
   * @param hash of what it holds; asked only when the journal writes
   */
  public static void note(String id, Supplier<String> hash) {
    synchronized (SETS) {
      SETS.put(id, hash);
    }
  }

  /**
   * The hash of each set by its name, in the order of the names; empty for one that can no longer
   * be read, as its folder went.
   */
  public static Map<String, String> hashes() {
    Map<String, Supplier<String>> sets;
    synchronized (SETS) {
      sets = new java.util.TreeMap<>(SETS);
    }
    Map<String, String> hashes = new LinkedHashMap<>();
    sets.forEach((id, hash) -> hashes.put(id, orEmpty(hash)));
    return hashes;
  }

  private static String orEmpty(Supplier<String> hash) {
    try {
      return hash.get();
    } catch (UncheckedIOException gone) {
      return "";
    }
  }

  /** Forgets all sets, as a kernel that starts anew. */
  public static void forget() {
    synchronized (SETS) {
      SETS.clear();
    }
  }
}
