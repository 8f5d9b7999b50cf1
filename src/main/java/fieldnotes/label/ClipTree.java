package fieldnotes.label;

import fieldnotes.cluster.Hierarchy;
import fieldnotes.cluster.Linkage;
import fieldnotes.common.Check;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * A hierarchy of clips in flat arrays. The nodes are the rows, 0 to rows − 1, and the merges from
 * the lowest to the highest; the last is the root. The rows under a node stand next to each other
 * in the order of the leaves, so that a node is a range of it.
 */
final class ClipTree {
  final int rows;
  final int root;

  /** The row at each place. */
  final int[] order;

  /** The place of each row. */
  final int[] place;

  /** The children of a node; −1 for a row. */
  final int[] left;

  final int[] right;

  /** −1 for the root. */
  final int[] parent;

  /** 0 for a row. */
  final double[] height;

  /** The places of a node: from {@code low} to {@code high} − 1. */
  final int[] low;

  final int[] high;

  private ClipTree(double[][] linkage, int[] order) {
    rows = order.length;
    int nodes = 2 * rows - 1;
    root = nodes - 1;
    this.order = order;
    place = new int[rows];
    left = new int[nodes];
    right = new int[nodes];
    parent = new int[nodes];
    height = new double[nodes];
    low = new int[nodes];
    high = new int[nodes];
    Arrays.fill(left, -1);
    Arrays.fill(right, -1);
    Arrays.fill(parent, -1);
    for (int p = 0; p < rows; p++) {
      place[order[p]] = p;
      low[order[p]] = p;
      high[order[p]] = p + 1;
    }
    for (int m = 0; m < linkage.length; m++) {
      int node = rows + m;
      left[node] = (int) linkage[m][0];
      right[node] = (int) linkage[m][1];
      parent[left[node]] = node;
      parent[right[node]] = node;
      height[node] = linkage[m][2];
      low[node] = Math.min(low[left[node]], low[right[node]]);
      high[node] = Math.max(high[left[node]], high[right[node]]);
    }
  }

  /** Ward linkage of z-scores. */
  static ClipTree of(Samples rows) {
    return rows.rowCount() == 1
        ? new ClipTree(new double[0][], new int[1])
        : of(Hierarchy.of(ScaledClips.of(rows), Linkage.WARD));
  }

  /**
   * Any hierarchy whose heights never decrease from a merge to one that contains it.
   *
   * @throws IllegalArgumentException if a merge lies lower than one inside it, as centroid and
   *     median linkage allow: change of height then means nothing
   */
  static ClipTree of(Hierarchy hierarchy) {
    Check.that(
        hierarchy.inversions() == 0,
        "%s linkage has %d inversions (merges lower than one inside them): a guide goes by the"
            + " change of height, so use ward linkage",
        hierarchy.method().label(),
        hierarchy.inversions());
    return new ClipTree(hierarchy.linkage(), hierarchy.leaves());
  }

  /** The number of nodes, rows included. */
  int nodes() {
    return left.length;
  }

  /** The number of rows under a node. */
  int size(int node) {
    return high[node] - low[node];
  }

  boolean isRow(int node) {
    return node < rows;
  }

  /** Whether a node lies under another, or is it. */
  boolean within(int node, int other) {
    return low[other] <= low[node] && high[node] <= high[other];
  }

  /** A row for which this holds, of the smallest node around another that has one. */
  OptionalInt nearest(int row, IntPredicate which) {
    int from = place[row];
    int to = from; // the places seen so far: empty
    for (int node = row; node >= 0; node = parent[node]) {
      for (int p = low[node]; p < high[node]; p++) {
        if ((p < from || p >= to) && which.test(order[p])) {
          return OptionalInt.of(order[p]);
        }
      }
      from = low[node];
      to = high[node];
    }
    return OptionalInt.empty();
  }

  /** The nodes of a cut into {@code count} groups, or as many as there are rows. */
  int[] cutInto(int count) {
    int groups = Math.min(count, rows);
    int first = nodes() - (groups - 1); // the merges that are undone
    if (groups == 1) {
      return new int[] {root};
    }
    int[] cut = new int[groups];
    int next = 0;
    for (int node = root; node >= first; node--) {
      for (int child : new int[] {left[node], right[node]}) {
        if (child < first) {
          cut[next++] = child;
        }
      }
    }
    return cut;
  }
}
