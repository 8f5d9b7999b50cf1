package fieldnotes.cluster;

import fieldnotes.cluster.SeededKMeansOptions.Start;
import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.math.NumpyRandom;
import java.util.Arrays;
import java.util.Locale;

/**
 * k-means with scikit-learn's random numbers: k-means++ starts from one stream of NumPy's
 * generator, then Lloyd's algorithm with distances computed directly, so that the same seed gives
 * the same centres in the same order. Use it to reproduce the numbers of a book or a notebook;
 * {@link KMeans} is faster for large tables and sweeps.
 *
 * @param centres shape [clusters][columns]
 * @param labels cluster of each row, shape [rows]
 * @param inertia sum over the rows of the squared distance to the centre of their cluster
 * @param rounds number of rounds of the best start
 * @param options the options used
 * @see "D. Arthur and S. Vassilvitskii, k-means++: the advantages of careful seeding, 2007"
 */
public record SeededKMeans(
    double[][] centres, int[] labels, double inertia, int rounds, SeededKMeansOptions options) {

  /**
   * Clusters rows.
   *
   * @param x finite, shape [rows][columns], at least as many rows as clusters
   */
  public static SeededKMeans fit(double[][] x, SeededKMeansOptions options) {
    Check.matrix("x", x);
    Check.that(
        x.length >= options.clusters(),
        "clusters=%d: must be at most the number of rows, %d",
        options.clusters(),
        x.length);
    int columns = x[0].length;
    double[] mean = new double[columns];
    for (double[] row : x) {
      for (int j = 0; j < columns; j++) {
        mean[j] += row[j];
      }
    }
    double variance = 0;
    double[][] centred = new double[x.length][columns];
    for (int j = 0; j < columns; j++) {
      mean[j] /= x.length;
      double squares = 0;
      for (int i = 0; i < x.length; i++) {
        centred[i][j] = x[i][j] - mean[j];
        squares += centred[i][j] * centred[i][j];
      }
      variance += squares / x.length;
    }
    double tolerance = options.tolerance() * variance / columns;
    NumpyRandom random = NumpyRandom.of(options.seed());
    double[][][] starts = new double[options.starts()][][];
    double[][] byColumn = columns(centred);
    for (int s = 0; s < starts.length; s++) {
      starts[s] = start(byColumn, options, random);
    }
    SeededKMeans[] ended = new SeededKMeans[starts.length];
    Parallel.forEach(starts.length, s -> ended[s] = rounds(centred, starts[s], tolerance, options));
    SeededKMeans best = ended[0];
    for (SeededKMeans one : ended) {
      if (one.inertia < best.inertia && !sameGroups(one, best)) {
        best = one;
      }
    }
    for (double[] centre : best.centres) {
      for (int j = 0; j < columns; j++) {
        centre[j] += mean[j];
      }
    }
    return best;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      double d = a[j] - b[j];
      sum += d * d;
    }
    return sum;
  }

  private static double[][] columns(double[][] x) {
    double[][] columns = new double[x[0].length][x.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        columns[j][i] = x[i][j];
      }
    }
    return columns;
  }

  /** Squared distances of all rows to one of them. */
  private static void distances(double[][] columns, int to, double[] out) {
    double[] first = columns[0];
    double at = first[to];
    for (int i = 0; i < out.length; i++) {
      double d = first[i] - at;
      out[i] = d * d;
    }
    for (int j = 1; j < columns.length; j++) {
      double[] column = columns[j];
      double there = column[to];
      for (int i = 0; i < out.length; i++) {
        double d = column[i] - there;
        out[i] += d * d;
      }
    }
  }

  private static double[][] start(
      double[][] columns, SeededKMeansOptions options, NumpyRandom random) {
    int rows = columns[0].length;
    int clusters = options.clusters();
    int tries = 2 + (int) Math.log(clusters);
    int[] chosen = new int[clusters];
    chosen[0] =
        options.start() == Start.BOOK ? random.upTo(rows - 1) : byShare(rows, random.uniform());
    double[] nearest = new double[rows];
    distances(columns, chosen[0], nearest);
    double total = sum(nearest);
    double[] running = new double[rows];
    double[] draws = new double[tries];
    double[] candidate = new double[rows];
    double[] best = new double[rows];
    for (int c = 1; c < clusters; c++) {
      for (int t = 0; t < tries; t++) {
        draws[t] = random.uniform() * total;
      }
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        sum += nearest[i];
        running[i] = sum;
      }
      double least = Double.POSITIVE_INFINITY;
      for (int t = 0; t < tries; t++) {
        int row = Math.min(firstAtLeast(running, draws[t]), rows - 1);
        distances(columns, row, candidate);
        for (int i = 0; i < rows; i++) {
          candidate[i] = Math.min(nearest[i], candidate[i]);
        }
        double potential = sum(candidate);
        if (potential < least) {
          least = potential;
          chosen[c] = row;
          double[] swap = best;
          best = candidate;
          candidate = swap;
        }
      }
      double[] swap = nearest;
      nearest = best;
      best = swap;
      total = least;
    }
    double[][] centres = new double[clusters][columns.length];
    for (int c = 0; c < clusters; c++) {
      for (int j = 0; j < columns.length; j++) {
        centres[c][j] = columns[j][chosen[c]];
      }
    }
    return centres;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /** The first row whose cumulative share exceeds u. */
  private static int byShare(int rows, double u) {
    double[] running = new double[rows];
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += 1.0 / rows;
      running[i] = sum;
    }
    for (int i = 0; i < rows; i++) {
      if (running[i] / sum > u) {
        return i;
      }
    }
    return rows - 1;
  }

  private static int firstAtLeast(double[] running, double value) {
    int low = 0;
    int high = running.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (running[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static SeededKMeans rounds(
      double[][] x, double[][] start, double tolerance, SeededKMeansOptions options) {
    double[][] centres = start;
    int[] labels = new int[x.length];
    int[] before = new int[x.length];
    Arrays.fill(before, -1);
    double[] slack = new double[x.length];
    double room = room(x, start);
    boolean settled = false;
    int round = 0;
    while (round < options.maxRounds() && !settled) {
      Progress.stopIfInterrupted();
      round++;
      assign(x, centres, labels, slack, room);
      double[][] moved = means(x, labels, centres);
      double shift = 0;
      double furthest = 0;
      for (int c = 0; c < centres.length; c++) {
        double moves = distance(centres[c], moved[c]);
        shift += moves;
        furthest = Math.max(furthest, moves);
      }
      furthest = Math.sqrt(furthest);
      for (int i = 0; i < slack.length; i++) {
        slack[i] -= furthest;
      }
      centres = moved;
      if (Arrays.equals(labels, before)) {
        settled = true;
      } else {
        System.arraycopy(labels, 0, before, 0, labels.length);
        if (shift <= tolerance) {
          break;
        }
      }
    }
    if (!settled) {
      assign(x, centres, labels, slack, room);
    }
    double inertia = 0;
    for (int i = 0; i < x.length; i++) {
      inertia += distance(x[i], centres[labels[i]]);
    }
    return new SeededKMeans(centres, labels, inertia, round, options);
  }

  /** A bound well above the rounding error of a distance between these rows. */
  private static double room(double[][] x, double[][] centres) {
    double most = 0;
    for (double[] row : x) {
      most = Math.max(most, distance(row, centres[0]));
    }
    return 1e-9 * Math.sqrt(most);
  }

  /**
   * Assigns each row to its nearest centre, the first of several. A row whose centre is nearer than
   * the lower bound of all others is skipped.
   *
   * @param slack lower bound of the distance to each row's second nearest centre; 0 or less if
   *     unknown, shape [rows]
   * @param room margin above the rounding error
   * @see "G. Hamerly, Making k-means even faster, 2010"
   */
  private static void assign(
      double[][] x, double[][] centres, int[] labels, double[] slack, double room) {
    double[] half = new double[centres.length];
    for (int c = 0; c < half.length; c++) {
      double least = Double.POSITIVE_INFINITY;
      for (int o = 0; o < half.length; o++) {
        least = o == c ? least : Math.min(least, distance(centres[c], centres[o]));
      }
      half[c] = Math.sqrt(least) / 2;
    }
    double[] flat = Arrays.stream(centres).flatMapToDouble(Arrays::stream).toArray();
    int columns = x[0].length;
    for (int i = 0; i < x.length; i++) {
      double[] row = x[i];
      double safe = Math.max(slack[i], half[labels[i]]) - room;
      if (safe > 0 && distance(row, centres[labels[i]]) < safe * safe) {
        continue;
      }
      double least = Double.POSITIVE_INFINITY;
      double second = Double.POSITIVE_INFINITY;
      int label = 0;
      for (int c = 0, at = 0; c < half.length; c++, at += columns) {
        double d = 0;
        for (int j = 0; j < columns; j++) {
          double difference = row[j] - flat[at + j];
          d += difference * difference;
        }
        if (d < least) {
          second = least;
          least = d;
          label = c;
        } else if (d < second) {
          second = d;
        }
      }
      labels[i] = label;
      slack[i] = Math.sqrt(second);
    }
  }

  private static double[][] means(double[][] x, int[] labels, double[][] before) {
    int columns = x[0].length;
    double[][] sums = new double[before.length][columns];
    int[] counts = new int[before.length];
    for (int i = 0; i < x.length; i++) {
      double[] sum = sums[labels[i]];
      for (int j = 0; j < columns; j++) {
        sum[j] += x[i][j];
      }
      counts[labels[i]]++;
    }
    fillEmpty(x, labels, before, sums, counts);
    for (int c = 0; c < sums.length; c++) {
      double share = 1.0 / counts[c];
      for (int j = 0; j < columns; j++) {
        sums[c][j] *= share;
      }
    }
    return sums;
  }

  /** An empty cluster gets the row that is farthest from its own centre. */
  private static void fillEmpty(
      double[][] x, int[] labels, double[][] centres, double[][] sums, int[] counts) {
    boolean[] taken = null;
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] > 0) {
        continue;
      }
      if (taken == null) {
        taken = new boolean[x.length];
      }
      int farthest = -1;
      double most = -1;
      for (int i = 0; i < x.length; i++) {
        double d = distance(x[i], centres[labels[i]]);
        if (!taken[i] && d > most && counts[labels[i]] > 1) {
          most = d;
          farthest = i;
        }
      }
      taken[farthest] = true;
      for (int j = 0; j < x[0].length; j++) {
        sums[labels[farthest]][j] -= x[farthest][j];
        sums[c][j] = x[farthest][j];
      }
      counts[labels[farthest]]--;
      counts[c] = 1;
    }
  }

  private static boolean sameGroups(SeededKMeans a, SeededKMeans b) {
    int[] to = new int[a.centres.length];
    Arrays.fill(to, -1);
    for (int i = 0; i < a.labels.length; i++) {
      int mapped = to[a.labels[i]];
      if (mapped == -1) {
        to[a.labels[i]] = b.labels[i];
      } else if (mapped != b.labels[i]) {
        return false;
      }
    }
    return true;
  }

  /** The number of rows in each cluster, shape [clusters]. */
  public int[] sizes() {
    int[] sizes = new int[centres.length];
    for (int label : labels) {
      sizes[label]++;
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
        "k-means: %d rows in %d clusters, sum of squares %.6g after %d rounds (seed %d)",
        labels.length,
        centres.length,
        inertia,
        rounds,
        options.seed());
  }
}
