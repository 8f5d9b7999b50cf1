package fieldnotes.tree;

/**
 * Sorts the rows of a node in place for each feature, in scikit-learn's order: the order of equal
 * values decides the rounding of sums.
 */
final class InOrder extends Search {
  private final float[] buffer;

  InOrder(Inputs inputs, int[] rows, Criterion criterion, int minRowsInLeaf) {
    super(inputs, rows, criterion, minRowsInLeaf);
    buffer = new float[rows.length];
  }

  @Override
  boolean look(int feature, int start, int end) {
    float[] column = inputs.values[feature];
    for (int p = start; p < end; p++) {
      buffer[p] = column[rows[p]];
    }
    PairSort.sort(buffer, rows, start, end);
    if (buffer[end - 1] <= buffer[start] + CLOSE) {
      return false;
    }
    criterion.reset();
    for (int p = start + 1; p < end; p++) {
      if (buffer[p] <= buffer[p - 1] + CLOSE
          || p - start < minRowsInLeaf
          || end - p < minRowsInLeaf) {
        continue;
      }
      criterion.moveTo(p);
      double score = criterion.score();
      if (score > bestScore) {
        bestScore = score;
        bestFeature = feature;
        bestThreshold = buffer[p - 1] / 2.0 + buffer[p] / 2.0;
      }
    }
    return true;
  }

  @Override
  int part(int start, int end) {
    return part(inputs.values[bestFeature], bestThreshold, rows, start, end);
  }

  /** Partitions rows in scikit-learn's order; returns the start of the right part. */
  static int part(float[] column, double threshold, int[] rows, int start, int end) {
    int left = start;
    int right = end;
    while (left < right) {
      if (column[rows[left]] <= threshold) {
        left++;
      } else {
        right--;
        int swap = rows[left];
        rows[left] = rows[right];
        rows[right] = swap;
      }
    }
    return right;
  }
}
