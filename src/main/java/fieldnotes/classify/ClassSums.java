package fieldnotes.classify;

import fieldnotes.common.Parallel;
import fieldnotes.math.Sums;

/** Sums of the columns within each class. */
final class ClassSums {
  /** Rows are summed in this many parts, whose sums are added in order, whatever the threads. */
  private static final int PARTS = 8;

  private static final int LEAST_ROWS = 1000;

  private ClassSums() {}

  /**
   * Σ weight · cell.
   *
   * @param weights of the rows; null for 1 each
   * @return shape [classes][columns]
   */
  static double[][] of(double[][] x, int[] codes, double[] weights, int classes) {
    return inParts(
        x.length,
        (from, to) -> {
          double[][] sums = new double[classes][x[0].length];
          for (int i = from; i < to; i++) {
            Sums.add(sums[codes[i]], 0, x[i], weights == null ? 1 : weights[i]);
          }
          return sums;
        });
  }

  /** Σ weight of the rows whose cell is above a threshold, shape [classes][columns]. */
  static double[][] above(
      double threshold, double[][] x, int[] codes, double[] weights, int classes) {
    return inParts(
        x.length,
        (from, to) -> {
          double[][] sums = new double[classes][x[0].length];
          for (int i = from; i < to; i++) {
            double[] row = x[i];
            double[] sum = sums[codes[i]];
            double weight = weights == null ? 1 : weights[i];
            for (int j = 0; j < row.length; j++) {
              sum[j] += weight * above(threshold, row[j]);
            }
          }
          return sums;
        });
  }

  /** 1 if a finite cell is above a finite threshold, else 0; without a branch to be guessed. */
  static double above(double threshold, double cell) {
    return (double) (Double.doubleToRawLongBits(threshold - cell) >>> 63);
  }

  private interface Part {
    double[][] of(int from, int to);
  }

  private static double[][] inParts(int rows, Part part) {
    int parts = Math.clamp(rows / LEAST_ROWS, 1, PARTS);
    double[][][] found = new double[parts][][];
    Parallel.forEachBrief(
        parts,
        p ->
            found[p] =
                part.of((int) ((long) rows * p / parts), (int) ((long) rows * (p + 1) / parts)));
    for (int p = 1; p < parts; p++) {
      for (int c = 0; c < found[0].length; c++) {
        Sums.add(found[0][c], 0, found[p][c], 1);
      }
    }
    return found[0];
  }
}
