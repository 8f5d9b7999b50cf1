package fieldnotes.label;

import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Chooses which clip to hear next, and says which labels follow from what was heard. The rows are
 * those that the guide was started with. A guide is a function of its strategy, the rows, the seed
 * and the answers so far, so that undo can build it anew.
 */
public interface Guide {
  /** What unheard rows take over from heard ones: the class, and how many of those heard agree. */
  record Propagated(String name, int agreeing, int heard) {}

  /** The next row to hear; empty when there is nothing left that it would ask. */
  default OptionalInt next() {
    return next(row -> true);
  }

  /**
   * The next row to hear among those that are open: a person may have put some off, or hear them in
   * another window. In place of a row that is not open comes the next that the guide would ask, or
   * the one most like it.
   */
  OptionalInt next(IntPredicate open);

  /** Takes an answer, of the row that it asked for or of any other; an answer replaces an older. */
  void heard(int row, String name);

  /** The labels of rows that were not heard, by row. What was heard is never among them. */
  Map<Integer, Propagated> propagated();

  /** Whether {@link #refit} would change the order of the questions; false without a model. */
  default boolean stale() {
    return false;
  }

  /**
   * Fits the model anew to the answers so far. May run in another thread while questions are asked
   * and answered, which then go by the model before.
   */
  default void refit() {}
}
