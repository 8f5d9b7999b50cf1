package fieldnotes.classify;

/** What turns the score of a class, a probability or a decision value, into a probability. */
public sealed interface Calibrator permits Sigmoid, Isotonic {
  /** The probability for a score, 0 to 1. */
  double of(double score);
}
