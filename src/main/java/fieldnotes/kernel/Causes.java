package fieldnotes.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** An exception with its causes and the exceptions that were suppressed, in the order shown. */
final class Causes {
  private static final int MOST = 30;

  /**
   * One of the exceptions.
   *
   * @param label what stands before its text, for example "Caused by: "
   * @param again whether it was listed before: a cause of itself
   */
  record One(String label, Throwable thrown, boolean again) {}

  private final List<One> all = new ArrayList<>();
  private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Causes() {}

  static List<One> of(Throwable thrown) {
    Causes causes = new Causes();
    causes.add("", "", thrown);
    return causes.all;
  }

  private void add(String indent, String label, Throwable first) {
    Throwable thrown = first;
    String before = indent + label;
    while (thrown != null && all.size() < MOST) {
      boolean again = !seen.add(thrown);
      all.add(new One(before, thrown, again));
      if (again) {
        return;
      }
      for (Throwable suppressed : thrown.getSuppressed()) {
        add(indent + "  ", "Suppressed: ", suppressed);
      }
      before = indent + "Caused by: ";
      thrown = thrown.getCause();
    }
  }

  /** A chain of stand-ins with the frames of the exceptions, for JShell to translate. */
  static Throwable chain(Throwable thrown) {
    Throwable chain = null;
    for (One one : of(thrown).reversed()) {
      if (!one.again()) {
        chain = new Frames(one.thrown().getStackTrace(), chain);
      }
    }
    return chain;
  }

  /** JShell translates the frames of an exception and of its causes, but of nothing else. */
  private static final class Frames extends Exception {
    private static final long serialVersionUID = 1;

    Frames(StackTraceElement[] frames, Throwable cause) {
      super("", cause);
      setStackTrace(frames);
    }
  }
}
