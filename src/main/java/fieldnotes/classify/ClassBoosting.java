package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.ClassModel;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import fieldnotes.tree.ClassificationBoosting;

/**
 * Boosted trees that predict classes.
 *
 * @param made how it came about
 * @param boosting its trees
 */
public record ClassBoosting(Made made, ClassificationBoosting boosting) implements ClassModel {
  /** Checks that trees, columns and classes fit. */
  public ClassBoosting {
    Check.sameLength(
        "the trees' columns", boosting.columnCount(), "the model's columns", made.inputs().size());
    Check.sameLength(
        "the trees' classes", boosting.classes(), "the model's classes", made.classes().size());
  }

  @Override
  public Classified predict(Matrix x) {
    return new Classified(made.classes(), boosting.probabilities(made.matrix(x).values()));
  }

  @Override
  public String toString() {
    return boosting.toString();
  }
}
