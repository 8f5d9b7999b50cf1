package fieldnotes.tree;

import java.io.DataInput;
import java.io.IOException;
import java.util.Arrays;

/** A decision tree that predicts classes: their shares among the training rows in a leaf. */
public final class ClassificationTree extends Tree {
  ClassificationTree(Nodes nodes) {
    super(nodes);
  }

  /**
   * Grows a tree, splitting by Gini's index or by entropy, as scikit-learn's {@code
   * DecisionTreeClassifier} with the same seed does.
   *
   * @param x finite, shape [rows][columns]; used as 32-bit floats
   * @param classes class of each row, from 0 without gaps, shape [rows]
   */
  public static ClassificationTree fit(double[][] x, int[] classes, TreeOptions options) {
    return fit(x, classes, null, options);
  }

  /**
   * Grows a tree with weights.
   *
   * @param weights weight of each row, at least 0, shape [rows]; null means 1 each
   */
  public static ClassificationTree fit(
      double[][] x, int[] classes, double[] weights, TreeOptions options) {
    Inputs inputs = Inputs.of(x);
    int count = Inputs.checkClasses(x.length, classes);
    Inputs.checkWeights(x.length, weights);
    return new ClassificationTree(Grower.classify(inputs, classes, count, weights, options));
  }

  /** The class each row is predicted to be of, shape [rows]; the lower one where shares tie. */
  public int[] predict(double[][] x) {
    return largest(probabilities(x));
  }

  /** The column of the largest share in each row; the first of equal ones. */
  static int[] largest(double[][] shares) {
    int[] found = new int[shares.length];
    for (int i = 0; i < shares.length; i++) {
      for (int c = 1; c < shares[i].length; c++) {
        if (shares[i][c] > shares[i][found[i]]) {
          found[i] = c;
        }
      }
    }
    return found;
  }

  /** The share of each class in the leaf of each row, shape [rows][classes]. */
  public double[][] probabilities(double[][] x) {
    nodes.check(x);
    double[][] shares = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      shares[i] = value(nodes.leafOf(x[i]));
    }
    return shares;
  }

  /** How many classes it knows. */
  public int classes() {
    return nodes.classes;
  }

  /** The shares of a node's classes, shape [classes]. */
  public double[] value(int node) {
    return Arrays.copyOfRange(nodes.value, node * nodes.width, (node + 1) * nodes.width);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the bytes are no tree for classes, saying why, or end early
   */
  public static ClassificationTree read(DataInput in) throws IOException {
    Nodes nodes = Nodes.read(in);
    if (nodes.classes == 0) {
      throw new IOException("a tree for numbers, not for classes");
    }
    return new ClassificationTree(nodes);
  }
}
