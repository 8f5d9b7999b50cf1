package fieldnotes.tree;

import fieldnotes.math.Pairwise;

/** Losses of numbers. */
abstract class NumberLoss extends BoostLoss {
  NumberLoss(double[] y, double[] weights) {
    super(y, weights);
  }

  static BoostLoss of(BoostingOptions options, double[] y, double[] weights) {
    return switch (options.loss()) {
      case STANDARD -> new Squared(y, weights);
      case ABSOLUTE_ERROR -> new Pinball(y, weights, 0.5, true);
      case QUANTILE -> new Pinball(y, weights, options.alpha(), false);
      case HUBER -> new Huber(y, weights, options.alpha());
      case EXPONENTIAL ->
          throw new IllegalArgumentException(
              "loss=EXPONENTIAL is for classes: choose STANDARD, ABSOLUTE_ERROR, HUBER or QUANTILE"
                  + " for numbers");
    };
  }

  /** The quantile of all targets. */
  final double[] quantile(double q, double[] givenWeights) {
    double percent = q * 100;
    return new double[] {
      givenWeights == null
          ? Averages.quantile(y, percent / 100)
          : Averages.weightedPercentile(y, givenWeights, percent)
    };
  }

  /** How far the targets of a leaf are above the raw scores. */
  final double[] missing(int[] rows, double[] raw) {
    double[] missing = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      missing[i] = y[rows[i]] - raw[rows[i]];
    }
    return missing;
  }

  /** Half the squared error. */
  private static final class Squared extends NumberLoss {
    Squared(double[] y, double[] weights) {
      super(y, weights);
    }

    @Override
    double factor() {
      return 2;
    }

    @Override
    boolean keepsLeaves() {
      return true;
    }

    @Override
    double[] start(double[] givenWeights) {
      return new double[] {
        givenWeights == null ? Pairwise.sum(y) / y.length : Averages.mean(y, givenWeights)
      };
    }

    @Override
    void gradient(double[][] raw, double[][] into, int from, int to) {
      for (int i = from; i < to; i++) {
        into[0][i] = -(raw[0][i] - y[i]);
      }
    }

    @Override
    double of(double[][] raw, int row) {
      double error = raw[0][row] - y[row];
      return 0.5 * error * error;
    }

    @Override
    double leaf(int tree, int[] rows, double[] gradient, double[] raw) {
      throw new IllegalStateException("keeps its leaves");
    }
  }

  /** Pinball loss of a quantile, or the absolute error. */
  private static final class Pinball extends NumberLoss {
    private final double quantile;
    private final boolean absolute;

    Pinball(double[] y, double[] weights, double quantile, boolean absolute) {
      super(y, weights);
      this.quantile = quantile;
      this.absolute = absolute;
    }

    @Override
    double[] start(double[] givenWeights) {
      return quantile(quantile, givenWeights);
    }

    @Override
    void gradient(double[][] raw, double[][] into, int from, int to) {
      for (int i = from; i < to; i++) {
        into[0][i] =
            absolute ? raw[0][i] > y[i] ? -1 : 1 : y[i] >= raw[0][i] ? quantile : -(1 - quantile);
      }
    }

    @Override
    double of(double[][] raw, int row) {
      double f = raw[0][row];
      if (absolute) {
        return Math.abs(f - y[row]);
      }
      return y[row] >= f ? quantile * (y[row] - f) : (1 - quantile) * (f - y[row]);
    }

    @Override
    double leaf(int tree, int[] rows, double[] gradient, double[] raw) {
      return Averages.weightedPercentile(missing(rows, raw), pick(weights, rows), 100 * quantile);
    }
  }

  /** Squared error up to delta, absolute beyond; delta is a quantile of the absolute errors. */
  private static final class Huber extends NumberLoss {
    private final double quantile;
    private double delta = 0.5;

    Huber(double[] y, double[] weights, double quantile) {
      super(y, weights);
      this.quantile = quantile;
    }

    @Override
    double[] start(double[] givenWeights) {
      return quantile(0.5, givenWeights);
    }

    @Override
    void begin(double[][] raw) {
      double[] errors = new double[y.length];
      for (int i = 0; i < errors.length; i++) {
        errors[i] = Math.abs(y[i] - raw[0][i]);
      }
      delta = Averages.weightedPercentile(errors, weights, 100 * quantile);
    }

    @Override
    void follow(BoostLoss other) {
      delta = ((Huber) other).delta;
    }

    @Override
    void gradient(double[][] raw, double[][] into, int from, int to) {
      for (int i = from; i < to; i++) {
        double over = raw[0][i] - y[i];
        into[0][i] = -(Math.abs(over) <= delta ? over : over >= 0 ? delta : -delta);
      }
    }

    @Override
    double of(double[][] raw, int row) {
      double error = Math.abs(y[row] - raw[0][row]);
      return error <= delta ? 0.5 * error * error : delta * (error - 0.5 * delta);
    }

    @Override
    double leaf(int tree, int[] rows, double[] gradient, double[] raw) {
      double[] missing = missing(rows, raw);
      double[] w = pick(weights, rows);
      double median = Averages.weightedPercentile(missing, w, 50);
      for (int i = 0; i < missing.length; i++) {
        double difference = missing[i] - median;
        missing[i] = Math.signum(difference) * Math.min(delta, Math.abs(difference));
      }
      return median + Averages.mean(missing, w);
    }
  }
}
