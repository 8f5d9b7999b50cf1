package fieldnotes.tree;

import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Grows trees on binned columns, the leaf of the largest gain first, as scikit-learn's {@code
 * TreeGrower} does. Of two children, the histograms of the smaller are summed up and those of the
 * larger are the parent's less them. Sums are added in scikit-learn's order.
 */
final class HistogramGrower {
  /** Sides of a split need at least this sum of second derivatives. */
  static final double LEAST_SECOND = 1e-3;

  private final HistogramBins bins;
  private final HistogramOptions options;
  private final HistogramSums sums;
  private final int[] rows;
  private final int[] buffer;
  private final HistogramSplit[] best;
  private final HistogramSplit[] bestOfRight;

  private float[] first;
  private float[] second;

  /** Open nodes, as Python's heapq keeps them, the largest gain first. */
  private final List<Node> heap = new ArrayList<>();

  private int leaves;

  HistogramGrower(HistogramBins bins, HistogramOptions options, HistogramSums.Pool pool) {
    this.bins = bins;
    this.options = options;
    sums = new HistogramSums(bins, options.bins(), pool);
    rows = new int[bins.rows];
    buffer = new int[bins.rows];
    best = new HistogramSplit[bins.bounds.length];
    bestOfRight = new HistogramSplit[bins.bounds.length];
    Arrays.setAll(best, j -> new HistogramSplit(options.bins()));
    Arrays.setAll(bestOfRight, j -> new HistogramSplit(options.bins()));
  }

  /** A node: the rows from start to end − 1 of {@code rows}. */
  private static final class Node {
    final int start;
    final int end;
    final int depth;
    final double first;
    final double second;
    double value;
    double[] sums;
    HistogramSplit split;
    Node left;
    Node right;

    Node(int start, int end, int depth, double first, double second, double value) {
      this.start = start;
      this.end = end;
      this.depth = depth;
      this.first = first;
      this.second = second;
      this.value = value;
    }

    int size() {
      return end - start;
    }
  }

  /**
   * Grows a tree and adds its values to the raw predictions of the rows.
   *
   * @param firstDerivatives of each row's loss
   * @param secondDerivatives of each row's loss
   */
  RegressionTree grow(float[] firstDerivatives, float[] secondDerivatives, double[] raw) {
    first = firstDerivatives;
    second = secondDerivatives;
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i;
    }
    heap.clear();
    leaves = 0;
    Node root = root();
    while (!heap.isEmpty()) {
      Progress.stopIfInterrupted();
      split(pop());
    }
    return tree(root, raw);
  }

  private Node root() {
    double[] all = sums.take();
    inParts(
        (from, to) -> {
          sums.clear(all, from, to);
          sums.add(all, first, second, null, 0, rows.length, from, to);
        });
    Node root = new Node(0, rows.length, 0, sums.total(all, 0), sums.total(all, 1), 0);
    root.sums = all;
    if (root.size() < 2 * options.minRowsInLeaf() || root.second < LEAST_SECOND) {
      leaf(root);
      return root;
    }
    inParts((from, to) -> search(root, best, from, to));
    open(root, best);
    return root;
  }

  /** Work on the columns from…to−1. */
  private interface PartTask {
    void run(int from, int to);
  }

  /** Parts the columns among the threads. */
  private void inParts(PartTask task) {
    int columns = bins.bounds.length;
    int parts = Math.min(Parallel.threads(), columns);
    Parallel.forEachBrief(
        parts,
        part ->
            task.run(
                (int) ((long) columns * part / parts),
                (int) ((long) columns * (part + 1) / parts)));
  }

  private void search(Node node, HistogramSplit[] into, int from, int to) {
    for (int j = from; j < to; j++) {
      into[j].search(sums, node.sums, j, node.size(), node.first, node.second, node.value, options);
    }
  }

  /** Takes the best of the columns' splits, or makes the node a leaf if there is none. */
  private void open(Node node, HistogramSplit[] of) {
    int column = 0;
    for (int j = 1; j < of.length; j++) {
      if (of[j].gain > of[column].gain) {
        column = j;
      }
    }
    if (of[column].gain <= 0) {
      leaf(node);
      return;
    }
    node.split = of[column].copy(column);
    push(node);
  }

  private void leaf(Node node) {
    leaves++;
    free(node);
  }

  private void free(Node node) {
    if (node.sums != null) {
      sums.give(node.sums);
      node.sums = null;
    }
  }

  private void split(Node node) {
    HistogramSplit split = node.split;
    int middle = part(node);
    int depth = node.depth + 1;
    int leavesThen = leaves + heap.size() + 2;
    Node left =
        new Node(node.start, middle, depth, split.firstLeft, split.secondLeft, split.valueLeft);
    Node right =
        new Node(middle, node.end, depth, split.firstRight, split.secondRight, split.valueRight);
    node.left = left;
    node.right = right;
    boolean last = leavesThen == options.maxLeaves();
    boolean deep = options.maxDepth() > 0 && depth == options.maxDepth();
    boolean splitLeft = !last && !deep && left.size() >= 2 * options.minRowsInLeaf();
    boolean splitRight = !last && !deep && right.size() >= 2 * options.minRowsInLeaf();
    if (!splitLeft) {
      leaf(left);
    }
    if (!splitRight) {
      leaf(right);
    }
    if (last) {
      heap.forEach(this::leaf);
      heap.clear();
    }
    if (splitLeft || splitRight) {
      sumAndSearch(node, splitLeft, splitRight);
      if (splitLeft) {
        open(left, best);
      } else {
        free(left);
      }
      if (splitRight) {
        open(right, bestOfRight);
      } else {
        free(right);
      }
    } else {
      free(node);
    }
  }

  private void sumAndSearch(Node node, boolean splitLeft, boolean splitRight) {
    Node left = node.left;
    Node right = node.right;
    Node small = left.size() < right.size() ? left : right;
    Node large = small == left ? right : left;
    small.sums = sums.take();
    large.sums = node.sums;
    node.sums = null;
    inParts(
        (from, to) -> {
          sums.clear(small.sums, from, to);
          sums.add(small.sums, first, second, rows, small.start, small.end, from, to);
          sums.subtract(large.sums, small.sums, from, to);
          if (splitLeft) {
            search(left, best, from, to);
          }
          if (splitRight) {
            search(right, bestOfRight, from, to);
          }
        });
  }

  /** Parts a node's rows, keeping their order; returns the start of the right part. */
  private int part(Node node) {
    byte[] cells = bins.cells[node.split.column];
    int bin = node.split.bin;
    int left = node.start;
    int right = 0;
    for (int p = node.start; p < node.end; p++) {
      int row = rows[p];
      rows[left] = row;
      buffer[right] = row;
      int goesLeft = (cells[row] & 0xff) <= bin ? 1 : 0;
      left += goesLeft;
      right += 1 - goesLeft;
    }
    System.arraycopy(buffer, 0, rows, left, right);
    return left;
  }

  // heapq: equal gains leave it in the same order as in Python

  private void push(Node node) {
    heap.add(node);
    up(0, heap.size() - 1);
  }

  private void up(int top, int from) {
    int at = from;
    Node node = heap.get(at);
    while (at > top) {
      int parent = (at - 1) >> 1;
      if (node.split.gain <= heap.get(parent).split.gain) {
        break;
      }
      heap.set(at, heap.get(parent));
      at = parent;
    }
    heap.set(at, node);
  }

  private Node pop() {
    Node last = heap.removeLast();
    if (heap.isEmpty()) {
      return last;
    }
    Node first = heap.getFirst();
    int at = 0;
    int child = 1;
    while (child < heap.size()) {
      int next = child + 1;
      if (next < heap.size() && heap.get(child).split.gain <= heap.get(next).split.gain) {
        child = next;
      }
      heap.set(at, heap.get(child));
      at = child;
      child = 2 * at + 1;
    }
    heap.set(at, last);
    up(0, at);
    return first;
  }

  private RegressionTree tree(Node root, double[] raw) {
    List<Node> nodes = new ArrayList<>();
    collect(root, nodes);
    int[] feature = new int[nodes.size()];
    double[] threshold = new double[feature.length];
    double[] value = new double[feature.length];
    for (int i = 0; i < feature.length; i++) {
      Node node = nodes.get(i);
      if (node.left == null) {
        feature[i] = -1;
        node.value *= options.learningRate();
      } else {
        feature[i] = node.split.column;
        threshold[i] = bins.bounds[feature[i]][node.split.bin];
      }
      value[i] = node.value;
    }
    Parallel.forEachBrief(
        feature.length,
        i -> {
          Node node = nodes.get(i);
          for (int p = node.start; node.left == null && p < node.end; p++) {
            raw[rows[p]] += node.value;
          }
        });
    return RegressionTree.of(bins.bounds.length, feature, threshold, value);
  }

  private static void collect(Node node, List<Node> into) {
    into.add(node);
    if (node.left != null) {
      collect(node.left, into);
      collect(node.right, into);
    }
  }
}
