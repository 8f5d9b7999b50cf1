package fieldnotes.notebook;

import fieldnotes.common.Progress;
import java.util.Locale;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/**
 * Shows progress in a cell as one updating line, cleared at the end. Hidden for tasks under half a
 * second, and in unattended runs, where times would change the saved outputs.
 */
final class CellProgress implements Progress.Display {
  private static final double PATIENCE_SECONDS = 0.5;

  private final BaseKernel kernel;
  private String shownTask = "";
  private String displayId = "";
  private int count;

  CellProgress(BaseKernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public synchronized void show(
      String task,
      long done,
      long total,
      String left,
      String note,
      double seconds,
      boolean finished) {
    if (!kernel.getIO().isAttached() || (!shownTask.isEmpty() && !shownTask.equals(task))) {
      shownTask = kernel.getIO().isAttached() ? shownTask : "";
      return;
    }
    if (shownTask.isEmpty()) {
      if (finished || seconds < PATIENCE_SECONDS) {
        return;
      }
      shownTask = task;
      displayId = "fieldnotes-progress-" + ++count;
      DisplayData first = line(task, done, total, left, note);
      first.setDisplayId(displayId);
      kernel.getIO().display.display(first);
      return;
    }
    if (!finished) {
      kernel.getIO().display.updateDisplay(displayId, line(task, done, total, left, note));
      return;
    }
    shownTask = "";
    if (!clearOnly()) {
      DisplayData data = new DisplayData();
      data.putText(task + ": " + count(done, total));
      kernel.getIO().display.updateDisplay(displayId, data);
    }
  }

  /**
   * Removes the line if it is the cell's only output. The protocol can clear only all outputs of a
   * cell at once; where there are others, the line stays with the number of steps.
   */
  private boolean clearOnly() {
    try { // of this project's kernel; packages that a kernel shows are not to depend on it
      return Boolean.TRUE.equals(kernel.getClass().getMethod("clearOnlyOutput").invoke(kernel));
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  private static String count(long done, long total) {
    return total > 0
        ? String.format(Locale.ROOT, "%,d of %,d", done, total)
        : String.format(Locale.ROOT, "%,d", done);
  }

  private static DisplayData line(String task, long done, long total, String left, String note) {
    StringBuilder text = new StringBuilder(task).append(": ").append(count(done, total));
    if (!left.isEmpty()) {
      text.append(", ").append(left);
    }
    if (!note.isEmpty()) {
      text.append(", ").append(note);
    }
    DisplayData data = new DisplayData();
    data.putText(text.toString());
    data.putHTML(
        "<small>"
            + (total > 0
                ? "<progress max=\""
                    + total
                    + "\" value=\""
                    + Math.min(done, total)
                    + "\"></progress> "
                : "")
            + Html.escape(text.toString())
            + "</small>");
    return data;
  }
}
