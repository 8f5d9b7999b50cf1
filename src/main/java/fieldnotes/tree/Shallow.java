package fieldnotes.tree;

import fieldnotes.common.Parallel;

/**
 * For shallow trees of classes whose weights are not whole numbers, so that sums round: every
 * column is kept sorted. Where rounding could decide, because two splits are nearly equally good or
 * a node is nearly pure, the tree is {@link #doubtful} and has to be grown by {@link InOrder}. In
 * deep trees, with their small nodes, that would nearly always be so.
 */
final class Shallow extends Search {
  /** Differences up to this share of a node's weight are doubtful; rounding is far smaller. */
  private static final double DOUBT = 1e-10;

  /** Rows with at most this share of all weight are lost in the rounding of sums. */
  private static final double LIGHT = 1e-12;

  private static final int DEEPEST = 3;

  private final Criterion.ByClass byClass;
  private final SortedColumns sorted;
  private final boolean allFeatures;
  private final int maxDepth;

  /** Weight of each row by number. */
  private final double[] weights;

  /** What was found in each column of the node. */
  private final double[] bestOf;

  private final double[] secondOf;
  private final int[] beforeOf;
  private final boolean[] constant;

  private double second;
  private boolean searched;
  private int depth;

  Shallow(Inputs inputs, int[] rows, Criterion.ByClass criterion, TreeOptions options) {
    super(inputs, rows, criterion, options.minRowsInLeaf());
    byClass = criterion;
    weights = criterion.weights;
    sorted = new SortedColumns(inputs, rows);
    allFeatures = options.maxFeatures() == 0 || options.maxFeatures() >= inputs.columns;
    maxDepth = options.maxDepth();
    double sum = 0;
    double lightest = Double.POSITIVE_INFINITY;
    for (int row : rows) {
      sum += weights[row];
      lightest = Math.min(lightest, weights[row]);
    }
    doubtful = lightest <= LIGHT * sum;
    bestOf = new double[inputs.columns];
    secondOf = new double[inputs.columns];
    beforeOf = new int[inputs.columns];
    constant = new boolean[inputs.columns];
  }

  /** Whether these are options of a tree that is grown here. */
  static boolean grows(TreeOptions options) {
    return options.maxDepth() > 0 && options.maxDepth() <= DEEPEST && !options.entropy();
  }

  @Override
  void enter(int nodeDepth, int start, int end) {
    depth = nodeDepth;
    searched = false;
    second = Double.NEGATIVE_INFINITY;
  }

  @Override
  boolean look(int feature, int start, int end) {
    if (!searched && allFeatures && sorted.manyCells(start, end)) {
      Parallel.forEachBrief(inputs.columns, j -> search(j, start, end));
      searched = true;
    } else if (!searched) {
      search(feature, start, end);
    }
    if (constant[feature]) {
      return false;
    }
    second = Math.max(second, secondOf[feature]);
    if (bestOf[feature] > bestScore) {
      second = Math.max(second, bestScore);
      bestScore = bestOf[feature];
      bestFeature = feature;
      int[] list = sorted.at(depth)[feature];
      int at = beforeOf[feature];
      float[] column = inputs.values[feature];
      bestThreshold =
          column[list[at] & sorted.mask] / 2.0 + column[list[at + 1] & sorted.mask] / 2.0;
    } else {
      second = Math.max(second, bestOf[feature]);
    }
    return true;
  }

  /** Finds the best and the second best split of a column, by the sum of squares over weight. */
  private void search(int feature, int start, int end) {
    int[] list = sorted.at(depth)[feature];
    int[] ranks = inputs.ranks[feature];
    float[] distinct = inputs.distinct[feature];
    int mask = sorted.mask;
    int before = sorted.rank(list[start], ranks);
    constant[feature] = distinct[sorted.rank(list[end - 1], ranks)] <= distinct[before] + CLOSE;
    double best = Double.NEGATIVE_INFINITY;
    double next = Double.NEGATIVE_INFINITY;
    int at = start;
    if (!constant[feature]) {
      int[] classes = byClass.classes;
      double[] total = byClass.total;
      double[] left = new double[total.length];
      double weight = criterion.weight;
      double weightLeft = 0;
      double squaresLeft = 0;
      int first = start + minRowsInLeaf;
      int last = end - minRowsInLeaf;
      for (int p = start; p < end; p++) {
        int rank = sorted.rank(list[p], ranks);
        if (rank != before) {
          if (p >= first && p <= last && distinct[rank] > distinct[before] + CLOSE) {
            double squaresRight = 0; // summed anew: what rounds of a light side must stay light
            for (int c = 0; c < left.length; c++) {
              squaresRight += (total[c] - left[c]) * (total[c] - left[c]);
            }
            double score = squaresLeft / weightLeft + squaresRight / (weight - weightLeft);
            if (score > next) {
              next = score;
              if (score > best) {
                next = best;
                best = score;
                at = p - 1;
              }
            }
          }
          before = rank;
        }
        int row = list[p] & mask;
        int c = classes[row];
        double w = weights[row];
        squaresLeft += w * (2 * left[c] + w);
        left[c] += w;
        weightLeft += w;
      }
    }
    bestOf[feature] = best;
    secondOf[feature] = next;
    beforeOf[feature] = at;
  }

  @Override
  void settle(int start, int end) {
    if (bestFeature < 0) {
      return;
    }
    double squares = 0;
    for (double sum : byClass.total) {
      squares += sum * sum;
    }
    double least = Math.max(second, squares / criterion.weight);
    doubtful |= bestScore - least <= DOUBT * criterion.weight;
  }

  @Override
  int part(int start, int end) {
    float[] column = inputs.values[bestFeature];
    int middle = sorted.mark(rows, start, end, column, bestThreshold);
    InOrder.part(column, bestThreshold, rows, start, end);
    if (depth + 1 < maxDepth) {
      sorted.part(depth, start, middle, end);
    }
    return middle;
  }

  @Override
  void confirm(int start, int middle, int end) {
    if (depth + 1 < maxDepth) {
      doubtful |= criterion.impurityLeft <= DOUBT || criterion.impurityRight <= DOUBT;
    }
  }
}
