package fieldnotes.feature;

/** How many numbers become one within a feature. */
public enum Aggregate {
  /** The sum over the count. */
  MEAN,
  /** The middle one, or the mean of the middle two. */
  MEDIAN
}
