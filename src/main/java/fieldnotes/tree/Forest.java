package fieldnotes.tree;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.math.NumpyRandom;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A random forest: trees grown on bootstrap samples of the rows, their predictions averaged. Trees
 * are grown in parallel; the forest is the same on any number of threads.
 *
 * @see "L. Breiman, Random forests, Machine Learning 45, 2001"
 */
public final class Forest {
  private static final int BLOCK = 256;

  private final List<Tree> trees;
  private final ForestOptions options;

  private Forest(List<Tree> trees, ForestOptions options) {
    this.trees = List.copyOf(trees);
    this.options = options;
  }

  /**
   * Grows a forest that predicts numbers, as scikit-learn's {@code RandomForestRegressor} with the
   * same seed does.
   *
   * @param x finite, shape [rows][columns]; used as 32-bit floats
   * @param y finite, shape [rows]
   */
  public static Forest regress(double[][] x, double[] y, ForestOptions options) {
    return regress(x, y, null, options);
  }

  /**
   * Grows a forest that predicts numbers, with weights: with bootstrap samples the chance of a row
   * to be drawn, without them its weight in the sums.
   *
   * @param weights at least 0, shape [rows]; null means equal
   */
  public static Forest regress(double[][] x, double[] y, double[] weights, ForestOptions options) {
    Inputs inputs = Inputs.of(x);
    Tree.checkTargets(x.length, y);
    Tree.checkWeights(x.length, weights);
    return grow(x.length, weights, options, (w, tree) -> Grower.regress(inputs, y, w, tree));
  }

  /**
   * Grows a forest that predicts classes, as scikit-learn's {@code RandomForestClassifier} with the
   * same seed does: at each split the root of the number of columns is tried, unless {@code
   * maxFeatures} says otherwise.
   *
   * @param classes class of each row, from 0, shape [rows]
   */
  public static Forest classify(double[][] x, int[] classes, ForestOptions options) {
    return classify(x, classes, null, options);
  }

  /** Grows a forest that predicts classes, with weights as in {@link #regress}. */
  public static Forest classify(
      double[][] x, int[] classes, double[] weights, ForestOptions options) {
    Inputs inputs = Inputs.of(x);
    int count = Tree.checkClasses(x.length, classes);
    Tree.checkWeights(x.length, weights);
    int root = Math.max(1, (int) Math.sqrt(inputs.columns));
    ForestOptions used =
        options.tree().maxFeatures() == 0 ? options.withMaxFeatures(root) : options;
    return grow(
        x.length, weights, used, (w, tree) -> Grower.classify(inputs, classes, count, w, tree));
  }

  private static Forest grow(
      int rows,
      double[] weights,
      ForestOptions options,
      BiFunction<double[], TreeOptions, Tree> growTree) {
    NumpyRandom random = NumpyRandom.of(options.seed());
    long[] seeds = new long[options.trees()];
    for (int t = 0; t < seeds.length; t++) {
      seeds[t] = random.upTo(Integer.MAX_VALUE - 1);
    }
    Tree[] trees = new Tree[seeds.length];
    try (Progress progress = Progress.start("forest", seeds.length)) {
      Parallel.forEach(
          seeds.length,
          t -> {
            double[] used = options.bootstrap() ? bootstrap(rows, weights, seeds[t]) : weights;
            trees[t] = growTree.apply(used, options.tree().withSeed(seeds[t]));
            progress.advance(1);
          });
    }
    return new Forest(Arrays.asList(trees), options);
  }

  /** How often each row was drawn. */
  private static double[] bootstrap(int rows, double[] weights, long seed) {
    NumpyRandom random = NumpyRandom.of(seed);
    double[] times = new double[rows];
    if (weights == null) {
      for (int i = 0; i < rows; i++) {
        times[random.upTo(rows - 1)]++;
      }
      return times;
    }
    double sum = 0;
    for (double w : weights) {
      sum += w;
    }
    double[] running = new double[rows];
    double total = 0;
    for (int i = 0; i < rows; i++) {
      total += weights[i] / sum;
      running[i] = total;
    }
    for (int i = 0; i < rows; i++) {
      running[i] /= total;
    }
    for (int i = 0; i < rows; i++) {
      double u = random.uniform();
      int at = Arrays.binarySearch(running, u);
      int row = at >= 0 ? at + 1 : -at - 1;
      while (at >= 0 && row < rows && running[row] <= u) {
        row++;
      }
      times[Math.min(row, rows - 1)]++;
    }
    return times;
  }

  /** The mean of the trees' predictions for each row, shape [rows]. */
  public double[] predict(double[][] x) {
    Check.that(classCount() == 0, "a forest for classes predicts with classOf or probabilities");
    Tree.checkColumns(x, columnCount());
    double[] predicted = new double[x.length];
    Parallel.forEach(
        (x.length + BLOCK - 1) / BLOCK,
        block -> {
          int from = block * BLOCK;
          int to = Math.min(x.length, from + BLOCK);
          for (Tree tree : trees) {
            for (int i = from; i < to; i++) {
              predicted[i] += tree.valueOf(tree.leafOf(x[i]));
            }
          }
          for (int i = from; i < to; i++) {
            predicted[i] /= trees.size();
          }
        });
    return predicted;
  }

  /** The mean over trees of the class shares in the leaf of each row, shape [rows][classes]. */
  public double[][] probabilities(double[][] x) {
    Check.that(classCount() > 0, "a forest for numbers has no classes: use predict");
    Tree.checkColumns(x, columnCount());
    double[][] shares = new double[x.length][classCount()];
    Parallel.forEach(
        (x.length + BLOCK - 1) / BLOCK,
        block -> {
          int from = block * BLOCK;
          int to = Math.min(x.length, from + BLOCK);
          for (Tree tree : trees) {
            for (int i = from; i < to; i++) {
              tree.addShares(tree.leafOf(x[i]), shares[i]);
            }
          }
          for (int i = from; i < to; i++) {
            for (int c = 0; c < shares[i].length; c++) {
              shares[i][c] /= trees.size();
            }
          }
        });
    return shares;
  }

  /** The class of the largest mean share for each row; the lower one where they tie. */
  public int[] classOf(double[][] x) {
    double[][] shares = probabilities(x);
    int[] predicted = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      predicted[i] = Tree.largest(shares[i]);
    }
    return predicted;
  }

  /**
   * The share of the total gain in impurity that each column brought, averaged over the trees that
   * have a split; they add to 1, or are 0 where no tree has one.
   */
  public double[] importances() {
    double[] sums = new double[columnCount()];
    int used = 0;
    for (Tree tree : trees) {
      if (tree.nodeCount() > 1) {
        double[] one = tree.importances();
        for (int j = 0; j < sums.length; j++) {
          sums[j] += one[j];
        }
        used++;
      }
    }
    double total = 0;
    for (int j = 0; j < sums.length; j++) {
      sums[j] /= Math.max(1, used);
      total += sums[j];
    }
    for (int j = 0; j < sums.length && total > 0; j++) {
      sums[j] /= total;
    }
    return sums;
  }

  /** The trees, in the order of their seeds. */
  public List<Tree> trees() {
    return trees;
  }

  /** What it was grown with. */
  public ForestOptions options() {
    return options;
  }

  /** Columns it was grown on. */
  public int columnCount() {
    return trees.getFirst().columnCount();
  }

  /** Classes it knows; 0 for a forest that predicts numbers. */
  public int classCount() {
    return trees.getFirst().classCount();
  }

  /** Writes the forest; {@link #read} takes it back. Impurities and row counts are not kept. */
  public void write(DataOutput out) throws IOException {
    TreeOptions tree = options.tree();
    out.writeInt(options.trees());
    out.writeBoolean(options.bootstrap());
    out.writeLong(tree.seed());
    out.writeInt(tree.maxFeatures());
    out.writeInt(tree.maxDepth());
    out.writeInt(tree.minRowsToSplit());
    out.writeInt(tree.minRowsInLeaf());
    out.writeBoolean(tree.entropy());
    for (Tree one : trees) {
      one.write(out);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the bytes are no forest, or end early
   */
  public static Forest read(DataInput in) throws IOException {
    int count = in.readInt();
    boolean bootstrap = in.readBoolean();
    ForestOptions options;
    try {
      TreeOptions tree =
          new TreeOptions(
              in.readLong(),
              in.readInt(),
              in.readInt(),
              in.readInt(),
              in.readInt(),
              in.readBoolean());
      options = new ForestOptions(count, bootstrap, tree);
    } catch (IllegalArgumentException e) {
      throw new IOException("not a forest: " + e.getMessage(), e);
    }
    List<Tree> trees = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      Tree tree = Tree.read(in);
      if (t > 0
          && (tree.columnCount() != trees.getFirst().columnCount()
              || tree.classCount() != trees.getFirst().classCount())) {
        throw new IOException("tree %d of a forest has other columns or classes".formatted(t));
      }
      trees.add(tree);
    }
    return new Forest(trees, options);
  }

  @Override
  public String toString() {
    return "%s forest: %d trees, %d columns, seed %d"
        .formatted(
            classCount() == 0 ? "regression" : "classification",
            trees.size(),
            columnCount(),
            options.seed());
  }
}
