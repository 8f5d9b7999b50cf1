package fieldnotes.tree;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.math.NumpyRandom;
import java.util.Arrays;

/**
 * Columns sorted into at most 255 bins: a bin for each value where there are few, otherwise bins of
 * about equally many rows. Bins and their bounds are scikit-learn's.
 */
final class HistogramBins {
  /** The most rows that bounds are made of. */
  private static final int SAMPLE = 200_000;

  /** Columns that are read from the rows in one go: eight doubles are a line of the cache. */
  private static final int TOGETHER = 8;

  private static final double LARGEST = 1e300;

  /** The number of rows. */
  final int rows;

  /** Per column, rising: values up to {@code bounds[column][b]} are in bins 0…b. */
  final double[][] bounds;

  /** The bin of each row as an unsigned byte, shape [columns][rows]. */
  final byte[][] cells;

  private HistogramBins(int rows, int columns) {
    this.rows = rows;
    bounds = new double[columns][];
    cells = new byte[columns][];
  }

  /**
   * Bins of some rows.
   *
   * @param x shape [rows][columns]
   * @param rows the rows to take, in order
   * @param weights weight of each of those, or null; rows without weight make no bounds
   * @param most bins of a column at most
   * @param seed draws the rows that bounds are made of, if there are very many
   */
  static HistogramBins of(double[][] x, int[] rows, double[] weights, int most, long seed) {
    HistogramBins bins = new HistogramBins(rows.length, x[0].length);
    int[] sample = rows.length > SAMPLE ? sample(rows.length, weights, seed) : null;
    double[] counting = sample == null ? weights : null;
    int groups = (bins.bounds.length + TOGETHER - 1) / TOGETHER;
    Parallel.forEach(groups, group -> bins.columns(x, rows, group, sample, counting, most));
    return bins;
  }

  private static int[] sample(int rows, double[] weights, long seed) {
    NumpyRandom random = NumpyRandom.of(seed);
    int[] drawn = new int[SAMPLE];
    if (weights == null) {
      Arrays.setAll(drawn, i -> random.upTo(rows - 1));
      return drawn;
    }
    double sum = Arrays.stream(weights).sum();
    double[] running = new double[rows];
    double total = 0;
    for (int i = 0; i < rows; i++) {
      total += weights[i] / sum;
      running[i] = total;
    }
    for (int i = 0; i < rows; i++) {
      running[i] /= total;
    }
    for (int i = 0; i < SAMPLE; i++) {
      drawn[i] = Math.min(rows - 1, above(running, random.uniform()));
    }
    return drawn;
  }

  /** The number of values that are at most this. */
  private static int above(double[] rising, double value) {
    int from = 0;
    int to = rising.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (rising[middle] <= value) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  private void columns(
      double[][] x, int[] which, int group, int[] sample, double[] weights, int most) {
    int first = group * TOGETHER;
    int many = Math.min(TOGETHER, bounds.length - first);
    double[][] values = new double[many][rows];
    for (int i = 0; i < rows; i++) {
      double[] row = x[which[i]];
      for (int j = 0; j < many; j++) {
        values[j][i] = row[first + j] + 0.0; // turns -0 into 0
      }
    }
    for (int j = 0; j < many; j++) {
      double[] column = values[j];
      double[] rising;
      if (sample != null) {
        rising = new double[sample.length];
        for (int i = 0; i < rising.length; i++) {
          rising[i] = column[sample[i]];
        }
      } else {
        rising = column.clone();
      }
      bounds[first + j] = bounds(rising, weights, most);
      cells[first + j] = cells(column, bounds[first + j]);
    }
  }

  /** The bounds between bins; may sort the values in place. */
  static double[] bounds(double[] values, double[] weights, int most) {
    double[] used = values;
    double[] original = null;
    if (weights != null) {
      original = values.clone();
      int kept = 0;
      for (int i = 0; i < values.length; i++) {
        if (weights[i] != 0) {
          used[kept++] = values[i];
        }
      }
      Check.that(kept > 0, "weights are 0 in all %d rows to learn from", values.length);
      used = Arrays.copyOf(used, kept);
    }
    Arrays.sort(used);
    int distinct = 1;
    double[] different = new double[used.length];
    different[0] = used[0];
    for (int i = 1; i < used.length; i++) {
      if (used[i] != used[i - 1]) {
        different[distinct++] = used[i];
      }
    }
    different = Arrays.copyOf(different, distinct);
    double[] found;
    if (distinct <= most) {
      found = new double[distinct - 1];
      for (int b = 0; b < found.length; b++) {
        found[b] = (different[b] + different[b + 1]) / 2;
      }
    } else if (weights == null) {
      found = quantiles(used, most);
    } else {
      found = quantiles(original, weights, different, most);
    }
    return clean(found);
  }

  /** Bounds so that bins have about equally many values: NumPy's averaged inverted CDF. */
  private static double[] quantiles(double[] rising, int bins) {
    double step = 100.0 / bins;
    double[] found = new double[bins - 1];
    for (int b = 1; b < bins; b++) {
      double place = rising.length * (b * step / 100) - 1;
      int at = (int) Math.floor(place);
      double low = rising[Math.clamp(at, 0, rising.length - 1)];
      double high = rising[Math.clamp(at + 1L, 0, rising.length - 1)];
      found[b - 1] = place == at ? high - (high - low) * 0.5 : high;
    }
    return found;
  }

  /** The same with weights. */
  private static double[] quantiles(
      double[] values, double[] weights, double[] different, int bins) {
    double[] running = new double[different.length];
    for (int i = 0; i < values.length; i++) {
      if (weights[i] != 0) {
        running[Arrays.binarySearch(different, values[i])] += weights[i];
      }
    }
    for (int i = 1; i < running.length; i++) {
      running[i] += running[i - 1];
    }
    double step = 100.0 / bins;
    double[] found = new double[bins - 1];
    int at = 0;
    for (int b = 1; b < bins; b++) {
      double wanted = b * step / 100 * running[running.length - 1];
      while (at < running.length - 1 && running[at] < wanted) {
        at++;
      }
      boolean between = running[at] - wanted <= Math.ulp(1.0);
      double next = different[Math.min(at + 1, different.length - 1)];
      found[b - 1] = between ? (different[at] + next) / 2 : different[at];
    }
    return found;
  }

  /** Each bound once, none infinite. */
  private static double[] clean(double[] found) {
    int kept = 0;
    for (int b = 0; b < found.length; b++) {
      if (kept == 0 || found[b] != found[kept - 1]) {
        found[kept++] = found[b];
      }
    }
    double[] clean = Arrays.copyOf(found, kept);
    for (int b = 0; b < kept; b++) {
      clean[b] = Math.min(clean[b], LARGEST);
    }
    return clean;
  }

  private static byte[] cells(double[] column, double[] bounds) {
    byte[] cells = new byte[column.length];
    if (bounds.length > 0) {
      for (int i = 0; i < cells.length; i++) {
        cells[i] = (byte) bin(bounds, column[i]);
      }
    }
    return cells;
  }

  /** The number of bounds below a value. */
  private static int bin(double[] bounds, double value) {
    int from = 0;
    for (int length = bounds.length; length > 1; ) {
      int half = length >>> 1;
      from += bounds[from + half - 1] < value ? half : 0;
      length -= half;
    }
    return from + (bounds[from] < value ? 1 : 0);
  }
}
