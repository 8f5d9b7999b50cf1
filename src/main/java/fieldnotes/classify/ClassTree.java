package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.ClassModel;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import fieldnotes.tree.ClassificationTree;

/**
 * A tree that predicts classes.
 *
 * @param made how it came about
 * @param tree its nodes
 */
public record ClassTree(Made made, ClassificationTree tree) implements ClassModel {
  /** Checks that tree, columns and classes fit. */
  public ClassTree {
    Check.sameLength(
        "the tree's columns", tree.columnCount(), "the model's columns", made.inputs().size());
    Check.sameLength(
        "the tree's classes", tree.classes(), "the model's classes", made.classes().size());
  }

  @Override
  public Classified predict(Matrix x) {
    return new Classified(made.classes(), tree.probabilities(made.matrix(x).values()));
  }

  @Override
  public String toString() {
    return tree.toString();
  }
}
