package fieldnotes.tree;

import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/** A random forest that predicts numbers: the mean of its trees' predictions. */
public final class RegressionForest extends Forest<RegressionTree> {
  private RegressionForest(List<RegressionTree> trees, ForestOptions options) {
    super(trees, options);
  }

  /**
   * Grows a forest, as scikit-learn's {@code RandomForestRegressor} with the same seed does.
   *
   * @param x finite, shape [rows][columns]; used as 32-bit floats
   * @param y finite, shape [rows]
   */
  public static RegressionForest fit(double[][] x, double[] y, ForestOptions options) {
    return fit(x, y, null, options);
  }

  /**
   * Grows a forest with weights: with bootstrap samples the chance of a row to be drawn, without
   * them its weight in the sums.
   *
   * @param weights at least 0, shape [rows]; null means equal
   */
  public static RegressionForest fit(
      double[][] x, double[] y, double[] weights, ForestOptions options) {
    Inputs inputs = Inputs.of(x);
    Inputs.checkTargets(x.length, y);
    Inputs.checkWeights(x.length, weights);
    return new RegressionForest(
        grow(
            x.length,
            weights,
            options,
            (w, tree) -> new RegressionTree(Grower.regress(inputs, y, w, tree))),
        options);
  }

  /**
   * A forest of trees that are there already.
   *
   * @param trees at least one, all of the same columns
   * @param options what they were grown with, for the record; its number of trees is theirs
   */
  public static RegressionForest of(List<RegressionTree> trees, ForestOptions options) {
    return new RegressionForest(trees, options);
  }

  /** The mean of the trees' predictions for each row, shape [rows]. */
  public double[] predict(double[][] x) {
    List<RegressionTree> trees = trees();
    trees.getFirst().nodes.check(x);
    double[] predicted = new double[x.length];
    inBlocks(
        x.length,
        (from, to) -> {
          for (RegressionTree tree : trees) {
            Nodes nodes = tree.nodes;
            for (int i = from; i < to; i++) {
              predicted[i] += nodes.value[nodes.leafOf(x[i])];
            }
          }
          for (int i = from; i < to; i++) {
            predicted[i] /= trees.size();
          }
        });
    return predicted;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the bytes are no forest for numbers, saying why, or end early
   */
  public static RegressionForest read(DataInput in) throws IOException {
    return read(in, RegressionTree::read, RegressionForest::new);
  }
}
