package fieldnotes.cluster;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.math.Magnitude;
import fieldnotes.math.Points;
import fieldnotes.model.ClusterModel;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The result of k-means: rows in clusters around centres. Other rows belong to the nearest centre.
 *
 * @param made columns, data and options of the fit
 * @param labels cluster of each row it was fitted to, 0…k−1, shape [rows]
 * @param centres mean of each cluster, shape [k][columns]
 * @param inertia sum over the rows of the squared distance to the centre of their cluster
 * @param rounds number of rounds of the best start
 * @param options the options used
 * @param warnings warnings about valid but questionable input
 */
public record Clusters(
    Made made,
    int[] labels,
    double[][] centres,
    double inertia,
    int rounds,
    KMeansOptions options,
    List<String> warnings)
    implements ClusterModel {
  /** Validates the values. */
  public Clusters {
    warnings = List.copyOf(warnings);
    labels = labels.clone();
    centres = Copy.finite("centres", centres);
    Check.sameLength("centres", centres.length, "clusters of the options", options.clusters());
    Check.sameLength("a centre", centres[0].length, "columns", made.inputs().size());
    Check.sameLength("labels", labels.length, "rows", made.rows());
    for (int label : labels) {
      Check.that(
          label >= 0 && label < centres.length,
          "label=%d: must be 0 to %d",
          label,
          centres.length - 1);
    }
    Check.within("inertia", inertia, 0, Double.MAX_VALUE);
    Check.atLeast("rounds", rounds, 1);
  }

  @Override
  public int[] labels() {
    return labels.clone();
  }

  @Override
  public double[][] centres() {
    return Copy.of(centres);
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

  /** Returns the nearest centre of each row, the first in case of ties, shape [rows]. */
  @Override
  public int[] predict(Matrix x) {
    Points points =
        Points.ofChecked(Magnitude.notTooLarge("x", made.columns(), made.matrix(x).values()));
    double[] label = new double[points.bufferLength()];
    points.assign(centres, label, new double[points.bufferLength()]);
    int[] nearest = new int[x.rowCount()];
    for (int i = 0; i < nearest.length; i++) {
      nearest[i] = (int) label[i];
    }
    return nearest;
  }

  /** Compares centres, labels, options and the description of the fit. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Clusters c
        && made.equals(c.made)
        && options.equals(c.options)
        && Arrays.equals(labels, c.labels)
        && Arrays.deepEquals(centres, c.centres);
  }

  @Override
  public int hashCode() {
    return 31 * made.hashCode() + Arrays.deepHashCode(centres);
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
