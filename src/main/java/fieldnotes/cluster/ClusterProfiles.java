package fieldnotes.cluster;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.math.NumpyRandom;
import fieldnotes.math.Points;
import fieldnotes.math.Shift;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Profiles of clusters: the features of each, how they differ from the other rows, and the rows to
 * look at or listen to. Noise (−1) is described as a separate cluster.
 *
 * @param features names of the columns, shape [features]
 * @param clusters the labels in ascending order, shape [clusters]
 * @param sizes rows in each, shape [clusters]
 * @param means mean of each feature in its unit, shape [clusters][features]
 * @param deviations standard deviation (divided by rows), shape [clusters][features]
 * @param differences mean minus the mean of all other rows, in standard deviations of all rows; 0
 *     for a constant column, NaN if there are no other rows, shape [clusters][features]
 * @param medoids the row of each cluster with the smallest sum of distances to the others, shape
 *     [clusters]
 * @param nearness the Euclidean distance of each row to the medoid of its cluster, shape [rows]
 * @param labels the cluster of each row, shape [rows]
 */
public record ClusterProfiles(
    List<String> features,
    int[] clusters,
    int[] sizes,
    double[][] means,
    double[][] deviations,
    double[][] differences,
    int[] medoids,
    double[] nearness,
    int[] labels) {
  private static final int TELLING = 3;

  /** Copies the list. */
  public ClusterProfiles {
    features = List.copyOf(features);
    clusters = clusters.clone();
    sizes = sizes.clone();
    means = Copy.of(means);
    deviations = Copy.of(deviations);
    differences = Copy.of(differences);
    medoids = medoids.clone();
    nearness = nearness.clone();
    labels = labels.clone();
  }

  @Override
  public int[] clusters() {
    return clusters.clone();
  }

  @Override
  public int[] sizes() {
    return sizes.clone();
  }

  @Override
  public double[][] means() {
    return Copy.of(means);
  }

  @Override
  public double[][] deviations() {
    return Copy.of(deviations);
  }

  @Override
  public double[][] differences() {
    return Copy.of(differences);
  }

  @Override
  public int[] medoids() {
    return medoids.clone();
  }

  @Override
  public double[] nearness() {
    return nearness.clone();
  }

  @Override
  public int[] labels() {
    return labels.clone();
  }

  /** Profiles of the numeric columns of a table, which are also used for distances. */
  public static ClusterProfiles of(Table table, int[] labels) {
    Matrix x = Matrix.ofNumeric(table).requireFinite(table.name());
    return of(x, x, labels);
  }

  /** Profiles of features that are also used for distances. */
  public static ClusterProfiles of(Rows features, int[] labels) {
    return of(features, features, labels);
  }

  /**
   * Profiles of features in their own units.
   *
   * @param features the features to describe
   * @param clustered the data that were clustered, for example the scaled features, used for
   *     medoids and nearness
   * @param labels the cluster of each row, shape [rows]
   */
  public static ClusterProfiles of(Rows features, Rows clustered, int[] labels) {
    Matrix described = features.matrix().requireFinite("features");
    Shift shift = Shift.of(described.values());
    double[][] x = shift.x();
    double[][] space = clustered.matrix().requireSquares("clustered").values();
    Check.sameLength("features", x.length, "labels", labels.length);
    Check.sameLength("clustered", space.length, "labels", labels.length);
    int[] clusters = Arrays.stream(labels).distinct().sorted().toArray();
    int k = clusters.length;
    int d = described.columnCount();
    int n = x.length;
    int[] sizes = new int[k];
    double[][] means = new double[k][d];
    double[][] deviations = new double[k][d];
    double[] all = new double[d];
    int[] code = new int[n];
    for (int i = 0; i < n; i++) {
      code[i] = Arrays.binarySearch(clusters, labels[i]);
      sizes[code[i]]++;
      for (int j = 0; j < d; j++) {
        means[code[i]][j] += x[i][j];
        all[j] += x[i][j] / n;
      }
    }
    double[] spread = new double[d];
    for (int c = 0; c < k; c++) {
      for (int j = 0; j < d; j++) {
        means[c][j] /= sizes[c];
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        double off = x[i][j] - means[code[i]][j];
        deviations[code[i]][j] += off * off;
        spread[j] += (x[i][j] - all[j]) * (x[i][j] - all[j]);
      }
    }
    double[][] differences = new double[k][d];
    for (int c = 0; c < k; c++) {
      for (int j = 0; j < d; j++) {
        deviations[c][j] = Math.sqrt(deviations[c][j] / sizes[c]);
        double rest = (all[j] * n - means[c][j] * sizes[c]) / (n - sizes[c]);
        double deviation = Math.sqrt(spread[j] / n);
        boolean constant = deviation <= 1e-12 * Math.abs(all[j] + shift.by()[j]) || deviation == 0;
        differences[c][j] =
            n == sizes[c] ? Double.NaN : constant ? 0 : (means[c][j] - rest) / deviation;
      }
    }
    double[] nearness = new double[n];
    int[] medoids = medoids(space, code, k, nearness);
    return new ClusterProfiles(
        described.names(),
        clusters,
        sizes,
        shift.back(means),
        deviations,
        differences,
        medoids,
        nearness,
        labels.clone());
  }

  private static int[] medoids(double[][] x, int[] code, int k, double[] nearness) {
    int[] medoids = new int[k];
    try (Progress progress = Progress.start("medoids", k)) {
      for (int c = 0; c < k; c++) {
        int cluster = c;
        int[] rows = IntStream.range(0, x.length).filter(i -> code[i] == cluster).toArray();
        double[][] members = Arrays.stream(rows).mapToObj(i -> x[i]).toArray(double[][]::new);
        Points points = Points.ofChecked(members);
        double[] far = new double[rows.length];
        Parallel.forEach(
            (rows.length + 63) / 64,
            chunk -> {
              double[] squared = new double[points.bufferLength()];
              for (int r = chunk * 64; r < Math.min(rows.length, chunk * 64 + 64); r++) {
                points.squared(members[r], squared);
                for (int s = 0; s < rows.length; s++) {
                  far[r] += Math.sqrt(squared[s]);
                }
              }
            });
        int best = 0;
        for (int r = 1; r < rows.length; r++) {
          best = far[r] < far[best] ? r : best;
        }
        medoids[c] = rows[best];
        for (int i : rows) {
          nearness[i] = Math.sqrt(Points.between(x[i], x[rows[best]]));
        }
        progress.advance(1);
      }
    }
    return medoids;
  }

  private int at(int cluster) {
    int at = Arrays.binarySearch(clusters, cluster);
    Check.that(at >= 0, "cluster=%d: must be one of %s", cluster, Arrays.toString(clusters));
    return at;
  }

  /** The medoid of a cluster: the row to look at or listen to first. */
  public int medoid(int cluster) {
    return medoids[at(cluster)];
  }

  /** The rows of a cluster, those nearest to its medoid first. */
  public int[] members(int cluster) {
    at(cluster);
    return IntStream.range(0, labels.length)
        .filter(i -> labels[i] == cluster)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> nearness[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * The medoid of a cluster and random rows of it without repetition; no rows for noise (−1) if
   * there is none.
   *
   * @param count total number of rows, fewer if the cluster has fewer
   */
  public int[] examples(int cluster, int count, long seed) {
    Check.atLeast("count", count, 1);
    if (cluster == -1 && Arrays.binarySearch(clusters, -1) < 0) {
      return new int[0];
    }
    int medoid = medoid(cluster);
    int[] rows = members(cluster);
    int[] order = NumpyRandom.of(seed).permutation(rows.length);
    return IntStream.concat(
            IntStream.of(medoid),
            Arrays.stream(order).map(o -> rows[o]).filter(row -> row != medoid))
        .limit(count)
        .toArray();
  }

  /** Such examples of every cluster, by name, in the order of the clusters. */
  public Map<String, int[]> examples(int count, long seed) {
    Map<String, int[]> examples = new LinkedHashMap<>();
    for (int cluster : clusters) {
      examples.put(cluster < 0 ? "noise" : "cluster " + cluster, examples(cluster, count, seed));
    }
    return examples;
  }

  /** The cluster with the most rows, the first of equally large ones; −1 if all rows are noise. */
  public int largest() {
    int largest = -1;
    for (int c = 0; c < clusters.length; c++) {
      if (clusters[c] >= 0 && (largest < 0 || sizes[c] > sizes[at(largest)])) {
        largest = clusters[c];
      }
    }
    return largest;
  }

  /** The columns of the features, ordered by how much they distinguish the cluster. */
  public int[] telling(int cluster) {
    double[] difference = differences[at(cluster)];
    return IntStream.range(0, features.size())
        .boxed()
        .sorted(Comparator.comparingDouble(j -> -Math.abs(difference[j])))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** One row per cluster: size, share, medoid and its three most distinctive features. */
  public Table summary() {
    IntColumn cluster = IntColumn.create("cluster");
    IntColumn size = IntColumn.create("size");
    DoubleColumn share = DoubleColumn.create("share");
    IntColumn medoid = IntColumn.create("medoid (row)");
    StringColumn apart = StringColumn.create("set apart by");
    for (int c = 0; c < clusters.length; c++) {
      cluster.append(clusters[c]);
      size.append(sizes[c]);
      share.append((double) sizes[c] / labels.length);
      medoid.append(medoids[c]);
      double[] difference = differences[c];
      apart.append(
          String.join(
              ", ",
              Arrays.stream(telling(clusters[c]))
                  .limit(TELLING)
                  .filter(j -> Math.abs(difference[j]) > 0)
                  .mapToObj(
                      j -> String.format(Locale.ROOT, "%s %+.1f", features.get(j), difference[j]))
                  .toList()));
    }
    return Table.create("clusters", cluster, size, share, medoid, apart);
  }

  /** One row per cluster and feature: mean, deviation, difference to the other rows. */
  public Table toTable() {
    IntColumn cluster = IntColumn.create("cluster");
    StringColumn feature = StringColumn.create("feature");
    DoubleColumn mean = DoubleColumn.create("mean");
    DoubleColumn deviation = DoubleColumn.create("deviation");
    DoubleColumn difference = DoubleColumn.create("difference to the rest");
    for (int c = 0; c < clusters.length; c++) {
      for (int j = 0; j < features.size(); j++) {
        cluster.append(clusters[c]);
        feature.append(features.get(j));
        mean.append(means[c][j]);
        deviation.append(deviations[c][j]);
        difference.append(differences[c][j]);
      }
    }
    return Table.create("profiles", cluster, feature, mean, deviation, difference);
  }

  /** The features of one cluster, the most distinctive first. */
  public Table toTable(int cluster) {
    int c = at(cluster);
    StringColumn feature = StringColumn.create("feature");
    DoubleColumn mean = DoubleColumn.create("mean");
    DoubleColumn deviation = DoubleColumn.create("deviation");
    DoubleColumn difference = DoubleColumn.create("difference to the rest");
    for (int j : telling(cluster)) {
      feature.append(features.get(j));
      mean.append(means[c][j]);
      deviation.append(deviations[c][j]);
      difference.append(differences[c][j]);
    }
    return Table.create(name(cluster), feature, mean, deviation, difference);
  }

  private static String name(int cluster) {
    return cluster < 0 ? "noise" : "cluster " + cluster;
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
        "profiles of %d clusters of %s rows by %d features",
        clusters.length,
        Arrays.toString(sizes),
        features.size());
  }
}
