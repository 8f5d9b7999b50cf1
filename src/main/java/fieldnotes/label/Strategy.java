package fieldnotes.label;

import fieldnotes.table.Samples;

/**
 * A way of choosing which clip to hear next; {@link Strategies} has them. It prints itself, and
 * equal strategies guide equally.
 */
public interface Strategy {
  /**
   * Does what is expensive once, such as clustering the rows.
   *
   * @param rows numeric features; they are put on one scale, constant columns are dropped and
   *     missing cells filled with the median of their column. Classes are not looked at
   * @param seed 0 to 4294967295
   * @throws IllegalArgumentException if there are no rows, no column varies, or a cell is infinite
   */
  Start over(Samples rows, long seed);

  /** A strategy that has seen the rows. */
  @FunctionalInterface
  interface Start {
    /** A guide that has heard nothing yet. This takes little time, so that undo can answer anew. */
    Guide begin();
  }
}
