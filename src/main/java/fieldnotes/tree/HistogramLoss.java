package fieldnotes.tree;

import fieldnotes.math.Pairwise;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * What boosting makes small: baselines, first and second derivatives by the raw predictions, and
 * the mean. Raw predictions have the shape [outputs][rows].
 */
abstract class HistogramLoss {
  /** The target or class code of each row to learn from. */
  final double[] target;

  /** The weight of each row, or null. */
  final double[] weights;

  final int outputs;

  HistogramLoss(double[] target, double[] weights, int outputs) {
    this.target = target;
    this.weights = weights;
    this.outputs = outputs;
  }

  /** The same for other rows. */
  abstract HistogramLoss of(double[] otherTarget, double[] otherWeights);

  /** The raw predictions before the first tree, shape [outputs]. */
  abstract double[] baseline();

  /** Fills derivatives of the rows from…to−1, shape [outputs][rows]; without weights. */
  abstract void derive(double[][] raw, float[][] first, float[][] second, int from, int to);

  /** The loss of a row, without its weight. */
  abstract double of(double[][] raw, int row);

  final double weight(int row) {
    return weights == null ? 1 : weights[row];
  }

  /** The mean loss. */
  final double mean(double[][] raw) {
    return average(i -> of(raw, i));
  }

  /** The weighted share of the rows of each class. */
  final double[] shares(int classes) {
    double[] shares = new double[classes];
    for (int c = 0; c < classes; c++) {
      int one = c;
      shares[c] = average(i -> target[i] == one ? 1 : 0);
    }
    return shares;
  }

  /** The weighted mean over the rows, added as NumPy adds. */
  final double average(IntToDoubleFunction of) {
    double[] values = new double[target.length];
    double[] all = new double[target.length];
    for (int i = 0; i < values.length; i++) {
      all[i] = weight(i);
      values[i] = all[i] * of.applyAsDouble(i);
    }
    return Pairwise.sum(values) / Pairwise.sum(all);
  }

  /** Half the squared error. */
  static final class Squared extends HistogramLoss {
    Squared(double[] target, double[] weights) {
      super(target, weights, 1);
    }

    @Override
    Squared of(double[] otherTarget, double[] otherWeights) {
      return new Squared(otherTarget, otherWeights);
    }

    @Override
    double[] baseline() {
      return new double[] {average(i -> target[i])};
    }

    @Override
    void derive(double[][] raw, float[][] first, float[][] second, int from, int to) {
      for (int i = from; i < to; i++) {
        double weight = weight(i);
        first[0][i] = (float) (weight * (raw[0][i] - target[i]));
        second[0][i] = (float) weight;
      }
    }

    @Override
    double of(double[][] raw, int row) {
      double error = raw[0][row] - target[row];
      return 0.5 * error * error;
    }
  }

  /** Log loss of two classes; the raw prediction is the log odds of the second. */
  static final class TwoClasses extends HistogramLoss {
    /** Below this, 1 / (1 + e^−x) is e^x. */
    private static final double LOW = -37;

    TwoClasses(double[] target, double[] weights) {
      super(target, weights, 1);
    }

    @Override
    TwoClasses of(double[] otherTarget, double[] otherWeights) {
      return new TwoClasses(otherTarget, otherWeights);
    }

    @Override
    double[] baseline() {
      double least = 10 * Math.ulp(1.0);
      double share = Math.clamp(shares(2)[1], least, 1 - least);
      return new double[] {Math.log(share / (1 - share))};
    }

    @Override
    void derive(double[][] raw, float[][] first, float[][] second, int from, int to) {
      for (int i = from; i < to; i++) {
        double x = raw[0][i];
        double y = target[i];
        double gradient;
        double hessian;
        if (x > LOW) {
          double e = Math.exp(-x);
          gradient = ((1 - y) - y * e) / (1 + e);
          hessian = e / ((1 + e) * (1 + e));
        } else {
          hessian = Math.exp(x);
          gradient = hessian - y;
        }
        double weight = weight(i);
        first[0][i] = (float) (weight * gradient);
        second[0][i] = (float) (weight * hessian);
      }
    }

    @Override
    double of(double[][] raw, int row) {
      double x = raw[0][row];
      double log = x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
      return log - target[row] * x;
    }
  }

  /** Log loss of more classes; a raw prediction for each. */
  static final class Classes extends HistogramLoss {
    Classes(double[] target, double[] weights, int classes) {
      super(target, weights, classes);
    }

    @Override
    Classes of(double[] otherTarget, double[] otherWeights) {
      return new Classes(otherTarget, otherWeights, outputs);
    }

    @Override
    double[] baseline() {
      double[] logs = shares(outputs);
      double least = Math.ulp(1.0);
      double mean = 0;
      for (int c = 0; c < outputs; c++) {
        logs[c] = Math.log(Math.clamp(logs[c], least, 1 - least));
        mean += logs[c];
      }
      double middle = mean / outputs;
      return Arrays.stream(logs).map(log -> log - middle).toArray();
    }

    @Override
    void derive(double[][] raw, float[][] first, float[][] second, int from, int to) {
      double[] shares = new double[outputs];
      for (int i = from; i < to; i++) {
        double most = raw[0][i];
        for (int c = 1; c < outputs; c++) {
          most = Math.max(most, raw[c][i]);
        }
        double sum = 0;
        for (int c = 0; c < outputs; c++) {
          shares[c] = Math.exp(raw[c][i] - most);
          sum += shares[c];
        }
        double weight = weight(i);
        int mine = (int) target[i];
        for (int c = 0; c < outputs; c++) {
          double share = shares[c] / sum;
          first[c][i] = (float) ((share - (c == mine ? 1 : 0)) * weight);
          second[c][i] = (float) (share * (1 - share) * weight);
        }
      }
    }

    @Override
    double of(double[][] raw, int row) {
      double most = raw[0][row];
      for (int c = 1; c < outputs; c++) {
        most = Math.max(most, raw[c][row]);
      }
      double sum = 0;
      for (int c = 0; c < outputs; c++) {
        sum += Math.exp(raw[c][row] - most);
      }
      return Math.log(sum) + most - raw[(int) target[row]][row];
    }
  }
}
