package fieldnotes.common;

/**
 * Copies of arrays of arrays, for records that must not change when their arrays are written to.
 */
public final class Copy {
  private Copy() {}

  /** A copy that shares no row with the original; rows may differ in length. */
  public static double[][] of(double[][] rows) {
    double[][] copy = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      copy[i] = rows[i].clone();
    }
    return copy;
  }
}
