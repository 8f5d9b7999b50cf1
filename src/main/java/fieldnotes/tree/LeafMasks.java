package fieldnotes.tree;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Finds the leaves of a small tree for many rows, without walking: a bit for each leaf, from the
 * left. A row that goes right at a node loses the leaves to the left of it; of those that all nodes
 * leave, the first is its own. All rows look at all nodes, the lanes of a register being rows.
 *
 * @see "C. Lucchese et al., QuickScorer: a fast algorithm to rank documents with additive ensembles
 *     of regression trees, SIGIR 2015"
 */
final class LeafMasks {
  /** The most leaves of a tree. */
  static final int LEAVES = 32;

  private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Of the inner nodes: the column, the largest cell that goes left, what is left on the right. */
  private final int[] columns;

  private final int[] thresholds;
  private final int[] masks;

  /** The node of each leaf, from the left. */
  private final int[] leaves;

  /**
   * Of a tree with at most {@link #LEAVES} leaves.
   *
   * @param threshold of each node, as a whole number in the order of the cells
   */
  LeafMasks(Nodes nodes, int[] threshold) {
    int all = nodes.feature.length;
    int inner = all / 2;
    columns = new int[inner];
    thresholds = new int[inner];
    masks = new int[inner];
    leaves = new int[all - inner];
    int[] before = new int[all + 1];
    for (int n = 0; n < all; n++) {
      boolean leaf = nodes.feature[n] < 0;
      if (leaf) {
        leaves[before[n]] = n;
      }
      before[n + 1] = before[n] + (leaf ? 1 : 0);
    }
    for (int n = 0; n < all; n++) {
      if (nodes.feature[n] >= 0) {
        int at = n - before[n];
        columns[at] = nodes.feature[n];
        thresholds[at] = threshold[n];
        long left = (1L << before[nodes.right[n]]) - (1L << before[n]);
        masks[at] = (int) ~left;
      }
    }
  }

  /** Numbers of rows must be padded to multiples of this. */
  static int padded(int rows) {
    return (rows + 2 * LANES - 1) / (2 * LANES) * 2 * LANES;
  }

  /**
   * Finds the leaf of each row.
   *
   * @param cells column by column, shape [columns][rows], padded
   * @param found receives the node of each row's leaf, shape [rows]
   */
  void find(int[] cells, int rows, int[] found) {
    for (int i = 0; i < rows; i += 2 * LANES) {
      IntVector a = IntVector.broadcast(SPECIES, -1);
      IntVector b = a;
      for (int n = 0; n < masks.length; n++) {
        int at = columns[n] * rows + i;
        int threshold = thresholds[n];
        int mask = masks[n];
        IntVector x = IntVector.fromArray(SPECIES, cells, at);
        IntVector y = IntVector.fromArray(SPECIES, cells, at + LANES);
        a = a.lanewise(VectorOperators.AND, mask, x.compare(VectorOperators.GT, threshold));
        b = b.lanewise(VectorOperators.AND, mask, y.compare(VectorOperators.GT, threshold));
      }
      a.intoArray(found, i);
      b.intoArray(found, i + LANES);
    }
    for (int i = 0; i < rows; i++) {
      found[i] = leaves[Integer.numberOfTrailingZeros(found[i])];
    }
  }
}
