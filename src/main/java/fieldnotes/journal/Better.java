package fieldnotes.journal;

/** Which way a metric is better. */
public enum Better {
  /** More is better, as of an accuracy. */
  HIGHER,
  /** Less is better, as of an error. */
  LOWER,
  /** Neither: a count, a size. */
  NEITHER;

  /** Whether {@code to} is better than {@code from}: 1 yes, −1 worse, 0 neither. */
  int compare(double from, double to) {
    return switch (this) {
      case HIGHER -> Double.compare(to, from);
      case LOWER -> Double.compare(from, to);
      case NEITHER -> 0;
    };
  }
}
