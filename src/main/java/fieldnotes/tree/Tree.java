package fieldnotes.tree;

import fieldnotes.common.Check;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * A decision tree (CART). Node 0 is the root; the left child of node i is i + 1; nodes are numbered
 * depth first, as in scikit-learn. A row goes left where its value, as a 32-bit float, is at most
 * the threshold.
 *
 * @see "L. Breiman, J. Friedman, R. Olshen and C. Stone, Classification and Regression Trees, 1984"
 */
public final class Tree {
  private final int columns;
  private final int classes;
  private final int depth;
  private final int[] right;
  private final int[] feature;
  private final double[] threshold;
  private final double[] value;
  private final double[] impurity;
  private final double[] weight;
  private final int[] count;
  private final double[] importances;

  Tree(
      int columns,
      int classes,
      int depth,
      int[] right,
      int[] feature,
      double[] threshold,
      double[] value,
      double[] impurity,
      double[] weight,
      int[] count) {
    this.columns = columns;
    this.classes = classes;
    this.depth = depth;
    this.right = right;
    this.feature = feature;
    this.threshold = threshold;
    this.value = value;
    this.impurity = impurity;
    this.weight = weight;
    this.count = count;
    importances = findImportances();
  }

  /**
   * Grows a tree that predicts numbers, splitting by squared error.
   *
   * @param x finite, shape [rows][columns]; used as 32-bit floats
   * @param y finite, shape [rows]
   */
  public static Tree regress(double[][] x, double[] y, TreeOptions options) {
    return regress(x, y, null, options);
  }

  /**
   * Grows a tree that predicts numbers, with weights.
   *
   * @param weights weight of each row, at least 0, shape [rows]; null means 1 each
   */
  public static Tree regress(double[][] x, double[] y, double[] weights, TreeOptions options) {
    Inputs inputs = Inputs.of(x);
    checkTargets(x.length, y);
    checkWeights(x.length, weights);
    return Grower.regress(inputs, y, weights, options);
  }

  /**
   * Grows a tree that predicts classes, splitting by Gini's index or by entropy.
   *
   * @param classes class of each row, from 0, shape [rows]
   */
  public static Tree classify(double[][] x, int[] classes, TreeOptions options) {
    return classify(x, classes, null, options);
  }

  /** Grows a tree that predicts classes, with weights (null means 1 each). */
  public static Tree classify(double[][] x, int[] classes, double[] weights, TreeOptions options) {
    Inputs inputs = Inputs.of(x);
    int count = checkClasses(x.length, classes);
    checkWeights(x.length, weights);
    return Grower.classify(inputs, classes, count, weights, options);
  }

  static void checkTargets(int rows, double[] y) {
    Check.sameLength("x", rows, "y", y.length);
    for (int i = 0; i < y.length; i++) {
      Check.that(Double.isFinite(y[i]), "y has %s at row %d: must be finite", y[i], i);
    }
  }

  static int checkClasses(int rows, int[] classes) {
    Check.sameLength("x", rows, "classes", classes.length);
    int most = 0;
    for (int i = 0; i < classes.length; i++) {
      Check.that(classes[i] >= 0, "classes has %d at row %d: must be at least 0", classes[i], i);
      most = Math.max(most, classes[i]);
    }
    Check.that(most < 100_000, "classes has %d: number them 0, 1, 2, … without gaps", most);
    return most + 1;
  }

  static void checkWeights(int rows, double[] weights) {
    if (weights == null) {
      return;
    }
    Check.sameLength("x", rows, "weights", weights.length);
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      Check.that(
          weights[i] >= 0 && Double.isFinite(weights[i]),
          "weights has %s at row %d: must be finite and at least 0",
          weights[i],
          i);
      sum += weights[i];
    }
    Check.that(sum > 0, "weights are all 0: leave at least one row in");
  }

  /** The number each row is predicted to have, shape [rows]. */
  public double[] predict(double[][] x) {
    Check.that(classes == 0, "a tree for classes predicts with classOf or probabilities");
    checkColumns(x, columns);
    double[] predicted = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      predicted[i] = value[leafOf(x[i])];
    }
    return predicted;
  }

  /** The class each row is predicted to be of, shape [rows]; the lower one where shares tie. */
  public int[] classOf(double[][] x) {
    double[][] shares = probabilities(x);
    int[] predicted = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      predicted[i] = largest(shares[i]);
    }
    return predicted;
  }

  static int largest(double[] shares) {
    int best = 0;
    for (int c = 1; c < shares.length; c++) {
      if (shares[c] > shares[best]) {
        best = c;
      }
    }
    return best;
  }

  /** The share of each class in the leaf of each row, shape [rows][classes]. */
  public double[][] probabilities(double[][] x) {
    Check.that(classes > 0, "a tree for numbers has no classes: use predict");
    checkColumns(x, columns);
    double[][] shares = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      int leaf = leafOf(x[i]);
      shares[i] = Arrays.copyOfRange(value, leaf * classes, (leaf + 1) * classes);
    }
    return shares;
  }

  static void checkColumns(double[][] x, int columns) {
    for (int i = 0; i < x.length; i++) {
      Check.that(
          x[i].length == columns,
          "x has %d columns at row %d, but the tree was grown on %d",
          x[i].length,
          i,
          columns);
      for (int j = 0; j < columns; j++) {
        if (Double.isNaN(x[i][j])) {
          throw new IllegalArgumentException(
              "x has NaN at row %d, column %d: fill or drop such rows first".formatted(i, j));
        }
      }
    }
  }

  int leafOf(double[] row) {
    int node = 0;
    while (feature[node] >= 0) {
      node = (float) row[feature[node]] <= threshold[node] ? node + 1 : right[node];
    }
    return node;
  }

  double valueOf(int node) {
    return value[node];
  }

  void addShares(int node, double[] to) {
    for (int c = 0; c < classes; c++) {
      to[c] += value[node * classes + c];
    }
  }

  private double[] findImportances() {
    double[] found = new double[columns];
    for (int i = 0; i < feature.length; i++) {
      if (feature[i] >= 0) {
        int left = i + 1;
        found[feature[i]] +=
            weight[i] * impurity[i]
                - weight[left] * impurity[left]
                - weight[right[i]] * impurity[right[i]];
      }
    }
    double sum = 0;
    for (int j = 0; j < columns; j++) {
      found[j] /= weight[0];
      sum += found[j];
    }
    if (sum > 0) {
      for (int j = 0; j < columns; j++) {
        found[j] /= sum;
      }
    }
    return found;
  }

  /** The share of the total gain in impurity that each column brought; they add to 1, or are 0. */
  public double[] importances() {
    return importances.clone();
  }

  /** Nodes in all. */
  public int nodeCount() {
    return feature.length;
  }

  /** Leaves. */
  public int leafCount() {
    return (feature.length + 1) / 2;
  }

  /** The level of the deepest leaf; a tree of one leaf has depth 0. */
  public int depth() {
    return depth;
  }

  /** Columns it was grown on. */
  public int columnCount() {
    return columns;
  }

  /** Classes it knows; 0 for a tree that predicts numbers. */
  public int classCount() {
    return classes;
  }

  /** The column a node splits on, −1 for a leaf. */
  public int feature(int node) {
    return feature[node];
  }

  /** Values up to this go left; 0 for a leaf. */
  public double threshold(int node) {
    return threshold[node];
  }

  /** The right child, −1 for a leaf. The left child of an inner node is node + 1. */
  public int right(int node) {
    return right[node];
  }

  /** The mean of a node's targets, or the shares of its classes. */
  public double[] value(int node) {
    int width = Math.max(1, classes);
    return Arrays.copyOfRange(value, node * width, (node + 1) * width);
  }

  /** The impurity of a node's rows; NaN in a tree that was read from a file. */
  public double impurity(int node) {
    return impurity == null ? Double.NaN : impurity[node];
  }

  /** The number of training rows in a node; −1 in a tree that was read from a file. */
  public int rows(int node) {
    return count == null ? -1 : count[node];
  }

  /** Writes what prediction needs, and the importances. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(columns);
    out.writeInt(classes);
    out.writeInt(depth);
    out.writeInt(feature.length);
    for (double share : importances) {
      out.writeDouble(share);
    }
    int width = Math.max(1, classes);
    for (int i = 0; i < feature.length; i++) {
      out.writeInt(feature[i]);
      if (feature[i] >= 0) {
        out.writeInt(right[i]);
        out.writeDouble(threshold[i]);
      } else {
        for (int c = 0; c < width; c++) {
          out.writeDouble(value[i * width + c]);
        }
      }
    }
  }

  private Tree(int columns, int classes, int depth, int nodes, double[] importances, DataInput in)
      throws IOException {
    this.columns = columns;
    this.classes = classes;
    this.depth = depth;
    this.importances = importances;
    int width = Math.max(1, classes);
    right = new int[nodes];
    feature = new int[nodes];
    threshold = new double[nodes];
    value = new double[Math.multiplyExact(nodes, width)];
    impurity = null;
    weight = null;
    count = null;
    for (int i = 0; i < nodes; i++) {
      feature[i] = in.readInt();
      right[i] = -1;
      if (feature[i] >= 0) {
        right[i] = in.readInt();
        threshold[i] = in.readDouble();
        if (feature[i] >= columns || right[i] <= i + 1 || right[i] >= nodes) {
          throw new IOException("node %d of a tree points outside of it".formatted(i));
        }
      } else {
        for (int c = 0; c < width; c++) {
          value[i * width + c] = in.readDouble();
        }
      }
    }
    if (feature[nodes - 1] >= 0) {
      throw new IOException("the last node of a tree is not a leaf");
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Tree read(DataInput in) throws IOException {
    int columns = in.readInt();
    int classes = in.readInt();
    int depth = in.readInt();
    int nodes = in.readInt();
    if (columns < 1 || columns > 10_000_000 || classes < 0 || classes > 100_000 || nodes < 1) {
      throw new IOException(
          "not a tree: %d columns, %d classes, %d nodes".formatted(columns, classes, nodes));
    }
    double[] importances = new double[columns];
    for (int j = 0; j < columns; j++) {
      importances[j] = in.readDouble();
    }
    return new Tree(columns, classes, depth, nodes, importances, in);
  }

  @Override
  public String toString() {
    return "%s tree: depth %d, %d leaves, %d columns"
        .formatted(classes == 0 ? "regression" : "classification", depth, leafCount(), columns);
  }
}
