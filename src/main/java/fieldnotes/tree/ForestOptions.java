package fieldnotes.tree;

import fieldnotes.common.Check;

/**
 * How a forest is grown.
 *
 * @param trees how many
 * @param bootstrap whether each tree sees a sample of the rows drawn with replacement, or all rows
 * @param tree how each tree is grown; its seed is the forest's. {@code maxFeatures} 0 means all
 *     features for numbers, and the root of their number for classes
 */
public record ForestOptions(int trees, boolean bootstrap, TreeOptions tree) {
  /** Checks the ranges. */
  public ForestOptions {
    Check.atLeast("trees", trees, 1);
  }

  /** A hundred trees, grown on bootstrap samples. */
  public static ForestOptions of(long seed) {
    return new ForestOptions(100, true, TreeOptions.of(seed));
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

  /** Returns a copy with these options and this seed for its trees. */
  public ForestOptions withTree(TreeOptions options) {
    return new ForestOptions(trees, bootstrap, options);
  }

  /** The seed of the whole forest. */
  public long seed() {
    return tree.seed();
  }
}
