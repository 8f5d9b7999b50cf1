package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.math.Softmax;
import fieldnotes.model.ClassModel;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import fieldnotes.tree.HistogramTrees;

/**
 * Trees boosted on histograms that predict classes.
 *
 * @param made how it came about
 * @param trees the trees
 */
public record HistogramClasses(Made made, HistogramTrees trees) implements ClassModel {
  /** Checks that trees, columns and classes fit. */
  public HistogramClasses {
    int classes = made.classes().size();
    Check.sameLength(
        "the trees' columns", trees.columnCount(), "the model's columns", made.inputs().size());
    Check.that(classes > 1, "boosted trees need at least two classes");
    Check.sameLength(
        "the trees' outputs", trees.outputs(), "the model's outputs", classes == 2 ? 1 : classes);
  }

  @Override
  public Classified predict(Matrix x) {
    double[][] raw = trees.raw(made.matrix(x).values());
    int[] codes = new int[raw.length];
    for (int i = 0; i < raw.length; i++) {
      double[] row = raw[i];
      if (row.length == 1) {
        codes[i] = row[0] > 0 ? 1 : 0;
        double second = Softmax.sigmoid(row[0]);
        raw[i] = new double[] {1 - second, second};
      } else {
        for (int c = 1; c < row.length; c++) {
          codes[i] = row[c] > row[codes[i]] ? c : codes[i];
        }
        Softmax.inPlace(row);
      }
    }
    return new Classified(made.classes(), codes, raw, true);
  }

  @Override
  public String toString() {
    return trees.toString();
  }
}
