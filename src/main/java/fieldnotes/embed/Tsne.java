package fieldnotes.embed;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.math.Magnitude;
import fieldnotes.math.Neighbours;
import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.Table;

/**
 * t-SNE in two dimensions with the Barnes–Hut approximation: a distant group of points repels as
 * one. Rounds, steps and initialization follow scikit-learn.
 *
 * @see "L. van der Maaten, Accelerating t-SNE using tree-based algorithms, 2014"
 * @see "sklearn.manifold.TSNE of scikit-learn 1.9"
 */
public final class Tsne {
  private static final int EXAGGERATED = 250;
  private static final int NOTE_EVERY = 50;
  private static final int PATIENCE = 300;
  private static final double LEAST_GRADIENT = 1e-7;

  private Tsne() {}

  /** Embeds the rows of a table by its numeric columns. */
  public static Embedding fit(Table table, TsneOptions options) {
    return lay(Matrix.ofNumeric(table).requireSquares(table.name()).values(), options);
  }

  /** Embeds rows with perplexity 30, or a third of the number of rows if that is smaller. */
  public static Embedding fit(Rows x, long seed) {
    double third = Math.max(1, (x.matrix().rowCount() - 1) / 3.0);
    return fit(x, TsneOptions.of(seed).withPerplexity(Math.min(30, third)));
  }

  /**
   * Embeds rows.
   *
   * @throws IllegalArgumentException if a number is not finite, or the perplexity is not below the
   *     number of rows
   */
  public static Embedding fit(Rows x, TsneOptions options) {
    return lay(x.matrix().requireSquares("x").values(), options);
  }

  /** Lays out rows, shape [rows][columns]. */
  public static Embedding fit(double[][] x, TsneOptions options) {
    return lay(Magnitude.matrix("x", x), options);
  }

  private static Embedding lay(double[][] x, TsneOptions options) {
    int n = x.length;
    Check.that(
        options.perplexity() < n,
        "perplexity=%s: must be below the number of rows, %d; try %d",
        options.perplexity(),
        n,
        Math.max(1, n / 4));
    List<String> warnings = new ArrayList<>();
    if (3 * options.perplexity() > n - 1) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "perplexity %s is large for %d rows: a third of the rows at most tells more",
              options.perplexity(),
              n));
    }
    int k = Math.min(n - 1, (int) (3 * options.perplexity() + 1));
    Affinities p = Affinities.of(Neighbours.of(x, k), options.perplexity());
    double[][] start = start(x, options);
    double[] y0 = start[0];
    double[] y1 = start[1];
    double[] force0 = new double[n];
    double[] force1 = new double[n];
    double[] step0 = new double[n];
    double[] step1 = new double[n];
    double[] gain0 = new double[n];
    double[] gain1 = new double[n];
    Arrays.fill(gain0, 1);
    Arrays.fill(gain1, 1);
    double rate =
        options.learningRate() > 0
            ? options.learningRate()
            : Math.max(n / options.earlyExaggeration() / 4, 50);
    Repulsion repulsion = new Repulsion(n, options.angle());
    List<Integer> noted = new ArrayList<>();
    List<Double> divergences = new ArrayList<>();
    double best = Double.MAX_VALUE;
    int bestRound = 0;
    try (Progress progress = Progress.start("t-SNE", options.rounds())) {
      for (int round = 1; round <= options.rounds(); round++) {
        boolean early = round <= EXAGGERATED;
        if (round == EXAGGERATED + 1) { // the second phase starts with zero velocity
          Arrays.fill(step0, 0);
          Arrays.fill(step1, 0);
          Arrays.fill(gain0, 1);
          Arrays.fill(gain1, 1);
        }
        double exaggeration = early ? options.earlyExaggeration() : 1;
        double z = repulsion.forces(y0, y1, p, exaggeration, force0, force1);
        double momentum = early ? 0.5 : 0.8;
        double norm = move(y0, force0, step0, gain0, momentum, rate);
        norm += move(y1, force1, step1, gain1, momentum, rate);
        if (round % NOTE_EVERY == 0) {
          double divergence = p.divergence(y0, y1, z);
          noted.add(round);
          divergences.add(divergence);
          progress.note(String.format(Locale.ROOT, "divergence %.3f", divergence));
          if (!early) {
            if (divergence < best) {
              best = divergence;
              bestRound = round;
            } else if (round - bestRound > PATIENCE) {
              break;
            }
            if (Math.sqrt(norm) <= LEAST_GRADIENT) {
              break;
            }
          }
        }
        progress.advance(1);
      }
    }
    double[][] points = new double[n][];
    for (int i = 0; i < n; i++) {
      points[i] = new double[] {y0[i], y1[i]};
    }
    return new Embedding(
        points,
        String.format(Locale.ROOT, "t-SNE (perplexity %s)", options.perplexity()),
        noted.stream().mapToInt(Integer::intValue).toArray(),
        divergences.stream().mapToDouble(Double::doubleValue).toArray(),
        warnings);
  }

  private static double[][] start(double[][] x, TsneOptions options) {
    int n = x.length;
    double[][] y = new double[2][n];
    NumpyRandom random = NumpyRandom.of(options.seed());
    double[][] scores =
        options.randomStart()
            ? new double[0][]
            : Pca.fit(x, PcaOptions.of(Math.min(2, Math.min(n, x[0].length)))).scores().values();
    double deviation = 0;
    for (double[] row : scores) {
      deviation += row[0] * row[0] / n;
    }
    if (deviation == 0) {
      for (int i = 0; i < n; i++) {
        y[0][i] = 1e-4 * random.normal();
        y[1][i] = 1e-4 * random.normal();
      }
      return y;
    }
    double scale = 1e-4 / Math.sqrt(deviation);
    for (int i = 0; i < n; i++) {
      y[0][i] = scores[i][0] * scale;
      // One column has no second component: small random values let points pass each other.
      y[1][i] = scores[i].length > 1 ? scores[i][1] * scale : 1e-6 * random.normal();
    }
    return y;
  }

  /** One step along one axis; returns the squared size of the gradient. */
  private static double move(
      double[] y, double[] force, double[] step, double[] gain, double momentum, double rate) {
    double norm = 0;
    double mean = 0;
    for (int i = 0; i < y.length; i++) {
      double g = force[i];
      norm += g * g;
      gain[i] = step[i] * g < 0 ? gain[i] + 0.2 : Math.max(0.01, gain[i] * 0.8);
      step[i] = momentum * step[i] - rate * gain[i] * g;
      y[i] += step[i];
      mean += y[i];
    }
    mean /= y.length;
    for (int i = 0; i < y.length; i++) {
      y[i] -= mean;
    }
    return norm;
  }

  /** The attraction between neighbours: a sparse symmetric matrix that sums to 1. */
  record Affinities(int[] start, int[] other, double[] value) {

    static Affinities of(Neighbours neighbours, double perplexity) {
      int n = neighbours.index().length;
      int k = neighbours.k();
      double[][] conditional = new double[n][];
      Parallel.forEach(
          (n + 255) / 256,
          chunk -> {
            for (int i = chunk * 256; i < Math.min(n, chunk * 256 + 256); i++) {
              conditional[i] = conditional(neighbours.distances()[i], Math.log(perplexity));
            }
          });
      int[] degree = new int[n + 1];
      for (int i = 0; i < n; i++) {
        degree[i + 1] += k;
        for (int j : neighbours.index()[i]) {
          degree[j + 1]++;
        }
      }
      Arrays.parallelPrefix(degree, Integer::sum);
      int[] next = Arrays.copyOf(degree, n);
      long[] entry = new long[degree[n]];
      double[] raw = new double[degree[n]];
      for (int i = 0; i < n; i++) {
        for (int m = 0; m < k; m++) {
          int j = neighbours.index()[i][m];
          raw[next[i]] = conditional[i][m];
          entry[next[i]++] = j;
          raw[next[j]] = conditional[i][m];
          entry[next[j]++] = i;
        }
      }
      // Both directions of a pair are in its row and are added.
      int[] start = new int[n + 1];
      int[] other = new int[raw.length];
      double[] value = new double[raw.length];
      double[] sum = new double[n];
      int filled = 0;
      double total = 0;
      for (int i = 0; i < n; i++) {
        int first = filled;
        for (int e = degree[i]; e < degree[i + 1]; e++) {
          int j = (int) entry[e];
          if (sum[j] == 0) {
            other[filled++] = j;
          }
          sum[j] += Math.max(raw[e], Double.MIN_NORMAL);
        }
        Arrays.sort(other, first, filled);
        for (int e = first; e < filled; e++) {
          value[e] = sum[other[e]];
          total += value[e];
          sum[other[e]] = 0;
        }
        start[i + 1] = filled;
      }
      for (int e = 0; e < filled; e++) {
        value[e] /= total;
      }
      return new Affinities(start, Arrays.copyOf(other, filled), Arrays.copyOf(value, filled));
    }

    /** A Gaussian over the distances with the requested entropy, found by bisection. */
    private static double[] conditional(double[] distances, double entropy) {
      int k = distances.length;
      double[] p = new double[k];
      double beta = 1;
      double low = Double.NEGATIVE_INFINITY;
      double high = Double.POSITIVE_INFINITY;
      double nearest = distances[0] * distances[0];
      for (int attempt = 0; attempt < 100; attempt++) {
        double sum = 0;
        double weighted = 0;
        for (int m = 0; m < k; m++) {
          double square = distances[m] * distances[m] - nearest;
          p[m] = Math.exp(-square * beta);
          sum += p[m];
          weighted += square * p[m];
        }
        for (int m = 0; m < k; m++) {
          p[m] /= sum;
        }
        double off = Math.log(sum) + beta * weighted / sum - entropy;
        if (Math.abs(off) <= 1e-5) {
          break;
        }
        if (off > 0) {
          low = beta;
          beta = Double.isInfinite(high) ? beta * 2 : (beta + high) / 2;
        } else {
          high = beta;
          beta = Double.isInfinite(low) ? beta / 2 : (beta + low) / 2;
        }
      }
      return p;
    }

    double divergence(double[] y0, double[] y1, double z) {
      double sum = 0;
      for (int i = 0; i + 1 < start.length; i++) {
        for (int e = start[i]; e < start[i + 1]; e++) {
          double d0 = y0[i] - y0[other[e]];
          double d1 = y1[i] - y1[other[e]];
          double q = 1 / (1 + d0 * d0 + d1 * d1) / z;
          sum += value[e] * Math.log(Math.max(value[e], 2.2e-16) / Math.max(q, 2.2e-16));
        }
      }
      return sum;
    }
  }
}
