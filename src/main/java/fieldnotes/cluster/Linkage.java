package fieldnotes.cluster;

import java.util.Locale;

/** Definitions of the distance between two clusters. */
public enum Linkage {
  /** The increase in squared distance to the centres by merging; gives even, round clusters. */
  WARD,
  /** Between their medians, where a merged median lies halfway; heights may decrease. */
  MEDIAN,
  /** The mean over all pairs of rows. */
  AVERAGE,
  /** The farthest pair of rows; gives clusters of similar diameter. */
  COMPLETE,
  /** The nearest pair of rows; gives chains. */
  SINGLE,
  /** Between their means; heights may decrease. */
  CENTROID,
  /** The mean of the distances of the two merged parts, independent of their sizes. */
  WEIGHTED;

  /** The name in lower case, as in SciPy. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
