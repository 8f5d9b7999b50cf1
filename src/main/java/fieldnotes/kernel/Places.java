package fieldnotes.kernel;

import java.util.HashMap;
import java.util.Map;

/**
 * Which lines of cells the lines of JShell's classes are, for classes that JShell has forgotten:
 * their code may still run, for example in a thread, and appear in errors.
 */
final class Places {
  /** The snippet and the line in it of a line of a class of JShell's, both as far as known. */
  record Place(String snippetId, int line) {}

  private record Lines(int before, Place[] of) {}

  private final Map<String, Lines> classes = new HashMap<>();

  /**
   * Keeps the lines of a class.
   *
   * @param before number of lines before the first one
   * @param lines null where a line is not of a snippet
   */
  synchronized void keep(String className, int before, Place[] lines) {
    classes.put(className, new Lines(before, lines));
  }

  /** Finds a line, counted from 1, of a class or of a class nested in it; null if unknown. */
  synchronized Place find(String className, int line) {
    Lines lines = classes.get(className);
    int at = lines == null ? -1 : line - 1 - lines.before();
    return at < 0 || at >= lines.of().length ? null : lines.of()[at];
  }
}
