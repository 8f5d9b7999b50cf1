package fieldnotes.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The result of DBSCAN: dense clusters and noise.
 *
 * @param labels cluster of each row, 0…, numbered by their first core row; −1 is noise, shape
 *     [rows]
 * @param core whether a row is a core of its cluster, shape [rows]
 * @param count the number of clusters
 * @param options the options used
 * @param warnings warnings about valid but questionable input
 */
public record DensityClusters(
    int[] labels, boolean[] core, int count, DbscanOptions options, List<String> warnings) {
  /** Copies the list. */
  public DensityClusters {
    warnings = List.copyOf(warnings);
    labels = labels.clone();
    core = core.clone();
  }

  @Override
  public int[] labels() {
    return labels.clone();
  }

  @Override
  public boolean[] core() {
    return core.clone();
  }

  /** The share of rows that are noise, 0 to 1. */
  public double noise() {
    return (double) Arrays.stream(labels).filter(l -> l < 0).count() / labels.length;
  }

  /** The number of rows in each cluster, shape [clusters]. */
  public int[] sizes() {
    int[] sizes = new int[count];
    for (int label : labels) {
      if (label >= 0) {
        sizes[label]++;
      }
    }
    return sizes;
  }

  /** Compares by identity. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "DBSCAN (eps %.4g, minSamples %d): %d clusters, %.1f %% of %d rows are noise%s",
        options.eps(),
        options.minSamples(),
        count,
        100 * noise(),
        labels.length,
        warnings.isEmpty() ? "" : "; " + String.join("; ", warnings));
  }
}
