package fieldnotes.cluster;

import fieldnotes.cluster.KMeansOptions.Start;
import fieldnotes.math.NumpyRandom;
import fieldnotes.math.Points;

/**
 * Greedy k-means++ starts. All that chance decides of a start is drawn at once, in scikit-learn's
 * order, so that starts can be worked out on any number of threads.
 *
 * @param first the row that is the first centre
 * @param draws where the candidates for each further centre lie, 0 to 1, in order
 */
record KMeansStarts(int first, double[] draws) {
  /** How many candidates each further centre is chosen from. */
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

  /** The first row whose running share of the weights exceeds u. */
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

  /** The centres: of a few candidates drawn by squared distance, the one that helps most. */
  double[][] centres(CentredRows rows, int k) {
    int n = rows.n;
    int trials = trials(k);
    double[][] x = rows.x;
    double[] weights = rows.weights;
    Points points = rows.points;
    double[][] centres = new double[k][];
    double[] cumulative = new double[n];
    centres[0] = x[first].clone();
  double[] closest = new double[points.bufferLength()];
    double[][] candidates = new double[trials][];
    double[][] trial = new double[trials][closest.length];
    points.squared(centres[0], closest);
    double potential = dot(closest, weights);
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
      points.squared(candidates, trial);
      double least = Double.POSITIVE_INFINITY;
      int chosen = -1;
      for (int t = 0; t < trials; t++) {
        double now = lowered(trial[t], closest, weights);
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

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < b.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /**
   * Lowers squared distances to those before; gives their sum by weight, from four partial sums.
   */
  private static double lowered(double[] squared, double[] before, double[] weights) {
    for (int i = 0; i < weights.length; i++) {
      squared[i] = Math.min(squared[i], before[i]);
    }
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < weights.length; i += 4) {
      s0 += squared[i] * weights[i];
      s1 += squared[i + 1] * weights[i + 1];
      s2 += squared[i + 2] * weights[i + 2];
      s3 += squared[i + 3] * weights[i + 3];
    }
    for (; i < weights.length; i++) {
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
}
