package fieldnotes.tree;

import fieldnotes.common.Parallel;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/** A random forest classifier. It averages the class proportions of its trees' leaves. */
public final class ClassificationForest extends Forest<ClassificationTree> {
  private ClassificationForest(List<ClassificationTree> trees, ForestOptions options) {
    super(trees, options);
  }

  /**
   * Fits the same forest as scikit-learn's {@code RandomForestClassifier} with the same seed, or,
   * with {@link ForestOptions#extraTrees}, as {@code ExtraTreesClassifier}. {@code maxFeatures} 0
   * tries √columns at each split.
   *
   * @param x finite, shape [rows][columns]; used as 32-bit floats
   * @param classes class of each row, 0…classes−1 without gaps, shape [rows]
   */
  public static ClassificationForest fit(double[][] x, int[] classes, ForestOptions options) {
    return fit(x, classes, null, options);
  }

  /**
   * Fits a forest with sample weights: the probability of drawing a row for a bootstrap sample, or,
   * without bootstrap, its weight in the sums.
   *
   * @param weights at least 0, shape [rows]; null means equal
   */
  public static ClassificationForest fit(
      double[][] x, int[] classes, double[] weights, ForestOptions options) {
    Inputs inputs = Inputs.of(x, options.tree());
    int count = Inputs.checkClasses(x.length, classes);
    Inputs.checkWeights(x.length, weights);
    int root = Math.max(1, (int) Math.sqrt(inputs.columns));
    ForestOptions used =
        options.tree().maxFeatures() == 0 ? options.withMaxFeatures(root) : options;
    return new ClassificationForest(
        grow(
            x.length,
            weights,
            used,
            (w, tree) -> new ClassificationTree(Grower.classify(inputs, classes, count, w, tree))),
        used);
  }

  /**
   * The class with the largest mean probability for each row, shape [rows]; ties go to the lower
   * class.
   */
  public int[] predict(double[][] x) {
    return ClassificationTree.largest(probabilities(x));
  }

  /** The mean over trees of the class proportions in each row's leaf, shape [rows][classes]. */
  public double[][] probabilities(double[][] x) {
    List<ClassificationTree> trees = trees();
    trees.getFirst().nodes.check(x);
    double[][] shares = new double[x.length][classes()];
    // whether a leaf is pure is worth finding out for many rows only
    int[][] only = new int[trees.size()][];
    if (x.length >= Leaves.FEW) {
      Parallel.forEach(only.length, t -> only[t] = only(trees.get(t).nodes));
    }
    Leaves.of(
        x,
        trees,
        (tree, from, to, leaves) -> {
          double[] value = trees.get(tree).nodes.value;
          int[] pure = only[tree];
          for (int i = from; i < to; i++) {
            double[] sums = shares[i];
            int leaf = leaves[i - from];
            if (pure != null && pure[leaf] >= 0) {
              sums[pure[leaf]] += 1;
            } else {
              int at = leaf * sums.length;
              for (int c = 0; c < sums.length; c++) {
                sums[c] += value[at + c];
              }
            }
          }
        });
    for (double[] sums : shares) {
      for (int c = 0; c < sums.length; c++) {
        sums[c] /= trees.size();
      }
    }
    return shares;
  }

  /** The class of each node that has rows of one class only, −1 for others. */
  private static int[] only(Nodes nodes) {
    int[] only = new int[nodes.feature.length];
    for (int n = 0; n < only.length; n++) {
      int at = n * nodes.classes;
      int c = 0;
      while (c < nodes.classes && nodes.value[at + c] == 0) {
        c++;
      }
      only[n] = nodes.value[at + c] == 1 ? c : -1;
    }
    return only;
  }

  /** The number of classes. */
  public int classes() {
    return trees().getFirst().classes();
  }

  /**
   * Reads a forest written by {@link #write}.
   *
   * @throws IOException if the bytes are not a classification forest or are truncated
   */
  public static ClassificationForest read(DataInput in) throws IOException {
    return read(in, ClassificationTree::read, ClassificationForest::new);
  }
}
