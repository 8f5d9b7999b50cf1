package fieldnotes.cluster;

import fieldnotes.common.Progress;
import fieldnotes.math.Sums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lloyd's algorithm: rows are assigned to centres, then centres move to the means of their rows.
 * Each round recomputes only what may have changed: distances to centres that moved, and means of
 * clusters that gained or lost rows. The results have the same bits as a full computation.
 */
final class KMeansRounds {
  /** The maximum number of distances that a start stores: 32 MB. */
  private static final int HELD = 1 << 22;

  /** One finished start. Centres are relative to the mean row. */
  record Run(int[] labels, double[][] centres, double inertia, int rounds, boolean settled) {}

  private final CentredRows rows;
  private final int n;
  private final double[][] x;
  private final double[] weights;

  private final int columns;
  private final int[] labels;
  private final double[] squared;
  private final double[] label;

  /** Squared distances to every centre, or null if that would take too much memory. */
  private final double[][] distances;

  private final double[] sums;
  private final double[] weight;
  private final boolean[] changed;
  private double[][] centres;

  private KMeansRounds(CentredRows rows, int k) {
    n = rows.n;
    x = rows.x;
    weights = rows.weights;
    this.rows = rows;
    columns = rows.mean.length;
    labels = new int[n];
    squared = new double[rows.bufferLength()];
    label = new double[squared.length];
    distances = (long) k * n <= HELD ? new double[k][rows.bufferLength()] : null;
    sums = new double[k * columns];
    weight = new double[k];
    changed = new boolean[k];
  }

  /**
   * Runs until the centres settle.
   *
   * @param start relative to the mean row, shape [clusters][columns]
   */
  static Run of(CentredRows rows, double[][] start, KMeansOptions options) {
    return new KMeansRounds(rows, start.length).run(start, options, rows.meanVariance);
  }

  private Run run(double[][] start, KMeansOptions options, double meanVariance) {
    double[][] now = start;
    double tolerance = options.tolerance() * meanVariance;
    boolean strict = false;
    boolean settled = false;
    int round = 0;
    while (round < options.maxRounds() && !settled) {
      Progress.stopIfInterrupted();
      round++;
      strict = !to(now);
      now = means();
      double shift = 0;
      for (int c = 0; c < now.length; c++) {
        shift += rows.between(centres[c], now[c]);
      }
      settled = strict || shift <= tolerance;
    }
    if (!strict) {
      to(now);
    }
    boolean known = Arrays.deepEquals(centres, now);
    double inertia = 0;
    for (int i = 0; i < n; i++) {
      inertia += weights[i] * (known ? squared[i] : rows.between(now[labels[i]], x[i]));
    }
    return new Run(labels, now, inertia, round, settled);
  }

  /** Assigns every row to its nearest centre; returns whether any assignment changed. */
  private boolean to(double[][] next) {
    if (distances != null) {
      List<double[]> moved = new ArrayList<>();
      List<double[]> into = new ArrayList<>();
      for (int c = 0; c < next.length; c++) {
        if (centres == null || !Arrays.equals(next[c], centres[c])) {
          moved.add(next[c]);
          into.add(distances[c]);
        }
      }
      rows.squared(moved.toArray(double[][]::new), into.toArray(double[][]::new));
    }
    rows.nearest(next, distances, label, squared);
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

  /** The mean of each cluster's rows; a cluster without any takes the row farthest off. */
  private double[][] means() {
    for (int c = 0; c < centres.length; c++) {
      if (changed[c]) {
        weight[c] = 0;
        Arrays.fill(sums, c * columns, (c + 1) * columns, 0);
      }
    }
    for (int i = 0; i < n; i++) {
      int c = labels[i];
      if (changed[c]) {
        Sums.add(sums, c * columns, x[i], weights[i]);
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
        rows.divide(means[c], by[c]);
      } else {
        means[c] = centres[c].clone();
      }
    }
    return means;
  }

  private void fill(double[] of, double[] by) {
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
        Sums.add(of, from * columns, x[farthest], -w);
        by[from] -= w;
        Sums.add(of, c * columns, x[farthest], w);
        by[c] = w;
      }
    }
  }
}
