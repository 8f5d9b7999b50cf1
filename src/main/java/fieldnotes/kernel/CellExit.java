package fieldnotes.kernel;

/**
 * Thrown where the code of a cell calls {@code System.exit}: it would end the kernel, not the cell.
 */
public final class CellExit extends Error {
  private static final long serialVersionUID = 1;

  private CellExit(int status) {
    super(
        "System.exit(%d) in a cell would end the kernel with all its variables. To end it, use the front end's menu; to end a cell, throw an exception."
            .formatted(status));
  }

  /** Called by instrumented code in the place of {@link System#exit}. */
  @SuppressWarnings("DoNotCallSuggester")
  public static void exit(int status) {
    throw new CellExit(status);
  }
}
