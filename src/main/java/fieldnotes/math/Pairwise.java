package fieldnotes.math;

/** Sums that are added in NumPy's order, so that they have the same bits. */
public final class Pairwise {
  private static final int BLOCK = 128;

  private Pairwise() {}

  /** The sum of all of {@code a}, as {@code np.sum} of a row. */
  public static double sum(double[] a) {
    return sum(a, 0, a.length);
  }

  /**
   * The sum of {@code a[from…from+count−1]}: halves of more than 128 values are added up on their
   * own, and up to 128 as eight sums of every eighth value.
   */
  public static double sum(double[] a, int from, int count) {
    if (count < 8) {
      return inOrder(a, from, count);
    }
    if (count > BLOCK) {
      int half = count / 2;
      half -= half % 8;
      return sum(a, from, half) + sum(a, from + half, count - half);
    }
    double s0 = a[from];
    double s1 = a[from + 1];
    double s2 = a[from + 2];
    double s3 = a[from + 3];
    double s4 = a[from + 4];
    double s5 = a[from + 5];
    double s6 = a[from + 6];
    double s7 = a[from + 7];
    int end = from + count - count % 8;
    for (int i = from + 8; i < end; i += 8) {
      s0 += a[i];
      s1 += a[i + 1];
      s2 += a[i + 2];
      s3 += a[i + 3];
      s4 += a[i + 4];
      s5 += a[i + 5];
      s6 += a[i + 6];
      s7 += a[i + 7];
    }
    double sum = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    for (int i = end; i < from + count; i++) {
      sum += a[i];
    }
    return sum;
  }

  private static double inOrder(double[] a, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += a[i];
    }
    return sum;
  }
}
