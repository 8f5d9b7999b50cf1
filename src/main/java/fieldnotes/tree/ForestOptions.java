package fieldnotes.tree;

import fieldnotes.common.Check;

/**
 * Options of a random forest.
 *
 * @param trees number of trees
 * @param bootstrap whether each tree is grown on rows drawn with replacement; otherwise on all rows
 * @param tree options of each tree; its seed is the forest's. {@code maxFeatures} 0 means all
 *     features for regression, √features for classification
 */
public record ForestOptions(int trees, boolean bootstrap, TreeOptions tree) {
  /** Validates the ranges. */
  public ForestOptions {
    Check.atLeast("trees", trees, 1);
  }

  /** 100 trees, with bootstrap samples. */
  public static ForestOptions of(long seed) {
    return new ForestOptions(100, true, TreeOptions.of(seed));
  }

  /**
   * 100 trees with random thresholds, each grown on all rows, as scikit-learn's extra trees are.
   *
   * @see "P. Geurts, D. Ernst and L. Wehenkel, Extremely randomized trees, 2006"
   */
  public static ForestOptions extraTrees(long seed) {
    return new ForestOptions(100, false, TreeOptions.of(seed).withRandomThresholds());
  }

  /** Returns a copy with this number of trees. */
  public ForestOptions withTrees(int number) {
    return new ForestOptions(number, bootstrap, tree);
  }

  /** Returns a copy with or without bootstrap samples. */
  public ForestOptions withBootstrap(boolean on) {
    return new ForestOptions(trees, on, tree);
  }

  /** Returns a copy that tries this number of features at a split. */
  public ForestOptions withMaxFeatures(int features) {
    return new ForestOptions(trees, bootstrap, tree.withMaxFeatures(features));
  }

  /** Returns a copy with these tree options, including their seed. */
  public ForestOptions withTree(TreeOptions options) {
    return new ForestOptions(trees, bootstrap, options);
  }

  /** The seed of the forest. */
  public long seed() {
    return tree.seed();
  }

  /** The number of trees, the seed, and every option that is not as in {@link #of}. */
  @Override
  public String toString() {
    return trees + " trees, " + tree + (bootstrap ? "" : ", without bootstrap");
  }
}
