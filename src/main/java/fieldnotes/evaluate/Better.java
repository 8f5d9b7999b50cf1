package fieldnotes.evaluate;

/** Which way a metric is better. */
public enum Better {
  /** More is better, as of an accuracy. */
  HIGHER,
  /** Less is better, as of an error. */
  LOWER,
  /** Neither: a count, a size. */
  NEITHER;

  /**
   * Whether {@code to} is better than {@code from}: 1 yes, −1 worse, 0 neither, as where one of
   * them is NaN.
   */
  public int compare(double from, double to) {
    return switch (this) {
      case HIGHER -> direction(from, to);
      case LOWER -> direction(to, from);
      case NEITHER -> 0;
    };
  }

  /** 1 where a number grew, −1 where it fell, 0 where it did neither or one of them is NaN. */
  public static int direction(double from, double to) {
    return to > from ? 1 : to < from ? -1 : 0;
  }
}
