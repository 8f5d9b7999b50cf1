package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.math.NumpyRandom;
import java.util.Arrays;

/** Rows and columns drawn as NumPy and scikit-learn draw them. */
final class Draws {
  private Draws() {}

  /**
   * Numbers from 0 to {@code count} − 1, none twice, as scikit-learn 1.9's {@code
   * sample_without_replacement}: in the order drawn, or in their own order if all are drawn.
   */
  static int[] without(NumpyRandom random, int count, int drawn) {
    double ratio = drawn / (double) count;
    if (ratio > 0.01 && ratio < 0.99) {
      return Arrays.copyOf(random.permutation(count), drawn);
    }
    return ratio < 0.2 ? few(random, count, drawn) : nearlyAll(random, count, drawn);
  }

  private static int[] few(NumpyRandom random, int count, int drawn) {
    boolean[] taken = new boolean[count];
    int[] chosen = new int[drawn];
    for (int i = 0; i < drawn; i++) {
      int one = random.upTo(count - 1);
      while (taken[one]) {
        one = random.upTo(count - 1);
      }
      taken[one] = true;
      chosen[i] = one;
    }
    return chosen;
  }

  private static int[] nearlyAll(NumpyRandom random, int count, int drawn) {
    int[] chosen = new int[drawn];
    Arrays.setAll(chosen, i -> i);
    for (int i = drawn; i < count; i++) {
      int at = random.upTo(i);
      if (at < drawn) {
        chosen[at] = i;
      }
    }
    return chosen;
  }

  /**
   * Numbers drawn in proportion to their shares, as {@code RandomState.choice(count, drawn,
   * replace, p)}.
   *
   * @param shares at least 0, not all 0
   * @param repeats whether a number may be drawn more than once
   */
  static int[] byShare(NumpyRandom random, double[] shares, int drawn, boolean repeats) {
    double sum = Arrays.stream(shares).sum();
    double[] p = Arrays.stream(shares).map(s -> s / sum).toArray();
    if (repeats) {
      double[] cumulative = cumulative(p);
      int[] chosen = new int[drawn];
      Arrays.setAll(chosen, _ -> above(cumulative, random.uniform()));
      return chosen;
    }
    long possible = Arrays.stream(p).filter(s -> s > 0).count();
    Check.that(
        possible >= drawn,
        "%d rows are to be drawn without repeats, but only %d have a weight above 0: draw fewer",
        drawn,
        possible);
    int[] chosen = new int[drawn];
    int found = 0;
    while (found < drawn) {
      double[] uniform = new double[drawn - found];
      Arrays.setAll(uniform, _ -> random.uniform());
      double[] cumulative = cumulative(p);
      for (double u : uniform) {
        int one = above(cumulative, u);
        if (p[one] > 0) { // not drawn yet
          p[one] = 0;
          chosen[found++] = one;
        }
      }
    }
    return chosen;
  }

  private static double[] cumulative(double[] p) {
    double[] cumulative = new double[p.length];
    double all = 0;
    for (int i = 0; i < p.length; i++) {
      all += p[i];
      cumulative[i] = all;
    }
    for (int i = 0; i < p.length; i++) {
      cumulative[i] /= all;
    }
    return cumulative;
  }

  /** The first entry above a number. */
  private static int above(double[] cumulative, double u) {
    int from = 0;
    int to = cumulative.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (cumulative[middle] <= u) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
