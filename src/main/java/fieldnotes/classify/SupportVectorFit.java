package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.math.SymmetricEigen;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Fits a machine of support vectors to each pair of classes, in libsvm's order. */
final class SupportVectorFit {
  /** Rows of which the eigenvalues of a kernel of one's own are looked at. */
  private static final int LOOKED_AT = 200;

  private final double[][] x;
  private final double[] weights;
  private final int[][] members;

  /** The rows of each class that have a weight. */
  SupportVectorFit(double[][] x, int[] codes, double[] weights, int classes) {
    this.x = x;
    this.weights = weights;
    int[] kept = weighted(x.length, weights);
    members =
        IntStream.range(0, classes)
            .mapToObj(c -> Arrays.stream(kept).filter(i -> codes[i] == c).toArray())
            .toArray(int[][]::new);
  }

  /** What is learnt: support vectors by class, and of each pair its coefficients and its rho. */
  record Learnt(int[] rows, int[] counts, double[][] coefficients, double[] rhos, long steps) {}

  /** The rows whose weight is above 0. */
  static int[] weighted(int rows, double[] weights) {
    return IntStream.range(0, rows).filter(i -> weights == null || weights[i] > 0).toArray();
  }

  static int[] nonZero(double[] alpha) {
    return IntStream.range(0, alpha.length).filter(i -> Math.abs(alpha[i]) > 0).toArray();
  }

  /** Σ a·b over a range, four sums at a time. */
  static double dot(double[] a, double[] b, int from, int to) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < to; i++) {
      s0 += a[i] * b[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  Learnt fit(Kernel kernel, double c, double tolerance) {
    int classes = members.length;
    int pairs = classes * (classes - 1) / 2;
    double[][] alphas = new double[pairs][];
    Smo.Solution[] solutions = new Smo.Solution[pairs];
    Parallel.forEach(
        pairs,
        p -> {
          int[] pair = pair(p, classes);
          double[] alpha = new double[members[pair[0]].length + members[pair[1]].length];
          solutions[p] = fit(kernel, members[pair[0]], members[pair[1]], c, tolerance, alpha);
          alphas[p] = alpha;
        });
    return join(alphas, solutions);
  }

  /** The classes of a pair, counted as libsvm does: 0 and 1, 0 and 2 … 1 and 2 … */
  static int[] pair(int number, int classes) {
    int first = 0;
    int left = number;
    while (left >= classes - 1 - first) {
      left -= classes - 1 - first;
      first++;
    }
    return new int[] {first, first + 1 + left};
  }

  private Smo.Solution fit(
      Kernel kernel, int[] first, int[] second, double c, double tolerance, double[] alpha) {
    int size = alpha.length;
    double[][] rows = new double[size][];
    double[] y = new double[size];
    double[] largest = new double[size];
    for (int i = 0; i < size; i++) {
      int row = i < first.length ? first[i] : second[i - first.length];
      rows[i] = x[row];
      y[i] = i < first.length ? 1 : -1;
      largest[i] = weights == null ? c : weights[row] * c;
    }
    double[] p = new double[size];
    Arrays.fill(p, -1);
    Smo.Solution found = Smo.solve(KernelRows.of(kernel, rows), y, p, largest, alpha, tolerance);
    for (int i = first.length; i < size; i++) {
      alpha[i] = -alpha[i];
    }
    return found;
  }

  private Learnt join(double[][] alphas, Smo.Solution[] solutions) {
    int classes = members.length;
    boolean[] used = new boolean[x.length];
    for (int p = 0; p < alphas.length; p++) {
      int[] pair = pair(p, classes);
      int[] first = members[pair[0]];
      for (int i : nonZero(alphas[p])) {
        used[i < first.length ? first[i] : members[pair[1]][i - first.length]] = true;
      }
    }
    int[] counts = new int[classes];
    int[] rows = Arrays.stream(members).flatMapToInt(Arrays::stream).filter(i -> used[i]).toArray();
    int[] place = new int[x.length];
    for (int s = 0; s < rows.length; s++) {
      place[rows[s]] = s;
    }
    double[][] coefficients = new double[classes - 1][rows.length];
    double[] rhos = new double[alphas.length];
    long steps = 0;
    for (int p = 0; p < alphas.length; p++) {
      int[] pair = pair(p, classes);
      int[] first = members[pair[0]];
      for (int i : nonZero(alphas[p])) {
        if (i < first.length) {
          coefficients[pair[1] - 1][place[first[i]]] = alphas[p][i];
        } else {
          coefficients[pair[0]][place[members[pair[1]][i - first.length]]] = alphas[p][i];
        }
      }
      rhos[p] = solutions[p].rho();
      steps += solutions[p].iterations();
    }
    for (int c = 0; c < classes; c++) {
      counts[c] = (int) Arrays.stream(members[c]).filter(i -> used[i]).count();
    }
    return new Learnt(rows, counts, coefficients, rhos, steps);
  }

  /** Refuses a kernel of one's own that is not symmetric or not positive semi-definite. */
  static void requirePositive(Kernel.Own own, double[][] x) {
    int n = Math.min(x.length, LOOKED_AT);
    double[][] values = new double[n][n];
    double largest = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        int a = (int) ((long) i * x.length / n);
        int b = (int) ((long) j * x.length / n);
        values[i][j] = own.function().of(x[a], x[b]);
        Check.that(
            Double.isFinite(values[i][j]),
            "%s gives %s for rows %d and %d: its values must be finite; scale the columns or correct"
                + " the function",
            own,
            values[i][j],
            a,
            b);
        largest = Math.max(largest, Math.abs(values[i][j]));
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        Check.that(
            Math.abs(values[i][j] - values[j][i]) <= 1e-9 * largest,
            "%s is not symmetric: it gives %s for rows %d and %d, but %s the other way round;"
                + " use the mean of both",
            own,
            values[i][j],
            (long) i * x.length / n,
            (long) j * x.length / n,
            values[j][i]);
      }
    }
    double least = SymmetricEigen.of(values).values[n - 1];
    Check.that(
        least >= -1e-9 * largest * n,
        "%s is not positive semi-definite: the least eigenvalue on %d of the rows is %.6g; choose"
            + " sums, products or e^ of kernels that are, or Kernel.rbf()",
        own,
        n,
        least);
  }
}
