package fieldnotes.common;

/**
 * Copies of arrays of arrays, for records that must not change when their arrays are written to.
 */
public final class Copy {
  /** Rows that are copied in one piece. */
  private static final int PART = 4096;

  private Copy() {}

  /** A copy that shares no row with the original; rows may differ in length. */
  public static double[][] of(double[][] rows) {
    double[][] copy = new double[rows.length][];
    Parallel.forEachPart(
        rows.length,
        PART,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            copy[i] = rows[i].clone();
          }
        });
    return copy;
  }
}
