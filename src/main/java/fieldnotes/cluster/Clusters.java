package fieldnotes.cluster;

import fieldnotes.common.Check;
import fieldnotes.math.Points;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The result of k-means: rows in clusters around centres.
 *
 * @param labels cluster of each row, 0…k−1, shape [rows]
 * @param centres mean of each cluster, shape [k][columns]
 * @param inertia sum over the rows of the squared distance to the centre of their cluster
 * @param rounds number of rounds of the best start
 * @param options the options used
 * @param warnings warnings about valid but questionable input
 */
public record Clusters(
    int[] labels,
    double[][] centres,
    double inertia,
    int rounds,
    KMeansOptions options,
    List<String> warnings) {
  /** Copies the list. */
  public Clusters {
    warnings = List.copyOf(warnings);
  }

  /** The requested number of clusters. */
  public int count() {
    return centres.length;
  }

  /** The number of rows in each cluster, counted from the labels, shape [k]. */
  public int[] sizes() {
    int[] sizes = new int[count()];
    for (int label : labels) {
      sizes[label]++;
    }
    return sizes;
  }

  /** The nearest centre for each of some other rows, shape [rows][columns]. */
  public int[] assign(double[][] x) {
    Check.matrix("x", x);
    Check.that(
        x[0].length == centres[0].length,
        "x has %d columns: must be %d, the number of columns that were clustered",
        x[0].length,
        centres[0].length);
    Points points = Points.of(x);
    double[] label = new double[points.bufferLength()];
    points.assign(centres, label, new double[points.bufferLength()]);
    int[] nearest = new int[x.length];
    for (int i = 0; i < nearest.length; i++) {
      nearest[i] = (int) label[i];
    }
    return nearest;
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
        "k-means: %d rows in %d clusters of %s, inertia %.5g after %d rounds (seed %d, %d"
            + " restarts)%s",
        labels.length,
        count(),
        Arrays.toString(sizes()),
        inertia,
        rounds,
        options.seed(),
        options.restarts(),
        warnings.isEmpty() ? "" : "; " + String.join("; ", warnings));
  }
}
