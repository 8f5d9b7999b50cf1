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
  private static final int LARGEST_BLOCK = 2048;

  /** Below so many rows, preparing the trees costs more than it gains. */
  static final int FEW = 32;

  /** From so many rows on masks are used; code that runs rarely is slow with registers. */
  private static final int MANY = 1000;

  /** Bits of a packed node's threshold, and of its column and right child together. */
  private static final int HALF = 32;

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

  /**
   * A node in one number: its threshold, its right child, its column. The left child is the next
   * node; a leaf is its own right child, to which all rows go.
   */
  private final long[][] packed;

  /** Bits of a packed node's column. */
  private final int columnBits;

  /** Where many rows meet small trees, instead of {@link #packed}; else null. */
  private final LeafMasks[] masks;

  /** The thresholds of each column, ascending; null if cells are compared as 32-bit floats. */
  private final double[][] edges;

  private Leaves(double[][] x, List<? extends Tree> trees, boolean floats) {
    this.x = x;
    edges = floats ? null : edges(trees);
    columnBits = columnBits(trees);
    boolean small = largest(trees) < 2 * LeafMasks.LEAVES;
    masks = small && x.length >= MANY ? new LeafMasks[trees.size()] : null;
    packed = new long[trees.size()][];
    Parallel.forEachBrief(
        packed.length,
        t -> {
          Nodes nodes = trees.get(t).nodes;
          if (masks == null) {
            packed[t] = packed(nodes);
          } else {
            masks[t] = new LeafMasks(nodes, thresholds(nodes));
          }
        });
  }

  /** The number of nodes of the largest tree. */
  private static int largest(List<? extends Tree> trees) {
    return trees.stream().mapToInt(tree -> tree.nodes.feature.length).max().orElse(0);
  }

  private static int columnBits(List<? extends Tree> trees) {
    return HALF - Integer.numberOfLeadingZeros(trees.getFirst().nodes.columns);
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
    boolean narrow = largest(trees) <= 1L << (HALF - 1 - columnBits(trees));
    if (x.length < FEW || !alike || !narrow) {
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
    // a tree is read once a block, so few large blocks, but some for each thread
    int block = Math.clamp(x.length / (4 * Parallel.threads()), FEW, LARGEST_BLOCK);
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

  private long[] packed(Nodes nodes) {
    long[] made = new long[nodes.feature.length];
    int[] thresholds = thresholds(nodes);
    for (int n = 0; n < made.length; n++) {
      boolean leaf = nodes.feature[n] < 0;
      int links = leaf ? n << columnBits : nodes.right[n] << columnBits | nodes.feature[n];
      made[n] = (long) thresholds[n] << HALF | links;
    }
    return made;
  }

  /** The largest cell that goes left at each node; none does at a leaf. */
  private int[] thresholds(Nodes nodes) {
    int[] made = new int[nodes.feature.length];
    for (int n = 0; n < made.length; n++) {
      boolean leaf = nodes.feature[n] < 0;
      made[n] = leaf ? Integer.MIN_VALUE : threshold(nodes.feature[n], nodes.threshold[n]);
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
    // halves without branches that depend on the data
    double[] rising = edges[column];
    double sought = value + 0.0;
    int from = 0;
    for (int left = rising.length; left > 0; ) {
      int half = (left + 1) >>> 1;
      from += rising[from + half - 1] < sought ? half : 0;
      left -= half;
    }
    return from;
  }

  /** A whole number for each float, in the same order. */
  private static int whole(float value) {
    int bits = Float.floatToRawIntBits(value + 0f); // no −0
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  private void find(int from, int to, Task task) {
    int columns = x[from].length;
    int rows = masks == null ? to - from : LeafMasks.padded(to - from);
    int[] cells = new int[rows * columns];
    int nextRow = masks == null ? columns : 1;
    int nextColumn = masks == null ? 1 : rows;
    for (int i = from; i < to; i++) {
      int at = (i - from) * nextRow;
      for (int j = 0; j < columns; j++) {
        cells[at + j * nextColumn] = cell(j, x[i][j]);
      }
    }
    int[] leaves = new int[rows];
    for (int t = 0; t < packed.length; t++) {
      if (masks == null) {
        find(packed[t], columnBits, cells, columns, leaves);
      } else {
        masks[t].find(cells, rows, leaves);
      }
      task.take(t, from, to, leaves);
    }
  }

  private static void find(long[] nodes, int bits, int[] cells, int columns, int[] leaves) {
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
        int nextA = step(nodes, a, bits, cells, at);
        int nextB = step(nodes, b, bits, cells, at + columns);
        int nextC = step(nodes, c, bits, cells, at + 2 * columns);
        int nextD = step(nodes, d, bits, cells, at + 3 * columns);
        int nextE = step(nodes, e, bits, cells, at + 4 * columns);
        int nextF = step(nodes, f, bits, cells, at + 5 * columns);
        int nextG = step(nodes, g, bits, cells, at + 6 * columns);
        int nextH = step(nodes, h, bits, cells, at + 7 * columns);
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
      leaves[i] = a;
      leaves[i + 1] = b;
      leaves[i + 2] = c;
      leaves[i + 3] = d;
      leaves[i + 4] = e;
      leaves[i + 5] = f;
      leaves[i + 6] = g;
      leaves[i + 7] = h;
    }
    for (; i < leaves.length; i++) {
      int node = 0;
      int next = step(nodes, node, bits, cells, i * columns);
      while (next != node) {
        node = next;
        next = step(nodes, node, bits, cells, i * columns);
      }
      leaves[i] = node;
    }
  }

  /** The child that a row goes to: the sign of threshold − cell says whether to the right. */
  private static int step(long[] nodes, int at, int bits, int[] cells, int row) {
    long node = nodes[at];
    int links = (int) node;
    int left = at + 1;
    long below = (node >> HALF) - cells[row + (links & ((1 << bits) - 1))];
    return left + (((links >>> bits) - left) & (int) (below >> 63));
  }
}
