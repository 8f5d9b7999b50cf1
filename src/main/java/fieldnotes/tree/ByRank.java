package fieldnotes.tree;

/** For sums that are exact in doubles in any order, so only the ranks of values matter. */
abstract class ByRank extends Search {
  /** Nodes of so few rows are sorted by insertion. */
  private static final int FEW = 16;

  /** Stands for the bits of keys that hold no rank. */
  private static final int WITHOUT_RANK = 31;

  final int[] found;
  private final RankSort order;
  private int[] keys = new int[64];

  ByRank(Inputs inputs, int[] rows, Criterion criterion, int minRowsInLeaf) {
    super(inputs, rows, criterion, minRowsInLeaf);
    found = new int[rows.length];
    order = new RankSort(inputs);
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
    if (keys.length < count) {
      keys = new int[Math.max(count, 2 * keys.length)];
    }
    int bits = 32 - Integer.numberOfLeadingZeros(count - 1);
    boolean packed = (long) (most - least + 1) << bits <= Integer.MAX_VALUE;
    if (packed && count <= FEW) {
      for (int k = 0; k < count; k++) {
        keys[k] = (found[start + k] - least) << bits | k;
      }
      insertionSort(keys, count);
      inOrder(feature, start, count, keys, bits, least);
    } else {
      order.sort(found, start, count, least, most, keys);
      inOrder(feature, start, count, keys, WITHOUT_RANK, 0);
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
   * node; the rest, above {@code least}, is its rank ({@link #WITHOUT_RANK}: look the rank up).
   */
  abstract void inOrder(int feature, int start, int count, int[] sorted, int bits, int least);

  final int rank(int start, int key, int bits, int least) {
    return bits == WITHOUT_RANK ? found[start + key] : (key >>> bits) + least;
  }

  final void better(double score, int feature, int rankLeft, int rankRight) {
    float[] distinct = inputs.distinct[feature];
    bestScore = score;
    bestFeature = feature;
    bestThreshold = distinct[rankLeft] / 2.0 + distinct[rankRight] / 2.0;
  }

  @Override
  final int part(int start, int end) {
    return partStably(found, start, end);
  }

  /** Regression; requires exact sums. */
  static final class Numbers extends ByRank {
    /** Weight and weighted target of each row, interleaved. */
    private final double[] pairs;

    Numbers(Inputs inputs, int[] rows, Criterion.SquaredError criterion, int minRowsInLeaf) {
      super(inputs, rows, criterion, minRowsInLeaf);
      pairs = new double[2 * inputs.rows];
      for (int row : rows) {
        pairs[2 * row] = criterion.weightOf(row);
        pairs[2 * row + 1] = criterion.weightOf(row) * criterion.y[row];
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
    private final Criterion.ByClass byClass;
    private final boolean byGini;

    /** Class and weight of the row at each position. */
    private final int[] classAt;

    private final double[] weightAt;

    Classes(Inputs inputs, int[] rows, Criterion.ByClass criterion, int minRowsInLeaf) {
      super(inputs, rows, criterion, minRowsInLeaf);
      byClass = criterion;
      classAt = new int[rows.length];
      weightAt = new double[rows.length];
      double sum = 0;
      for (int row : rows) {
        sum += criterion.weightOf(row);
      }
      byGini = criterion instanceof Criterion.Gini && sum * sum < 0x1p53;
    }

    @Override
    void enter(int depth, int start, int end) {
      for (int p = start; p < end; p++) {
        classAt[p] = byClass.classes[rows[p]];
        weightAt[p] = criterion.weightOf(rows[p]);
      }
    }

    @Override
    void inOrder(int feature, int start, int count, int[] sorted, int bits, int least) {
      if (byGini) {
        byGini(feature, start, count, sorted, bits, least);
      } else {
        byScore(feature, start, count, sorted, bits, least);
      }
    }

    /** The sums of squares go along with the rows: they are whole numbers, so nothing rounds. */
    private void byGini(int feature, int start, int count, int[] sorted, int bits, int least) {
      float[] distinct = inputs.distinct[feature];
      int mask = (1 << bits) - 1;
      double[] left = byClass.left;
      double[] total = byClass.total;
      double weight = criterion.weight;
      double best = bestScore;
      int bestBefore = -1;
      int bestAfter = -1;
      double squaresRight = 0;
      for (int c = 0; c < left.length; c++) {
        left[c] = 0;
        squaresRight += total[c] * total[c];
      }
      double squaresLeft = 0;
      double weightLeft = 0;
      int before = rank(start, sorted[0], bits, least);
      for (int k = 0; k < count; k++) {
        int key = sorted[k];
        int rank = rank(start, key, bits, least);
        if (rank != before) {
          if (distinct[rank] > distinct[before] + CLOSE
              && k >= minRowsInLeaf
              && count - k >= minRowsInLeaf) {
            double weightRight = weight - weightLeft;
            double impurityLeft = 1.0 - squaresLeft / (weightLeft * weightLeft);
            double impurityRight = 1.0 - squaresRight / (weightRight * weightRight);
            double score = -weightRight * impurityRight - weightLeft * impurityLeft;
            if (score > best) {
              best = score;
              bestBefore = before;
              bestAfter = rank;
            }
          }
          before = rank;
        }
        int at = start + (key & mask);
        int c = classAt[at];
        double w = weightAt[at];
        double of = left[c];
        squaresLeft += w * (2 * of + w);
        squaresRight -= w * (2 * (total[c] - of) - w);
        left[c] = of + w;
        weightLeft += w;
      }
      if (bestBefore >= 0) {
        better(best, feature, bestBefore, bestAfter);
      }
    }

    private void byScore(int feature, int start, int count, int[] sorted, int bits, int least) {
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
