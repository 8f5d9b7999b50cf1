package fieldnotes.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The result of HDBSCAN: clusters of any density, with a membership probability of each row.
 *
 * @param labels cluster of each row, 0…; −1 is noise, shape [rows]
 * @param probabilities membership strength in its cluster, 0 (noise) to 1, shape [rows]
 * @param tree the condensed tree: how clusters split and lose rows as density increases
 * @param leaves the id of the cluster of the condensed tree that each row leaves, shape [rows]
 * @param leaveDensity the density at which the row leaves it, +∞ for equal rows, shape [rows]
 * @param options the options used
 * @param warnings warnings about valid but questionable input
 */
public record HdbscanClusters(
    int[] labels,
    double[] probabilities,
    List<Branch> tree,
    int[] leaves,
    double[] leaveDensity,
    HdbscanOptions options,
    List<String> warnings) {

  /**
   * One cluster of the condensed tree.
   *
   * @param id its number, from 0 for the whole table
   * @param parent the cluster it split from, −1 for the whole table
   * @param birth density (1 / distance) at which it split off
   * @param death density at which its last row left or it split
   * @param size rows at birth
   * @param stability sum over its rows of the density range in which they stay
   * @param label the label of its rows if it was selected, otherwise −1
   */
  public record Branch(
      int id, int parent, double birth, double death, int size, double stability, int label) {}

  /** Copies the lists. */
  public HdbscanClusters {
    tree = List.copyOf(tree);
    warnings = List.copyOf(warnings);
    labels = labels.clone();
    probabilities = probabilities.clone();
    leaves = leaves.clone();
    leaveDensity = leaveDensity.clone();
  }

  @Override
  public int[] labels() {
    return labels.clone();
  }

  @Override
  public double[] probabilities() {
    return probabilities.clone();
  }

  @Override
  public int[] leaves() {
    return leaves.clone();
  }

  @Override
  public double[] leaveDensity() {
    return leaveDensity.clone();
  }

  /** The number of clusters. */
  public int count() {
    return 1 + Arrays.stream(labels).max().orElse(-1);
  }

  /** The share of rows that are noise, 0 to 1. */
  public double noise() {
    return (double) Arrays.stream(labels).filter(l -> l < 0).count() / labels.length;
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
        "HDBSCAN (minClusterSize %d, minSamples %d): %d clusters, %.1f %% of %d rows are noise%s",
        options.minClusterSize(),
        options.minSamples(),
        count(),
        100 * noise(),
        labels.length,
        warnings.isEmpty() ? "" : "; " + String.join("; ", warnings));
  }
}
