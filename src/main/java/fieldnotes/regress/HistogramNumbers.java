package fieldnotes.regress;

import fieldnotes.common.Check;
import fieldnotes.model.Made;
import fieldnotes.model.NumberModel;
import fieldnotes.table.Matrix;
import fieldnotes.tree.HistogramTrees;

/**
 * Trees boosted on histograms that predict numbers.
 *
 * @param made how it came about
 * @param trees the trees
 */
public record HistogramNumbers(Made made, HistogramTrees trees) implements NumberModel {
  /** Checks that trees and columns fit. */
  public HistogramNumbers {
    Check.sameLength(
        "the trees' columns", trees.columnCount(), "the model's columns", made.inputs().size());
    Check.sameLength("the trees' outputs", trees.outputs(), "a number's outputs", 1);
  }

  @Override
  public double[] predict(Matrix x) {
    double[][] raw = trees.raw(made.matrix(x).values());
    double[] predicted = new double[raw.length];
    for (int i = 0; i < raw.length; i++) {
      predicted[i] = raw[i][0];
    }
    return predicted;
  }

  @Override
  public String toString() {
    return trees.toString();
  }
}
