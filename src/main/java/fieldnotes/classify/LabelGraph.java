package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.math.Points;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.Arrays;

/** Labels that pass along a graph of rows. */
final class LabelGraph {
  /** Rows that one thread takes at a time. */
  private static final int BLOCK = 64;

  /** With fewer products in a round, starting threads takes longer than it saves. */
  private static final int FEW = 1_000_000;

  /** For each row the rows it reaches; null: all. */
  private final int[][] reached;

  /** How much of each comes over, shape [rows][reached]. */
  private final double[][] share;

  private LabelGraph(int[][] reached, double[][] share) {
    this.reached = reached;
    this.share = share;
  }

  /**
   * Passes labels on until they stand still.
   *
   * @param alpha what a row takes from others; 0: all, and rows with a class keep it
   */
  static Propagated propagated(
      Learner<?, ?> learner,
      Affinity affinity,
      Samples rows,
      double alpha,
      int rounds,
      double tolerance) {
    Made.refuseWeights(rows, learner);
    Matrix matrix = Made.learnFrom(rows);
    Made made = Made.of(learner, rows);
    int[] codes = Unlabelled.codes(made, rows);
    int classes = made.classes().size();
    double[][] x = matrix.values();
    LabelGraph graph =
        switch (affinity) {
          case Affinity.Rbf(double gamma) -> full(x, gamma);
          case Affinity.Nearest(int neighbours) -> sparse(x, neighbours);
        };
    if (alpha == 0) {
      graph.divideByReached();
    } else {
      graph.divideByRoots();
    }
    double[][] now = new double[x.length][classes];
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] >= 0) {
        now[i][codes[i]] = 1;
      }
    }
    double[][] last = new double[x.length][classes];
    long products = (long) x.length * graph.share[0].length * classes;
    int threads = products < FEW ? 1 : Parallel.threads();
    int round = 0;
    boolean still = false;
    try (Progress progress = Progress.start("label propagation", 0)) {
      while (true) {
        still = change(now, last) < tolerance;
        if (still || round == rounds) {
          break;
        }
        double[][] from = now;
        double[][] to = last;
        Parallel.forEach(
            (x.length + BLOCK - 1) / BLOCK,
            threads,
            b -> {
              int end = Math.min(from.length, (b + 1) * BLOCK);
              for (int i = b * BLOCK; i < end; i++) {
                graph.gather(i, from, to[i]);
                settle(to[i], codes[i], alpha);
              }
            });
        now = to;
        last = from;
        round++;
        progress.advance(1);
      }
    }
    for (double[] row : now) {
      divideBySum(row);
    }
    return new Propagated(made, affinity, x, now, round, still);
  }

  private static double change(double[][] now, double[][] last) {
    double sum = 0;
    for (int i = 0; i < now.length; i++) {
      for (int c = 0; c < now[i].length; c++) {
        sum += Math.abs(now[i][c] - last[i][c]);
      }
    }
    return sum;
  }

  private static void settle(double[] row, int code, double alpha) {
    if (alpha > 0) {
      for (int c = 0; c < row.length; c++) {
        row[c] *= alpha;
      }
      if (code >= 0) {
        row[code] += 1 - alpha;
      }
    } else if (code >= 0) {
      Arrays.fill(row, 0);
      row[code] = 1;
    } else {
      divideBySum(row);
    }
  }

  /** Makes them sum to 1, unless all are 0. */
  static void divideBySum(double[] row) {
    double sum = 0;
    for (double v : row) {
      sum += v;
    }
    if (sum > 0) {
      for (int c = 0; c < row.length; c++) {
        row[c] /= sum;
      }
    }
  }

  private static LabelGraph full(double[][] x, double gamma) {
    long bytes = 8L * x.length * x.length;
    Check.that(
        bytes < Runtime.getRuntime().maxMemory() / 2,
        "every one of %d rows reaching every other takes %d MB, which is too much: choose nearest"
            + " rows with withNeighbours(k)",
        x.length,
        bytes >> 20);
    double[][] share = new double[x.length][];
    Points.ofChecked(x)
        .<Void>forEachRow(
            "label graph",
            x,
            () -> null,
            (i, squared, none) -> {
              double[] row = new double[x.length];
              for (int j = 0; j < row.length; j++) {
                row[j] = Math.exp(-gamma * squared[j]);
              }
              share[i] = row;
            });
    return new LabelGraph(null, share);
  }

  private static LabelGraph sparse(double[][] x, int neighbours) {
    Check.that(
        neighbours <= x.length,
        "neighbours=%d: must be at most the number of rows, %d",
        neighbours,
        x.length);
    double[][] share = new double[x.length][neighbours];
    for (double[] row : share) {
      Arrays.fill(row, 1);
    }
    return new LabelGraph(nearest(Points.ofChecked(x), x, neighbours), share);
  }

  /** The nearest points of each query, of equally near ones the first. */
  static int[][] nearest(Points points, double[][] queries, int neighbours) {
    int[][] index = new int[queries.length][neighbours];
    points.forEachRow(
        "neighbours",
        queries,
        () -> new double[neighbours],
        (i, squared, distances) -> points.nearest(squared, -1, neighbours, index[i], distances));
    return index;
  }

  private int reached(int i, int at) {
    return reached == null ? at : reached[i][at];
  }

  private void divideByReached() {
    for (double[] row : share) {
      divideBySum(row);
    }
  }

  /** The off-diagonal of the negative normalised Laplacian, as SciPy has it. */
  private void divideByRoots() {
    double[] root = new double[share.length];
    for (int i = 0; i < share.length; i++) {
      for (int at = 0; at < share[i].length; at++) {
        int j = reached(i, at);
        if (j == i) {
          share[i][at] = 0;
        } else {
          root[j] += share[i][at];
        }
      }
    }
    for (int i = 0; i < root.length; i++) {
      root[i] = root[i] == 0 ? 1 : Math.sqrt(root[i]);
    }
    for (int i = 0; i < share.length; i++) {
      for (int at = 0; at < share[i].length; at++) {
        share[i][at] = share[i][at] / root[reached(i, at)] / root[i];
      }
    }
  }

  /** What comes over to a row. */
  private void gather(int i, double[][] from, double[] to) {
    Arrays.fill(to, 0);
    double[] row = share[i];
    for (int at = 0; at < row.length; at++) {
      double[] other = from[reached(i, at)];
      for (int c = 0; c < to.length; c++) {
        to[c] += row[at] * other[c];
      }
    }
  }
}
