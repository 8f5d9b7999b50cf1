package fieldnotes.regress;

import fieldnotes.common.Check;
import fieldnotes.model.Made;
import fieldnotes.model.NumberModel;
import fieldnotes.table.Matrix;
import fieldnotes.tree.RegressionTree;

/**
 * A tree that predicts numbers.
 *
 * @param made how it came about
 * @param tree its nodes
 */
public record TreeModel(Made made, RegressionTree tree) implements NumberModel {
  /** Checks that tree and columns fit. */
  public TreeModel {
    Check.sameLength(
        "the tree's columns", tree.columnCount(), "the model's columns", made.inputs().size());
  }

  @Override
  public double[] predict(Matrix x) {
    return tree.predict(made.matrix(x).values());
  }

  @Override
  public String toString() {
    return tree.toString();
  }
}
