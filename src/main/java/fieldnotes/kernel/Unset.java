package fieldnotes.kernel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The variables whose initialiser failed. Called by the code of cells that uses one of them. */
public final class Unset {
  private record Reason(String variable, String text) {}

  private static final Map<String, Reason> ALL = new ConcurrentHashMap<>();

  private Unset() {}

  /**
   * Called before the code of a cell reads a variable.
   *
   * @param holder the class that holds the variable
   * @throws IllegalStateException if its initialiser failed, and it was not set since
   */
  public static void check(String holder) {
    String reason = reason(holder);
    if (reason != null) {
      throw new IllegalStateException(reason);
    }
  }

  /** Called after the code of a cell has set a variable. */
  public static void set(String holder) {
    ALL.remove(holder);
  }

  static void failed(String holder, String variable, String text) {
    ALL.put(holder, new Reason(variable, text));
  }

  static boolean isUnset(String holder) {
    return ALL.containsKey(holder);
  }

  /** Why a variable has no value, or null. */
  static String reason(String holder) {
    Reason reason = ALL.get(holder);
    return reason == null ? null : reason.variable() + " has no value: " + reason.text();
  }
}
