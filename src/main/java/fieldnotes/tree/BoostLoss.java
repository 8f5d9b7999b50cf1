package fieldnotes.tree;

import fieldnotes.common.Parallel;
import fieldnotes.math.Pairwise;

/**
 * A loss that boosting lowers: where it starts, its gradient, the value of a leaf. Operations in
 * scikit-learn's order.
 *
 * @see "J. H. Friedman, Greedy function approximation: a gradient boosting machine, Annals of
 *     Statistics 29, 2001"
 */
abstract class BoostLoss {
  private static final int BLOCK = 2048;

  /** Target of each row: a number, or the class. */
  final double[] y;

  /** Weight of each row; 1 each if equal. */
  final double[] weights;

  BoostLoss(double[] y, double[] weights) {
    this.y = y;
    this.weights = weights;
  }

  /** What a mean of losses is multiplied by to be reported. */
  double factor() {
    return 1;
  }

  /** Called before each stage. */
  void begin(double[][] raw) {}

  /** Takes over what another loss of the same kind found in {@link #begin}. */
  void follow(BoostLoss other) {}

  /** Fills in the negative gradient of every row, shape [trees of a stage][rows]. */
  final void gradient(double[][] raw, double[][] into) {
    Parallel.forEach(
        (y.length + BLOCK - 1) / BLOCK,
        block -> gradient(raw, into, block * BLOCK, Math.min(y.length, (block + 1) * BLOCK)));
  }

  abstract void gradient(double[][] raw, double[][] into, int from, int to);

  /** Loss of a row. */
  abstract double of(double[][] raw, int row);

  /** Whether leaves keep the mean gradient as their value. */
  boolean keepsLeaves() {
    return false;
  }

  /**
   * The value of a leaf.
   *
   * @param rows its rows, ascending
   * @param gradient negative gradients of all rows
   */
  abstract double leaf(int tree, int[] rows, double[] gradient, double[] raw);

  /** The weighted mean of the loss over rows, times the factor. */
  final double mean(double[][] raw, int[] rows) {
    double[] losses = new double[rows.length];
    Parallel.forEach(
        (rows.length + BLOCK - 1) / BLOCK,
        block -> {
          for (int i = block * BLOCK; i < Math.min(rows.length, (block + 1) * BLOCK); i++) {
            losses[i] = of(raw, rows[i]);
          }
        });
    return factor() * Averages.mean(losses, pick(weights, rows));
  }

  static double[] pick(double[] of, int[] rows) {
    double[] picked = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      picked[i] = of[rows[i]];
    }
    return picked;
  }

  /** Numerator over denominator, or 0 where the latter is as good as 0. */
  static double divide(double numerator, double denominator) {
    return Math.abs(denominator) < 1e-150 ? 0 : numerator / denominator;
  }

  /** A Newton step for one class, from the mean gradient and the mean of p (1 − p). */
  final double newton(int[] rows, double[] gradient, double one, double share) {
    double[] g = pick(gradient, rows);
    double[] w = pick(weights, rows);
    double numerator = Averages.mean(g, w) * share;
    for (int i = 0; i < rows.length; i++) {
      double p = (y[rows[i]] == one ? 1 : 0) - g[i];
      g[i] = p * (1 - p);
    }
    return divide(numerator, Averages.mean(g, w));
  }

  /** Where the raw scores start, shape [trees of a stage], given the weights or null. */
  abstract double[] start(double[] givenWeights);

  /** The share of each class. */
  final double[] priors(int classes, double[] givenWeights) {
    double[] shares = new double[classes];
    for (int i = 0; i < y.length; i++) {
      shares[(int) y[i]] += givenWeights == null ? 1 : givenWeights[i];
    }
    double sum = Pairwise.sum(shares);
    for (int c = 0; c < classes; c++) {
      shares[c] = Math.clamp(shares[c] / sum, Math.ulp(1.0), 1 - Math.ulp(1.0));
    }
    return shares;
  }

  /** Log loss of two classes. */
  static final class TwoClasses extends BoostLoss {
    TwoClasses(double[] y, double[] weights) {
      super(y, weights);
    }

    @Override
    double factor() {
      return 2;
    }

    @Override
    double[] start(double[] givenWeights) {
      return new double[] {Libm.logit(priors(2, givenWeights)[1])};
    }

    @Override
    void gradient(double[][] raw, double[][] into, int from, int to) {
      for (int i = from; i < to; i++) {
        double f = raw[0][i];
        if (f > -37) {
          double e = Libm.exp(-f);
          into[0][i] = -(((1 - y[i]) - y[i] * e) / (1 + e));
        } else {
          into[0][i] = -(Libm.exp(f) - y[i]);
        }
      }
    }

    @Override
    double of(double[][] raw, int row) {
      double f = raw[0][row];
      double softplus = f > 18 ? f + Libm.exp(-f) : Math.log1p(Libm.exp(f));
      return softplus - y[row] * f;
    }

    @Override
    double leaf(int tree, int[] rows, double[] gradient, double[] raw) {
      return newton(rows, gradient, 1, 1);
    }
  }

  /** Log loss of three and more classes. */
  static final class ManyClasses extends BoostLoss {
    private final int classes;

    ManyClasses(double[] y, int classes, double[] weights) {
      super(y, weights);
      this.classes = classes;
    }

    @Override
    double[] start(double[] givenWeights) {
      double[] shares = priors(classes, givenWeights);
      double[] logs = new double[classes];
      for (int c = 0; c < classes; c++) {
        logs[c] = Libm.log(shares[c]);
      }
      double mean = Libm.exp(Pairwise.sum(logs) / classes);
      for (int c = 0; c < classes; c++) {
        shares[c] = Libm.log(shares[c] / mean);
      }
      return shares;
    }

    @Override
    void gradient(double[][] raw, double[][] into, int from, int to) {
      double[] p = new double[classes];
      for (int i = from; i < to; i++) {
        double sum = exponentials(raw, i, p);
        for (int c = 0; c < classes; c++) {
          into[c][i] = -(p[c] / sum - (y[i] == c ? 1 : 0));
        }
      }
    }

    private static double exponentials(double[][] raw, int row, double[] p) {
      double most = largest(raw, row);
      double sum = 0;
      for (int c = 0; c < p.length; c++) {
        p[c] = Libm.exp(raw[c][row] - most);
        sum += p[c];
      }
      return sum;
    }

    private static double largest(double[][] raw, int row) {
      double most = raw[0][row];
      for (double[] one : raw) {
        most = Math.max(most, one[row]);
      }
      return most;
    }

    @Override
    double of(double[][] raw, int row) {
      double most = largest(raw, row);
      double sum = exponentials(raw, row, new double[classes]);
      return Math.log(sum) + most - raw[(int) y[row]][row];
    }

    @Override
    double leaf(int tree, int[] rows, double[] gradient, double[] raw) {
      return newton(rows, gradient, tree, (classes - 1.0) / classes);
    }
  }

  /** Exponential loss of two classes. */
  static final class Exponential extends BoostLoss {
    Exponential(double[] y, double[] weights) {
      super(y, weights);
    }

    @Override
    double[] start(double[] givenWeights) {
      return new double[] {0.5 * Libm.logit(priors(2, givenWeights)[1])};
    }

    @Override
    void gradient(double[][] raw, double[][] into, int from, int to) {
      for (int i = from; i < to; i++) {
        double e = Libm.exp(raw[0][i]);
        into[0][i] = -(-y[i] / e + (1 - y[i]) * e);
      }
    }

    @Override
    double of(double[][] raw, int row) {
      double e = Libm.exp(raw[0][row]);
      return y[row] / e + (1 - y[row]) * e;
    }

    @Override
    double leaf(int tree, int[] rows, double[] gradient, double[] raw) {
      double[] g = pick(gradient, rows);
      double[] w = pick(weights, rows);
      double numerator = Averages.mean(g, w);
      for (int i = 0; i < rows.length; i++) {
        g[i] = y[rows[i]] == 0 ? -g[i] : g[i];
      }
      return divide(numerator, Averages.mean(g, w));
    }
  }
}
