package fieldnotes.tree;

/**
 * Draws one threshold per feature, uniformly between the least and the largest value in the node.
 * Rows are partitioned in place in scikit-learn's order, which decides the rounding of sums.
 *
 * @see "P. Geurts, D. Ernst and L. Wehenkel, Extremely randomized trees, Machine Learning 63, 2006"
 */
final class RandomCuts extends Search {
  private final Xorshift random;
  private final float[] buffer;

  /** The feature by whose drawn threshold the rows are partitioned, or that was constant. */
  private int latest;

  RandomCuts(Inputs inputs, int[] rows, Criterion criterion, int minRowsInLeaf, Xorshift random) {
    super(inputs, rows, criterion, minRowsInLeaf);
    this.random = random;
    buffer = new float[rows.length];
  }

  @Override
  boolean look(int feature, int start, int end) {
    latest = feature;
    float[] column = inputs.values[feature];
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (int p = start; p < end; p++) {
      float value = column[rows[p]];
      buffer[p] = value;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    if (most <= least + CLOSE) {
      return false;
    }
    double threshold = random.uniform(least, most);
    if (threshold == most) {
      threshold = least;
    }
    int middle = part(buffer, threshold, start, end);
    if (middle - start < minRowsInLeaf || end - middle < minRowsInLeaf) {
      return true;
    }
    criterion.reset();
    criterion.moveTo(middle);
    double score = criterion.score();
    if (score > bestScore) {
      bestScore = score;
      bestFeature = feature;
      bestThreshold = threshold;
    }
    return true;
  }

  private int part(float[] values, double threshold, int start, int end) {
    int left = start;
    int right = end;
    while (left < right) {
      float value = values[left];
      if (value <= threshold) {
        left++;
      } else {
        right--;
        values[left] = values[right];
        values[right] = value;
        int row = rows[left];
        rows[left] = rows[right];
        rows[right] = row;
      }
    }
    return right;
  }

  @Override
  int part(int start, int end) {
    float[] column = inputs.values[bestFeature];
    for (int p = start; p < end; p++) {
      buffer[p] = column[rows[p]];
    }
    if (latest != bestFeature) {
      return part(buffer, bestThreshold, start, end);
    }
    int middle = start;
    while (middle < end && buffer[middle] <= bestThreshold) {
      middle++;
    }
    return middle;
  }
}
