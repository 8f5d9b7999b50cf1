package fieldnotes.feature;

/** How several values are combined into one within a feature. */
public enum Aggregate {
  /** Arithmetic mean. */
  MEAN,
  /** Median; for an even count, the mean of the middle two. */
  MEDIAN
}
