package fieldnotes.evaluate;

/** The direction in which a metric is better. */
public enum Better {
  /** Higher is better, for example accuracy. */
  HIGHER,
  /** Lower is better, for example an error. */
  LOWER,
  /** Neither, for example a count or a size. */
  NEITHER;

  /**
   * Compares {@code to} with {@code from}: 1 if better, −1 if worse, 0 if neither or one is NaN.
   */
  public int compare(double from, double to) {
    return switch (this) {
      case HIGHER -> direction(from, to);
      case LOWER -> direction(to, from);
      case NEITHER -> 0;
    };
  }

  /** 1 if a number increased, −1 if it decreased, 0 if it did neither or one of them is NaN. */
  public static int direction(double from, double to) {
    return to > from ? 1 : to < from ? -1 : 0;
  }
}
