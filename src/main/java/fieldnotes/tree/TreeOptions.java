package fieldnotes.tree;

import fieldnotes.common.Check;

/**
 * Options of a decision tree.
 *
 * @param seed 0 to 4294967295; shuffles the features, which decides between equal splits
 * @param maxFeatures features tried at each split; 0 means all
 * @param maxDepth maximum depth of a leaf; 0 means no limit
 * @param minRowsToSplit nodes with fewer rows become leaves, at least 2
 * @param minRowsInLeaf minimum rows on each side of a split, at least 1
 * @param entropy for classification: split by entropy instead of the Gini index
 * @param randomThresholds whether each feature tried gets one threshold, drawn between its least
 *     and its largest value, instead of the best one
 * @param pruning weakest-link pruning: cuts back branches that lower the impurity by at most this
 *     for each leaf; 0 means none
 */
public record TreeOptions(
    long seed,
    int maxFeatures,
    int maxDepth,
    int minRowsToSplit,
    int minRowsInLeaf,
    boolean entropy,
    boolean randomThresholds,
    double pruning) {
  /** Validates the ranges. */
  public TreeOptions {
    Check.that(seed >= 0 && seed <= 0xffffffffL, "seed=%d: must lie within 0 and 4294967295", seed);
    Check.atLeast("maxFeatures", maxFeatures, 0);
    Check.atLeast("maxDepth", maxDepth, 0);
    Check.atLeast("minRowsToSplit", minRowsToSplit, 2);
    Check.atLeast("minRowsInLeaf", minRowsInLeaf, 1);
    Check.that(
        pruning >= 0 && Double.isFinite(pruning),
        "pruning=%s: must be a finite number of at least 0",
        pruning);
  }

  /** All features at every split, grown until the leaves are pure. */
  public static TreeOptions of(long seed) {
    return new TreeOptions(seed, 0, 0, 2, 1, false, false, 0);
  }

  /** Returns a copy with this seed. */
  public TreeOptions withSeed(long newSeed) {
    return new TreeOptions(
        newSeed,
        maxFeatures,
        maxDepth,
        minRowsToSplit,
        minRowsInLeaf,
        entropy,
        randomThresholds,
        pruning);
  }

  /** Returns a copy that tries this number of features at each split; 0 means all. */
  public TreeOptions withMaxFeatures(int features) {
    return new TreeOptions(
        seed,
        features,
        maxDepth,
        minRowsToSplit,
        minRowsInLeaf,
        entropy,
        randomThresholds,
        pruning);
  }

  /** Returns a copy with this maximum depth; 0 means no limit. */
  public TreeOptions withMaxDepth(int depth) {
    return new TreeOptions(
        seed,
        maxFeatures,
        depth,
        minRowsToSplit,
        minRowsInLeaf,
        entropy,
        randomThresholds,
        pruning);
  }

  /** Returns a copy with this minimum number of rows to split. */
  public TreeOptions withMinRowsToSplit(int rows) {
    return new TreeOptions(
        seed, maxFeatures, maxDepth, rows, minRowsInLeaf, entropy, randomThresholds, pruning);
  }

  /** Returns a copy with this minimum number of rows per leaf. */
  public TreeOptions withMinRowsInLeaf(int rows) {
    return new TreeOptions(
        seed, maxFeatures, maxDepth, minRowsToSplit, rows, entropy, randomThresholds, pruning);
  }

  /** Returns a copy that splits classes by entropy. */
  public TreeOptions withEntropy() {
    return new TreeOptions(
        seed,
        maxFeatures,
        maxDepth,
        minRowsToSplit,
        minRowsInLeaf,
        true,
        randomThresholds,
        pruning);
  }

  /** Returns a copy that draws one threshold for each feature it tries, as extra trees do. */
  public TreeOptions withRandomThresholds() {
    return new TreeOptions(
        seed, maxFeatures, maxDepth, minRowsToSplit, minRowsInLeaf, entropy, true, pruning);
  }

  /**
   * Returns a copy that is cut back after it has grown, by minimal cost-complexity pruning.
   *
   * @param alpha branches that lower the impurity by at most this for each leaf are cut, at least
   *     0; {@link PruningPath} tells which values make a difference
   */
  public TreeOptions withPruning(double alpha) {
    return new TreeOptions(
        seed,
        maxFeatures,
        maxDepth,
        minRowsToSplit,
        minRowsInLeaf,
        entropy,
        randomThresholds,
        alpha);
  }

  /** The seed, and every option that is not as in {@link #of}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("seed " + seed);
    if (maxFeatures > 0) {
      text.append(", features per split: ").append(maxFeatures);
    }
    if (maxDepth > 0) {
      text.append(", depth at most ").append(maxDepth);
    }
    if (minRowsToSplit > 2) {
      text.append(", rows to split at least ").append(minRowsToSplit);
    }
    if (minRowsInLeaf > 1) {
      text.append(", rows in a leaf at least ").append(minRowsInLeaf);
    }
    text.append(entropy ? ", by entropy" : "");
    text.append(randomThresholds ? ", random thresholds" : "");
    return text.append(pruning > 0 ? ", pruned by " + pruning : "").toString();
  }
}
