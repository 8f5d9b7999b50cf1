package fieldnotes.detect;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;

/**
 * The weighted mean of the scores of neighbouring windows, with triangular weights: of three
 * windows 1 : 2 : 1. At the ends of a stream, of those that are there.
 */
final class Smoother {
  private final int half;
  private final ArrayDeque<double[]> kept = new ArrayDeque<>();

  /** Index of the first window kept. */
  private long first;

  private long next;

  Smoother(int windows) {
    half = windows / 2;
  }

  /** Adds the scores of a window; returns the mean around a window before, or null. */
  double[] push(double[] scores) {
    kept.add(scores);
    return first + kept.size() > next + half ? mean() : null;
  }

  /** At the end of the stream: the mean around the next window, or null after the last. */
  double[] rest() {
    return next < first + kept.size() ? mean() : null;
  }

  private double[] mean() {
    double[] sum = new double[kept.getFirst().length];
    double weights = 0;
    long at = first;
    for (Iterator<double[]> each = kept.iterator(); each.hasNext(); at++) {
      double[] scores = each.next();
      double weight = half + 1 - Math.abs(at - next);
      if (weight <= 0) {
        continue;
      }
      weights += weight;
      for (int c = 0; c < sum.length; c++) {
        sum[c] += weight * scores[c];
      }
    }
    double all = weights;
    Arrays.setAll(sum, c -> sum[c] / all);
    next++;
    while (!kept.isEmpty() && first < next - half) {
      kept.remove();
      first++;
    }
    return sum;
  }
}
