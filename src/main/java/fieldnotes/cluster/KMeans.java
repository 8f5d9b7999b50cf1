package fieldnotes.cluster;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.math.NumpyRandom;
import fieldnotes.math.Points;
import fieldnotes.table.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    return fit(Matrix.ofNumeric(table).requireFinite(table.name()).values(), options);
  }

  /**
   * Clusters rows, shape [rows][columns].
   *
   * @throws IllegalArgumentException if a number is not finite (naming row and column), or if there
   *     are more clusters than rows
   */
  public static Clusters fit(double[][] x, KMeansOptions options) {
    Check.matrix("x", x);
    double[] ones = new double[x.length];
    Arrays.fill(ones, 1);
    return fit(x, ones, options);
  }

  /**
   * Clusters weighted rows.
   *
   * @param x shape [rows][columns]
   * @param weights weight of each row, at least 0, shape [rows]
   */
  public static Clusters fit(double[][] x, double[] weights, KMeansOptions options) {
    Rows rows = new Rows(x, weights);
    return best(rows, options, fitAll(rows, List.of(options)).get(0));
  }

  /**
   * Clusters rows from one start with given centres.
   *
   * @param x shape [rows][columns]
   * @param centres initial centres, shape [clusters][columns]
   */
  public static Clusters fromCentres(double[][] x, double[][] centres, KMeansOptions options) {
    Check.matrix("x", x);
    Check.matrix("centres", centres);
    Check.sameLength("centres", centres.length, "clusters of the options", options.clusters());
    Check.that(
        centres[0].length == x[0].length,
        "centres has %d columns: must be %d, the number of columns of x",
        centres[0].length,
        x[0].length);
    double[] ones = new double[x.length];
    Arrays.fill(ones, 1);
    Rows rows = new Rows(x, ones);
    double[][] start = new double[centres.length][];
    for (int c = 0; c < start.length; c++) {
      start[c] = rows.shifted(centres[c], -1);
    }
    KMeansOptions once = options.withRestarts(1);
    return best(rows, once, List.of(rows.lloyd(start, once)));
  }

  /** One finished start. Centres are relative to the mean row. */
  record Run(int[] labels, double[][] centres, double inertia, int rounds, boolean settled) {}

  /** All starts of several settings at once, on all cores. */
  static List<List<Run>> fitAll(Rows rows, List<KMeansOptions> settings) {
    List<Runnable> tasks = new ArrayList<>();
    List<Run[]> runs = new ArrayList<>();
    for (KMeansOptions options : settings) {
      int k = options.clusters();
      Check.that(k <= rows.n, "clusters=%d: must be at most the number of rows, %d", k, rows.n);
      NumpyRandom random = NumpyRandom.of(options.seed());
      int trials = 2 + (int) Math.log(k);
      Run[] results = new Run[options.restarts()];
      runs.add(results);
      for (int r = 0; r < results.length; r++) {
        double[] draws = new double[1 + (k - 1) * trials];
        for (int i = 0; i < draws.length; i++) {
          draws[i] = random.uniform();
        }
        int at = r;
        tasks.add(() -> results[at] = rows.lloyd(rows.plusPlus(k, trials, draws), options));
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

  static Clusters best(Rows rows, KMeansOptions options, List<Run> runs) {
    Run best = runs.get(0);
    for (Run run : runs) {
      if (run.inertia < best.inertia
          && !sameClusters(run.labels, best.labels, options.clusters())) {
        best = run;
      }
    }
    List<String> warnings = new ArrayList<>();
    int found = (int) Arrays.stream(best.labels).distinct().count();
    if (found < options.clusters()) {
      warnings.add(
          "only %d of %d clusters have rows: are there equal rows?"
              .formatted(found, options.clusters()));
    }
    if (!best.settled) {
      warnings.add(
          "not settled after %d rounds: allow more with withMaxRounds".formatted(best.rounds));
    }
    double[][] centres = new double[best.centres.length][];
    for (int c = 0; c < centres.length; c++) {
      centres[c] = rows.shifted(best.centres[c], 1);
    }
    return new Clusters(best.labels, centres, best.inertia, best.rounds, options, warnings);
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

  /** The maximum number of distances that a start stores: 32 MB. */
  private static final int HELD = 1 << 22;

  /** The rows, centred on their mean, prepared for many runs. */
  static final class Rows {
    final int n;
    final double[][] x;
    private final double[] mean;
    private final double[] weights;
    private final double meanVariance;
    private final Points points;

    Rows(double[][] original, double[] weights) {
      Check.matrix("x", original);
      Check.sameLength("x", original.length, "weights", weights.length);
      double total = 0;
      for (double w : weights) {
        Check.within("weight", w, 0, Double.MAX_VALUE);
        total += w;
      }
      Check.positive("the sum of weights", total);
      n = original.length;
      int columns = original[0].length;
      this.weights = weights;
      mean = new double[columns];
      for (double[] row : original) {
        for (int j = 0; j < columns; j++) {
          mean[j] += row[j];
        }
      }
      for (int j = 0; j < columns; j++) {
        mean[j] /= n;
      }
      x = new double[n][];
      double squares = 0;
      for (int i = 0; i < n; i++) {
        x[i] = shifted(original[i], -1);
        for (double v : x[i]) {
          squares += v * v;
        }
      }
      meanVariance = squares / n / columns;
      points = Points.ofChecked(x);
    }

    double[] shifted(double[] row, int sign) {
      double[] moved = new double[row.length];
      for (int j = 0; j < row.length; j++) {
        moved[j] = row[j] + sign * mean[j];
      }
      return moved;
    }

    /** Greedy k-means++: the best of a few candidates drawn by squared distance. */
    double[][] plusPlus(int k, int trials, double[] draws) {
      double[][] centres = new double[k][];
      double[] cumulative = new double[n];
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += weights[i];
        cumulative[i] = sum;
      }
      int first = 0;
      while (first < n - 1 && cumulative[first] / sum <= draws[0]) {
        first++;
      }
      centres[0] = x[first].clone();
      double[] closest = new double[points.bufferLength()];
      double[][] candidates = new double[trials][];
      double[][] trial = new double[trials][closest.length];
      points.squared(centres[0], closest);
      double potential = dot(closest, weights);
      int next = 1;
      for (int c = 1; c < k; c++) {
        sum = 0;
        for (int i = 0; i < n; i++) {
          sum += weights[i] * closest[i];
          cumulative[i] = sum;
        }
        for (int t = 0; t < trials; t++) {
          candidates[t] = x[firstAtLeast(cumulative, draws[next++] * potential)];
        }
        points.squared(candidates, trial);
        double least = Double.POSITIVE_INFINITY;
        int chosen = -1;
        for (int t = 0; t < trials; t++) {
          double now = lowered(trial[t], closest);
          if (now < least) {
            least = now;
            chosen = t;
          }
        }
        potential = least;
        double[] swap = closest;
        closest = trial[chosen];
        trial[chosen] = swap;
        centres[c] = candidates[chosen].clone();
      }
      return centres;
    }

    private double dot(double[] a, double[] b) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += a[i] * b[i];
      }
      return sum;
    }

    /**
     * Lowers squared distances to a new centre; returns their weighted sum, from four partial sums.
     */
    private double lowered(double[] squared, double[] before) {
      for (int i = 0; i < n; i++) {
        squared[i] = Math.min(squared[i], before[i]);
      }
      double s0 = 0;
      double s1 = 0;
      double s2 = 0;
      double s3 = 0;
      int i = 0;
      for (; i + 3 < n; i += 4) {
        s0 += squared[i] * weights[i];
        s1 += squared[i + 1] * weights[i + 1];
        s2 += squared[i + 2] * weights[i + 2];
        s3 += squared[i + 3] * weights[i + 3];
      }
      for (; i < n; i++) {
        s0 += squared[i] * weights[i];
      }
      return s0 + s1 + (s2 + s3);
    }

    private static int firstAtLeast(double[] rising, double value) {
      int low = 0;
      int high = rising.length - 1;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (rising[middle] < value) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    Run lloyd(double[][] start, KMeansOptions options) {
      Assignment now = new Assignment(start.length);
      double[][] centres = start;
      double tolerance = options.tolerance() * meanVariance;
      boolean strict = false;
      boolean settled = false;
      int round = 0;
      while (round < options.maxRounds() && !settled) {
        Progress.stopIfInterrupted();
        round++;
        strict = !now.to(centres);
        centres = now.means();
        double shift = 0;
        for (int c = 0; c < centres.length; c++) {
          shift += Points.between(now.centres[c], centres[c]);
        }
        settled = strict || shift <= tolerance;
      }
      if (!strict) {
        now.to(centres);
      }
      boolean known = Arrays.deepEquals(now.centres, centres);
      double inertia = 0;
      for (int i = 0; i < n; i++) {
        inertia +=
            weights[i] * (known ? now.squared[i] : Points.between(centres[now.labels[i]], x[i]));
      }
      return new Run(now.labels, centres, inertia, round, settled);
    }

    /**
     * The assignment of rows to centres. Each round recomputes only what may have changed:
     * distances to centres that moved, and means of clusters that gained or lost rows. The results
     * have the same bits as a full computation.
     */
    private final class Assignment {
      private final int[] labels = new int[n];
      private final double[] squared = new double[points.bufferLength()];
      private final double[] label = new double[squared.length];

      /** Squared distances to every centre, or null if that would take too much memory. */
      private final double[][] distances;

      private final double[] sums;
      private final double[] weight;
      private final boolean[] changed;
      private double[][] centres;

      Assignment(int k) {
        distances = (long) k * n <= HELD ? new double[k][points.bufferLength()] : null;
        sums = new double[k * mean.length];
        weight = new double[k];
        changed = new boolean[k];
      }

      /** Assigns every row to its nearest centre; returns whether any assignment changed. */
      boolean to(double[][] next) {
        if (distances == null) {
          points.assign(next, label, squared);
        } else {
          List<double[]> moved = new ArrayList<>();
          List<double[]> into = new ArrayList<>();
          for (int c = 0; c < next.length; c++) {
            if (centres == null || !Arrays.equals(next[c], centres[c])) {
              moved.add(next[c]);
              into.add(distances[c]);
            }
          }
          points.squared(moved.toArray(double[][]::new), into.toArray(double[][]::new));
          points.nearest(distances, next.length, 0, label, squared);
        }
        boolean first = centres == null;
        centres = next;
        Arrays.fill(changed, first);
        boolean any = first;
        for (int i = 0; i < n; i++) {
          int now = (int) label[i];
          int before = labels[i];
          if (now != before) {
            any = true;
            changed[now] = true;
            changed[before] = true;
            labels[i] = now;
          }
        }
        return any;
      }

      /**
       * The mean of each cluster's rows; an empty cluster gets the row farthest from its centre.
       */
      double[][] means() {
        int columns = mean.length;
        for (int c = 0; c < centres.length; c++) {
          if (changed[c]) {
            weight[c] = 0;
            Arrays.fill(sums, c * columns, (c + 1) * columns, 0);
          }
        }
        for (int i = 0; i < n; i++) {
          int c = labels[i];
          if (changed[c]) {
            Points.add(sums, c * columns, x[i], weights[i]);
            weight[c] += weights[i];
          }
        }
        double[] of = sums;
        double[] by = weight;
        if (Arrays.stream(weight).anyMatch(w -> w == 0)) {
          of = sums.clone();
          by = weight.clone();
          fill(of, by);
        }
        double[][] means = new double[centres.length][];
        for (int c = 0; c < means.length; c++) {
          if (by[c] > 0) {
            means[c] = Arrays.copyOfRange(of, c * columns, (c + 1) * columns);
            for (int j = 0; j < columns; j++) {
              means[c][j] /= by[c];
            }
          } else {
            means[c] = centres[c].clone();
          }
        }
        return means;
      }

      private void fill(double[] of, double[] by) {
        int columns = mean.length;
        boolean[] taken = new boolean[n];
        for (int c = 0; c < by.length; c++) {
          if (by[c] == 0) {
            int farthest = -1;
            for (int i = 0; i < n; i++) {
              if (!taken[i] && (farthest < 0 || squared[i] > squared[farthest])) {
                farthest = i;
              }
            }
            taken[farthest] = true;
            int from = labels[farthest];
            double w = weights[farthest];
            Points.add(of, from * columns, x[farthest], -w);
            by[from] -= w;
            Points.add(of, c * columns, x[farthest], w);
            by[c] = w;
          }
        }
      }
    }
  }
}
