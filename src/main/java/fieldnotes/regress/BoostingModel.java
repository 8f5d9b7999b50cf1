package fieldnotes.regress;

import fieldnotes.common.Check;
import fieldnotes.model.Made;
import fieldnotes.model.NumberModel;
import fieldnotes.table.Matrix;
import fieldnotes.tree.RegressionBoosting;

/**
 * Boosted trees that predict numbers.
 *
 * @param made how it came about
 * @param boosting its trees
 */
public record BoostingModel(Made made, RegressionBoosting boosting) implements NumberModel {
  /** Checks that trees and columns fit. */
  public BoostingModel {
    Check.sameLength(
        "the trees' columns", boosting.columnCount(), "the model's columns", made.inputs().size());
  }

  @Override
  public double[] predict(Matrix x) {
    return boosting.predict(made.matrix(x).values());
  }

  @Override
  public String toString() {
    return boosting.toString();
  }
}
