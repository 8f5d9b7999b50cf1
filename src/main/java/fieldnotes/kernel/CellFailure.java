package fieldnotes.kernel;

import java.util.List;
import jdk.jshell.spi.SPIResolutionException;

/**
 * An exception thrown by the code of a cell, with its frames mapped to the cell's lines.
 *
 * @see ErrorText
 */
final class CellFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * One throwable of a chain of causes. A frame of a snippet has the file "#id".
   *
   * @param label what stands before it, for example "Caused by: "
   */
  record Thrown(String label, String text, StackTraceElement[] frames) {}

  private final String name;
  private final transient List<Thrown> chain;

  CellFailure(Throwable cause, List<Thrown> chain) {
    super(messageOf(cause, chain), cause, false, false);
    this.name = Names.of(cause.getClass());
    this.chain = List.copyOf(chain);
  }

  private static String messageOf(Throwable e, List<Thrown> chain) {
    if (e instanceof SPIResolutionException) {
      return chain.getFirst().text();
    }
    try {
      String message = e.getLocalizedMessage();
      return message == null ? null : Traces.plain(message);
    } catch (RuntimeException broken) {
      return "(its message threw " + broken.getClass().getName() + ")";
    }
  }

  String name() {
    return name;
  }

  List<Thrown> chain() {
    return chain;
  }
}
