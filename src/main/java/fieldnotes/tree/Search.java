package fieldnotes.tree;

/** Finds the best split of a node's rows on a feature. */
abstract class Search {
  /** Values at most this far apart count as equal, in 32-bit arithmetic. */
  static final float CLOSE = 1e-7f;

  final Inputs inputs;
  final int[] rows;
  final Criterion criterion;
  final int minRowsInLeaf;

  double bestScore;
  int bestFeature;
  double bestThreshold;

  /** Whether rounding could have decided, so that the tree has to be grown in another way. */
  boolean doubtful;

  Search(Inputs inputs, int[] rows, Criterion criterion, int minRowsInLeaf) {
    this.inputs = inputs;
    this.rows = rows;
    this.criterion = criterion;
    this.minRowsInLeaf = minRowsInLeaf;
  }

  final void begin() {
    bestScore = Double.NEGATIVE_INFINITY;
    bestFeature = -1;
  }

  /** Called before a node is looked at. */
  void enter(int depth, int start, int end) {}

  /** Called after all features of a node were evaluated. */
  void settle(int start, int end) {}

  /** Called after the sides of a split were judged. */
  void confirm(int start, int middle, int end) {}

  /** Evaluates a feature over rows[start…end); returns false if it is constant there. */
  abstract boolean look(int feature, int start, int end);

  /**
   * Partitions rows[start…end) and keeps their order, so that they are read from memory in order;
   * returns the start of the right part.
   *
   * @param spare at least as long as {@code rows}
   */
  final int partStably(int[] spare, int start, int end) {
    float[] column = inputs.values[bestFeature];
    double threshold = bestThreshold;
    int left = start;
    int right = 0;
    for (int p = start; p < end; p++) {
      int row = rows[p];
      int goes = column[row] <= threshold ? 1 : 0;
      rows[left] = row;
      spare[right] = row;
      left += goes;
      right += 1 - goes;
    }
    System.arraycopy(spare, 0, rows, left, right);
    return left;
  }

  /** Partitions the node's rows by the best split; returns the start of the right part. */
  abstract int part(int start, int end);
}
