package fieldnotes.tree;

import java.util.Arrays;

/** Means and quantiles with NumPy's order of operations. */
final class Averages {
  private static final int BLOCK = 128;

  private Averages() {}

  /** The sum of {@code count} numbers, pairwise in blocks of 128. */
  static double sum(double[] a, int from, int count) {
    if (count < 8) {
      return inOrder(a, from, count);
    }
    if (count > BLOCK) {
      int half = count / 2;
      half -= half % 8;
      return sum(a, from, half) + sum(a, from + half, count - half);
    }
    double s0 = a[from];
    double s1 = a[from + 1];
    double s2 = a[from + 2];
    double s3 = a[from + 3];
    double s4 = a[from + 4];
    double s5 = a[from + 5];
    double s6 = a[from + 6];
    double s7 = a[from + 7];
    int end = from + count - count % 8;
    for (int i = from + 8; i < end; i += 8) {
      s0 += a[i];
      s1 += a[i + 1];
      s2 += a[i + 2];
      s3 += a[i + 3];
      s4 += a[i + 4];
      s5 += a[i + 5];
      s6 += a[i + 6];
      s7 += a[i + 7];
    }
    double sum = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    for (int i = end; i < from + count; i++) {
      sum += a[i];
    }
    return sum;
  }

  private static double inOrder(double[] a, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += a[i];
    }
    return sum;
  }

  /** The sum of numbers one after the other. */
  static double inOrder(double[] a) {
    return inOrder(a, 0, a.length);
  }

  static double sum(double[] a) {
    return sum(a, 0, a.length);
  }

  /** The weighted mean. */
  static double mean(double[] a, double[] weights) {
    double[] products = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      products[i] = a[i] * weights[i];
    }
    return sum(products) / sum(weights);
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
