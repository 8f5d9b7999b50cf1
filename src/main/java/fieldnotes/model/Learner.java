package fieldnotes.model;

import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;

/**
 * A way of learning: a record of its options, with a seed where anything is random. It prints
 * itself, and equal learners fit equal models to equal rows.
 *
 * @param <Y> what its models predict of rows
 * @param <M> its models
 */
public interface Learner<Y, M extends Model<Y>> {
  /**
   * Fits a model to rows.
   *
   * @throws IllegalArgumentException saying what is wrong with the rows, if they cannot be learnt
   *     from: a cell that is not finite (naming row and column), one class only, weights where it
   *     takes none
   */
  M fit(Samples rows);

  /** Fits a model to rows of numbers with a number to be predicted for each. */
  default M fit(Matrix x, double[] target) {
    return fit(Samples.of(x, target));
  }
}
