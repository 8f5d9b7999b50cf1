package fieldnotes.tree;

import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/** A random forest regressor. It averages its trees' predictions. */
public final class RegressionForest extends Forest<RegressionTree> {
  private RegressionForest(List<RegressionTree> trees, ForestOptions options) {
    super(trees, options);
  }

  /**
   * Fits the same forest as scikit-learn's {@code RandomForestRegressor} with the same seed, or,
   * with {@link ForestOptions#extraTrees}, as {@code ExtraTreesRegressor}.
   *
   * @param x finite, shape [rows][columns]; used as 32-bit floats
   * @param y target of each row, finite, shape [rows]
   */
  public static RegressionForest fit(double[][] x, double[] y, ForestOptions options) {
    return fit(x, y, null, options);
  }

  /**
   * Fits a forest with sample weights: the probability of drawing a row for a bootstrap sample, or,
   * without bootstrap, its weight in the sums.
   *
   * @param weights at least 0, shape [rows]; null means equal
   */
  public static RegressionForest fit(
      double[][] x, double[] y, double[] weights, ForestOptions options) {
    Inputs inputs = Inputs.of(x, options.tree());
    Inputs.checkTargets(x.length, y, weights);
    return new RegressionForest(
        grow(
            x.length,
            weights,
            options,
            (w, tree) -> new RegressionTree(Grower.regress(inputs, y, w, tree))),
        options);
  }

  /**
   * A forest of existing trees.
   *
   * @param trees at least one, all with the same columns
   * @param options the options they were fitted with; {@code trees} must equal their number
   */
  public static RegressionForest of(List<RegressionTree> trees, ForestOptions options) {
    return new RegressionForest(trees, options);
  }

  /** The mean prediction of the trees for each row, shape [rows]. */
  public double[] predict(double[][] x) {
    List<RegressionTree> trees = trees();
    trees.getFirst().nodes.check(x);
    double[] predicted = new double[x.length];
    Leaves.of(
        x,
        trees,
        (tree, from, to, leaves) -> {
          double[] value = trees.get(tree).nodes.value;
          for (int i = from; i < to; i++) {
            predicted[i] += value[leaves[i - from]];
          }
        });
    for (int i = 0; i < predicted.length; i++) {
      predicted[i] /= trees.size();
    }
    return predicted;
  }

  /**
   * Reads a forest written by {@link #write}.
   *
   * @throws IOException if the bytes are not a regression forest or are truncated
   */
  public static RegressionForest read(DataInput in) throws IOException {
    return read(in, RegressionTree::read, RegressionForest::new);
  }
}
