package fieldnotes.cluster;

import fieldnotes.cluster.KMeansRounds.Run;
import fieldnotes.common.Check;
import fieldnotes.evaluate.Agreement;
import fieldnotes.evaluate.Separation;
import fieldnotes.evaluate.Silhouette;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * k-means for several numbers of clusters, with curves to choose one.
 *
 * @param results the clusters for each k, in order of k
 * @param silhouettes the silhouettes for each k
 * @param daviesBouldin lower is better, shape [ks]
 * @param calinskiHarabasz higher is better, shape [ks]
 * @param stability mean adjusted Rand index between the restarts of a k, 1 if all starts give the
 *     same clusters, shape [ks]; NaN with one restart
 */
public record KMeansSweep(
    List<Clusters> results,
    List<Silhouette> silhouettes,
    double[] daviesBouldin,
    double[] calinskiHarabasz,
    double[] stability) {

  /** Copies the lists. */
  public KMeansSweep {
    results = List.copyOf(results);
    silhouettes = List.copyOf(silhouettes);
    daviesBouldin = daviesBouldin.clone();
    calinskiHarabasz = calinskiHarabasz.clone();
    stability = stability.clone();
  }

  @Override
  public double[] daviesBouldin() {
    return daviesBouldin.clone();
  }

  @Override
  public double[] calinskiHarabasz() {
    return calinskiHarabasz.clone();
  }

  @Override
  public double[] stability() {
    return stability.clone();
  }

  /** Runs k-means for k = 2…{@code most} with 10 restarts each; at most to k = rows − 1. */
  public static KMeansSweep upTo(Rows x, int most, long seed) {
    return of(x, 2, Math.min(most, x.matrix().rowCount() - 1), seed);
  }

  /** Runs k-means on rows, shape [rows][columns], for k = 2…{@code most}; see the other. */
  public static KMeansSweep upTo(double[][] x, int most, long seed) {
    return upTo(Matrix.of(Check.rectangular("x", x)), most, seed);
  }

  /** Runs k-means on the numeric columns of a table for k = 2…{@code most}; see the other. */
  public static KMeansSweep upTo(Table table, int most, long seed) {
    return upTo(KMeans.samples(table), most, seed);
  }

  /** Runs k-means on the numeric columns of a table, with 10 restarts each. */
  public static KMeansSweep of(Table table, int from, int to, long seed) {
    return of(KMeans.samples(table), from, to, seed);
  }

  /** Runs k-means on rows, shape [rows][columns], with 10 restarts each. */
  public static KMeansSweep of(double[][] x, int from, int to, long seed) {
    return of(Matrix.of(Check.rectangular("x", x)), from, to, seed);
  }

  /** Runs k-means for k = {@code from}…{@code to} with 10 restarts each. */
  public static KMeansSweep of(Rows x, int from, int to, long seed) {
    return of(x, from, to, KMeansOptions.of(from, seed));
  }

  /**
   * Runs k-means for k = {@code from}…{@code to}.
   *
   * @param rows the rows; weights of samples are used for clusters, not for scores
   * @param from at least 2
   * @param to at most rows − 1
   * @param options all options except the number of clusters
   */
  public static KMeansSweep of(Rows rows, int from, int to, KMeansOptions options) {
    Samples samples = KMeans.samples(rows);
    double[][] x = samples.matrix().values();
    Check.that(
        from >= 2 && from <= to && to < x.length,
        "k = %d…%d: must be ascending, from at least 2 to at most %d, the number of rows − 1",
        from,
        to,
        x.length - 1);
    CentredRows centred = KMeans.rows(samples, options);
    List<KMeansOptions> settings = new ArrayList<>();
    for (int k = from; k <= to; k++) {
      settings.add(options.withClusters(k));
    }
    List<List<Run>> runs = KMeans.fitAll(samples, centred, settings);
    List<Clusters> results = new ArrayList<>();
    List<int[]> labels = new ArrayList<>();
    double[] stability = new double[settings.size()];
    for (int s = 0; s < settings.size(); s++) {
      Clusters best = KMeans.best(samples, centred, settings.get(s), runs.get(s));
      Check.that(
          Arrays.stream(best.labels()).distinct().count() >= 2,
          "all rows are equal: clustering needs at least 2 different rows");
      results.add(best);
      labels.add(best.labels());
      stability[s] = meanAgreement(runs.get(s));
    }
    double[] daviesBouldin = new double[settings.size()];
    double[] calinskiHarabasz = new double[settings.size()];
    for (int s = 0; s < settings.size(); s++) {
      daviesBouldin[s] = Separation.daviesBouldin(x, labels.get(s));
      calinskiHarabasz[s] = Separation.calinskiHarabasz(x, labels.get(s));
    }
    return new KMeansSweep(
        results, Silhouette.ofAll(x, labels), daviesBouldin, calinskiHarabasz, stability);
  }

  private static double meanAgreement(List<Run> runs) {
    double sum = 0;
    int pairs = 0;
    for (int a = 0; a < runs.size(); a++) {
      for (int b = 0; b < a; b++) {
        sum += Agreement.of(runs.get(a).labels(), runs.get(b).labels()).adjustedRand();
        pairs++;
      }
    }
    return pairs == 0 ? Double.NaN : sum / pairs;
  }

  /** The numbers of clusters tried. */
  public int[] ks() {
    return results.stream().mapToInt(Clusters::count).toArray();
  }

  /** The inertia for each k. */
  public double[] inertias() {
    return results.stream().mapToDouble(Clusters::inertia).toArray();
  }

  /** The mean silhouette for each k. */
  public double[] meanSilhouettes() {
    return silhouettes.stream().mapToDouble(Silhouette::mean).toArray();
  }

  /**
   * The elbow of the inertia curve by the Kneedle method: with both axes scaled to 0…1, the k
   * farthest below the straight line from the first to the last. The ends are never chosen; with
   * fewer than three k, the first is returned.
   *
   * @see "V. Satopää et al., Finding a 'kneedle' in a haystack, 2011"
   */
  public int elbow() {
    int[] ks = ks();
    double[] y = inertias();
    int last = ks.length - 1;
    int best = 0;
    double farthest = 0;
    for (int s = 1; s < last; s++) {
      double along = (double) (ks[s] - ks[0]) / (ks[last] - ks[0]);
      double down = (y[0] - y[s]) / (y[0] - y[last]);
      if (down - along > farthest) {
        farthest = down - along;
        best = s;
      }
    }
    return ks[best];
  }

  /** The k with the highest mean silhouette. */
  public int bestBySilhouette() {
    return ks()[best(meanSilhouettes(), 1)];
  }

  /** The k with the lowest Davies–Bouldin index. */
  public int bestByDaviesBouldin() {
    return ks()[best(daviesBouldin, -1)];
  }

  /** The k with the highest Caliński–Harabasz index. */
  public int bestByCalinskiHarabasz() {
    return ks()[best(calinskiHarabasz, 1)];
  }

  private static int best(double[] values, int sign) {
    int best = 0;
    for (int s = 1; s < values.length; s++) {
      if (sign * values[s] > sign * values[best]) {
        best = s;
      }
    }
    return best;
  }

  /** The clusters for one k. */
  public Clusters clusters(int k) {
    return results.get(index(k));
  }

  /** The silhouettes for one k. */
  public Silhouette silhouette(int k) {
    return silhouettes.get(index(k));
  }

  private int index(int k) {
    for (int s = 0; s < results.size(); s++) {
      if (results.get(s).count() == k) {
        return s;
      }
    }
    throw new IllegalArgumentException(
        "k=%d: must be one of %s".formatted(k, Arrays.toString(ks())));
  }

  /** One row per k: inertia, scores, stability and sizes. */
  public Table toTable() {
    StringColumn sizes = StringColumn.create("sizes");
    for (Clusters result : results) {
      sizes.append(Arrays.toString(result.sizes()));
    }
    return Table.create(
        "k-means sweep",
        IntColumn.create("k", ks()),
        DoubleColumn.create("inertia", inertias()),
        DoubleColumn.create("silhouette", meanSilhouettes()),
        DoubleColumn.create("Davies–Bouldin", daviesBouldin),
        DoubleColumn.create("Caliński–Harabasz", calinskiHarabasz),
        DoubleColumn.create("stability (ARI)", stability),
        sizes);
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
    int[] ks = ks();
    return String.format(
        Locale.ROOT,
        "k-means for k = %d…%d: elbow at %d; best by silhouette %d (%.3f), Davies–Bouldin %d,"
            + " Caliński–Harabasz %d",
        ks[0],
        ks[ks.length - 1],
        elbow(),
        bestBySilhouette(),
        silhouette(bestBySilhouette()).mean(),
        bestByDaviesBouldin(),
        bestByCalinskiHarabasz());
  }
}
