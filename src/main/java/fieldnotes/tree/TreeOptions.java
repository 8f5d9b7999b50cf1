package fieldnotes.tree;

import fieldnotes.common.Check;

/**
 * How a tree is grown.
 *
 * @param seed 0 to 4294967295; it orders the features, which breaks ties between equal splits
 * @param maxFeatures features tried at a split; 0 means all
 * @param maxDepth deepest level of a leaf below the root; 0 means no bound
 * @param minRowsToSplit a node with fewer rows becomes a leaf, at least 2
 * @param minRowsInLeaf a split that leaves fewer rows on a side is not made, at least 1
 * @param entropy for classes: split by entropy instead of by Gini's index
 */
public record TreeOptions(
    long seed,
    int maxFeatures,
    int maxDepth,
    int minRowsToSplit,
    int minRowsInLeaf,
    boolean entropy) {
  /** Checks the ranges. */
  public TreeOptions {
    Check.that(seed >= 0 && seed <= 0xffffffffL, "seed=%d: must lie within 0 and 4294967295", seed);
    Check.atLeast("maxFeatures", maxFeatures, 0);
    Check.atLeast("maxDepth", maxDepth, 0);
    Check.atLeast("minRowsToSplit", minRowsToSplit, 2);
    Check.atLeast("minRowsInLeaf", minRowsInLeaf, 1);
  }

  /** All features at every split, grown until the leaves are pure. */
  public static TreeOptions of(long seed) {
    return new TreeOptions(seed, 0, 0, 2, 1, false);
  }

  /** Returns a copy with this seed. */
  public TreeOptions withSeed(long newSeed) {
    return new TreeOptions(newSeed, maxFeatures, maxDepth, minRowsToSplit, minRowsInLeaf, entropy);
  }

  /** Returns a copy that tries this number of features at a split; 0 means all. */
  public TreeOptions withMaxFeatures(int features) {
    return new TreeOptions(seed, features, maxDepth, minRowsToSplit, minRowsInLeaf, entropy);
  }

  /** Returns a copy with this maximal depth; 0 means no limit. */
  public TreeOptions withMaxDepth(int depth) {
    return new TreeOptions(seed, maxFeatures, depth, minRowsToSplit, minRowsInLeaf, entropy);
  }

  /** Returns a copy with this minimal number of rows to split. */
  public TreeOptions withMinRowsToSplit(int rows) {
    return new TreeOptions(seed, maxFeatures, maxDepth, rows, minRowsInLeaf, entropy);
  }

  /** Returns a copy with this minimal number of rows in a leaf. */
  public TreeOptions withMinRowsInLeaf(int rows) {
    return new TreeOptions(seed, maxFeatures, maxDepth, minRowsToSplit, rows, entropy);
  }

  /** The same, splitting classes by entropy. */
  public TreeOptions withEntropy() {
    return new TreeOptions(seed, maxFeatures, maxDepth, minRowsToSplit, minRowsInLeaf, true);
  }
}
