package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.ClassModel;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import fieldnotes.tree.ClassificationForest;

/**
 * A forest that predicts classes.
 *
 * @param made how it came about
 * @param forest its nodes
 */
public record ClassForest(Made made, ClassificationForest forest) implements ClassModel {
  /** Checks that forest, columns and classes fit. */
  public ClassForest {
    Check.sameLength(
        "the forest's columns", forest.columnCount(), "the model's columns", made.inputs().size());
    Check.sameLength(
        "the forest's classes", forest.classes(), "the model's classes", made.classes().size());
  }

  @Override
  public Classified predict(Matrix x) {
    return new Classified(made.classes(), forest.probabilities(made.matrix(x).values()));
  }

  @Override
  public String toString() {
    return forest.toString();
  }
}
