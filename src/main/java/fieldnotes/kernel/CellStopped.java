package fieldnotes.kernel;

/**
 * Thrown inside a cell that the user stops. An error, so that {@code catch (Exception e)} lets it
 * pass.
 */
public final class CellStopped extends Error {
  private static final long serialVersionUID = 1;

  CellStopped() {
    super("the cell was stopped");
  }
}
