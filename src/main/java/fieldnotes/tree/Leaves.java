package fieldnotes.tree;

import fieldnotes.common.Parallel;
import java.util.List;

/**
 * Finds the leaves that many rows fall into: rows in blocks, several rows of a block at once, and
 * without branches that depend on the data, which a processor could not foresee.
 */
final class Leaves {
  private static final int BLOCK = 256;

  /** Below so many rows, preparing the trees costs more than it gains. */
  private static final int FEW = 32;

  /** Takes the leaves of a block. */
  @FunctionalInterface
  interface Task {
    /**
     * Takes them.
     *
     * @param tree number of the tree; trees come in order
     * @param leaves node of each row {@code from}…{@code to} − 1, the first at 0
     */
    void take(int tree, int from, int to, int[] leaves);
  }

  private final int[] links;
  private final double[] thresholds;
  private final int columns;

  /** Each node's column, left and right child; a leaf is its own child. */
  private Leaves(Nodes nodes) {
    int count = nodes.feature.length;
    columns = nodes.columns;
    links = new int[3 * count];
    thresholds = new double[count];
    for (int n = 0; n < count; n++) {
      boolean leaf = nodes.feature[n] < 0;
      links[3 * n] = leaf ? 0 : nodes.feature[n];
      links[3 * n + 1] = leaf ? n : n + 1;
      links[3 * n + 2] = leaf ? n : nodes.right[n];
      thresholds[n] = nodes.threshold[n] + 0.0; // no −0.0
    }
  }

  /**
   * Finds the leaves of all rows in all trees, blocks of rows in parallel.
   *
   * @param x finite, shape [rows][columns], as {@link Nodes#check} takes it
   * @param trees at least one, all with the same columns
   */
  static void of(double[][] x, List<? extends Tree> trees, Task task) {
    boolean floats = trees.getFirst().nodes.floats;
    boolean alike = trees.stream().allMatch(tree -> tree.nodes.floats == floats);
    if (x.length < FEW || !alike) {
      int[] leaves = new int[x.length];
      for (int t = 0; t < trees.size(); t++) {
        Nodes nodes = trees.get(t).nodes;
        for (int i = 0; i < x.length; i++) {
          leaves[i] = nodes.leafOf(x[i]);
        }
        task.take(t, 0, x.length, leaves);
      }
      return;
    }
    Leaves[] walks = new Leaves[trees.size()];
    Parallel.forEach(walks.length, t -> walks[t] = new Leaves(trees.get(t).nodes));
    Parallel.forEach(
        (x.length + BLOCK - 1) / BLOCK,
        block -> {
          int from = block * BLOCK;
          int to = Math.min(x.length, from + BLOCK);
          double[] cells = cells(x, from, to, walks[0].columns, floats);
          int[] leaves = new int[to - from];
          for (int t = 0; t < walks.length; t++) {
            walks[t].find(cells, leaves);
            task.take(t, from, to, leaves);
          }
        });
  }

  /** The cells of a block, row after row, as the trees compare them. */
  private static double[] cells(double[][] x, int from, int to, int columns, boolean floats) {
    double[] cells = new double[(to - from) * columns];
    for (int i = from; i < to; i++) {
      int at = (i - from) * columns;
      for (int j = 0; j < columns; j++) {
        cells[at + j] = floats ? (float) x[i][j] : x[i][j];
      }
    }
    return cells;
  }

  private void find(double[] cells, int[] leaves) {
    int i = 0;
    for (; i + 4 <= leaves.length; i += 4) {
      int at = i * columns;
      int a = 0;
      int b = 0;
      int c = 0;
      int d = 0;
      int moved;
      do {
        int nextA = step(a, cells, at);
        int nextB = step(b, cells, at + columns);
        int nextC = step(c, cells, at + 2 * columns);
        int nextD = step(d, cells, at + 3 * columns);
        moved = (a ^ nextA) | (b ^ nextB) | (c ^ nextC) | (d ^ nextD);
        a = nextA;
        b = nextB;
        c = nextC;
        d = nextD;
      } while (moved != 0);
      leaves[i] = a;
      leaves[i + 1] = b;
      leaves[i + 2] = c;
      leaves[i + 3] = d;
    }
    for (; i < leaves.length; i++) {
      int node = 0;
      int next = step(node, cells, i * columns);
      while (next != node) {
        node = next;
        next = step(node, cells, i * columns);
      }
      leaves[i] = node;
    }
  }

  /** The child that a row goes to: the sign of threshold − cell is 1 where it goes right. */
  private int step(int node, double[] cells, int at) {
    int link = 3 * node;
    double below = thresholds[node] - cells[at + links[link]];
    return links[link + 1 + (int) (Double.doubleToRawLongBits(below) >>> 63)];
  }
}
