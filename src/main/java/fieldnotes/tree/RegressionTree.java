package fieldnotes.tree;

import java.io.DataInput;
import java.io.IOException;

/** A decision tree regressor. It predicts the mean target of the training rows in a leaf. */
public final class RegressionTree extends Tree {
  RegressionTree(Nodes nodes) {
    super(nodes);
  }

  /**
   * Fits the same tree as scikit-learn's {@code DecisionTreeRegressor} with the same seed, by
   * squared error.
   *
   * @param x finite, shape [rows][columns]; used as 32-bit floats
   * @param y target of each row, finite, shape [rows]
   */
  public static RegressionTree fit(double[][] x, double[] y, TreeOptions options) {
    return fit(x, y, null, options);
  }

  /**
   * Fits a tree with sample weights.
   *
   * @param weights weight of each row, at least 0, shape [rows]; null means 1 each
   */
  public static RegressionTree fit(
      double[][] x, double[] y, double[] weights, TreeOptions options) {
    Inputs inputs = Inputs.of(x, options);
    Inputs.checkTargets(x.length, y, weights);
    return new RegressionTree(Grower.regress(inputs, y, weights, options));
  }

  /**
   * How the tree that {@link #fit(double[][], double[], double[], TreeOptions)} grows without
   * pruning shrinks under minimal cost-complexity pruning, as scikit-learn's {@code
   * cost_complexity_pruning_path} tells it.
   *
   * @param x finite, shape [rows][columns]; used as 32-bit floats
   * @param y target of each row, finite, shape [rows]
   * @param weights weight of each row, at least 0, shape [rows]; null means 1 each
   * @param options its {@code pruning} is not used
   */
  public static PruningPath pruningPath(
      double[][] x, double[] y, double[] weights, TreeOptions options) {
    Inputs inputs = Inputs.of(x, options);
    Inputs.checkTargets(x.length, y, weights);
    return Grower.path(inputs, y, weights, options);
  }

  /**
   * A tree from another library. It compares cells with thresholds as 64-bit doubles (fitted trees
   * use 32-bit floats); its importances are unknown and reported as 0.
   *
   * @param columns number of columns, at least 1
   * @param feature column each node splits on, −1 for a leaf; nodes depth first, left before right,
   *     so the left child of node i is i + 1 and its right child follows the left subtree; shape
   *     [nodes]
   * @param threshold values up to this go left, finite, shape [nodes]; ignored for a leaf
   * @param value prediction of each node, finite, shape [nodes]
   * @throws IllegalArgumentException naming the first invalid node
   */
  public static RegressionTree of(int columns, int[] feature, double[] threshold, double[] value) {
    return new RegressionTree(Nodes.of(columns, 0, feature, threshold, value));
  }

  /** The predicted number for each row, shape [rows]. */
  public double[] predict(double[][] x) {
    nodes.check(x);
    double[] predicted = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      predicted[i] = nodes.value[nodes.leafOf(x[i])];
    }
    return predicted;
  }

  /**
   * The predicted number for one row, for callers that sum many trees. A NaN goes right; {@link
   * #predict(double[][])} refuses it.
   *
   * @param row shape [columns]
   */
  public double predict(double[] row) {
    return nodes.value[nodes.leafOf(row)];
  }

  /** The mean target of a node. */
  public double value(int node) {
    return nodes.value[node];
  }

  /**
   * Reads a tree written by {@link #write}.
   *
   * @throws IOException if the bytes are not a regression tree or are truncated
   */
  public static RegressionTree read(DataInput in) throws IOException {
    Nodes nodes = Nodes.read(in);
    if (nodes.classes != 0) {
      throw new IOException("a tree for %d classes, not for numbers".formatted(nodes.classes));
    }
    return new RegressionTree(nodes);
  }
}
