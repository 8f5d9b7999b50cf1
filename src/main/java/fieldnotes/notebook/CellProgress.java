package fieldnotes.notebook;

import fieldnotes.common.Progress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/**
 * Shows progress in a cell as one updating line, which says at the end how many steps were done in
 * what time. Tasks under a second are not shown, and nothing in unattended runs, where times would
 * change the saved outputs. Tasks within the shown one, or next to it, are named behind it in its
 * line as long as they run.
 */
final class CellProgress implements Progress.Display {
  private static final double PATIENCE_SECONDS = 1;
  private static final int OTHERS = 2;

  /** Where the line is shown. */
  interface Cell {
    /** Whether a cell is running. */
    boolean isRunning();

    /** Shows a new line. */
    void show(String id, DisplayData line);

    /** Replaces the line. */
    void update(String id, DisplayData line);
  }

  private record State(String task, long done, long total, String left, String note) {
    String text() {
      return task
          + ": "
          + count()
          + (left.isEmpty() ? "" : ", " + left)
          + (note.isEmpty() ? "" : ", " + note);
    }

    String count() {
      return total > 0
          ? String.format(Locale.ROOT, "%,d of %,d", done, total)
          : String.format(Locale.ROOT, "%,d", done);
    }
  }

  private final Cell cell;
  private final Map<String, State> others = new LinkedHashMap<>();
  private State lead; // null: nothing is shown
  private String displayId = "";
  private int count;

  CellProgress(BaseKernel kernel) {
    this(
        new Cell() {
          @Override
          public boolean isRunning() {
            return kernel.getIO().isAttached();
          }

          @Override
          public void show(String id, DisplayData line) {
            line.setDisplayId(id);
            kernel.getIO().display.display(line);
          }

          @Override
          public void update(String id, DisplayData line) {
            kernel.getIO().display.updateDisplay(id, line);
          }
        });
  }

  CellProgress(Cell cell) {
    this.cell = cell;
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
    if (!cell.isRunning()) {
      lead = null;
      others.clear();
      return;
    }
    State state = new State(task, done, total, left, note);
    boolean leads = lead != null && lead.task().equals(task);
    if (finished) {
      others.remove(task);
      if (leads) {
        cell.update(displayId, last(state, seconds));
        lead = null;
        others.clear();
      }
    } else if (leads) {
      lead = state;
      cell.update(displayId, line());
    } else if (seconds >= PATIENCE_SECONDS && lead == null) {
      lead = state;
      displayId = "fieldnotes-progress-" + ++count;
      cell.show(displayId, line());
    } else if (seconds >= PATIENCE_SECONDS) {
      others.put(task, state);
      cell.update(displayId, line());
    }
  }

  private static DisplayData last(State state, double seconds) {
    String count = state.count();
    String time =
        seconds < 60
            ? String.format(Locale.ROOT, "%.1f s", seconds)
            : String.format(
                Locale.ROOT, "%d min %d s", (long) seconds / 60, Math.round(seconds) % 60);
    boolean whole = state.total() <= 0 || state.done() >= state.total();
    return data(
        state.task()
            + (whole ? ": " + count + " in " + time : ": stopped at " + count + " after " + time),
        "");
  }

  private DisplayData line() {
    StringBuilder text = new StringBuilder(lead.text());
    others.values().stream().limit(OTHERS).forEach(o -> text.append(" · ").append(o.text()));
    if (others.size() > OTHERS) {
      text.append(" · and ").append(others.size() - OTHERS).append(" more");
    }
    String bar =
        lead.total() > 0
            ? "<progress max=\"%d\" value=\"%d\"></progress> "
                .formatted(lead.total(), Math.min(lead.done(), lead.total()))
            : "";
    return data(text.toString(), bar);
  }

  private static DisplayData data(String text, String bar) {
    DisplayData data = new DisplayData();
    data.putText(text);
    data.putHTML("<small>" + bar + Html.escape(text) + "</small>");
    return data;
  }
}
