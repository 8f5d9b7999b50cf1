package fieldnotes.common;

import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The data sets that this process opened by name, for the journal to record. Thread-safe. */
public final class Opened {
  private static final Map<String, Supplier<String>> SETS = new LinkedHashMap<>();

  private Opened() {}

  /**
   * Records a data set.
   *
   * @param hash gives the hash of its content; called only when the journal writes
   */
  public static void note(String id, Supplier<String> hash) {
    synchronized (SETS) {
      SETS.put(id, hash);
    }
  }

  /**
   * The hash of each data set by name, sorted by name; empty if it can no longer be read, for
   * example because its folder was deleted.
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

  /** Removes all records, as at the start of a kernel. */
  public static void forget() {
    synchronized (SETS) {
      SETS.clear();
    }
  }
}
