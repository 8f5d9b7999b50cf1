package fieldnotes.embed;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.math.Magnitude;
import fieldnotes.math.Neighbours;
import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import tech.tablesaw.api.Table;

/**
 * UMAP in two dimensions, with exact neighbours and two principal components as initialization.
 * Smile 6.2.5 has a UMAP too, but it initializes with ARPACK eigenvectors, whose random numbers
 * continue from call to call: a second call with the same seed gives another result.
 *
 * <p>There is no reference for its numbers, so its layouts are judged by what they keep. Over ten
 * seeds ({@code ./workbench bench umap}; mean ± standard deviation), 700 of scikit-learn's digits
 * have trustworthiness of 5 neighbours 0.989 ± 0.001 (Smile's UMAP 0.987 ± 0.001, scikit-learn's
 * t-SNE 0.993 ± 0.001), continuity 0.985 (0.984, 0.988) and recall 0.507 ± 0.007 (0.489 ± 0.005,
 * 0.634 ± 0.002); recall of 15 is 0.636 ± 0.002 (0.638 ± 0.004, 0.675 ± 0.001), of 50 it is 0.660 ±
 * 0.002 (0.665 ± 0.003, 0.680 ± 0.001). Of few rows Smile's keeps a little more: 87 telephone clips
 * have trustworthiness 0.802 ± 0.015 (0.823 ± 0.009, 0.869 ± 0.010). t-SNE keeps most neighbours.
 *
 * @see "L. McInnes, J. Healy and J. Melville, UMAP: uniform manifold approximation and projection
 *     for dimension reduction, 2018"
 * @see "D. Kobak and G. Linderman, Initialization is critical for preserving global data structure
 *     in both t-SNE and UMAP, 2021, for the start"
 */
public final class Umap {
  private static final int NEGATIVES = 5;
  private static final double MOST = 4;

  private Umap() {}

  /** Embeds the rows of a table by its numeric columns. */
  public static Embedding fit(Table table, UmapOptions options) {
    return lay(Matrix.ofNumeric(table).requireSquares(table.name()).values(), options);
  }

  /** Embeds rows with 15 neighbours, or rows − 1 if that is smaller. */
  public static Embedding fit(Rows x, long seed) {
    int others = Math.max(2, x.matrix().rowCount() - 1);
    return fit(x, UmapOptions.of(seed).withNeighbours(Math.min(15, others)));
  }

  /**
   * Embeds rows.
   *
   * @throws IllegalArgumentException if a number is not finite, or if the number of rows is not
   *     above the number of neighbours
   */
  public static Embedding fit(Rows x, UmapOptions options) {
    return lay(x.matrix().requireSquares("x").values(), options);
  }

  /** Lays out rows, shape [rows][columns]. */
  public static Embedding fit(double[][] x, UmapOptions options) {
    return lay(Magnitude.matrix("x", x), options);
  }

  private static Embedding lay(double[][] x, UmapOptions options) {
    int n = x.length;
    Check.that(
        options.neighbours() < n,
        "neighbours=%d: must be below the number of rows, %d; try %d",
        options.neighbours(),
        n,
        Math.max(2, (n - 1) / 2));
    Edges edges = Edges.of(Neighbours.of(x, options.neighbours() - 1));
    double[] y = start(x, options.seed());
    int rounds = options.rounds() > 0 ? options.rounds() : n > 10_000 ? 200 : 500;
    layOut(y, edges, curve(options.minDistance()), rounds, options.seed());
    double[][] points = new double[n][];
    for (int i = 0; i < n; i++) {
      points[i] = new double[] {y[2 * i], y[2 * i + 1]};
    }
    return new Embedding(
        points,
        String.format(
            Locale.ROOT,
            "UMAP (%d neighbours, least distance %s)",
            options.neighbours(),
            options.minDistance()),
        new int[0],
        new double[0],
        List.of());
  }

  /** Two principal components within ±10, plus small random values to separate equal rows. */
  private static double[] start(double[][] x, long seed) {
    int n = x.length;
    int dimensions = Math.min(2, Math.min(n, x[0].length));
    double[][] scores = Pca.fit(x, PcaOptions.of(dimensions)).scores().values();
    double most = 0;
    for (double[] row : scores) {
      for (double v : row) {
        most = Math.max(most, Math.abs(v));
      }
    }
    NumpyRandom random = NumpyRandom.of(seed);
    double[] y = new double[2 * n];
    for (int i = 0; i < n; i++) {
      for (int d = 0; d < 2; d++) {
        double at = d < dimensions && most > 0 ? 10 * scores[i][d] / most : 0;
        y[2 * i + d] = at + (most > 0 ? 1e-4 : 1) * random.normal();
      }
    }
    return y;
  }

  /**
   * Fits a and b so that 1 / (1 + a·d^(2b)) approximates 1 up to the minimum distance and
   * e^(minimum − d) beyond, over d = 0…3, by the Levenberg–Marquardt method.
   */
  static double[] curve(double least) {
    int count = 300;
    double a = 1;
    double b = 1;
    double damping = 1e-3;
    double loss = loss(a, b, least, count);
    for (int step = 0; step < 500 && damping < 1e12; step++) {
      double aa = 0;
      double ab = 0;
      double bb = 0;
      double ra = 0;
      double rb = 0;
      for (int i = 1; i < count; i++) {
        double d = 3.0 * i / (count - 1);
        double power = Math.pow(d, 2 * b);
        double value = 1 / (1 + a * power);
        double byA = -power * value * value;
        double byB = -2 * a * power * Math.log(d) * value * value;
        double rest = (d < least ? 1 : Math.exp(least - d)) - value;
        aa += byA * byA;
        ab += byA * byB;
        bb += byB * byB;
        ra += byA * rest;
        rb += byB * rest;
      }
      double da = aa * (1 + damping);
      double db = bb * (1 + damping);
      double determinant = da * db - ab * ab;
      double nextA = a + (ra * db - rb * ab) / determinant;
      double nextB = b + (rb * da - ra * ab) / determinant;
      double next = nextA > 0 && nextB > 0 ? loss(nextA, nextB, least, count) : Double.MAX_VALUE;
      if (next < loss) {
        a = nextA;
        b = nextB;
        loss = next;
        damping /= 10;
      } else {
        damping *= 10;
      }
    }
    return new double[] {a, b};
  }

  private static double loss(double a, double b, double least, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double d = 3.0 * i / (count - 1);
      double rest = (d < least ? 1 : Math.exp(least - d)) - 1 / (1 + a * Math.pow(d, 2 * b));
      sum += rest * rest;
    }
    return sum;
  }

  /** Attracts the ends of edges in proportion to their weight, and repels random pairs. */
  private static void layOut(double[] y, Edges edges, double[] curve, int rounds, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = y.length / 2;
    double a = curve[0];
    double b = curve[1];
    int count = edges.from.length;
    double heaviest = Arrays.stream(edges.weight).max().orElse(1);
    double[] every = new double[count];
    double[] due = new double[count];
    double[] dueApart = new double[count];
    for (int e = 0; e < count; e++) {
      every[e] = edges.weight[e] * rounds < heaviest ? -1 : heaviest / edges.weight[e];
      due[e] = every[e];
      dueApart[e] = every[e] / NEGATIVES;
    }
    try (Progress progress = Progress.start("UMAP", rounds)) {
      for (int round = 0; round < rounds; round++) {
        double rate = 1 - (double) round / rounds;
        for (int e = 0; e < count; e++) {
          if (every[e] < 0 || due[e] > round) {
            continue;
          }
          int i = 2 * edges.from[e];
          int j = 2 * edges.to[e];
          double d0 = y[i] - y[j];
          double d1 = y[i + 1] - y[j + 1];
          double square = d0 * d0 + d1 * d1;
          if (square > 0) {
            double power = Math.pow(square, b);
            double pull = -2 * a * b * power / square / (1 + a * power);
            double g0 = Math.clamp(pull * d0, -MOST, MOST) * rate;
            double g1 = Math.clamp(pull * d1, -MOST, MOST) * rate;
            y[i] += g0;
            y[i + 1] += g1;
            y[j] -= g0;
            y[j + 1] -= g1;
          }
          due[e] += every[e];
          double step = every[e] / NEGATIVES;
          int times = (int) ((round - dueApart[e]) / step);
          for (int t = 0; t < times; t++) {
            int k = 2 * random.nextInt(n);
            if (k == i) {
              continue;
            }
            double e0 = y[i] - y[k];
            double e1 = y[i + 1] - y[k + 1];
            double far = e0 * e0 + e1 * e1;
            if (far > 0) {
              double push = 2 * b / ((0.001 + far) * (1 + a * Math.pow(far, b)));
              y[i] += Math.clamp(push * e0, -MOST, MOST) * rate;
              y[i + 1] += Math.clamp(push * e1, -MOST, MOST) * rate;
            }
          }
          dueApart[e] += times * step;
        }
        progress.advance(1);
      }
    }
  }

  /** The weighted neighbour graph, with one edge for each direction of a pair. */
  private static final class Edges {
    final int[] from;
    final int[] to;
    final double[] weight;

    private Edges(int[] from, int[] to, double[] weight) {
      this.from = from;
      this.to = to;
      this.weight = weight;
    }

    static Edges of(Neighbours near) {
      int n = near.index().length;
      int k = near.k();
      double mean =
          Arrays.stream(near.distances()).flatMapToDouble(Arrays::stream).average().orElse(0);
      double[][] sure = new double[n][];
      Parallel.forEach(
          n, i -> sure[i] = sure(near.distances()[i], Math.log(k + 1) / Math.log(2), mean));
      // One entry per direction; two weights of a pair combine like independent probabilities.
      int[] start = new int[n + 1];
      for (int i = 0; i < n; i++) {
        start[i + 1] += k;
        for (int j : near.index()[i]) {
          start[j + 1]++;
        }
      }
      Arrays.parallelPrefix(start, Integer::sum);
      int[] next = Arrays.copyOf(start, n);
      int[] other = new int[start[n]];
      double[] value = new double[start[n]];
      for (int i = 0; i < n; i++) {
        for (int m = 0; m < k; m++) {
          int j = near.index()[i][m];
          other[next[i]] = j;
          value[next[i]++] = sure[i][m];
          other[next[j]] = i;
          value[next[j]++] = sure[i][m];
        }
      }
      int[] from = new int[start[n]];
      int[] to = new int[start[n]];
      double[] weight = new double[start[n]];
      int[] at = new int[n];
      int count = 0;
      for (int i = 0; i < n; i++) {
        int first = count;
        for (int e = start[i]; e < start[i + 1]; e++) {
          int j = other[e];
          int known = at[j] - 1;
          if (known >= first && known < count && to[known] == j) {
            weight[known] = weight[known] + value[e] - weight[known] * value[e];
          } else {
            from[count] = i;
            to[count] = j;
            weight[count++] = value[e];
            at[j] = count;
          }
        }
      }
      return new Edges(
          Arrays.copyOf(from, count), Arrays.copyOf(to, count), Arrays.copyOf(weight, count));
    }

    /** Weights: 1 for the nearest, decreasing so that they sum to {@code target}. */
    private static double[] sure(double[] distances, double target, double meanOfAll) {
      double nearest = 0;
      for (double d : distances) {
        if (d > 0) {
          nearest = d;
          break;
        }
      }
      double low = 0;
      double high = Double.POSITIVE_INFINITY;
      double width = 1;
      for (int attempt = 0; attempt < 64; attempt++) {
        double sum = 0;
        for (double d : distances) {
          sum += d > nearest ? Math.exp(-(d - nearest) / width) : 1;
        }
        if (Math.abs(sum - target) < 1e-5) {
          break;
        }
        if (sum > target) {
          high = width;
          width = (low + high) / 2;
        } else {
          low = width;
          width = Double.isInfinite(high) ? width * 2 : (low + high) / 2;
        }
      }
      double mean = nearest > 0 ? Arrays.stream(distances).average().orElse(0) : meanOfAll;
      width = Math.max(width, 1e-3 * mean);
      double[] sure = new double[distances.length];
      for (int m = 0; m < sure.length; m++) {
        double beyond = distances[m] - nearest;
        sure[m] = beyond <= 0 || width == 0 ? 1 : Math.exp(-beyond / width);
      }
      return sure;
    }
  }
}
