package fieldnotes.tree;

import java.io.DataInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** A decision tree classifier. It predicts the class proportions of the training rows in a leaf. */
public final class ClassificationTree extends Tree {
  ClassificationTree(Nodes nodes) {
    super(nodes);
  }

  /**
   * Fits the same tree as scikit-learn's {@code DecisionTreeClassifier} with the same seed, by Gini
   * index or entropy.
   *
   * @param x finite, shape [rows][columns]; used as 32-bit floats
   * @param classes class of each row, 0…classes−1 without gaps, shape [rows]
   */
  public static ClassificationTree fit(double[][] x, int[] classes, TreeOptions options) {
    return fit(x, classes, null, options);
  }

  /**
   * Fits a tree with sample weights.
   *
   * @param weights weight of each row, at least 0, shape [rows]; null means 1 each
   */
  public static ClassificationTree fit(
      double[][] x, int[] classes, double[] weights, TreeOptions options) {
    Inputs inputs = Inputs.of(x, options);
    int count = Inputs.checkClasses(x.length, classes);
    Inputs.checkWeights(x.length, weights);
    return new ClassificationTree(Grower.classify(inputs, classes, count, weights, options));
  }

  /**
   * How the tree that {@link #fit(double[][], int[], double[], TreeOptions)} grows without pruning
   * shrinks under minimal cost-complexity pruning, as scikit-learn's {@code
   * cost_complexity_pruning_path} tells it.
   *
   * @param x finite, shape [rows][columns]; used as 32-bit floats
   * @param classes class of each row, 0…classes−1 without gaps, shape [rows]
   * @param weights weight of each row, at least 0, shape [rows]; null means 1 each
   * @param options its {@code pruning} is not used
   */
  public static PruningPath pruningPath(
      double[][] x, int[] classes, double[] weights, TreeOptions options) {
    Inputs inputs = Inputs.of(x, options);
    int count = Inputs.checkClasses(x.length, classes);
    Inputs.checkWeights(x.length, weights);
    return Grower.path(inputs, classes, count, weights, options);
  }

  /** The predicted class of each row, shape [rows]; ties go to the lower class. */
  public int[] predict(double[][] x) {
    return predict(List.of(this), x)[0];
  }

  /**
   * The class that each tree predicts for each row, shape [trees][rows]; ties go to the lower
   * class.
   *
   * @param trees at least one, all with the same columns
   */
  public static int[][] predict(List<ClassificationTree> trees, double[][] x) {
    trees.getFirst().nodes.check(x);
    int[][] largest = trees.stream().map(ClassificationTree::largest).toArray(int[][]::new);
    int[][] found = new int[largest.length][x.length];
    Leaves.of(
        x,
        trees,
        (tree, from, to, leaves) -> {
          for (int i = from; i < to; i++) {
            found[tree][i] = largest[tree][leaves[i - from]];
          }
        });
    return found;
  }

  /** The class of most weight in each node; the first if tied. */
  private int[] largest() {
    double[][] shares = new double[nodeCount()][];
    Arrays.setAll(shares, this::value);
    return largest(shares);
  }

  /** The column of the largest value in each row; the first if tied. */
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

  /** The class proportions in each row's leaf, shape [rows][classes]. */
  public double[][] probabilities(double[][] x) {
    nodes.check(x);
    double[][] shares = new double[x.length][];
    Leaves.of(
        x,
        List.of(this),
        (tree, from, to, leaves) -> {
          for (int i = from; i < to; i++) {
            shares[i] = value(leaves[i - from]);
          }
        });
    return shares;
  }

  /** The number of classes. */
  public int classes() {
    return nodes.classes;
  }

  /** The class proportions in a node, shape [classes]. */
  public double[] value(int node) {
    return Arrays.copyOfRange(nodes.value, node * nodes.width, (node + 1) * nodes.width);
  }

  /**
   * Reads a tree written by {@link #write}.
   *
   * @throws IOException if the bytes are not a classification tree or are truncated
   */
  public static ClassificationTree read(DataInput in) throws IOException {
    Nodes nodes = Nodes.read(in);
    if (nodes.classes == 0) {
      throw new IOException("a tree for numbers, not for classes");
    }
    return new ClassificationTree(nodes);
  }
}
