package fieldnotes.tree;

/**
 * For exact sums where each node tries at least a tenth of the columns: the rows of a large node
 * stay sorted by every column, as each split partitions every column's list stably. Small nodes are
 * sorted again by the columns they try.
 */
final class Presorted extends Search {
  /** Bits for the index of a row in a small node. */
  private static final int SMALL_BITS = 3;

  private final int[][] order;
  private final int bits;
  private final int mask;

  /** Weight and weighted target of each row, interleaved. */
  private final double[] pairs;

  private final byte[] goesLeft;
  private final int[] spare;

  /** Largest row count of a small node. */
  private final int small;

  private final int[] keys = new int[1 << SMALL_BITS];
  private int bestMiddle;
  private int bestRank;

  /** Whether the keys for these inputs fit. */
  static boolean fits(Inputs inputs) {
    return inputs.sorted != null;
  }

  Presorted(
      Inputs inputs,
      int[] rows,
      Criterion.SquaredError criterion,
      int minRowsInLeaf,
      int maxFeatures) {
    super(inputs, rows, criterion, minRowsInLeaf);
    bits = inputs.rowBits;
    mask = (1 << bits) - 1;
    goesLeft = new byte[inputs.rows];
    spare = new int[rows.length];
    pairs = new double[2 * inputs.rows];
    for (int row : rows) {
      pairs[2 * row] = criterion.weightOf(row);
      pairs[2 * row + 1] = criterion.weightOf(row) * criterion.y[row];
      goesLeft[row] = 1; // marks the rows in use for now
    }
    order = new int[inputs.columns][rows.length + 1]; // last entry absorbs discarded writes
    for (int j = 0; j < inputs.columns; j++) {
      int[] kept = order[j];
      int count = 0;
      for (int key : inputs.sorted[j]) {
        kept[count] = key;
        count += goesLeft[key & mask];
      }
    }
    // the fewer columns are tried, the larger the nodes for which sorting only those pays
    small = Math.min(8, 3 + inputs.columns / maxFeatures);
  }

  private boolean constant(int feature, int start, int end) {
    int[] sorted = order[feature];
    float[] distinct = inputs.distinct[feature];
    return distinct[sorted[end - 1] >>> bits] <= distinct[sorted[start] >>> bits] + CLOSE;
  }

  @Override
  boolean look(int feature, int start, int end) {
    return end - start <= small ? lookSmall(feature, start, end) : lookLarge(feature, start, end);
  }

  private boolean lookLarge(int feature, int start, int end) {
    if (constant(feature, start, end)) {
      return false;
    }
    int[] sorted = order[feature];
    float[] distinct = inputs.distinct[feature];
    double total = ((Criterion.SquaredError) criterion).total;
    double weight = criterion.weight;
    double best = bestScore;
    int middle = -1;
    int first = start + minRowsInLeaf;
    int last = end - minRowsInLeaf;
    double left = 0;
    double weightLeft = 0;
    int before = sorted[start] >>> bits;
    for (int p = start; p <= last; p++) {
      int key = sorted[p];
      int rank = key >>> bits;
      if (rank != before) {
        if (p >= first && distinct[rank] > distinct[before] + CLOSE) {
          double right = total - left;
          double score = left * left / weightLeft + right * right / (weight - weightLeft);
          if (score > best) {
            best = score;
            middle = p;
          }
        }
        before = rank;
      }
      int row = 2 * (key & mask);
      weightLeft += pairs[row];
      left += pairs[row + 1];
    }
    if (middle >= 0) {
      bestScore = best;
      bestFeature = feature;
      bestMiddle = middle;
      between(feature, sorted[middle - 1] >>> bits, sorted[middle] >>> bits);
    }
    return true;
  }

  private boolean lookSmall(int feature, int start, int end) {
    int count = end - start;
    char[] ranks = inputs.ranksByRow;
    int width = inputs.columns;
    for (int k = 0; k < count; k++) {
      int key = ranks[rows[start + k] * width + feature] << SMALL_BITS | k;
      int i = k;
      while (i > 0 && keys[i - 1] > key) {
        keys[i] = keys[i - 1];
        i--;
      }
      keys[i] = key;
    }
    float[] distinct = inputs.distinct[feature];
    int before = keys[0] >>> SMALL_BITS;
    if (distinct[keys[count - 1] >>> SMALL_BITS] <= distinct[before] + CLOSE) {
      return false;
    }
    double total = ((Criterion.SquaredError) criterion).total;
    double weight = criterion.weight;
    double left = 0;
    double weightLeft = 0;
    for (int k = 0; k < count; k++) {
      int rank = keys[k] >>> SMALL_BITS;
      if (rank != before) {
        if (k >= minRowsInLeaf
            && count - k >= minRowsInLeaf
            && distinct[rank] > distinct[before] + CLOSE) {
          double right = total - left;
          double score = left * left / weightLeft + right * right / (weight - weightLeft);
          if (score > bestScore) {
            bestScore = score;
            bestFeature = feature;
            between(feature, before, rank);
          }
        }
        before = rank;
      }
      int row = 2 * rows[start + (keys[k] & ((1 << SMALL_BITS) - 1))];
      weightLeft += pairs[row];
      left += pairs[row + 1];
    }
    return true;
  }

  private void between(int feature, int rankLeft, int rankRight) {
    float[] distinct = inputs.distinct[feature];
    bestRank = rankLeft;
    bestThreshold = distinct[rankLeft] / 2.0 + distinct[rankRight] / 2.0;
  }

  @Override
  int part(int start, int end) {
    return end - start <= small ? partSmall(start, end) : partLarge(start, end);
  }

  private int partSmall(int start, int end) {
    char[] ranks = inputs.ranksByRow;
    int width = inputs.columns;
    int left = start;
    int right = end;
    while (left < right) {
      int row = rows[left];
      if (ranks[row * width + bestFeature] <= bestRank) {
        left++;
      } else {
        right--;
        rows[left] = rows[right];
        rows[right] = row;
      }
    }
    return right;
  }

  private int partLarge(int start, int end) {
    int[] chosen = order[bestFeature];
    for (int p = start; p < end; p++) {
      int row = chosen[p] & mask;
      rows[p] = row;
      goesLeft[row] = (byte) (p < bestMiddle ? 1 : 0);
    }
    if (bestMiddle - start > small || end - bestMiddle > small) {
      for (int j = 0; j < order.length; j++) {
        int[] sorted = order[j];
        // a column that is constant here is never tried below, so its order does not matter
        if (j != bestFeature && sorted[start] >>> bits != sorted[end - 1] >>> bits) {
          part(sorted, start, end);
        }
      }
    }
    return bestMiddle;
  }

  private void part(int[] sorted, int start, int end) {
    int left = start;
    int right = 0;
    for (int p = start; p < end; p++) {
      int key = sorted[p];
      int goes = goesLeft[key & mask];
      sorted[left] = key;
      spare[right] = key;
      left += goes;
      right += 1 - goes;
    }
    System.arraycopy(spare, 0, sorted, left, right);
  }
}
