package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Progress;

/**
 * Sequential minimal optimisation with second-order choice of the pair and with shrinking, step for
 * step as libsvm takes them: minimises ½·αᵀQα + pᵀα with Q = y·K·y, under yᵀα constant and 0 ≤ α ≤
 * C, where every row has its own C.
 *
 * <p>Instead of the gradient G it holds v = −y·G, once for the rows whose y·α may rise ({@code up},
 * otherwise −∞) and once for those whose y·α may fall ({@code low}, otherwise +∞). Signs do not
 * change rounding, so the numbers are libsvm's, and its loops have no branches left.
 *
 * @see "R.-E. Fan, P.-H. Chen and C.-J. Lin, Working set selection using second order information
 *     for training support vector machines, JMLR 6, 2005"
 */
final class Smo {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private final int size;
  private final KernelCache kernel;
  private final double tolerance;
  private final double[] y;
  private final double[] p;
  private final double[] c;
  private final double[] alpha;
  private final PairSearch search;
  private final double[] diagonal;
  private final double[] up;
  private final double[] low;

  /** −y·(the gradient if only the rows at their C counted). */
  private final double[] bound;

  private int active;
  private boolean unshrunk;

  /** The row whose y·α should rise most, or −1. */
  private int top;

  /** Its row of the kernel, once a partner was sought. */
  private float[] topRow;

  private double rho;
  private long iterations;

  /**
   * @param kernel rows in order
   * @param y 1 or −1 each
   * @param p the linear term
   * @param c the largest α of each row, above 0
   * @param alpha where to start; becomes the solution, in order
   */
  private Smo(
      KernelCache kernel, double[] y, double[] p, double[] c, double[] alpha, double tolerance) {
    this.kernel = kernel;
    this.size = y.length;
    this.y = y.clone();
    this.p = p.clone();
    this.c = c.clone();
    this.alpha = alpha.clone();
    this.tolerance = tolerance;
    search = new PairSearch(size);
    diagonal = search.diagonal;
    for (int i = 0; i < size; i++) {
      diagonal[i] = kernel.self(i);
    }
    up = search.up;
    low = search.low;
    bound = new double[size];
    active = size;
    pad();
  }

  /**
   * What was found.
   *
   * @param rho what decisions are diminished by
   */
  record Solution(double rho, long iterations) {}

  /** Solves; see the constructor. */
  static Solution solve(
      KernelRows rows, double[] y, double[] p, double[] c, double[] alpha, double tolerance) {
    Smo smo = new Smo(new KernelCache(rows), y, p, c, alpha, tolerance);
    smo.start();
    smo.loop();
    smo.calculateRho();
    for (int i = 0; i < smo.size; i++) {
      alpha[smo.kernel.original(i)] = smo.alpha[i];
    }
    return new Solution(smo.rho, smo.iterations);
  }

  private boolean atUpper(int i) {
    return alpha[i] >= c[i];
  }

  private boolean atLower(int i) {
    return !atUpper(i) && alpha[i] <= 0;
  }

  private boolean free(int i) {
    return alpha[i] > 0 && alpha[i] < c[i];
  }

  private double v(int i) {
    return up[i] == -INFINITY ? low[i] : up[i];
  }

  /** Sets v of a row, by its α to one side or both. */
  private void place(int i, double v) {
    boolean rises = y[i] > 0 ? !atUpper(i) : !atLower(i);
    boolean falls = y[i] > 0 ? !atLower(i) : !atUpper(i);
    up[i] = rises ? v : -INFINITY;
    low[i] = falls ? v : INFINITY;
  }

  /** Rows beyond the active ones are never chosen. */
  private void pad() {
    for (int i = active; i < up.length; i++) {
      up[i] = -INFINITY;
      low[i] = INFINITY;
    }
  }

  private void start() {
    double[] v = new double[size];
    for (int i = 0; i < size; i++) {
      v[i] = -y[i] * p[i];
    }
    for (int i = 0; i < size; i++) {
      if (!atLower(i)) {
        float[] row = kernel.row(i, size);
        double factor = alpha[i] * y[i];
        for (int k = 0; k < size; k++) {
          v[k] -= factor * row[k];
        }
        if (atUpper(i)) {
          toBound(row, c[i] * y[i]);
        }
      }
    }
    for (int i = 0; i < size; i++) {
      place(i, v[i]);
    }
  }

  private void toBound(float[] row, double factor) {
    for (int k = 0; k < size; k++) {
      bound[k] -= factor * row[k];
    }
  }

  private void loop() {
    long most = Math.max(100_000_000L, 1000L * size);
    int counter = Math.min(size, 1000) + 1;
    top = search.top(active);
    while (true) {
      if (--counter == 0) {
        counter = Math.min(size, 1000);
        Progress.stopIfInterrupted();
        shrink();
        top = search.top(active);
      }
      int j = partner();
      if (j < 0) {
        reconstruct();
        active = size;
        top = search.top(active);
        j = partner();
        if (j < 0) {
          return;
        }
        counter = 1;
      }
      iterations++;
      Check.that(
          iterations <= most,
          "support vectors did not converge in %d iterations: scale the columns (Scaler.standard())"
              + " or lower C",
          most);
      step(top, j);
    }
  }

  /** Moves α of two rows as far as pays, and all v with them. */
  private void step(int i, int j) {
    float[] rowI = topRow;
    float[] rowJ = kernel.row(j, active);
    double oldI = alpha[i];
    double oldJ = alpha[j];
    boolean upperI = atUpper(i);
    boolean upperJ = atUpper(j);
    double vi = v(i);
    double vj = v(j);
    double quadratic = diagonal[i] + diagonal[j] - 2.0 * rowI[j];
    if (quadratic <= 0) {
      quadratic = PairSearch.TAU;
    }
    double gi = -y[i] * vi;
    double gj = -y[j] * vj;
    if (y[i] != y[j]) {
      PairStep.opposite(alpha, c, i, j, (-gi - gj) / quadratic);
    } else {
      PairStep.alike(alpha, c, i, j, (gi - gj) / quadratic);
    }
    place(i, vi);
    place(j, vj);
    double deltaI = y[i] * (alpha[i] - oldI);
    top = search.update(active, rowI, deltaI, rowJ, y[j] * (alpha[j] - oldJ));
    if (upperI != atUpper(i)) {
      toBound(kernel.row(i, size), (upperI ? -c[i] : c[i]) * y[i]);
    }
    if (upperJ != atUpper(j)) {
      toBound(kernel.row(j, size), (upperJ ? -c[j] : c[j]) * y[j]);
    }
  }

  /** The row that lowers the objective most together with the top, or −1 if none is worth it. */
  private int partner() {
    if (top < 0) {
      return -1;
    }
    topRow = kernel.row(top, active);
    int j = search.partner(active, top, topRow);
    return up[top] - search.least < tolerance ? -1 : j;
  }

  /** Works out v of the rows left out, from those at their C and those free. */
  private void reconstruct() {
    if (active == size) {
      return;
    }
    double[] v = new double[size];
    int count = 0;
    for (int j = 0; j < active; j++) {
      count += free(j) ? 1 : 0;
    }
    for (int j = active; j < size; j++) {
      v[j] = bound[j] - y[j] * p[j];
    }
    if ((long) count * size > 2L * active * (size - active)) {
      for (int i = active; i < size; i++) {
        float[] row = kernel.row(i, active);
        for (int j = 0; j < active; j++) {
          if (free(j)) {
            v[i] -= alpha[j] * y[j] * row[j];
          }
        }
      }
    } else {
      for (int i = 0; i < active; i++) {
        if (free(i)) {
          float[] row = kernel.row(i, size);
          double factor = alpha[i] * y[i];
          for (int j = active; j < size; j++) {
            v[j] -= factor * row[j];
          }
        }
      }
    }
    for (int j = active; j < size; j++) {
      place(j, v[j]);
    }
  }

  private void shrink() {
    double highest = -INFINITY;
    double lowest = INFINITY;
    for (int i = 0; i < active; i++) {
      highest = Math.max(highest, up[i]);
      lowest = Math.min(lowest, low[i]);
    }
    if (!unshrunk && highest - lowest <= tolerance * 10) {
      unshrunk = true;
      reconstruct();
      active = size;
    }
    kernel.beginSwaps();
    for (int i = 0; i < active; i++) {
      if (stuck(i, highest, lowest)) {
        active--;
        while (active > i) {
          if (!stuck(active, highest, lowest)) {
            swap(i, active);
            break;
          }
          active--;
        }
      }
    }
    kernel.endSwaps();
    pad();
  }

  /** Whether a row at a bound will stay there, as it seems. */
  private boolean stuck(int i, double highest, double lowest) {
    if (up[i] == -INFINITY) {
      return low[i] > highest;
    }
    return low[i] == INFINITY && up[i] < lowest;
  }

  private void swap(int i, int j) {
    kernel.swap(i, j);
    swap(y, i, j);
    swap(p, i, j);
    swap(c, i, j);
    swap(alpha, i, j);
    swap(diagonal, i, j);
    swap(up, i, j);
    swap(low, i, j);
    swap(bound, i, j);
  }

  private static void swap(double[] a, int i, int j) {
    double value = a[i];
    a[i] = a[j];
    a[j] = value;
  }

  private void calculateRho() {
    double sum = 0;
    int count = 0;
    double highest = -INFINITY;
    double lowest = INFINITY;
    for (int i = 0; i < active; i++) {
      if (free(i)) {
        count++;
        sum -= v(i);
      } else {
        highest = Math.max(highest, up[i]);
        lowest = Math.min(lowest, low[i]);
      }
    }
    rho = count > 0 ? sum / count : -(highest + lowest) / 2;
  }
}
