package fieldnotes.cluster;

import fieldnotes.cluster.KMeansOptions.Start;
import fieldnotes.cluster.KMeansRounds.Run;
import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.math.NumpyRandom;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.Table;

/**
 * k-means: Lloyd's algorithm from several greedy k-means++ starts, of which the best is kept. The
 * starts use NumPy's random numbers in scikit-learn's order, so a seed gives the same result as
 * {@code random_state} there. A cluster that becomes empty gets the row farthest from its centre.
 *
 * @see "sklearn.cluster.KMeans of scikit-learn 1.9, algorithm 'lloyd'"
 * @see "D. Arthur and S. Vassilvitskii, k-means++: the advantages of careful seeding, 2007"
 */
public final class KMeans {
  private KMeans() {}

  /** Clusters the rows of a table by its numeric columns. */
  public static Clusters fit(Table table, KMeansOptions options) {
    return fit(samples(table), options);
  }

  /**
   * Clusters rows. If they are samples with weights, the weights are used.
   *
   * @throws IllegalArgumentException if a number is not finite (naming row and column), or if there
   *     are more clusters than rows
   */
  public static Clusters fit(Rows x, KMeansOptions options) {
    Samples samples = samples(x);
    CentredRows rows = rows(samples, options);
    return best(samples, rows, options, fitAll(samples, rows, List.of(options)).getFirst());
  }

  /** Clusters rows, shape [rows][columns]. */
  public static Clusters fit(double[][] x, KMeansOptions options) {
    return fit(Matrix.of(Check.rectangular("x", x)), options);
  }

  /** Clusters rows with the usual options; see {@link KMeansOptions#of}. */
  public static Clusters fit(Rows x, int clusters, long seed) {
    return fit(x, KMeansOptions.of(clusters, seed));
  }

  /** Clusters the rows of a table with the usual options; see {@link KMeansOptions#of}. */
  public static Clusters fit(Table table, int clusters, long seed) {
    return fit(table, KMeansOptions.of(clusters, seed));
  }

  /** Clusters rows with the usual options; see {@link KMeansOptions#of}. */
  public static Clusters fit(double[][] x, int clusters, long seed) {
    return fit(x, KMeansOptions.of(clusters, seed));
  }

  /** Returns the numeric columns of a table as samples with its name. */
  static Samples samples(Table table) {
    return Samples.of(Matrix.ofNumeric(table)).withId(String.valueOf(table.name()));
  }

  /** Returns rows as samples; samples are returned unchanged. */
  static Samples samples(Rows x) {
    return x instanceof Samples samples ? samples : Samples.of(x.matrix());
  }

  /** Prepares rows for many runs. */
  static CentredRows rows(Samples samples, KMeansOptions options) {
    return new CentredRows(
        Made.learnFrom(samples), samples.weights(), options.start() == Start.BOOK);
  }

  /**
   * Clusters rows from one start with given centres.
   *
   * @param x shape [rows][columns]
   * @param centres initial centres, shape [clusters][columns]
   */
  static Clusters fromCentres(double[][] x, double[][] centres, KMeansOptions options) {
    Samples samples = Samples.of(Matrix.of(x));
    CentredRows rows = rows(samples, options);
    double[][] start = new double[centres.length][];
    for (int c = 0; c < start.length; c++) {
      start[c] = rows.shifted(centres[c], -1);
    }
    KMeansOptions once = options.withRestarts(1);
    return best(samples, rows, once, List.of(KMeansRounds.of(rows, start, once)));
  }

  /** All starts of several settings at once, on all cores. */
  static List<List<Run>> fitAll(Samples samples, CentredRows rows, List<KMeansOptions> settings) {
    List<Runnable> tasks = new ArrayList<>();
    List<Run[]> runs = new ArrayList<>();
    for (KMeansOptions options : settings) {
      int k = options.clusters();
      Check.that(k <= rows.n, "clusters=%d: must be at most the number of rows, %d", k, rows.n);
      if (options.start() == Start.BOOK) {
        Made.refuseWeights(samples, options);
      }
      NumpyRandom random = NumpyRandom.of(options.seed());
      Run[] results = new Run[options.restarts()];
      runs.add(results);
      for (int r = 0; r < results.length; r++) {
        KMeansStarts start = KMeansStarts.draw(rows, options, random);
        int at = r;
        tasks.add(() -> results[at] = KMeansRounds.of(rows, start.centres(rows, k), options));
      }
    }
    try (Progress progress = Progress.start("k-means", tasks.size())) {
      Parallel.forEach(
          tasks.size(),
          t -> {
            tasks.get(tasks.size() - 1 - t).run(); // the largest k first
            progress.advance(1);
          });
    }
    return runs.stream().map(List::of).toList();
  }

  /** The run with the least inertia, the first of those that end in the same clusters. */
  static Clusters best(Samples samples, CentredRows rows, KMeansOptions options, List<Run> runs) {
    Run best = runs.getFirst();
    for (Run run : runs) {
      if (run.inertia() < best.inertia()
          && !sameClusters(run.labels(), best.labels(), options.clusters())) {
        best = run;
      }
    }
    List<String> warnings = new ArrayList<>();
    int found = (int) Arrays.stream(best.labels()).distinct().count();
    if (found < options.clusters()) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "only %d of %d clusters have rows: are there equal rows?",
              found,
              options.clusters()));
    }
    if (!best.settled()) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "not settled after %d rounds: allow more with withMaxRounds",
              best.rounds()));
    }
    double[][] centres = new double[best.centres().length][];
    for (int c = 0; c < centres.length; c++) {
      centres[c] = rows.shifted(best.centres()[c], 1);
    }
    return new Clusters(
        Made.of(options, samples),
        best.labels(),
        centres,
        best.inertia(),
        best.rounds(),
        options,
        warnings);
  }

  private static boolean sameClusters(int[] a, int[] b, int k) {
    int[] map = new int[k];
    Arrays.fill(map, -1);
    for (int i = 0; i < a.length; i++) {
      if (map[a[i]] == -1) {
        map[a[i]] = b[i];
      } else if (map[a[i]] != b[i]) {
        return false;
      }
    }
    return true;
  }
}
