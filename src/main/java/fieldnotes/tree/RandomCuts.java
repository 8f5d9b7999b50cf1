package fieldnotes.tree;

import java.util.Arrays;

/**
 * Draws one threshold per feature, uniformly between the least and the largest value in the node.
 * Rows are partitioned in place in scikit-learn's order, which decides the rounding of sums; where
 * rows of classes are only counted, nothing rounds, and they stay where they are.
 *
 * @see "P. Geurts, D. Ernst and L. Wehenkel, Extremely randomized trees, Machine Learning 63, 2006"
 */
final class RandomCuts extends Search {
  private static final int PARTS = 4;

  private final Xorshift random;
  private final float[] buffer;

  /** Where rows are only counted, else null. */
  private final Criterion.ByClass counted;

  /** Where the counts of the class of the row at each position begin, if counted. */
  private final int[] classAt;

  /**
   * Rows of each class on the right and on the left of a threshold, in turn, each in four parts: a
   * processor need not wait for a number that it has just written.
   */
  private final int[] counts;

  private final int[] spare;

  /** The feature by whose drawn threshold the rows are partitioned, or that was constant. */
  private int latest;

  RandomCuts(Inputs inputs, int[] rows, Criterion criterion, int minRowsInLeaf, Xorshift random) {
    super(inputs, rows, criterion, minRowsInLeaf);
    this.random = random;
    buffer = new float[rows.length];
    boolean whole = criterion.weights == null && criterion instanceof Criterion.ByClass;
    counted = whole ? (Criterion.ByClass) criterion : null;
    classAt = new int[whole ? rows.length : 0];
    spare = new int[whole ? rows.length : 0];
    counts = new int[whole ? 2 * PARTS * counted.total.length : 0];
  }

  @Override
  void enter(int depth, int start, int end) {
    for (int p = start; p < end && counted != null; p++) {
      classAt[p] = 2 * PARTS * counted.classes[rows[p]];
    }
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
      if (value < least) {
        least = value;
      }
      if (value > most) {
        most = value;
      }
    }
    if (most <= least + CLOSE) {
      return false;
    }
    double threshold = random.uniform(least, most);
    if (threshold == most) {
      threshold = least;
    }
    int middle =
        counted == null
            ? part(buffer, threshold, start, end)
            : start + count(threshold, start, end);
    if (middle - start < minRowsInLeaf || end - middle < minRowsInLeaf) {
      return true;
    }
    if (counted == null) {
      criterion.reset();
      criterion.moveTo(middle);
    }
    double score = criterion.score();
    if (score > bestScore) {
      bestScore = score;
      bestFeature = feature;
      bestThreshold = threshold;
    }
    return true;
  }

  /** Counts the rows of each class on the left; returns how many there are. */
  private int count(double threshold, int start, int end) {
    Arrays.fill(counts, 0);
    int p = start;
    for (; p + PARTS <= end; p += PARTS) {
      counts[classAt[p] + (buffer[p] <= threshold ? PARTS : 0)]++;
      counts[classAt[p + 1] + (buffer[p + 1] <= threshold ? PARTS + 1 : 1)]++;
      counts[classAt[p + 2] + (buffer[p + 2] <= threshold ? PARTS + 2 : 2)]++;
      counts[classAt[p + 3] + (buffer[p + 3] <= threshold ? PARTS + 3 : 3)]++;
    }
    for (; p < end; p++) {
      counts[classAt[p] + (buffer[p] <= threshold ? PARTS : 0)]++;
    }
    int all = 0;
    for (int c = 0, at = PARTS; c < counted.left.length; c++, at += 2 * PARTS) {
      int left = counts[at] + counts[at + 1] + counts[at + 2] + counts[at + 3];
      counted.left[c] = left;
      all += left;
    }
    criterion.weightLeft = all;
    criterion.weightRight = criterion.weight - all;
    return all;
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
    if (counted != null) {
      return partStably(spare, start, end);
    }
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
