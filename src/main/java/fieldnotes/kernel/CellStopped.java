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

  /**
   * Prints what Java prints of a thread that an exception ended; nothing if the cell was stopped.
   */
  static void ended(Thread thread, Throwable thrown) {
    if (!(thrown instanceof CellStopped)) {
      System.err.print("Exception in thread \"" + thread.getName() + "\" ");
      thrown.printStackTrace();
    }
  }
}
