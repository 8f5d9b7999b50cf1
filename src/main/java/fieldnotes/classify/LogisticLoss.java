package fieldnotes.classify;

import fieldnotes.common.Parallel;
import fieldnotes.math.Products;
import java.util.Arrays;

/**
 * The mean loss of a logistic regression and its gradient. Parameters are a flat array of shape
 * [{@link #height}][{@link #width}]: a row per column of the data, then the row of the intercepts,
 * then rows of zeros; a column per score, then columns of zeros. Columns of the data are centred,
 * so that intercepts hardly depend on coefficients.
 *
 * <p>Two classes have one score, the logarithm of the odds of the second; more have one each.
 */
final class LogisticLoss {
  private static final int BLOCK = 64;

  /** Blocks of a part, at least; parts are summed in order, whatever thread found them. */
  private static final int SHARE = 8;

  private static final int PARTS = 32;

  /** Limit on the number of values in all parts' products. */
  private static final int HELD = 1 << 22;

  /** Columns of the data. */
  final int columns;

  /** Rows of parameters. */
  final int height;

  /** Scores of a row of data. */
  final int scores;

  /** Columns of parameters. */
  final int width;

  /** The mean of each column, by weight. */
  final double[] means;

  private final int rows;
  private final int[] codes;

  /** The weight of each row, of which all sum to 1. */
  private final double[] weights;

  /** The centred columns, one column of ones, then zeros, shape [rows][height]. */
  private final double[] x;

  /** What {@link #at} found. */
  record Value(double loss, boolean separated, double surest) {}

  /** Of a block or of many. */
  private static final class Part {
    private final double[] gradient;
    private double loss;
    private boolean separated = true;
    private double surest = Double.POSITIVE_INFINITY;

    Part(int length) {
      gradient = new double[length];
    }
  }

  LogisticLoss(double[][] data, int[] codes, int classes, double[] weights) {
    rows = data.length;
    columns = data[0].length;
    height = Products.width(columns + 1);
    scores = classes == 2 ? 1 : classes;
    width = Products.width(scores);
    this.codes = codes;
    this.weights = new double[rows];
    double total = 0;
    for (int i = 0; i < rows; i++) {
      total += weights == null ? 1 : weights[i];
    }
    for (int i = 0; i < rows; i++) {
      this.weights[i] = (weights == null ? 1 : weights[i]) / total;
    }
    means = means(data);
    x = new double[Math.multiplyExact(rows, height)];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        x[i * height + j] = data[i][j] - means[j];
      }
      x[i * height + columns] = 1;
    }
  }

  private double[] means(double[][] data) {
    double[] mean = new double[columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        // from the first row on, so that a constant column has exactly its value
        mean[j] += weights[i] * (data[i][j] - data[0][j]);
      }
    }
    for (int j = 0; j < columns; j++) {
      mean[j] += data[0][j];
    }
    return mean;
  }

  /** The number of parameters, with those that are always 0. */
  int length() {
    return height * width;
  }

  private int parts(int each) {
    int blocks = (rows + BLOCK - 1) / BLOCK;
    int most = Math.clamp(HELD / each, 2, PARTS);
    return Math.clamp(blocks / SHARE, 1, most);
  }

  /** The first block of a part; the next part begins at that of {@code part + 1}. */
  private int start(int part, int parts) {
    int blocks = (rows + BLOCK - 1) / BLOCK;
    return (int) ((long) blocks * part / parts) * BLOCK;
  }

  /** Σ weight · xᵢ·xⱼ of the centred columns, shape [columns][columns]. */
  double[][] products() {
    Part[] parts = new Part[parts(height * height)];
    Parallel.forEach(
        parts.length,
        p -> {
          Part part = new Part(height * height);
          double[] weighted = new double[BLOCK * height];
          int end = Math.min(rows, start(p + 1, parts.length));
          for (int from = start(p, parts.length); from < end; from += BLOCK) {
            int count = Math.min(BLOCK, end - from);
            for (int i = 0; i < count; i++) {
              for (int j = 0; j < height; j++) {
                weighted[i * height + j] = weights[from + i] * x[(from + i) * height + j];
              }
            }
            for (int j = 0; j < height; j += Products.TILE) {
              Products.add(
                  x,
                  from * height + j,
                  height,
                  weighted,
                  0,
                  height,
                  height,
                  count,
                  part.gradient,
                  j * height,
                  height);
            }
          }
          parts[p] = part;
        });
    double[][] products = new double[columns][columns];
    for (Part part : parts) {
      for (int i = 0; i < columns; i++) {
        for (int j = 0; j < columns; j++) {
          products[i][j] += part.gradient[i * height + j];
        }
      }
    }
    return products;
  }

  /** Σ weight · xⱼ² of the centred columns, shape [columns]. */
  double[] squares() {
    double[] squares = new double[columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        squares[j] += weights[i] * x[i * height + j] * x[i * height + j];
      }
    }
    return squares;
  }

  /**
   * The mean loss at these parameters.
   *
   * @param gradient replaced by the gradient
   * @return the loss, whether every row's own class has the highest score, and the least of 1 −
   *     probability of a row's own class
   */
  Value at(double[] parameters, double[] gradient) {
    Part[] parts = new Part[parts(length())];
    Parallel.forEachBrief(
        parts.length,
        p -> {
          Part part = new Part(length());
          double[] turned = new double[Products.TILE * height];
          double[] block = new double[BLOCK * width];
          int end = Math.min(rows, start(p + 1, parts.length));
          for (int from = start(p, parts.length); from < end; from += BLOCK) {
            add(part, parameters, from, Math.min(BLOCK, end - from), turned, block);
          }
          parts[p] = part;
        });
    Part all = parts[0];
    for (int p = 1; p < parts.length; p++) {
      for (int i = 0; i < all.gradient.length; i++) {
        all.gradient[i] += parts[p].gradient[i];
      }
      all.loss += parts[p].loss;
      all.separated &= parts[p].separated;
      all.surest = Math.min(all.surest, parts[p].surest);
    }
    System.arraycopy(all.gradient, 0, gradient, 0, gradient.length);
    return new Value(all.loss, all.separated, all.surest);
  }

  private void add(
      Part part, double[] parameters, int from, int count, double[] turned, double[] block) {
    Arrays.fill(block, 0);
    for (int i = 0; i < count; i += Products.TILE) {
      int some = Math.min(Products.TILE, count - i);
      if (some < Products.TILE) {
        Arrays.fill(turned, 0);
      }
      for (int r = 0; r < some; r++) {
        int at = (from + i + r) * height;
        for (int j = 0; j <= columns; j++) {
          turned[j * Products.TILE + r] = x[at + j];
        }
      }
      Products.add(
          turned,
          0,
          Products.TILE,
          parameters,
          0,
          width,
          width,
          columns + 1,
          block,
          i * width,
          width);
    }
    for (int i = 0; i < count; i++) {
      if (scores == 1) {
        odds(part, block, i * width, codes[from + i], weights[from + i]);
      } else {
        shares(part, block, i * width, codes[from + i], weights[from + i]);
      }
    }
    for (int j = 0; j < height; j += Products.TILE) {
      Products.add(
          x,
          from * height + j,
          height,
          block,
          0,
          width,
          width,
          count,
          part.gradient,
          j * width,
          width);
    }
  }

  /** Replaces the score of a row of one of two classes by its part of the gradient. */
  private static void odds(Part part, double[] block, int at, int code, double weight) {
    double margin = code == 1 ? block[at] : -block[at];
    double e = Math.exp(-Math.abs(margin));
    double miss = margin >= 0 ? e / (1 + e) : 1 / (1 + e);
    part.loss += weight * (Math.log1p(e) + Math.max(0, -margin));
    if (weight > 0) {
      part.separated &= margin > 0;
      part.surest = Math.min(part.surest, miss);
    }
    block[at] = weight * (code == 1 ? -miss : miss);
  }

  /** Replaces the scores of a row of one of many classes by their parts of the gradient. */
  private void shares(Part part, double[] block, int at, int code, double weight) {
    double own = block[at + code];
    double most = Double.NEGATIVE_INFINITY;
    double others = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < scores; c++) {
      most = Math.max(most, block[at + c]);
      if (c != code) {
        others = Math.max(others, block[at + c]);
      }
    }
    double sum = 0;
    for (int c = 0; c < scores; c++) {
      double e = Math.exp(block[at + c] - most);
      block[at + c] = e;
      sum += e;
    }
    double rest = sum - block[at + code];
    part.loss += weight * (Math.log(sum) + most - own);
    if (weight > 0) {
      part.separated &= own > others;
      part.surest = Math.min(part.surest, rest / sum);
    }
    double factor = weight / sum;
    for (int c = 0; c < scores; c++) {
      block[at + c] *= factor;
    }
    block[at + code] = 0;
    double missed = 0;
    for (int c = 0; c < scores; c++) {
      missed += block[at + c];
    }
    block[at + code] = -missed;
  }
}
