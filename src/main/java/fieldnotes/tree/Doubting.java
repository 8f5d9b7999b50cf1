package fieldnotes.tree;

import fieldnotes.common.Parallel;
import java.util.ArrayList;
import java.util.List;

/**
 * For sums that round, where every column is kept sorted and each split partitions the columns
 * stably. Rounding depends on the order in which scikit-learn has its rows, which it sorts in place
 * by one column after the other, equal values in whatever order the sort leaves them. That order
 * matters only where two splits are nearly equally good or a node is nearly pure: there it is
 * worked out and the node searched again by {@link InOrder}. For leaves that keep their sums it is
 * worked out at every node, beginning at the latest column without equal values.
 */
final class Doubting extends Search {
  /** Differences up to this share of the sum of squares are doubtful; rounding is far smaller. */
  private static final double DOUBT = 1e-10;

  private final Criterion.SquaredError squared;
  private final boolean always;
  private final boolean allFeatures;
  private final int maxDepth;

  /** Weight and weighted target of each row, interleaved. */
  private final double[] pairs;

  private final SortedColumns sorted;
  private final int mask;

  /** What was found in each column of the node. */
  private final double[] bestOf;

  private final double[] secondOf;
  private final int[] beforeOf;
  private final boolean[] tied;
  private final boolean[] constant;

  /** The rows in scikit-learn's order, in the segments of nodes whose parent is {@code done}. */
  private final int[] precise;

  private final List<Split> path = new ArrayList<>();
  private final InOrder inOrder;
  private final float[] buffer;
  private double second;
  private boolean searched;
  private boolean again;
  private Split now;

  /** A node that is split, or about to be. */
  private final class Split {
    private int depth;
    private int start;
    private int end;
    private final int[] visited = new int[inputs.columns];
    private final boolean[] strict = new boolean[inputs.columns];
    private int count;
    private int feature;
    private double threshold;

    /** Whether its rows are in the order they have after the split. */
    private boolean done;

    /** The latest column without equal values; where it was sorted by, the order is known. */
    int latestStrict() {
      int at = count - 1;
      while (at >= 0 && !strict[at]) {
        at--;
      }
      return at;
    }
  }

  /**
   * @param always whether node sums must be exact
   */
  Doubting(
      Inputs inputs,
      int[] rows,
      Criterion.SquaredError criterion,
      TreeOptions options,
      boolean always) {
    super(inputs, rows, criterion, options.minRowsInLeaf());
    squared = criterion;
    this.always = always;
    allFeatures = options.maxFeatures() == 0 || options.maxFeatures() >= inputs.columns;
    maxDepth = options.maxDepth() == 0 ? Integer.MAX_VALUE : options.maxDepth();
    pairs = new double[2 * inputs.rows];
    for (int row : rows) {
      pairs[2 * row] = criterion.weightOf(row);
      pairs[2 * row + 1] = criterion.weightOf(row) * criterion.y[row];
    }
    bestOf = new double[inputs.columns];
    secondOf = new double[inputs.columns];
    beforeOf = new int[inputs.columns];
    tied = new boolean[inputs.columns];
    constant = new boolean[inputs.columns];
    precise = rows.clone();
    buffer = new float[rows.length];
    inOrder = new InOrder(inputs, rows, criterion, minRowsInLeaf);
    sorted = new SortedColumns(inputs, rows);
    mask = sorted.mask;
  }

  @Override
  void enter(int depth, int start, int end) {
    while (path.size() <= depth) {
      path.add(new Split());
    }
    now = path.get(depth);
    now.depth = depth;
    now.start = start;
    now.end = end;
    now.count = 0;
    now.done = false;
    again = false;
    searched = false;
    second = Double.NEGATIVE_INFINITY;
    if (always) {
      enterPrecisely();
    }
  }

  /** Brings the node's rows into scikit-learn's order. */
  private void enterPrecisely() {
    if (now.depth > 0) {
      finish(path.get(now.depth - 1));
    }
    System.arraycopy(precise, now.start, rows, now.start, now.end - now.start);
  }

  /** Brings a node's rows into the order they have after its split. */
  private void finish(Split node) {
    if (node.done) {
      return;
    }
    for (int depth = 0; depth < node.depth; depth++) {
      if (path.get(depth).latestStrict() < 0) { // needs an order that is overwritten below
        finish(path.get(depth));
      }
    }
    int from = node.latestStrict();
    if (from >= 0) {
      fill(node, node.visited[from]);
    } else if (node.depth > 0) {
      finish(path.get(node.depth - 1));
    }
    for (int i = from + 1; i < node.count; i++) {
      float[] column = inputs.values[node.visited[i]];
      for (int p = node.start; p < node.end; p++) {
        buffer[p] = column[precise[p]];
      }
      PairSort.sort(buffer, precise, node.start, node.end);
    }
    InOrder.part(inputs.values[node.feature], node.threshold, precise, node.start, node.end);
    node.done = true;
  }

  /** Fills in the rows of a node in the order of a column without equal values. */
  private void fill(Split node, int feature) {
    if (node == now) {
      int[] list = sorted.at(node.depth)[feature];
      for (int p = node.start; p < node.end; p++) {
        precise[p] = list[p] & mask;
      }
      return;
    }
    boolean[] member = new boolean[inputs.rows];
    for (int p = node.start; p < node.end; p++) {
      member[rows[p]] = true;
    }
    int at = node.start;
    for (int key : inputs.order()[feature]) {
      if (member[key & mask]) {
        precise[at++] = key & mask;
      }
    }
  }

  @Override
  boolean look(int feature, int start, int end) {
    if (!searched && allFeatures && sorted.manyCells(start, end)) {
      Parallel.forEachBrief(inputs.columns, j -> search(j, start, end));
      searched = true;
    } else if (!searched) {
      search(feature, start, end);
    }
    boolean equal = constant[feature];
    if (!equal || !tied[feature]) {
      now.strict[now.count] = !equal && !tied[feature];
      now.visited[now.count++] = feature;
    }
    if (equal) {
      return false;
    }
    second = Math.max(second, secondOf[feature]);
    if (bestOf[feature] > bestScore) {
      second = Math.max(second, bestScore);
      bestScore = bestOf[feature];
      bestFeature = feature;
      bestThreshold = threshold(feature, end);
    } else {
      second = Math.max(second, bestOf[feature]);
    }
    return true;
  }

  private double threshold(int feature, int end) {
    int[] list = sorted.at(now.depth)[feature];
    int at = beforeOf[feature];
    float[] column = inputs.values[feature];
    return column[list[at] & mask] / 2.0 + column[list[Math.min(at + 1, end - 1)] & mask] / 2.0;
  }

  /** Finds the best and the second best split of a column. */
  private void search(int feature, int start, int end) {
    int[] list = sorted.at(now.depth)[feature];
    int[] rank = inputs.ranks[feature];
    float[] distinct = inputs.distinct[feature];
    int before = rank[list[start] & mask];
    int most = rank[list[end - 1] & mask];
    constant[feature] = distinct[most] <= distinct[before] + CLOSE;
    if (constant[feature]) {
      tied[feature] = before == most;
      return;
    }
    double total = squared.total;
    double weight = criterion.weight;
    double best = Double.NEGATIVE_INFINITY;
    double next = Double.NEGATIVE_INFINITY;
    int at = start;
    int first = start + minRowsInLeaf;
    int last = end - minRowsInLeaf;
    int same = -1;
    double left = 0;
    double weightLeft = 0;
    for (int p = start; p < end; p++) {
      int key = list[p];
      int row = key & mask;
      int value = sorted.rank(key, rank);
      if (value == before) {
        same++;
      } else {
        if (p >= first && p <= last && distinct[value] > distinct[before] + CLOSE) {
          double right = total - left;
          double score = left * left / weightLeft + right * right / (weight - weightLeft);
          if (score > next) {
            next = score;
            if (score > best) {
              next = best;
              best = score;
              at = p - 1;
            }
          }
        }
        before = value;
      }
      weightLeft += pairs[2 * row];
      left += pairs[2 * row + 1];
    }
    bestOf[feature] = best;
    secondOf[feature] = next;
    beforeOf[feature] = at;
    tied[feature] = same > 0;
  }

  @Override
  void settle(int start, int end) {
    if (bestFeature < 0) {
      return;
    }
    double scale = DOUBT * squared.squares;
    double least = squared.total * squared.total / criterion.weight;
    if (bestScore - second > scale && bestScore - least > scale) {
      return;
    }
    enterPrecisely();
    criterion.node(rows, start, end);
    inOrder.begin();
    for (int i = 0; i < now.count; i++) {
      inOrder.look(now.visited[i], start, end);
    }
    bestFeature = inOrder.bestFeature;
    bestScore = inOrder.bestScore;
    bestThreshold = inOrder.bestThreshold;
    again = true;
  }

  @Override
  int part(int start, int end) {
    now.feature = bestFeature;
    now.threshold = bestThreshold;
    float[] column = inputs.values[bestFeature];
    int middle = sorted.mark(rows, start, end, column, bestThreshold);
    if (again) {
      inOrder.part(start, end);
      System.arraycopy(rows, start, precise, start, end - start);
      now.done = true;
    } else if (always) {
      finish(now);
      System.arraycopy(precise, start, rows, start, end - start);
    } else {
      InOrder.part(column, bestThreshold, rows, start, end);
    }
    if (now.depth + 1 < maxDepth) {
      sorted.part(now.depth, start, middle, end);
    }
    return middle;
  }

  @Override
  void confirm(int start, int middle, int end) {
    if (always || again || !doubtful()) {
      return;
    }
    enterPrecisely();
    criterion.node(rows, start, end);
    finish(now);
    System.arraycopy(precise, start, rows, start, end - start);
    criterion.reset();
    criterion.moveTo(middle);
    criterion.judgeSides();
  }

  /** Whether rounding decides if one of the sides is pure. */
  private boolean doubtful() {
    double right = squared.total - squared.left;
    double meanLeft = squared.left / criterion.weightLeft;
    double meanRight = right / criterion.weightRight;
    return doubtful(criterion.impurityLeft, meanLeft)
        || doubtful(criterion.impurityRight, meanRight);
  }

  private static boolean doubtful(double impurity, double mean) {
    return Math.abs(impurity - Grower.EPSILON) <= DOUBT * (Math.abs(impurity) + mean * mean);
  }
}
