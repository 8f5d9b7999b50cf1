package fieldnotes.evaluate;

/**
 * How good predictions are, as one number, and which way it is better. {@link Scores} has the usual
 * ones; a record that implements this is one more.
 */
public interface Score {
  /** What it is called in tables and in the journal, such as {@code RMSE}. */
  String name();

  /** Whether a higher or a lower number is better. */
  Better better();

  /**
   * The score of these predictions.
   *
   * @return NaN where it is not defined
   * @throws IllegalArgumentException if this score is not for predictions of this kind, naming
   *     scores that are
   */
  double of(Outcome outcome);
}
