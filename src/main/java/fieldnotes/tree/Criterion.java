package fieldnotes.tree;

import java.util.Arrays;

/**
 * Maintains the sums of a node's rows and of its left side while the split point moves, and scores
 * the split. Additions follow scikit-learn's order: where targets are not integers, rounding
 * decides between nearly equal splits.
 */
abstract class Criterion {
  /** Weight of each row; null means 1 each. */
  final double[] weights;

  int[] rows;
  int start;
  int end;
  int position;
  double weight;
  double weightLeft;
  double weightRight;
  double impurityLeft;
  double impurityRight;

  Criterion(double[] weights) {
    this.weights = weights;
  }

  final double weightOf(int row) {
    return weights == null ? 1 : weights[row];
  }

  /** Resets to rows[start…end), all on the right. */
  final void node(int[] allRows, int from, int to) {
    rows = allRows;
    start = from;
    end = to;
    weight = 0;
    sum();
    reset();
  }

  final void reset() {
    position = start;
    weightLeft = 0;
    weightRight = weight;
    clearLeft();
  }

  /** Moves the split point right. Sums from the nearer end, as scikit-learn does. */
  final void moveTo(int to) {
    if (to - position <= end - to) {
      for (int p = position; p < to; p++) {
        int row = rows[p];
        double w = weightOf(row);
        add(row, w);
        weightLeft += w;
      }
    } else {
      weightLeft = weight;
      fillLeft();
      for (int p = end - 1; p >= to; p--) {
        int row = rows[p];
        double w = weightOf(row);
        subtract(row, w);
        weightLeft -= w;
      }
    }
    weightRight = weight - weightLeft;
    position = to;
  }

  abstract void sum();

  abstract void clearLeft();

  abstract void fillLeft();

  abstract void add(int row, double w);

  abstract void subtract(int row, double w);

  /** Numbers per node value. */
  abstract int valueLength();

  abstract void value(double[] into, int at);

  abstract double impurity();

  /** Sets the impurities of both sides. */
  abstract void judgeSides();

  /** Score of the current split; larger is better. */
  double score() {
    judgeSides();
    return -weightRight * impurityRight - weightLeft * impurityLeft;
  }

  /** Impurity decrease of the split, as a fraction of the tree's total weight. */
  final double gain(double impurity, double treeWeight) {
    return weight
        / treeWeight
        * (impurity - weightRight / weight * impurityRight - weightLeft / weight * impurityLeft);
  }

  /** Variance. */
  static final class SquaredError extends Criterion {
    final double[] y;
    double total;
    double squares;
    double left;

    SquaredError(double[] y, double[] weights) {
      super(weights);
      this.y = y;
    }

    @Override
    void sum() {
      double sum = 0;
      double squareSum = 0;
      double w = 0;
      for (int p = start; p < end; p++) {
        int row = rows[p];
        double wy = weightOf(row) * y[row];
        sum += wy;
        squareSum += wy * y[row];
        w += weightOf(row);
      }
      total = sum;
      squares = squareSum;
      weight = w;
    }

    @Override
    void clearLeft() {
      left = 0;
    }

    @Override
    void fillLeft() {
      left = total;
    }

    @Override
    void add(int row, double w) {
      left += w * y[row];
    }

    @Override
    void subtract(int row, double w) {
      left -= w * y[row];
    }

    @Override
    int valueLength() {
      return 1;
    }

    @Override
    void value(double[] into, int at) {
      into[at] = total / weight;
    }

    @Override
    double impurity() {
      double mean = total / weight;
      return squares / weight - mean * mean;
    }

    @Override
    double score() {
      double right = total - left;
      return left * left / weightLeft + right * right / weightRight;
    }

    @Override
    void judgeSides() {
      double squaresLeft = 0;
      for (int p = start; p < position; p++) {
        int row = rows[p];
        squaresLeft += weightOf(row) * y[row] * y[row];
      }
      double meanLeft = left / weightLeft;
      double meanRight = (total - left) / weightRight;
      impurityLeft = squaresLeft / weightLeft - meanLeft * meanLeft;
      impurityRight = (squares - squaresLeft) / weightRight - meanRight * meanRight;
    }
  }

  /** Criteria based on class weights. */
  abstract static class ByClass extends Criterion {
    final int[] classes;
    final double[] total;
    final double[] left;

    ByClass(int[] classes, int count, double[] weights) {
      super(weights);
      this.classes = classes;
      total = new double[count];
      left = new double[count];
    }

    @Override
    void sum() {
      Arrays.fill(total, 0);
      for (int p = start; p < end; p++) {
        int row = rows[p];
        double w = weightOf(row);
        total[classes[row]] += w;
        weight += w;
      }
    }

    @Override
    void clearLeft() {
      Arrays.fill(left, 0);
    }

    @Override
    void fillLeft() {
      System.arraycopy(total, 0, left, 0, total.length);
    }

    @Override
    void add(int row, double w) {
      left[classes[row]] += w;
    }

    @Override
    void subtract(int row, double w) {
      left[classes[row]] -= w;
    }

    @Override
    int valueLength() {
      return total.length;
    }

    @Override
    void value(double[] into, int at) {
      for (int c = 0; c < total.length; c++) {
        into[at + c] = total[c] / weight;
      }
    }
  }

  /** Gini index. */
  static final class Gini extends ByClass {
    Gini(int[] classes, int count, double[] weights) {
      super(classes, count, weights);
    }

    @Override
    double impurity() {
      double squares = 0;
      for (double count : total) {
        squares += count * count;
      }
      return 1.0 - squares / (weight * weight);
    }

    @Override
    void judgeSides() {
      double squaresLeft = 0;
      double squaresRight = 0;
      for (int c = 0; c < total.length; c++) {
        double right = total[c] - left[c];
        squaresLeft += left[c] * left[c];
        squaresRight += right * right;
      }
      impurityLeft = 1.0 - squaresLeft / (weightLeft * weightLeft);
      impurityRight = 1.0 - squaresRight / (weightRight * weightRight);
    }
  }

  /** Entropy, in bits. */
  static final class Entropy extends ByClass {
    private static final double LN_2 = Math.log(2);

    Entropy(int[] classes, int count, double[] weights) {
      super(classes, count, weights);
    }

    private static double log2(double share) {
      return Math.log(share) / LN_2;
    }

    @Override
    double impurity() {
      double entropy = 0;
      for (double count : total) {
        if (count > 0) {
          double share = count / weight;
          entropy -= share * log2(share);
        }
      }
      return entropy;
    }

    @Override
    void judgeSides() {
      double entropyLeft = 0;
      double entropyRight = 0;
      for (int c = 0; c < total.length; c++) {
        if (left[c] > 0) {
          double share = left[c] / weightLeft;
          entropyLeft -= share * log2(share);
        }
        double right = total[c] - left[c];
        if (right > 0) {
          double share = right / weightRight;
          entropyRight -= share * log2(share);
        }
      }
      impurityLeft = entropyLeft;
      impurityRight = entropyRight;
    }
  }
}
