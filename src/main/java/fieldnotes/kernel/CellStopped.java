package fieldnotes.kernel;

/**
 * Thrown in a cell that the user stops. It is an {@code Error}, so that {@code catch (Exception e)}
 * does not catch it.
 */
public final class CellStopped extends Error {
  private static final long serialVersionUID = 1;

  CellStopped() {
    super("the cell was stopped", null, false, false);
  }
}
