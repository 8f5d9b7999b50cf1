package fieldnotes.prepare;

import fieldnotes.table.Matrix;

/**
 * A step of preparation: learns from training rows, then changes any rows in the same way. {@link
 * Steps} has the usual ones; a step of your own is a class with these two methods (it can be used
 * everywhere but not saved to a file). Its {@code toString} is what a diagram calls it; steps that
 * are equal are fitted once by a search.
 */
@FunctionalInterface
public interface Step {
  /**
   * Learns from rows.
   *
   * @param x the training rows
   * @param target what is to be predicted, shape [rows]; most steps do not look at it
   */
  Fitted fit(Matrix x, double[] target);

  /** A step that has learnt. */
  @FunctionalInterface
  interface Fitted {
    /** Changes rows that have the columns it learnt from. Learns nothing more. */
    Matrix apply(Matrix x);
  }
}
