package fieldnotes.kernel;

import java.io.PrintStream;

/** Which value a cell shows: that of its last expression, if it has one that is not yet shown. */
final class Shown {
  private volatile String displayed;

  /** Remembers the id of a display, so that a cell ending with {@code display(x)} prints no id. */
  void displayed(String id) {
    displayed = id;
  }

  /**
   * Whether a value is shown. The id of a display is compared by identity with the text that {@code
   * display} returned; the stream that {@code printf} returns is not shown either.
   */
  @SuppressWarnings("ReferenceEquality")
  boolean shows(Evaluator.Result result) {
    Object value = result.value();
    return result.isValue()
        && (value == null || value != (Object) displayed)
        && !(value instanceof PrintStream);
  }
}
