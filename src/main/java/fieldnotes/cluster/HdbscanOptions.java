package fieldnotes.cluster;

import fieldnotes.common.Check;

/**
 * Options of {@link Hdbscan}.
 *
 * @param minClusterSize smaller groups are noise, at least 2; with fewer rows than this all are
 *     noise
 * @param minSamples the neighbour, counting the row itself, whose distance defines the density of a
 *     row; a higher number gives more noise
 * @param leaves whether to select the smallest clusters instead of the most stable; where nothing
 *     splits there is none, as in scikit-learn, whatever {@code allowSingle} says
 * @param allowSingle whether a single cluster is allowed
 */
public record HdbscanOptions(
    int minClusterSize, int minSamples, boolean leaves, boolean allowSingle) {
  /** Validates the values. */
  public HdbscanOptions {
    Check.atLeast("minClusterSize", minClusterSize, 2);
    Check.atLeast("minSamples", minSamples, 1);
  }

  /** minSamples equal to minClusterSize, the most stable clusters, at least two. */
  public static HdbscanOptions of(int minClusterSize) {
    return new HdbscanOptions(minClusterSize, minClusterSize, false, false);
  }

  /** Returns a copy with this minSamples. */
  public HdbscanOptions withMinSamples(int n) {
    return new HdbscanOptions(minClusterSize, n, leaves, allowSingle);
  }

  /** Returns a copy that selects the smallest clusters, or the most stable. */
  public HdbscanOptions withLeaves(boolean on) {
    return new HdbscanOptions(minClusterSize, minSamples, on, allowSingle);
  }

  /** Returns a copy that allows a single cluster, or not. */
  public HdbscanOptions withAllowSingle(boolean on) {
    return new HdbscanOptions(minClusterSize, minSamples, leaves, on);
  }
}
