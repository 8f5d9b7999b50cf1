package fieldnotes.math;

/**
 * Rows moved near 0 where they lie far from it compared with their spread, so that means of rows
 * keep their digits: near 1e9 a double has 7 decimals left. Distances between rows keep their bits,
 * because subtracting one of several near numbers is exact; other columns are left as they are.
 *
 * @param x the moved rows, shape [rows][columns]; the rows themselves if no column was moved
 * @param by what was subtracted from each column, 0 where it was not moved, shape [columns]
 */
public record Shift(double[][] x, double[] by) {
  /** A column moves if it is so many times farther from 0 than the widest column is wide. */
  private static final double FAR = 1024;

  /** Moves rows, finite and at least one. */
  public static Shift of(double[][] x) {
    int columns = x[0].length;
    double[] least = x[0].clone();
    double[] most = x[0].clone();
    for (double[] row : x) {
      for (int j = 0; j < columns; j++) {
        least[j] = Math.min(least[j], row[j]);
        most[j] = Math.max(most[j], row[j]);
      }
    }
    double widest = 0;
    for (int j = 0; j < columns; j++) {
      widest = Math.max(widest, most[j] - least[j]);
    }
    double[] by = new double[columns];
    boolean any = false;
    for (int j = 0; j < columns; j++) {
      if (Math.max(least[j], -most[j]) > FAR * widest) {
        by[j] = x[0][j];
        any = true;
      }
    }
    if (!any) {
      return new Shift(x, by);
    }
    double[][] moved = new double[x.length][columns];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < columns; j++) {
        moved[i][j] = x[i][j] - by[j];
      }
    }
    return new Shift(moved, by);
  }

  /** Points in the columns of {@link #x} in those of the original rows, in place. */
  public double[][] back(double[][] points) {
    for (double[] point : points) {
      for (int j = 0; j < point.length; j++) {
        point[j] += by[j];
      }
    }
    return points;
  }
}
