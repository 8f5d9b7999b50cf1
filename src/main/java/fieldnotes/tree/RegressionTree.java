package fieldnotes.tree;

import java.io.DataInput;
import java.io.IOException;

/** A decision tree that predicts numbers: the mean of the training rows in a leaf. */
public final class RegressionTree extends Tree {
  RegressionTree(Nodes nodes) {
    super(nodes);
  }

  /**
   * Grows a tree, splitting by squared error, as scikit-learn's {@code DecisionTreeRegressor} with
   * the same seed does.
   *
   * @param x finite, shape [rows][columns]; used as 32-bit floats
   * @param y finite, shape [rows]
   */
  public static RegressionTree fit(double[][] x, double[] y, TreeOptions options) {
    return fit(x, y, null, options);
  }

  /**
   * Grows a tree with weights.
   *
   * @param weights weight of each row, at least 0, shape [rows]; null means 1 each
   */
  public static RegressionTree fit(
      double[][] x, double[] y, double[] weights, TreeOptions options) {
    Inputs inputs = Inputs.of(x);
    Inputs.checkTargets(x.length, y);
    Inputs.checkWeights(x.length, weights);
    return new RegressionTree(Grower.regress(inputs, y, weights, options));
  }

  /**
   * A tree that another library grew. Unlike a tree grown here it compares cells with thresholds as
   * 64-bit numbers; its importances are 0, as they are not known.
   *
   * @param columns number of columns, at least 1
   * @param feature column each node splits on, −1 for a leaf; nodes depth first, left before right,
   *     so that the left child of node i is i + 1 and its right child comes after all below the
   *     left one; shape [nodes]
   * @param threshold cells up to this go left, finite, shape [nodes]; not used for a leaf
   * @param value prediction of each node, finite, shape [nodes]
   * @throws IllegalArgumentException naming the first node that is wrong
   */
  public static RegressionTree of(int columns, int[] feature, double[] threshold, double[] value) {
    return new RegressionTree(Nodes.of(columns, 0, feature, threshold, value));
  }

  /** The number each row is predicted to have, shape [rows]. */
  public double[] predict(double[][] x) {
    nodes.check(x);
    double[] predicted = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      predicted[i] = nodes.value[nodes.leafOf(x[i])];
    }
    return predicted;
  }

  /** The mean of a node's targets. */
  public double value(int node) {
    return nodes.value[node];
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the bytes are no tree for numbers, saying why, or end early
   */
  public static RegressionTree read(DataInput in) throws IOException {
    Nodes nodes = Nodes.read(in);
    if (nodes.classes != 0) {
      throw new IOException("a tree for %d classes, not for numbers".formatted(nodes.classes));
    }
    return new RegressionTree(nodes);
  }
}
