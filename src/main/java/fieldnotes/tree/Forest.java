package fieldnotes.tree;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.math.NumpyRandom;
import fieldnotes.math.Pairwise;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * A random forest: trees grown on bootstrap samples of the rows, their predictions averaged. Trees
 * are grown in parallel; the result does not depend on the number of threads.
 *
 * @param <T> the type of its trees
 * @see "L. Breiman, Random forests, Machine Learning 45, 2001"
 */
public abstract sealed class Forest<T extends Tree> permits RegressionForest, ClassificationForest {
  private final List<T> trees;
  private final ForestOptions options;

  Forest(List<T> trees, ForestOptions options) {
    this.trees = List.copyOf(trees);
    this.options = options;
    Check.that(
        trees.size() == options.trees(),
        "a forest of %d trees, but options.trees=%d",
        trees.size(),
        options.trees());
    Nodes first = trees.getFirst().nodes;
    for (int t = 1; t < trees.size(); t++) {
      Nodes other = trees.get(t).nodes;
      Check.that(
          other.columns == first.columns && other.classes == first.classes,
          "tree %d of a forest has %d columns and %d classes, the trees before it %d and %d",
          t,
          other.columns,
          other.classes,
          first.columns,
          first.classes);
    }
  }

  /**
   * Grows the trees of a forest.
   *
   * @param growTree grows one tree from row weights and tree options
   */
  static <T> List<T> grow(
      int rows,
      double[] weights,
      ForestOptions options,
      BiFunction<double[], TreeOptions, T> growTree) {
    NumpyRandom random = NumpyRandom.of(options.seed());
    long[] seeds = new long[options.trees()];
    for (int t = 0; t < seeds.length; t++) {
      seeds[t] = random.upTo(Integer.MAX_VALUE - 1);
    }
    List<T> trees = new ArrayList<>(Collections.nCopies(seeds.length, null));
    try (Progress progress = Progress.start("forest", seeds.length)) {
      Parallel.forEach(
          seeds.length,
          t -> {
            double[] used = options.bootstrap() ? bootstrap(rows, weights, seeds[t]) : weights;
            trees.set(t, growTree.apply(used, options.tree().withSeed(seeds[t])));
            progress.advance(1);
          });
    }
    return trees;
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

  /**
   * Impurity-based feature importance, averaged over the trees that have a split, shape [columns];
   * sums to 1, or all 0 if no tree has a split.
   */
  public final double[] importances() {
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
    for (int j = 0; j < sums.length; j++) {
      sums[j] /= Math.max(1, used);
    }
    double total = Pairwise.sum(sums);
    for (int j = 0; j < sums.length && total > 0; j++) {
      sums[j] /= total;
    }
    return sums;
  }

  /** The trees, in seed order. */
  public final List<T> trees() {
    return trees;
  }

  /** The options it was fitted with. */
  public final ForestOptions options() {
    return options;
  }

  /** The number of columns it was fitted on. */
  public final int columnCount() {
    return trees.getFirst().columnCount();
  }

  /** Writes options and trees, without impurities and row counts. */
  public final void write(DataOutput out) throws IOException {
    out.writeInt(options.trees());
    out.writeBoolean(options.bootstrap());
    writeOptions(options.tree(), out);
    for (Tree one : trees) {
      one.write(out);
    }
  }

  static void writeOptions(TreeOptions tree, DataOutput out) throws IOException {
    out.writeLong(tree.seed());
    out.writeInt(tree.maxFeatures());
    out.writeInt(tree.maxDepth());
    out.writeInt(tree.minRowsToSplit());
    out.writeInt(tree.minRowsInLeaf());
    out.writeBoolean(tree.entropy());
    out.writeBoolean(tree.randomThresholds());
    out.writeDouble(tree.pruning());
  }

  /** Reads one tree. */
  interface TreeReader<T> {
    T read(DataInput in) throws IOException;
  }

  /** Builds the forest from its parts. */
  interface Maker<T, F> {
    F make(List<T> trees, ForestOptions options);
  }

  /** Reads a forest written by {@link #write}. */
  static <T, F> F read(DataInput in, TreeReader<T> reader, Maker<T, F> maker) throws IOException {
    List<T> trees = new ArrayList<>();
    try {
      ForestOptions options = readOptions(in);
      while (trees.size() < options.trees()) {
        trees.add(reader.read(in));
      }
      return maker.make(trees, options);
    } catch (EOFException e) {
      EOFException named = new EOFException("a forest is truncated, in tree " + trees.size());
      named.initCause(e);
      throw named;
    } catch (IllegalArgumentException e) {
      throw new IOException("not a forest: " + e.getMessage(), e);
    }
  }

  private static ForestOptions readOptions(DataInput in) throws IOException {
    int count = in.readInt();
    boolean bootstrap = Nodes.readFlag(in, "bootstrap");
    return new ForestOptions(count, bootstrap, readTreeOptions(in));
  }

  static TreeOptions readTreeOptions(DataInput in) throws IOException {
    return new TreeOptions(
        in.readLong(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        Nodes.readFlag(in, "entropy"),
        Nodes.readFlag(in, "random thresholds"),
        in.readDouble());
  }

  /** Equal options and equal trees in the same order. */
  @Override
  public final boolean equals(Object other) {
    return other instanceof Forest<?> f && options.equals(f.options) && trees.equals(f.trees);
  }

  @Override
  public final int hashCode() {
    return 31 * options.hashCode() + trees.hashCode();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s forest: %d trees, %d columns, seed %d",
        this instanceof RegressionForest ? "regression" : "classification",
        trees.size(),
        columnCount(),
        options.seed());
  }
}
