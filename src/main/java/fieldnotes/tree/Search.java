package fieldnotes.tree;

/** Finds the best split point of a feature over the rows of a node. */
abstract class Search {
  /** Values this close count as one, in 32-bit arithmetic. */
  static final float CLOSE = 1e-7f;

  final Inputs inputs;
  final int[] rows;
  final Criterion criterion;
  final int minRowsInLeaf;

  double bestScore;
  int bestFeature;
  double bestThreshold;

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

  /** Looks at a feature over rows[start…end). Returns false if it is constant there. */
  abstract boolean look(int feature, int start, int end);

  /** Splits the node's rows as the best split says; returns where the right part begins. */
  abstract int part(int start, int end);
}
