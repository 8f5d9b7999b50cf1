package fieldnotes.tree;

/** The best split of a node on a column, and what the sides would be. */
final class HistogramSplit {
  /** Added to denominators, as in scikit-learn. */
  private static final double TINY = 1e-15;

  int column;
  int bin;
  double gain;
  double firstLeft;
  double secondLeft;
  double firstRight;
  double secondRight;
  double valueLeft;
  double valueRight;

  HistogramSplit copy(int ofColumn) {
    HistogramSplit copy = new HistogramSplit();
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
    double loss = first * value;
    double least = options.minRowsInLeaf();
    double penalty = options.penalty();
    int end = sums.start(ofColumn + 1) - HistogramSums.WIDTH;
    double rowsSum = 0;
    double firstSum = 0;
    double secondSum = 0;
    double best = -1;
    int bestAt = -1;
    for (int at = sums.start(ofColumn); at < end; at += HistogramSums.WIDTH) {
      firstSum += of[at];
      secondSum += of[at + 1];
      rowsSum += of[at + 2];
      double secondRest = second - secondSum;
      if (rowsSum < least) {
        continue;
      }
      if (size - rowsSum < least) {
        break;
      }
      if (secondSum < HistogramGrower.LEAST_SECOND) {
        continue;
      }
      if (secondRest < HistogramGrower.LEAST_SECOND) {
        break;
      }
      double firstRest = first - firstSum;
      double now =
          loss
              - firstSum * valueOf(firstSum, secondSum, penalty)
              - firstRest * valueOf(firstRest, secondRest, penalty);
      if (now > best && now > 0) {
        best = now;
        bestAt = at;
        firstLeft = firstSum;
        secondLeft = secondSum;
      }
    }
    gain = best;
    if (bestAt >= 0) {
      bin = (bestAt - sums.start(ofColumn)) / HistogramSums.WIDTH;
      firstRight = first - firstLeft;
      secondRight = second - secondLeft;
      valueLeft = valueOf(firstLeft, secondLeft, penalty);
      valueRight = valueOf(firstRight, secondRight, penalty);
    }
  }

  private static double valueOf(double first, double second, double penalty) {
    return -first / (second + penalty + TINY);
  }
}
