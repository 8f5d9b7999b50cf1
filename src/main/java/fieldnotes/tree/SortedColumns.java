package fieldnotes.tree;

import fieldnotes.common.Parallel;

/**
 * The rows of a tree sorted by every column, where each split partitions every column's list
 * stably. Lists of even depths are apart from those of odd depths, so that a split leaves those of
 * its node as they are.
 */
final class SortedColumns {
  /** Cells of a node from which its columns are looked at in parallel. */
  private static final long MANY_CELLS = 100_000;

  /** Bits of a row in a list entry, below its rank; 31 if there is no room for ranks. */
  final int bits;

  final int mask;
  private final Inputs inputs;
  private final int length;
  private final int[][][] lists = new int[2][][];
  private final byte[] goesLeft;

  SortedColumns(Inputs inputs, int[] rows) {
    this.inputs = inputs;
    length = rows.length;
    bits = inputs.sorted == null ? 31 : inputs.rowBits;
    mask = inputs.sorted == null ? -1 : (1 << bits) - 1;
    goesLeft = new byte[inputs.rows];
    for (int row : rows) {
      goesLeft[row] = 1; // marks the rows in use for now
    }
    int[][] whole = inputs.order();
    lists[0] = new int[inputs.columns][];
    for (int j = 0; j < inputs.columns; j++) {
      lists[0][j] = length == inputs.rows ? whole[j] : kept(whole[j]);
    }
  }

  private int[] kept(int[] order) {
    int[] kept = new int[length + 1]; // the last entry absorbs discarded writes
    int count = 0;
    for (int key : order) {
      kept[count] = key;
      count += goesLeft[key & mask];
    }
    return kept;
  }

  /** The list of each column at a depth. */
  int[][] at(int depth) {
    return lists[depth & 1];
  }

  /** The rank of a list entry among the distinct values of its column. */
  int rank(int key, int[] ranks) {
    return bits < 31 ? key >>> bits : ranks[key];
  }

  boolean manyCells(int start, int end) {
    return (long) (end - start) * inputs.columns >= MANY_CELLS;
  }

  /** Marks which rows of a node go left; returns the start of the right part. */
  int mark(int[] rows, int start, int end, float[] column, double threshold) {
    int middle = start;
    for (int p = start; p < end; p++) {
      int left = column[rows[p]] <= threshold ? 1 : 0;
      goesLeft[rows[p]] = (byte) left;
      middle += left;
    }
    return middle;
  }

  /** Partitions a node's lists as its rows were marked, into the lists of the next depth. */
  void part(int depth, int start, int middle, int end) {
    int[][] from = at(depth);
    int[][] to = at(depth + 1);
    if (to == null || (depth % 2 == 1 && to[0] == inputs.order()[0])) {
      to = new int[inputs.columns][length];
      lists[depth + 1 & 1] = to;
    }
    int[][] into = to;
    if (manyCells(start, end)) {
      Parallel.forEachBrief(inputs.columns, j -> part(from[j], into[j], start, middle, end));
    } else {
      for (int j = 0; j < inputs.columns; j++) {
        part(from[j], into[j], start, middle, end);
      }
    }
  }

  private void part(int[] from, int[] to, int start, int middle, int end) {
    int left = start;
    int right = middle;
    for (int p = start; p < end; p++) {
      int key = from[p];
      int goes = goesLeft[key & mask];
      to[right + (left - right & -goes)] = key;
      left += goes;
      right += 1 - goes;
    }
  }
}
