package fieldnotes.tree;

import java.util.Arrays;

/**
 * For sums that are exact in doubles in any order, so only the ranks of values matter: counts by
 * rank where a node covers its rank range densely, otherwise sorts packed integer keys.
 */
abstract class ByRank extends Search {
  final int[] found;
  private int[] keys = new int[64];
  private long[] longKeys = new long[0];
  private int bestRank;

  ByRank(Inputs inputs, int[] rows, Criterion criterion, int minRowsInLeaf) {
    super(inputs, rows, criterion, minRowsInLeaf);
    found = new int[rows.length];
  }

  @Override
  final boolean look(int feature, int start, int end) {
    int[] rank = inputs.ranks[feature];
    int least = Integer.MAX_VALUE;
    int most = -1;
    for (int p = start; p < end; p++) {
      int r = rank[rows[p]];
      found[p] = r;
      least = Math.min(least, r);
      most = Math.max(most, r);
    }
    float[] distinct = inputs.distinct[feature];
    if (distinct[most] <= distinct[least] + CLOSE) {
      return false;
    }
    int count = end - start;
    int range = most - least + 1;
    if (range <= 4L * count && minRowsInLeaf == 1) {
      byBuckets(feature, start, end, least, range);
      return true;
    }
    int bits = 32 - Integer.numberOfLeadingZeros(count - 1);
    if (((long) range << bits) <= Integer.MAX_VALUE) {
      if (keys.length < count) {
        keys = new int[Math.max(count, 2 * keys.length)];
      }
      for (int k = 0; k < count; k++) {
        keys[k] = (found[start + k] - least) << bits | k;
      }
      if (count <= 24) {
        insertionSort(keys, count);
      } else {
        Arrays.sort(keys, 0, count);
      }
      inOrder(feature, start, count, keys, bits, least);
    } else {
      if (longKeys.length < count) {
        longKeys = new long[count];
        keys = new int[count];
      }
      for (int k = 0; k < count; k++) {
        longKeys[k] = (long) found[start + k] << 32 | k;
      }
      Arrays.sort(longKeys, 0, count);
      for (int k = 0; k < count; k++) {
        keys[k] = (int) longKeys[k];
      }
      inOrder(feature, start, count, keys, 31, 0);
    }
    return true;
  }

  private static void insertionSort(int[] keys, int count) {
    for (int i = 1; i < count; i++) {
      int key = keys[i];
      int j = i - 1;
      while (j >= 0 && keys[j] > key) {
        keys[j + 1] = keys[j];
        j--;
      }
      keys[j + 1] = key;
    }
  }

  /**
   * Visits the split points in rank order. The low {@code bits} of a key are the row's index in the
   * node; the rest, above {@code least}, is its rank ({@code bits} 31: look the rank up).
   */
  abstract void inOrder(int feature, int start, int count, int[] sorted, int bits, int least);

  /** Visits the split points by buckets of ranks from {@code least} on. */
  abstract void byBuckets(int feature, int start, int end, int least, int range);

  final int rank(int start, int key, int bits, int least) {
    return bits == 31 ? found[start + key] : (key >>> bits) + least;
  }

  final void better(double score, int feature, int rankLeft, int rankRight) {
    float[] distinct = inputs.distinct[feature];
    bestScore = score;
    bestFeature = feature;
    bestRank = rankLeft;
    bestThreshold = distinct[rankLeft] / 2.0 + distinct[rankRight] / 2.0;
  }

  @Override
  final int part(int start, int end) {
    int[] rank = inputs.ranks[bestFeature];
    int left = start;
    int right = end;
    while (left < right) {
      int row = rows[left];
      if (rank[row] <= bestRank) {
        left++;
      } else {
        right--;
        rows[left] = rows[right];
        rows[right] = row;
      }
    }
    return right;
  }

  /** Regression; requires exact sums. */
  static final class Numbers extends ByRank {
    /** Weight and weighted target of each row, interleaved. */
    private final double[] pairs;

    private double[] buckets = new double[256];

    Numbers(Inputs inputs, int[] rows, Criterion.SquaredError criterion, int minRowsInLeaf) {
      super(inputs, rows, criterion, minRowsInLeaf);
      pairs = new double[2 * inputs.rows];
      for (int row : rows) {
        pairs[2 * row] = criterion.weightOf(row);
        pairs[2 * row + 1] = criterion.weightOf(row) * criterion.y[row];
      }
    }

    @Override
    void byBuckets(int feature, int start, int end, int least, int range) {
      if (buckets.length < 2 * range) {
        buckets = new double[Math.max(2 * range, 2 * buckets.length)];
      }
      double[] sums = buckets;
      for (int p = start; p < end; p++) {
        int bucket = 2 * (found[p] - least);
        int row = 2 * rows[p];
        sums[bucket] += pairs[row];
        sums[bucket + 1] += pairs[row + 1];
      }
      float[] distinct = inputs.distinct[feature];
      double total = ((Criterion.SquaredError) criterion).total;
      double weight = criterion.weight;
      double best = bestScore;
      int bestBefore = -1;
      int bestAfter = -1;
      double left = sums[1];
      double weightLeft = sums[0];
      int before = least;
      sums[0] = 0;
      sums[1] = 0;
      for (int r = 1; r < range; r++) {
        double w = sums[2 * r];
        if (w == 0) {
          continue;
        }
        int rank = r + least;
        if (distinct[rank] > distinct[before] + CLOSE) {
          double right = total - left;
          double score = left * left / weightLeft + right * right / (weight - weightLeft);
          if (score > best) {
            best = score;
            bestBefore = before;
            bestAfter = rank;
          }
        }
        left += sums[2 * r + 1];
        weightLeft += w;
        before = rank;
        sums[2 * r] = 0;
        sums[2 * r + 1] = 0;
      }
      if (bestBefore >= 0) {
        better(best, feature, bestBefore, bestAfter);
      }
    }

    @Override
    void inOrder(int feature, int start, int count, int[] sorted, int bits, int least) {
      float[] distinct = inputs.distinct[feature];
      int mask = (1 << bits) - 1;
      double total = ((Criterion.SquaredError) criterion).total;
      double weight = criterion.weight;
      double best = bestScore;
      int bestBefore = -1;
      int bestAfter = -1;
      double left = 0;
      double weightLeft = 0;
      int before = rank(start, sorted[0], bits, least);
      for (int k = 0; k < count; k++) {
        int key = sorted[k];
        int rank = rank(start, key, bits, least);
        if (rank != before) {
          if (distinct[rank] > distinct[before] + CLOSE
              && k >= minRowsInLeaf
              && count - k >= minRowsInLeaf) {
            double right = total - left;
            double score = left * left / weightLeft + right * right / (weight - weightLeft);
            if (score > best) {
              best = score;
              bestBefore = before;
              bestAfter = rank;
            }
          }
          before = rank;
        }
        int row = 2 * rows[start + (key & mask)];
        weightLeft += pairs[row];
        left += pairs[row + 1];
      }
      if (bestBefore >= 0) {
        better(best, feature, bestBefore, bestAfter);
      }
    }
  }

  /** Classification with integer weights. */
  static final class Classes extends ByRank {
    private double[] buckets = new double[256];
    private final Criterion.ByClass byClass;

    Classes(Inputs inputs, int[] rows, Criterion.ByClass criterion, int minRowsInLeaf) {
      super(inputs, rows, criterion, minRowsInLeaf);
      byClass = criterion;
    }

    @Override
    void byBuckets(int feature, int start, int end, int least, int range) {
      int classes = byClass.total.length;
      int width = classes + 1;
      int needed = Math.multiplyExact(width, range);
      if (buckets.length < needed) {
        buckets = new double[Math.max(needed, 2 * buckets.length)];
      }
      double[] sums = buckets;
      for (int p = start; p < end; p++) {
        int bucket = width * (found[p] - least);
        double w = criterion.weightOf(rows[p]);
        sums[bucket] += w;
        sums[bucket + 1 + byClass.classes[rows[p]]] += w;
      }
      float[] distinct = inputs.distinct[feature];
      criterion.reset();
      int before = least;
      for (int r = 0; r < range; r++) {
        double w = sums[width * r];
        if (w == 0) {
          continue;
        }
        int rank = r + least;
        if (distinct[rank] > distinct[before] + CLOSE) {
          criterion.weightRight = criterion.weight - criterion.weightLeft;
          double score = criterion.score();
          if (score > bestScore) {
            better(score, feature, before, rank);
          }
        }
        criterion.weightLeft += w;
        sums[width * r] = 0;
        for (int c = 0; c < classes; c++) {
          byClass.left[c] += sums[width * r + 1 + c];
          sums[width * r + 1 + c] = 0;
        }
        before = rank;
      }
    }

    @Override
    void inOrder(int feature, int start, int count, int[] sorted, int bits, int least) {
      float[] distinct = inputs.distinct[feature];
      int mask = (1 << bits) - 1;
      criterion.reset();
      int before = rank(start, sorted[0], bits, least);
      for (int k = 0; k < count; k++) {
        int key = sorted[k];
        int rank = rank(start, key, bits, least);
        if (rank != before) {
          if (distinct[rank] > distinct[before] + CLOSE
              && k >= minRowsInLeaf
              && count - k >= minRowsInLeaf) {
            criterion.weightRight = criterion.weight - criterion.weightLeft;
            double score = criterion.score();
            if (score > bestScore) {
              better(score, feature, before, rank);
            }
          }
          before = rank;
        }
        int row = rows[start + (key & mask)];
        double w = criterion.weightOf(row);
        criterion.weightLeft += w;
        byClass.left[byClass.classes[row]] += w;
      }
    }
  }
}
