package fieldnotes.cluster;

import java.util.Locale;

/** How far apart two clusters are. */
public enum Linkage {
  /** The rise in squared distance to the centres that merging them costs; even, round clusters. */
  WARD,
  /** Between their medians, where a merged median lies halfway; heights may fall. */
  MEDIAN,
  /** The mean over all pairs of rows. */
  AVERAGE,
  /** The farthest pair of rows; clusters of like width. */
  COMPLETE,
  /** The nearest pair of rows; chains. */
  SINGLE,
  /** Between their means; heights may fall. */
  CENTROID,
  /** The mean of the distances of the two parts, whatever their sizes. */
  WEIGHTED;

  /** The name in lower case, as SciPy has it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
