package fieldnotes.cluster;

import fieldnotes.cluster.KMeansOptions.Start;
import fieldnotes.math.NumpyRandom;

/**
 * The random numbers of a greedy k-means++ start. They are drawn at once, in scikit-learn's order,
 * so that starts can be computed on any number of threads.
 *
 * @param first the row of the first centre
 * @param draws random numbers for the candidates of the other centres, 0 to 1
 */
record KMeansStarts(int first, double[] draws) {
  /** Returns the number of candidates for each centre. */
  private static int trials(int k) {
    return 2 + (int) Math.log(k);
  }

  /** Draws a start. */
  static KMeansStarts draw(CentredRows rows, KMeansOptions options, NumpyRandom random) {
    int k = options.clusters();
    int first =
        options.start() == Start.BOOK
            ? random.upTo(rows.n - 1)
            : byShare(rows.weights, random.uniform());
    double[] draws = new double[(k - 1) * trials(k)];
    for (int i = 0; i < draws.length; i++) {
      draws[i] = random.uniform();
    }
    return new KMeansStarts(first, draws);
  }

  /** Returns the first row whose cumulative share of the weights exceeds u. */
  private static int byShare(double[] weights, double u) {
    double sum = 0;
    for (double w : weights) {
      sum += w;
    }
    double running = 0;
    for (int i = 0; i < weights.length - 1; i++) {
      running += weights[i];
      if (running / sum > u) {
        return i;
      }
    }
    return weights.length - 1;
  }

  /** Returns the centres: the best of a few candidates drawn by squared distance. */
  double[][] centres(CentredRows rows, int k) {
    int n = rows.n;
    int trials = trials(k);
    double[][] x = rows.x;
    double[] weights = rows.weights;
    double[][] centres = new double[k][];
    double[] cumulative = new double[n];
    centres[0] = x[first].clone();
    double[] closest = new double[rows.bufferLength()];
    double[][] candidates = new double[trials][];
    double[][] trial = new double[trials][closest.length];
    rows.squared(new double[][] {centres[0]}, new double[][] {closest});
    double potential = rows.sum(closest);
    int next = 0;
    for (int c = 1; c < k; c++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += weights[i] * closest[i];
        cumulative[i] = sum;
      }
      for (int t = 0; t < trials; t++) {
        candidates[t] = x[firstAtLeast(cumulative, draws[next++] * potential)];
      }
      rows.squared(candidates, trial);
      double least = Double.POSITIVE_INFINITY;
      int chosen = -1;
      for (int t = 0; t < trials; t++) {
        double now = rows.lowered(trial[t], closest);
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
}
