package fieldnotes.tree;

import java.util.Arrays;

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

  /**
   * Sorts the rows of a node in place for each feature, step for step as scikit-learn does: which
   * of equal values comes first decides the last bits of sums of fractions.
   */
  static final class InOrder extends Search {
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
      float[] column = inputs.values[bestFeature];
      int left = start;
      int right = end;
      while (left < right) {
        if (column[rows[left]] <= bestThreshold) {
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

  /**
   * For sums that are exact in doubles whatever their order, so that only the ranks of the values
   * matter: buckets by rank where a node is dense in them, otherwise a sort of packed whole
   * numbers.
   */
  abstract static class ByRank extends Search {
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
     * Goes over the split points. The low {@code bits} of a key say which row of the node it is;
     * the rest, above {@code least}, is its rank ({@code bits} 31: look the rank up).
     */
    abstract void inOrder(int feature, int start, int count, int[] sorted, int bits, int least);

    /** Goes over the split points by buckets of ranks from {@code least} on. */
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
  }

  /** For numbers whose sums are exact. */
  static final class Numbers extends ByRank {
    /** Weight and weighted target of each row, side by side. */
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

  /**
   * For numbers whose sums are exact, where at least a tenth of the columns is looked at in a node:
   * the rows of a large node stay sorted by every column, since each split parts every column's
   * list in order. The rows of a small one are sorted anew by the columns that are looked at.
   */
  static final class Presorted extends Search {
    /** Bits for the position of a row in a small node. */
    private static final int SMALL_BITS = 3;

    private final int[][] order;
    private final int bits;
    private final int mask;

    /** Weight and weighted target of each row, side by side. */
    private final double[] pairs;

    private final byte[] goesLeft;
    private final int[] spare;

    /** Nodes of no more rows than this are small. */
    private final int small;

    private final int[] keys = new int[1 << SMALL_BITS];
    private int bestMiddle;
    private int bestRank;

    /** Whether the keys of these inputs fit. */
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
        goesLeft[row] = 1; // for now: is among the rows
      }
      order = new int[inputs.columns][rows.length + 1]; // one more to write to in vain
      for (int j = 0; j < inputs.columns; j++) {
        int[] kept = order[j];
        int count = 0;
        for (int key : inputs.sorted[j]) {
          kept[count] = key;
          count += goesLeft[key & mask];
        }
      }
      // the fewer columns are looked at, the sooner it pays to sort these alone
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
          // where a column is constant it is never looked at again below, in whatever order
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

  /** For classes whose weights are whole numbers. */
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
