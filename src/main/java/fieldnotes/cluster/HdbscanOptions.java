package fieldnotes.cluster;

import fieldnotes.common.Check;

/**
 * How HDBSCAN runs.
 *
 * @param minClusterSize smaller groups are noise, at least 2
 * @param minSamples the neighbour, the row itself included, that sets how dense a row lies; the
 *     higher, the more noise
 * @param leaves whether the smallest clusters are taken instead of the most lasting ones
 * @param allowSingle whether one cluster may be all there is
 */
public record HdbscanOptions(
    int minClusterSize, int minSamples, boolean leaves, boolean allowSingle) {
  /** Checks the numbers. */
  public HdbscanOptions {
    Check.atLeast("minClusterSize", minClusterSize, 2);
    Check.atLeast("minSamples", minSamples, 1);
  }

  /** minSamples as large as minClusterSize, the most lasting clusters, more than one. */
  public static HdbscanOptions of(int minClusterSize) {
    return new HdbscanOptions(minClusterSize, minClusterSize, false, false);
  }

  /** The same with another neighbour. */
  public HdbscanOptions withMinSamples(int n) {
    return new HdbscanOptions(minClusterSize, n, leaves, allowSingle);
  }

  /** The same with the smallest clusters taken, or the most lasting. */
  public HdbscanOptions withLeaves(boolean on) {
    return new HdbscanOptions(minClusterSize, minSamples, on, allowSingle);
  }

  /** The same with one cluster allowed to be all there is, or not. */
  public HdbscanOptions withAllowSingle(boolean on) {
    return new HdbscanOptions(minClusterSize, minSamples, leaves, on);
  }
}
