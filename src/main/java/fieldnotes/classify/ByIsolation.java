package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.evaluate.Classified;
import fieldnotes.math.NumpyRandom;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.RegressionTree;
import fieldnotes.tree.TreeOptions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Knownness by an isolation forest: how many random splits it takes until a row is alone.
 *
 * @param trees number of trees, at least 1
 * @param rowsPerTree rows that each tree is grown on, drawn without repeats, at least 1; all if
 *     there are fewer
 * @param seed 0 to 4294967295
 */
record ByIsolation(int trees, int rowsPerTree, long seed) implements Knownness {
  private static final double EULER = 0.577215664901532860606512090082402431;

  ByIsolation {
    Check.atLeast("trees", trees, 1);
    Check.atLeast("rowsPerTree", rowsPerTree, 1);
    Check.that(seed >= 0 && seed <= 0xffffffffL, "seed=%d: must lie within 0 and 4294967295", seed);
  }

  /**
   * The trees.
   *
   * @param trees their leaves have the length of the path to them and the mean length of the paths
   *     on which their rows would be parted further
   * @param rowsPerTree rows that each was grown on
   */
  record Fitted(List<RegressionTree> trees, int rowsPerTree) implements Knownness.Fitted {
    private static final int BLOCK = 256;

    Fitted {
      trees = List.copyOf(trees);
      Check.that(!trees.isEmpty(), "an isolation forest has no trees");
      Check.atLeast("rowsPerTree", rowsPerTree, 1);
      for (RegressionTree tree : trees) {
        Check.sameLength(
            "a tree's columns",
            tree.columnCount(),
            "the first tree's columns",
            trees.getFirst().columnCount());
        for (int node = 0; node < tree.nodeCount(); node++) {
          Check.that(
              tree.value(node) >= 0 && tree.value(node) <= 1e9,
              "a path of an isolation forest is %s long: must be 0 to 1e9",
              tree.value(node));
        }
      }
    }

    @Override
    public int columns() {
      return trees.getFirst().columnCount();
    }

    @Override
    public double[] of(Matrix x, Classified predicted, String unknown) {
      double[] known = new double[x.rowCount()];
      double[][] rows = x.values();
      double all = trees.size() * meanPath(rowsPerTree);
      Parallel.forEach(
          Math.ceilDiv(rows.length, BLOCK),
          b -> {
            int from = b * BLOCK;
            double[][] cells = new double[Math.min(BLOCK, rows.length - from)][];
            for (int i = 0; i < cells.length; i++) {
              // trees compare 32-bit floats
              cells[i] = rows[from + i].clone();
              for (int j = 0; j < cells[i].length; j++) {
                cells[i][j] = (float) cells[i][j];
              }
            }
            double[] paths = new double[cells.length];
            for (RegressionTree tree : trees) {
              for (int i = 0; i < cells.length; i++) {
                paths[i] += tree.predict(cells[i]);
              }
            }
            for (int i = 0; i < cells.length; i++) {
              known[from + i] = -Math.pow(2, all == 0 ? -1 : -paths[i] / all);
            }
          });
      return known;
    }

    @Override
    public String toString() {
      return "isolation by %s trees of %s rows".formatted(trees.size(), rowsPerTree);
    }
  }

  @Override
  public Knownness.Fitted fit(Samples known) {
    Made.refuseWeights(known, "the isolation forest");
    double[][] x = Made.learnFrom(known).values();
    int rows = x.length;
    int drawn = Math.min(rowsPerTree, rows);
    int depth = 32 - Integer.numberOfLeadingZeros(Math.max(drawn, 2) - 1);
    // what is predicted does not matter, but scikit-learn draws it
    NumpyRandom targets = NumpyRandom.of(seed);
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      y[i] = targets.uniform();
    }
    NumpyRandom random = NumpyRandom.of(seed);
    long[] seeds = new long[trees];
    for (int t = 0; t < trees; t++) {
      seeds[t] = random.upTo(Integer.MAX_VALUE - 1);
    }
    RegressionTree[] grown = new RegressionTree[trees];
    Parallel.forEach(
        trees,
        t -> {
          int[] chosen = Draws.without(NumpyRandom.of(seeds[t]), rows, drawn);
          Arrays.sort(chosen);
          TreeOptions options =
              TreeOptions.of(NumpyRandom.of(seeds[t]).upTo(Integer.MAX_VALUE - 1))
                  .withRandomThresholds()
                  .withMaxFeatures(1)
                  .withMaxDepth(depth);
          grown[t] =
              paths(
                  RegressionTree.fit(
                      IntStream.of(chosen).mapToObj(i -> x[i]).toArray(double[][]::new),
                      IntStream.of(chosen).mapToDouble(i -> y[i]).toArray(),
                      options));
        });
    return new Fitted(List.of(grown), drawn);
  }

  /** The same tree with the lengths of paths in its leaves. */
  private static RegressionTree paths(RegressionTree tree) {
    int nodes = tree.nodeCount();
    int[] feature = new int[nodes];
    double[] threshold = new double[nodes];
    double[] path = new double[nodes];
    int[] depth = new int[nodes];
    for (int node = 0; node < nodes; node++) {
      feature[node] = tree.feature(node);
      threshold[node] = tree.threshold(node);
      if (feature[node] >= 0) {
        depth[node + 1] = depth[node] + 1;
        depth[tree.right(node)] = depth[node] + 1;
      } else {
        path[node] = depth[node] + meanPath(tree.rows(node));
      }
    }
    return RegressionTree.of(tree.columnCount(), feature, threshold, path);
  }

  /** The mean length of the path to a leaf of a random tree that parts this many rows. */
  static double meanPath(int rows) {
    if (rows <= 2) {
      return rows <= 1 ? 0 : 1;
    }
    double others = rows - 1.0;
    return 2 * (Math.log(others) + EULER) - 2 * others / rows;
  }

  @Override
  public String toString() {
    return "isolation by %s trees of %s rows, seed %s".formatted(trees, rowsPerTree, seed);
  }
}
