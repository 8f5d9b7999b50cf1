package fieldnotes.evaluate;

import fieldnotes.common.Check;

/**
 * How good predictions are, as one number, which way it is better, and which numbers there are.
 * {@link Scores} has the usual ones; a record that implements this is one more.
 */
public interface Score {
  /** What it is called in tables and in the journal, such as {@code RMSE}. */
  String name();

  /** Whether a higher or a lower number is better. */
  Better better();

  /** The values that it can take; any number if it does not say. */
  default Range range() {
    return Range.ANY;
  }

  /**
   * The score of these predictions.
   *
   * @return NaN where it is not defined
   * @throws IllegalArgumentException if this score is not for predictions of this kind, naming
   *     scores that are
   */
  double of(Outcome outcome);

  /**
   * The values that a score can take.
   *
   * @param lowest the lowest; −∞ if there is none
   * @param highest the highest; ∞ if there is none
   */
  record Range(double lowest, double highest) {
    static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    static final Range FROM_0 = new Range(0, Double.POSITIVE_INFINITY);
    static final Range SHARE = new Range(0, 1);
    static final Range CORRELATION = new Range(-1, 1);

    /** Checks the order. */
    public Range {
      Check.that(lowest <= highest, "lowest=%s: must be at most highest=%s", lowest, highest);
    }

    /** The values that the difference of two such scores can take. */
    Range ofDifferences() {
      return new Range(lowest - highest, highest - lowest);
    }
  }
}
