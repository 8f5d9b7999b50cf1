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
  private final boolean lack;
  private final transient List<Thrown> chain;

  CellFailure(Causes causes, List<Thrown> chain) {
    super(messageOf(causes.first(), chain), causes.first().thrown(), false, false);
    this.name = Names.of(causes.first().thrown().getClass());
    this.lack = causes.isLack();
    this.chain = List.copyOf(chain);
  }

  private static String messageOf(Causes.One first, List<Thrown> chain) {
    if (first.thrown() instanceof SPIResolutionException) {
      return chain.getFirst().text();
    }
    return first.message() == null ? null : Traces.plain(first.message());
  }

  String name() {
    return name;
  }

  /** Whether the code failed for lack of memory. */
  boolean isLack() {
    return lack;
  }

  List<Thrown> chain() {
    return chain;
  }
}
