package fieldnotes.common;

/**
 * Copies of arrays of arrays, for records that must not change when their arrays are written to.
 */
public final class Copy {
  private Copy() {}

  /** A copy that shares no row with the original; rows may differ in length. */
  public static double[][] of(double[][] rows) {
    double[][] copy = new double[rows.length][];
    Parallel.forEachPart(
        rows.length,
        Parallel.rowsAPart(rows.length == 0 ? 0 : rows[0].length),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            copy[i] = rows[i].clone();
          }
        });
    return copy;
  }

  /**
   * A copy of a matrix that {@link Check#matrix} allows.
   *
   * @throws IllegalArgumentException if it does not
   */
  public static double[][] finite(String name, double[][] x) {
    Check.rectangular(name, x);
    double[][] copy = new double[x.length][];
    Parallel.forEachPart(
        x.length,
        Parallel.rowsAPart(x[0].length),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            copy[i] = x[i].clone();
            Check.finite(name, copy[i], i);
          }
        });
    return copy;
  }
}
