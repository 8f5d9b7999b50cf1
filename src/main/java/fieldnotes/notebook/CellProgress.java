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
      String task, long done, long total, String note, double seconds, boolean finished) {
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
      DisplayData first = line(task, done, total, note, seconds);
      first.setDisplayId(displayId);
      kernel.getIO().display.display(first);
      return;
    }
    DisplayData data;
    if (finished) {
      shownTask = "";
      data = new DisplayData();
      data.putText("");
    } else {
      data = line(task, done, total, note, seconds);
    }
    kernel.getIO().display.updateDisplay(displayId, data);
  }

  private static DisplayData line(String task, long done, long total, String note, double seconds) {
    StringBuilder text = new StringBuilder(task).append(": ");
    text.append(
        total > 0
            ? String.format(Locale.ROOT, "%,d of %,d", done, total)
            : String.format(Locale.ROOT, "%,d", done));
    if (total > 0 && done > 0) {
      double left = seconds * (total - done) / done;
      text.append(String.format(Locale.ROOT, ", about %.0f s left", Math.max(0, left)));
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
