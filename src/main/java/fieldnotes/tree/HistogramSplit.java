package fieldnotes.tree;

/** The best split of a node on a column, and what the sides would be. */
final class HistogramSplit {
  /** Added to denominators, as in scikit-learn. */
  private static final double TINY = 1e-15;

  private final double[] firsts;
  private final double[] seconds;
  private final double[] gains;

  int column;
  int bin;
  double gain;
  double firstLeft;
  double secondLeft;
  double firstRight;
  double secondRight;
  double valueLeft;
  double valueRight;

  /**
   * @param bins the most bins of a column
   */
  HistogramSplit(int bins) {
    firsts = new double[bins];
    seconds = new double[bins];
    gains = new double[bins];
  }

  HistogramSplit copy(int ofColumn) {
    HistogramSplit copy = new HistogramSplit(0);
    copy.column = ofColumn;
    copy.bin = bin;
    copy.gain = gain;
    copy.firstLeft = firstLeft;
    copy.secondLeft = secondLeft;
    copy.firstRight = firstRight;
    copy.secondRight = secondRight;
    copy.valueLeft = valueLeft;
    copy.valueRight = valueRight;
    return copy;
  }

  /**
   * Looks for the bin up to which rows go left. Without a split the gain is −1.
   *
   * @param of the node's histograms
   * @param size the node's rows
   * @param first sum of the node's first derivatives
   * @param second sum of its second derivatives
   * @param value the node's value
   */
  void search(
      HistogramSums sums,
      double[] of,
      int ofColumn,
      int size,
      double first,
      double second,
      double value,
      HistogramOptions options) {
    double least = options.minRowsInLeaf();
    int start = sums.start(ofColumn);
    int end = (sums.start(ofColumn + 1) - start) / HistogramSums.WIDTH - 1;
    double rowsSum = 0;
    double firstSum = 0;
    double secondSum = 0;
    int from = 0;
    for (int b = 0; b < end; b++) {
      int at = start + HistogramSums.WIDTH * b;
      firstSum += of[at];
      secondSum += of[at + 1];
      rowsSum += of[at + 2];
      firsts[b] = firstSum;
      seconds[b] = secondSum;
      if (rowsSum < least) {
        from = b + 1;
      } else if (size - rowsSum < least) {
        end = b;
      } else if (secondSum < HistogramGrower.LEAST_SECOND) {
        from = b + 1;
      } else if (second - secondSum < HistogramGrower.LEAST_SECOND) {
        end = b;
      }
    }
    gains(from, end, first, second, first * value, options.penalty());
    double best = -1;
    int bestAt = -1;
    for (int b = from; b < end; b++) {
      if (gains[b] > best && gains[b] > 0) {
        best = gains[b];
        bestAt = b;
      }
    }
    gain = best;
    if (bestAt >= 0) {
      double penalty = options.penalty();
      bin = bestAt;
      firstLeft = firsts[bin];
      secondLeft = seconds[bin];
      firstRight = first - firstLeft;
      secondRight = second - secondLeft;
      valueLeft = valueOf(firstLeft, secondLeft, penalty);
      valueRight = valueOf(firstRight, secondRight, penalty);
    }
  }

  /** A loop without branches, which the compiler turns into vectors. */
  private void gains(int from, int end, double first, double second, double loss, double penalty) {
    for (int b = from; b < end; b++) {
      double left = firsts[b];
      double right = first - left;
      gains[b] =
          loss
              - left * (-left / (seconds[b] + penalty + TINY))
              - right * (-right / (second - seconds[b] + penalty + TINY));
    }
  }

  private static double valueOf(double first, double second, double penalty) {
    return -first / (second + penalty + TINY);
  }
}
