package fieldnotes.kernel;

/** Thrown if the code of a cell calls {@code System.exit}, which would end the kernel. */
public final class CellExit extends Error {
  private static final long serialVersionUID = 1;

  private CellExit(int status) {
    super(
        "System.exit(%d) is not allowed in a cell: it would end the kernel and delete all variables. To end the cell, throw an exception; to end the kernel, use the menu of the front end."
            .formatted(status));
  }

  /** Called by instrumented code instead of {@link System#exit}. */
  @SuppressWarnings("DoNotCallSuggester")
  public static void exit(int status) {
    throw new CellExit(status);
  }
}
