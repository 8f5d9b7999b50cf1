package fieldnotes.common;

import java.util.Arrays;

/**
 * Copies of arrays of arrays, for records that must not change when their arrays are written to.
 */
public final class Copy {
  private Copy() {}

  /** A copy that shares no row with the original; rows may differ in length. */
  public static double[][] of(double[][] rows) {
    return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
  }
}
