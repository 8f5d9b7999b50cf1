package fieldnotes.tree;

import fieldnotes.common.Check;
import fieldnotes.math.Magnitude;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Trees boosted on histograms: columns are sorted into at most 255 bins, and each tree splits
 * between bins, so that large tables are learnt from fast. A raw prediction is a baseline plus the
 * values of the leaves a row falls into.
 *
 * @see "G. Ke and others, LightGBM: a highly efficient gradient boosting decision tree, NIPS 2017"
 */
public final class HistogramTrees {
  private final double[] baseline;
  private final List<RegressionTree> trees;

  HistogramTrees(double[] baseline, List<RegressionTree> trees) {
    this.baseline = baseline;
    this.trees = List.copyOf(trees);
    Check.that(
        !trees.isEmpty() && trees.size() % baseline.length == 0,
        "%d trees: must be at least 1, and as many for each of %d outputs",
        trees.size(),
        baseline.length);
    int columns = trees.getFirst().columnCount();
    double sum = 0;
    for (double one : baseline) {
      sum += Math.abs(one);
    }
    for (int t = 0; t < trees.size(); t++) {
      Nodes nodes = trees.get(t).nodes;
      Check.that(
          nodes.columns == columns && !nodes.floats,
          "tree %d has %d columns, the first %d",
          t,
          nodes.columns,
          columns);
      double most = 0;
      for (double value : nodes.value) {
        most = Math.max(most, Math.abs(value));
      }
      sum += most;
    }
    Check.that(Double.isFinite(sum), "the values of the trees sum to %s: must be finite", sum);
  }

  /**
   * Boosts trees for classes by log loss, as scikit-learn's {@code HistGradientBoostingClassifier}
   * does. Two classes have one raw prediction, the log odds of the second, more classes one each.
   *
   * @param x finite, shape [rows][columns]
   * @param classes class of each row, 0…count−1, shape [rows]
   * @param count number of classes, at least 2
   * @param weights weight of each row, at least 0, shape [rows]; null means 1 each
   * @param train rows to learn from, in order; null means all
   * @param validation rows held back, to stop early; null means none
   */
  public static HistogramTrees ofClasses(
      double[][] x,
      int[] classes,
      int count,
      double[] weights,
      int[] train,
      int[] validation,
      HistogramOptions options) {
    Check.sameLength("x", x.length, "classes", classes.length);
    Check.atLeast("count", count, 2);
    double[] target = Arrays.stream(classes).asDoubleStream().toArray();
    HistogramLoss loss =
        count == 2
            ? new HistogramLoss.TwoClasses(target, weights)
            : new HistogramLoss.Classes(target, weights, count);
    return HistogramBoosting.fit(x, loss, train, validation, options);
  }

  /**
   * Boosts trees for numbers by squared error, as scikit-learn's {@code
   * HistGradientBoostingRegressor} does.
   *
   * @param x finite, shape [rows][columns]
   * @param y target of each row, finite, shape [rows]
   * @param weights weight of each row, at least 0, shape [rows]; null means 1 each
   * @param train rows to learn from, in order; null means all
   * @param validation rows held back, to stop early; null means none
   */
  public static HistogramTrees ofNumbers(
      double[][] x,
      double[] y,
      double[] weights,
      int[] train,
      int[] validation,
      HistogramOptions options) {
    Check.sameLength("x", x.length, "y", y.length);
    Magnitude.target("y", y, weights);
    return HistogramBoosting.fit(
        x, new HistogramLoss.Squared(y, weights), train, validation, options);
  }

  /**
   * The raw predictions, shape [rows][outputs].
   *
   * @param x finite, shape [rows][columns]
   */
  public double[][] raw(double[][] x) {
    trees.getFirst().nodes.check(x);
    double[][] raw = new double[x.length][];
    Arrays.setAll(raw, i -> baseline.clone());
    Leaves.of(
        x,
        trees,
        (tree, from, to, leaves) -> {
          double[] value = trees.get(tree).nodes.value;
          int output = tree % baseline.length;
          for (int i = from; i < to; i++) {
            raw[i][output] += value[leaves[i - from]];
          }
        });
    return raw;
  }

  /** The trees, round by round, and in a round class by class. */
  public List<RegressionTree> trees() {
    return trees;
  }

  /** Raw predictions without any tree, shape [outputs]. */
  public double[] baseline() {
    return baseline.clone();
  }

  /** The number of raw predictions of a row. */
  public int outputs() {
    return baseline.length;
  }

  /** The number of columns it was fitted on. */
  public int columnCount() {
    return trees.getFirst().columnCount();
  }

  /** The number of rounds it was boosted. */
  public int rounds() {
    return trees.size() / baseline.length;
  }

  /** Writes baseline and trees. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(baseline.length);
    for (double one : baseline) {
      out.writeDouble(one);
    }
    out.writeInt(trees.size());
    for (RegressionTree tree : trees) {
      tree.write(out);
    }
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @throws IOException if the bytes are not boosted trees or are truncated
   */
  public static HistogramTrees read(DataInput in) throws IOException {
    List<RegressionTree> trees = new ArrayList<>();
    try {
      int outputs = in.readInt();
      if (outputs < 1 || outputs > Nodes.MOST_CLASSES) {
        throw new IOException("not boosted trees: %d outputs".formatted(outputs));
      }
      double[] baseline = new double[outputs];
      for (int c = 0; c < outputs; c++) {
        baseline[c] = in.readDouble();
      }
      int count = in.readInt();
      while (trees.size() < count) {
        trees.add(RegressionTree.read(in));
      }
      return new HistogramTrees(baseline, trees);
    } catch (EOFException e) {
      EOFException named = new EOFException("boosted trees are truncated, in tree " + trees.size());
      named.initCause(e);
      throw named;
    } catch (IllegalArgumentException e) {
      throw new IOException("not boosted trees: " + e.getMessage(), e);
    }
  }

  /** Equal baseline and equal trees in the same order. */
  @Override
  public boolean equals(Object other) {
    return other instanceof HistogramTrees that
        && Arrays.equals(baseline, that.baseline)
        && trees.equals(that.trees);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(baseline) + trees.hashCode();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "boosted trees on histograms: %d rounds of %d, %d leaves, %d columns",
        rounds(),
        outputs(),
        trees.stream().mapToInt(RegressionTree::leafCount).sum(),
        columnCount());
  }
}
