package fieldnotes.regress;

import fieldnotes.common.Check;
import fieldnotes.model.Made;
import fieldnotes.model.NumberModel;
import fieldnotes.table.Matrix;
import fieldnotes.tree.RegressionForest;

/**
 * A random forest that predicts numbers.
 *
 * @param made how it came about
 * @param forest its trees
 */
public record ForestModel(Made made, RegressionForest forest) implements NumberModel {
  /** Checks that forest and columns fit. */
  public ForestModel {
    Check.sameLength(
        "the forest's columns", forest.columnCount(), "the model's columns", made.inputs().size());
  }

  @Override
  public double[] predict(Matrix x) {
    return forest.predict(made.matrix(x).values());
  }

  @Override
  public String toString() {
    return forest.toString();
  }
}
