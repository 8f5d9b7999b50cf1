package fieldnotes.classify;

import fieldnotes.common.Parallel;
import fieldnotes.math.Exponential;
import fieldnotes.math.Products;
import fieldnotes.math.RowProducts;
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

  private static final int ROWS = RowProducts.ROWS;

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

  private final int groups;

  /** The mean of each column, by weight. */
  final double[] means;

  private final int rows;
  private final int[] codes;

  /** The weight of each row, of which all sum to 1. */
  private final double[] weights;

  /** Whether all weights are the same. */
  private final boolean even;

  /** The centred columns, a column of ones, then zeros, shape [rows padded to eight][height]. */
  private final double[] x;

  /** What {@link #at} found. */
  record Value(double loss, boolean separated, double surest) {}

  /** Of a block or of many. */
  private static final class Part {
    private final double[] gradient;

    /** Scores of eight rows, one class after another. */
    private final double[] turned;

    private final double[] most = new double[ROWS];
    private final double[] sum = new double[ROWS];
    private double loss;
    private boolean separated = true;
    private double surest = Double.POSITIVE_INFINITY;

    Part(int length, int scores) {
      gradient = new double[length];
      turned = new double[scores * ROWS];
    }
  }

  LogisticLoss(double[][] data, int[] codes, int classes, double[] weights) {
    rows = data.length;
    columns = data[0].length;
    height = Products.width(columns + 1);
    scores = classes == 2 ? 1 : classes;
    width = RowProducts.width(scores);
    groups = RowProducts.groups(scores);
    int padded = (rows + ROWS - 1) / ROWS * ROWS;
    this.codes = Arrays.copyOf(codes, padded);
    this.weights = new double[padded];
    double total = 0;
    for (int i = 0; i < rows; i++) {
      total += weights == null ? 1 : weights[i];
    }
    for (int i = 0; i < rows; i++) {
      this.weights[i] = (weights == null ? 1 : weights[i]) / total;
    }
    even = weights == null;
    means = means(data);
    x = new double[Math.multiplyExact(padded, height)];
    int parts = parts(height);
    Parallel.forEachBrief(
        parts,
        p -> {
          int end = Math.min(rows, start(p + 1, parts));
          for (int i = start(p, parts); i < end; i++) {
            double[] row = data[i];
            for (int j = 0; j < columns; j++) {
              x[i * height + j] = row[j] - means[j];
            }
            x[i * height + columns] = 1;
          }
        });
  }

  private double[] means(double[][] data) {
    double[] mean = new double[columns];
    double[] first = data[0].clone();
    for (int i = 0; i < rows; i++) {
      double[] row = data[i];
      double weight = weights[i];
      for (int j = 0; j < columns; j++) {
        // from the first row on, so that a constant column has exactly its value
        mean[j] += weight * (row[j] - first[j]);
      }
    }
    for (int j = 0; j < columns; j++) {
      mean[j] += first[j];
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
          Part part = new Part(height * height, 0);
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
   * @return the loss, whether every row's own class has a probability above ½, and the least of 1 −
   *     probability of a row's own class
   */
  Value at(double[] parameters, double[] gradient) {
    double[] grouped = new double[length()];
    for (int i = 0; i < length(); i++) {
      grouped[RowProducts.at(i / width, i % width, height)] = parameters[i];
    }
    Part[] parts = new Part[parts(length())];
    Parallel.forEachBrief(
        parts.length,
        p -> {
          Part part = new Part(length(), scores);
          double[] block = new double[ROWS * width];
          int end = Math.min(rows, start(p + 1, parts.length));
          for (int from = start(p, parts.length); from < end; from += ROWS) {
            add(part, grouped, from, block);
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
    for (int i = 0; i < length(); i++) {
      gradient[i] = all.gradient[RowProducts.at(i / width, i % width, height)];
    }
    return new Value(all.loss, all.separated, all.surest);
  }

  /** Adds eight rows; those after the last one are zero and have no weight. */
  private void add(Part part, double[] grouped, int from, double[] block) {
    RowProducts.multiply(x, from * height, height, columns + 1, grouped, height, groups, block);
    double[] turned = part.turned;
    for (int c = 0; c < scores; c++) {
      int at = RowProducts.at(0, c, ROWS);
      int next = RowProducts.at(1, c, ROWS) - at;
      for (int r = 0; r < ROWS; r++) {
        turned[c * ROWS + r] = block[at + r * next];
      }
    }
    if (scores == 1) {
      odds(part, from);
    } else {
      shares(part, from);
    }
    for (int c = 0; c < scores; c++) {
      int at = RowProducts.at(0, c, ROWS);
      int next = RowProducts.at(1, c, ROWS) - at;
      for (int r = 0; r < ROWS; r++) {
        block[at + r * next] = turned[c * ROWS + r];
      }
    }
    RowProducts.addTransposed(
        x, from * height, height, columns + 1, block, part.gradient, height, groups);
  }

  /** Replaces the scores of rows of one of two classes by their parts of the gradient. */
  private void odds(Part part, int from) {
    double[] turned = part.turned;
    double[] power = part.most;
    for (int r = 0; r < ROWS; r++) {
      power[r] = -Math.abs(turned[r]);
    }
    Exponential.inPlace(power, 0, ROWS);
    for (int r = 0; r < ROWS; r++) {
      boolean second = codes[from + r] == 1;
      double weight = weights[from + r];
      double margin = second ? turned[r] : -turned[r];
      double e = power[r];
      part.sum[r] = 1 + e;
      double miss = margin >= 0 ? e / (1 + e) : 1 / (1 + e);
      part.loss += weight * Math.max(0, -margin);
      if (weight > 0) {
        part.separated &= miss < 0.5;
        part.surest = Math.min(part.surest, miss);
      }
      turned[r] = weight * (second ? -miss : miss);
    }
    addLogarithms(part, from);
  }

  /** Adds weight · ln sum of eight rows; of even weights by one logarithm. */
  private void addLogarithms(Part part, int from) {
    if (even) {
      double product = 1;
      int count = Math.min(ROWS, rows - from);
      for (int r = 0; r < count; r++) {
        product *= part.sum[r]; // at most the number of classes to the eighth power
      }
      part.loss += weights[from] * Math.log(product);
      return;
    }
    for (int r = 0; r < ROWS; r++) {
      part.loss += weights[from + r] * Math.log(part.sum[r]);
    }
  }

  /** Replaces the scores of rows of one of many classes by their parts of the gradient. */
  private void shares(Part part, int from) {
    // loops over eight rows within loops over classes, which the compiler unrolls
    double[] turned = part.turned;
    double[] most = part.most;
    double[] sum = part.sum;
    System.arraycopy(turned, 0, most, 0, ROWS);
    for (int at = ROWS; at < turned.length; at += ROWS) {
      for (int r = 0; r < ROWS; r++) {
        most[r] = Math.max(most[r], turned[at + r]);
      }
    }
    for (int r = 0; r < ROWS; r++) {
      part.loss += weights[from + r] * (most[r] - turned[codes[from + r] * ROWS + r]);
      sum[r] = 0;
    }
    for (int at = 0; at < turned.length; at += ROWS) {
      for (int r = 0; r < ROWS; r++) {
        turned[at + r] -= most[r];
      }
    }
    Exponential.inPlace(turned, 0, turned.length);
    for (int at = 0; at < turned.length; at += ROWS) {
      for (int r = 0; r < ROWS; r++) {
        sum[r] += turned[at + r];
      }
    }
    addLogarithms(part, from);
    for (int r = 0; r < ROWS; r++) {
      int own = codes[from + r] * ROWS + r;
      double weight = weights[from + r];
      double rest = sum[r] - turned[own];
      if (weight > 0) {
        part.separated &= turned[own] > rest;
        part.surest = Math.min(part.surest, rest / sum[r]);
      }
      turned[own] = 0;
      sum[r] = weight / sum[r];
      most[r] = 0;
    }
    for (int at = 0; at < turned.length; at += ROWS) {
      for (int r = 0; r < ROWS; r++) {
        turned[at + r] *= sum[r];
        most[r] += turned[at + r];
      }
    }
    for (int r = 0; r < ROWS; r++) {
      // exactly minus the others, so that the parts of a row sum to 0
      turned[codes[from + r] * ROWS + r] = -most[r];
    }
  }
}
