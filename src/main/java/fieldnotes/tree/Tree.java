package fieldnotes.tree;

import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/**
 * A decision tree (CART). Node 0 is the root; the left child of node i is i + 1; nodes are numbered
 * depth first, as in scikit-learn. A row goes left if its value, as a 32-bit float, is at most the
 * threshold.
 *
 * @see "L. Breiman, J. Friedman, R. Olshen and C. Stone, Classification and Regression Trees, 1984"
 */
public abstract sealed class Tree permits RegressionTree, ClassificationTree {
  final Nodes nodes;

  Tree(Nodes nodes) {
    this.nodes = nodes;
  }

  /**
   * Impurity-based importance of each column, shape [columns]; sums to 1, or all 0 without a split.
   */
  public final double[] importances() {
    return nodes.importances.clone();
  }

  /** The number of nodes. */
  public final int nodeCount() {
    return nodes.feature.length;
  }

  /** The number of leaves. */
  public final int leafCount() {
    return (nodes.feature.length + 1) / 2;
  }

  /** The depth of the deepest leaf; 0 for a single leaf. */
  public final int depth() {
    return nodes.depth;
  }

  /** The number of columns it was fitted on. */
  public final int columnCount() {
    return nodes.columns;
  }

  /** The column a node splits on, −1 for a leaf. */
  public final int feature(int node) {
    return nodes.feature[node];
  }

  /** Values up to this go left; 0 for a leaf. */
  public final double threshold(int node) {
    return nodes.threshold[node];
  }

  /** The right child, −1 for a leaf. The left child of an inner node is node + 1. */
  public final int right(int node) {
    return nodes.right[node];
  }

  /** The impurity of a node; NaN in a tree from another library or file. */
  public final double impurity(int node) {
    return nodes.impurity == null ? Double.NaN : nodes.impurity[node];
  }

  /** The number of training rows in a node; −1 in a tree from another library or file. */
  public final int rows(int node) {
    return nodes.count == null ? -1 : nodes.count[node];
  }

  /** Writes splits, values and importances, without impurities and row counts. */
  public final void write(DataOutput out) throws IOException {
    nodes.write(out);
  }

  /** Equal splits, values and importances, as they are saved. */
  @Override
  public final boolean equals(Object other) {
    return other instanceof Tree t
        && nodes.columns == t.nodes.columns
        && nodes.classes == t.nodes.classes
        && nodes.floats == t.nodes.floats
        && Arrays.equals(nodes.feature, t.nodes.feature)
        && Arrays.equals(nodes.threshold, t.nodes.threshold)
        && Arrays.equals(nodes.value, t.nodes.value)
        && Arrays.equals(nodes.importances, t.nodes.importances);
  }

  @Override
  public final int hashCode() {
    return 31 * Arrays.hashCode(nodes.feature) + Arrays.hashCode(nodes.threshold);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s tree: depth %d, %d leaves, %d columns",
        this instanceof RegressionTree ? "regression" : "classification",
        depth(),
        leafCount(),
        columnCount());
  }
}
