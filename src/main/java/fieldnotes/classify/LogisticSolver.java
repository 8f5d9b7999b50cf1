package fieldnotes.classify;

import fieldnotes.common.Progress;
import fieldnotes.math.Cholesky;
import java.util.Optional;

/**
 * Finds the parameters of the least penalised loss. Without an L1 penalty by L-BFGS, which begins
 * from the exact second derivatives at zero, the cross products of the columns, so that neither
 * units nor dependence of columns slow it down. With one by accelerated proximal gradient steps in
 * the metric of the same cross products, each found by coordinate descent.
 *
 * @see "D. C. Liu and J. Nocedal, On the limited memory BFGS method, 1989"
 * @see "D. Böhning, Multinomial logistic regression algorithm, 1992"
 * @see "B. O'Donoghue and E. Candès, Adaptive restart for accelerated gradient schemes, 2015"
 */
final class LogisticSolver {
  /** Where L-BFGS stops: the squared length of a step in the metric of the second derivatives. */
  private static final double STEP = 1e-18;

  /** The same for proximal steps, which are short for all that is left to go. */
  private static final double PROXIMAL_STEP = 1e-20;

  /** Where it is good enough if rounding allows no further step. */
  private static final double LAST_STEP = 1e-15;

  /** With more columns L-BFGS begins from the squares of the columns only. */
  private static final int MOST_COLUMNS = 1000;

  /** What is added to the diagonal, relative to it, for columns that depend on others. */
  private static final double JITTER = 1e-10;

  private static final int MEMORY = 20;

  private static final int TRIALS = 60;

  private static final int SWEEPS = 1000;

  private final LogisticLoss loss;
  private final double l1;
  private final double l2;
  private final int most;

  /** The parameters found, see {@link LogisticLoss}. */
  final double[] parameters;

  /** The number of steps. */
  int iterations;

  /** Whether it ended because steps were small. */
  boolean converged;

  /** What was found at the latest parameters that were tried. */
  LogisticLoss.Value value;

  /**
   * Solves.
   *
   * @param l1 penalty on the sizes of coefficients, relative to the mean loss
   * @param l2 penalty on half their squares
   * @param most the most iterations
   */
  LogisticSolver(LogisticLoss loss, double l1, double l2, int most) {
    this.loss = loss;
    this.l1 = l1;
    this.l2 = l2;
    this.most = most;
    parameters = new double[loss.length()];
    if (l1 > 0) {
      proximal();
    } else {
      smooth();
    }
  }

  /** The loss with the squared penalty, and its gradient. */
  private double at(double[] w, double[] gradient) {
    value = loss.at(w, gradient);
    double squares = 0;
    for (int i = 0; i < loss.columns * loss.width; i++) {
      squares += w[i] * w[i];
      gradient[i] += l2 * w[i];
    }
    return value.loss() + l2 / 2 * squares;
  }

  private void smooth() {
    Start start = new Start();
    Memory memory = new Memory(start);
    double[] gradient = new double[loss.length()];
    double now = at(parameters, gradient);
    while (iterations < most && !(l2 == 0 && value.separated())) {
      Progress.stopIfInterrupted();
      double[] down = start.solve(gradient);
      double left = dot(gradient, down);
      if (left <= STEP) {
        converged = true;
        return;
      }
      double[] direction = memory.direction(gradient);
      double slope = dot(gradient, direction);
      if (!(slope < 0)) {
        memory.clear();
        direction = down;
        for (int i = 0; i < direction.length; i++) {
          direction[i] = -direction[i];
        }
        slope = -left;
      }
      double[] before = parameters.clone();
      double[] gradientBefore = gradient.clone();
      now = search(direction, slope, now, gradient);
      if (Double.isNaN(now)) {
        System.arraycopy(before, 0, parameters, 0, before.length);
        converged = left <= LAST_STEP;
        return;
      }
      iterations++;
      memory.add(before, parameters, gradientBefore, gradient);
    }
  }

  /**
   * Goes along a direction until the slope has become flatter (weak Wolfe conditions).
   *
   * @param gradient replaced by that of the parameters found
   * @return the penalised loss there; NaN if rounding hides every decrease
   */
  private double search(double[] direction, double slope, double now, double[] gradient) {
    double[] from = parameters.clone();
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double t = 1;
    for (int trial = 0; trial < TRIALS; trial++) {
      for (int i = 0; i < from.length; i++) {
        parameters[i] = from[i] + t * direction[i];
      }
      double there = at(parameters, gradient);
      double slopeThere = dot(gradient, direction);
      boolean lower = there <= now + 1e-4 * t * slope;
      // near the end differences of losses are rounding, while slopes still tell
      boolean flat = there <= now + 1e-13 * Math.abs(now) && slopeThere <= -0.9998 * slope;
      if (!lower && !flat) {
        high = t;
        t = (low + high) / 2;
      } else if (slopeThere < 0.9 * slope) {
        low = t;
        t = high < Double.POSITIVE_INFINITY ? (low + high) / 2 : 2 * t;
      } else {
        return there;
      }
    }
    return Double.NaN;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** The second derivatives at zero, where every class is equally likely, ready to solve with. */
  private final class Start {
    private final double curvature = loss.scores == 1 ? 0.25 : 1.0 / loss.scores;
    private final double[] diagonal = new double[loss.columns];
    private final Optional<Cholesky> factor;

    Start() {
      double[][] products = loss.columns <= MOST_COLUMNS ? loss.products() : null;
      double[] squares = products == null ? loss.squares() : diagonal(products);
      for (int i = 0; i < diagonal.length; i++) {
        double own = curvature * squares[i] * (1 + JITTER) + l2;
        diagonal[i] = own > 0 ? own : 1;
      }
      factor = products == null ? Optional.empty() : factor(products);
    }

    private static double[] diagonal(double[][] matrix) {
      double[] diagonal = new double[matrix.length];
      for (int i = 0; i < diagonal.length; i++) {
        diagonal[i] = matrix[i][i];
      }
      return diagonal;
    }

    private Optional<Cholesky> factor(double[][] products) {
      for (int i = 0; i < diagonal.length; i++) {
        for (int j = 0; j < i; j++) {
          products[i][j] *= curvature;
        }
        products[i][i] = diagonal[i];
      }
      return Cholesky.of(products);
    }

    double[] solve(double[] gradient) {
      double[] solved = gradient.clone();
      if (factor.isPresent()) {
        factor.get().solve(solved, loss.width);
      } else {
        for (int i = 0; i < diagonal.length; i++) {
          for (int c = 0; c < loss.width; c++) {
            solved[i * loss.width + c] /= diagonal[i];
          }
        }
      }
      for (int i = loss.columns * loss.width; i < solved.length; i++) {
        solved[i] /= curvature;
      }
      return solved;
    }
  }

  /** The latest steps of L-BFGS, the oldest first. */
  private static final class Memory {
    private final Start start;
    private final double[][] steps = new double[MEMORY][];
    private final double[][] changes = new double[MEMORY][];
    private final double[] products = new double[MEMORY];
    private int count;

    Memory(Start start) {
      this.start = start;
    }

    void clear() {
      count = 0;
    }

    void add(double[] before, double[] after, double[] gradientBefore, double[] gradient) {
      double[] step = before;
      double[] change = gradientBefore;
      for (int i = 0; i < step.length; i++) {
        step[i] = after[i] - step[i];
        change[i] = gradient[i] - change[i];
      }
      double product = dot(step, change);
      if (!(product > 0)) {
        return; // rounding
      }
      if (count == MEMORY) {
        System.arraycopy(steps, 1, steps, 0, MEMORY - 1);
        System.arraycopy(changes, 1, changes, 0, MEMORY - 1);
        System.arraycopy(products, 1, products, 0, MEMORY - 1);
        count--;
      }
      steps[count] = step;
      changes[count] = change;
      products[count] = product;
      count++;
    }

    /** Where to go: minus the gradient times the second derivatives' estimated inverse. */
    double[] direction(double[] gradient) {
      double[] q = gradient.clone();
      double[] shares = new double[count];
      for (int m = count - 1; m >= 0; m--) {
        shares[m] = dot(steps[m], q) / products[m];
        subtract(q, shares[m], changes[m]);
      }
      double[] r = start.solve(q);
      if (count > 0) {
        double[] change = changes[count - 1];
        double scale = products[count - 1] / dot(change, start.solve(change));
        for (int i = 0; i < r.length; i++) {
          r[i] *= scale;
        }
      }
      for (int m = 0; m < count; m++) {
        subtract(r, dot(changes[m], r) / products[m] - shares[m], steps[m]);
      }
      for (int i = 0; i < r.length; i++) {
        r[i] = -r[i];
      }
      return r;
    }

    private static void subtract(double[] from, double factor, double[] what) {
      for (int i = 0; i < from.length; i++) {
        from[i] -= factor * what[i];
      }
    }
  }

  private void proximal() {
    // what bounds the second derivatives for any probabilities
    double bound = loss.scores == 1 ? 0.25 : 0.5;
    double[][] metric = loss.products();
    for (int i = 0; i < metric.length; i++) {
      for (int j = 0; j < metric.length; j++) {
        metric[i][j] *= bound;
      }
      metric[i][i] *= 1 + JITTER;
    }
    double[] ahead = parameters.clone();
    double[] gradient = new double[parameters.length];
    double momentum = 1;
    double last = 1;
    while (iterations < most && !converged) {
      Progress.stopIfInterrupted();
      value = loss.at(ahead, gradient);
      double[] next = new double[parameters.length];
      double step = 0;
      double turn = 0;
      for (int c = 0; c < loss.scores; c++) {
        double[] from = column(ahead, c);
        double[] slope = column(gradient, c);
        double[] before = column(parameters, c);
        double[] to = descend(metric, from, slope, before, 1e-6 * last);
        double[] moved = new double[loss.columns];
        for (int j = 0; j < moved.length; j++) {
          moved[j] = to[j] - from[j];
          next[j * loss.width + c] = to[j];
        }
        double[] pull = times(metric, moved);
        for (int j = 0; j < moved.length; j++) {
          step += pull[j] * moved[j];
          turn -= pull[j] * (to[j] - before[j]);
        }
        int at = loss.columns * loss.width + c;
        next[at] = ahead[at] - gradient[at] / bound;
        step += bound * (next[at] - ahead[at]) * (next[at] - ahead[at]);
        turn -= bound * (next[at] - ahead[at]) * (next[at] - parameters[at]);
      }
      iterations++;
      converged = step <= PROXIMAL_STEP;
      last = step;
      double grown = turn > 0 ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
      double share = turn > 0 ? 0 : (momentum - 1) / grown;
      for (int i = 0; i < next.length; i++) {
        ahead[i] = next[i] + share * (next[i] - parameters[i]);
        parameters[i] = next[i];
      }
      momentum = grown;
    }
  }

  private double[] column(double[] flat, int c) {
    double[] column = new double[loss.columns];
    for (int j = 0; j < column.length; j++) {
      column[j] = flat[j * loss.width + c];
    }
    return column;
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[vector.length];
    for (int j = 0; j < vector.length; j++) {
      product[j] = dot(matrix[j], vector);
    }
    return product;
  }

  /**
   * The least of slope·(u − from) + ½(u − from)ᵀ·metric·(u − from) + the penalties of u, by
   * coordinate descent.
   *
   * @param u where to begin
   * @param enough where to stop: the squared length of all changes of a round
   */
  private double[] descend(
      double[][] metric, double[] from, double[] slope, double[] u, double enough) {
    double[] to = u.clone();
    double[] apart = new double[to.length];
    for (int j = 0; j < to.length; j++) {
      apart[j] = to[j] - from[j];
    }
    double[] pull = times(metric, apart);
    for (int j = 0; j < to.length; j++) {
      pull[j] += slope[j];
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      double changed = 0;
      for (int j = 0; j < to.length; j++) {
        double own = metric[j][j];
        if (!(own + l2 > 0)) {
          continue; // a constant column
        }
        double aim = own * to[j] - pull[j];
        double value = Math.signum(aim) * Math.max(0, Math.abs(aim) - l1) / (own + l2);
        double change = value - to[j];
        if (change != 0) {
          to[j] = value;
          changed += change * change * own;
          double[] row = metric[j];
          for (int i = 0; i < pull.length; i++) {
            pull[i] += change * row[i];
          }
        }
      }
      if (changed <= enough) {
        break;
      }
    }
    return to;
  }
}
