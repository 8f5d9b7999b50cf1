package fieldnotes.tree;

import fieldnotes.common.Parallel;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the leaves that many rows fall into: rows in blocks, several rows of a block at once, and
 * without branches that depend on the data, which a processor could not foresee. Cells and
 * thresholds become whole numbers in the same order.
 */
final class Leaves {
  private static final int LARGEST_BLOCK = 1024;

  /** Below so many rows, preparing the trees costs more than it gains. */
  private static final int FEW = 32;

  /** Numbers for each node. */
  private static final int WIDTH = 4;

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

  private final double[][] x;

  /** Each node's column, threshold, left and right child; a leaf is its own child. */
  private final int[][] links;

  /** The thresholds of each column, ascending; null if cells are compared as 32-bit floats. */
  private final double[][] edges;

  private Leaves(double[][] x, List<? extends Tree> trees, boolean floats) {
    this.x = x;
    edges = floats ? null : edges(trees);
    links = new int[trees.size()][];
    Parallel.forEach(links.length, t -> links[t] = links(trees.get(t).nodes));
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
    Leaves walk = new Leaves(x, trees, floats);
    int block = Math.clamp(x.length / 16, FEW, LARGEST_BLOCK);
    Parallel.forEach(
        (x.length + block - 1) / block,
        b -> walk.find(b * block, Math.min(x.length, (b + 1) * block), task));
  }

  private static double[][] edges(List<? extends Tree> trees) {
    int columns = trees.getFirst().nodes.columns;
    double[][] edges = new double[columns][8];
    int[] counts = new int[columns];
    for (Tree tree : trees) {
      Nodes nodes = tree.nodes;
      for (int n = 0; n < nodes.feature.length; n++) {
        int j = nodes.feature[n];
        if (j >= 0) {
          if (counts[j] == edges[j].length) {
            edges[j] = Arrays.copyOf(edges[j], 2 * counts[j]);
          }
          edges[j][counts[j]++] = nodes.threshold[n] + 0.0; // no −0.0
        }
      }
    }
    for (int j = 0; j < columns; j++) {
      edges[j] = Arrays.stream(edges[j], 0, counts[j]).sorted().distinct().toArray();
    }
    return edges;
  }

  private int[] links(Nodes nodes) {
    int[] made = new int[WIDTH * nodes.feature.length];
    for (int n = 0; n < nodes.feature.length; n++) {
      int at = WIDTH * n;
      boolean leaf = nodes.feature[n] < 0;
      made[at] = leaf ? 0 : nodes.feature[n];
      made[at + 1] = leaf ? 0 : threshold(nodes.feature[n], nodes.threshold[n]);
      made[at + 2] = leaf ? at : at + WIDTH;
      made[at + 3] = leaf ? at : WIDTH * nodes.right[n];
    }
    return made;
  }

  private int threshold(int column, double threshold) {
    if (edges != null) {
      return Arrays.binarySearch(edges[column], threshold + 0.0);
    }
    float rounded = (float) threshold;
    return whole(rounded > threshold ? Math.nextDown(rounded) : rounded);
  }

  /** The number of thresholds below a cell, or its rank among floats. */
  private int cell(int column, double value) {
    if (edges == null) {
      return whole((float) value);
    }
    int at = Arrays.binarySearch(edges[column], value + 0.0);
    return at < 0 ? -1 - at : at;
  }

  /** A whole number for each float, in the same order. */
  private static int whole(float value) {
    int bits = Float.floatToRawIntBits(value + 0f); // no −0
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  private void find(int from, int to, Task task) {
    int columns = x[from].length;
    int[] cells = new int[(to - from) * columns];
    for (int i = from; i < to; i++) {
      int at = (i - from) * columns;
      for (int j = 0; j < columns; j++) {
        cells[at + j] = cell(j, x[i][j]);
      }
    }
    int[] leaves = new int[to - from];
    for (int t = 0; t < links.length; t++) {
      find(links[t], cells, columns, leaves);
      task.take(t, from, to, leaves);
    }
  }

  private static void find(int[] nodes, int[] cells, int columns, int[] leaves) {
    int i = 0;
    for (; i + 8 <= leaves.length; i += 8) {
      int at = i * columns;
      int a = 0;
      int b = 0;
      int c = 0;
      int d = 0;
      int e = 0;
      int f = 0;
      int g = 0;
      int h = 0;
      int moved;
      do {
        int nextA = step(nodes, a, cells, at);
        int nextB = step(nodes, b, cells, at + columns);
        int nextC = step(nodes, c, cells, at + 2 * columns);
        int nextD = step(nodes, d, cells, at + 3 * columns);
        int nextE = step(nodes, e, cells, at + 4 * columns);
        int nextF = step(nodes, f, cells, at + 5 * columns);
        int nextG = step(nodes, g, cells, at + 6 * columns);
        int nextH = step(nodes, h, cells, at + 7 * columns);
        moved =
            (a ^ nextA)
                | (b ^ nextB)
                | (c ^ nextC)
                | (d ^ nextD)
                | (e ^ nextE)
                | (f ^ nextF)
                | (g ^ nextG)
                | (h ^ nextH);
        a = nextA;
        b = nextB;
        c = nextC;
        d = nextD;
        e = nextE;
        f = nextF;
        g = nextG;
        h = nextH;
      } while (moved != 0);
      leaves[i] = a / WIDTH;
      leaves[i + 1] = b / WIDTH;
      leaves[i + 2] = c / WIDTH;
      leaves[i + 3] = d / WIDTH;
      leaves[i + 4] = e / WIDTH;
      leaves[i + 5] = f / WIDTH;
      leaves[i + 6] = g / WIDTH;
      leaves[i + 7] = h / WIDTH;
    }
    for (; i < leaves.length; i++) {
      int node = 0;
      int next = step(nodes, node, cells, i * columns);
      while (next != node) {
        node = next;
        next = step(nodes, node, cells, i * columns);
      }
      leaves[i] = node / WIDTH;
    }
  }

  /** The child that a row goes to: the sign of threshold − cell is 1 where it goes right. */
  private static int step(int[] nodes, int at, int[] cells, int row) {
    long below = (long) nodes[at + 1] - cells[row + nodes[at]];
    return nodes[at + 2 + (int) (below >>> 63)];
  }
}
