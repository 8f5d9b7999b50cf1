package fieldnotes.tree;

import fieldnotes.math.Pairwise;
import java.util.Arrays;

/** Means and quantiles with NumPy's order of operations. */
final class Averages {
  private Averages() {}

  /** The weighted mean. */
  static double mean(double[] a, double[] weights) {
    double[] products = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      products[i] = a[i] * weights[i];
    }
    return Pairwise.sum(products) / Pairwise.sum(weights);
  }

  /** The quantile of equal weights, between two numbers where it falls there. */
  static double quantile(double[] a, double q) {
    double[] rising = a.clone();
    Arrays.sort(rising);
    double at = q * (rising.length - 1);
    int below = (int) Math.floor(at);
    double t = at - below;
    double low = rising[below];
    double high = rising[Math.min(below + 1, rising.length - 1)];
    return t >= 0.5 ? high - (high - low) * (1 - t) : low + (high - low) * t;
  }

  /** The first number up to which {@code percent} of the weight lies. */
  static double weightedPercentile(double[] a, double[] weights, double percent) {
    double[] rising = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      rising[i] = a[i] + 0.0; // turns -0 into 0
    }
    Arrays.sort(rising);
    int count = 1;
    for (int i = 1; i < rising.length; i++) {
      if (rising[i] != rising[count - 1]) {
        rising[count++] = rising[i];
      }
    }
    double[] running = new double[count];
    for (int i = 0; i < a.length; i++) {
      running[Arrays.binarySearch(rising, 0, count, a[i] + 0.0)] += weights[i];
    }
    for (int i = 1; i < count; i++) {
      running[i] += running[i - 1];
    }
    double wanted = percent / 100 * running[count - 1];
    int at = 0;
    while (at < count - 1 && (running[at] < wanted || running[at] == 0)) {
      at++;
    }
    return rising[at];
  }
}
