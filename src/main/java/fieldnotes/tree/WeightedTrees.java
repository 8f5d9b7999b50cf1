package fieldnotes.tree;

/**
 * Grows many trees on the same rows, which are weighted anew for each, as AdaBoost does: columns
 * are sorted once. The trees are those of {@link ClassificationTree#fit}.
 */
public final class WeightedTrees {
  private final Inputs inputs;
  private final int[] classes;
  private final int count;

  private WeightedTrees(double[][] x, int[] classes) {
    this.classes = classes.clone();
    inputs = Inputs.of(x);
    count = Inputs.checkClasses(x.length, classes);
  }

  /**
   * For these rows.
   *
   * @param x finite, shape [rows][columns]; used as 32-bit floats
   * @param classes class of each row, 0…classes−1 without gaps, shape [rows]
   */
  public static WeightedTrees of(double[][] x, int[] classes) {
    return new WeightedTrees(x, classes);
  }

  /**
   * Grows a tree.
   *
   * @param weights weight of each row, at least 0, shape [rows]
   */
  public ClassificationTree grow(double[] weights, TreeOptions options) {
    Inputs.checkWeights(inputs.rows, weights);
    return new ClassificationTree(Grower.classify(inputs, classes, count, weights, options));
  }
}
