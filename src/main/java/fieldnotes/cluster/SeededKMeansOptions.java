package fieldnotes.cluster;

import fieldnotes.common.Check;

/**
 * Options of {@link SeededKMeans}.
 *
 * @param clusters number of clusters, at least 1
 * @param seed seed, 0 to 4294967295
 * @param start how the first centre of a start is drawn
 * @param starts number of starts, at least 1; the best is kept
 * @param maxRounds maximum number of rounds of a start, at least 1
 * @param tolerance a start ends when the squared shift of its centres is at most this share of the
 *     mean variance of the columns
 */
public record SeededKMeansOptions(
    int clusters, long seed, Start start, int starts, int maxRounds, double tolerance) {
  /** How the first centre of a start is drawn. */
  public enum Start {
    /**
     * As in scikit-learn 1.3 and later: by one double, looked up in the cumulative shares of the
     * rows.
     */
    MODERN,
    /** As in scikit-learn before 1.3, and books of that time: by one integer. */
    BOOK
  }

  /** Validates the values. */
  public SeededKMeansOptions {
    Check.atLeast("clusters", clusters, 1);
    Check.that(seed >= 0 && seed <= 0xffffffffL, "seed=%d: must lie within 0 and 4294967295", seed);
    Check.atLeast("starts", starts, 1);
    Check.atLeast("maxRounds", maxRounds, 1);
    Check.that(tolerance >= 0, "tolerance=%s: must be at least 0", tolerance);
  }

  /** Ten starts as in scikit-learn 1.3 and later, of at most 300 rounds. */
  public static SeededKMeansOptions of(int clusters, long seed) {
    return new SeededKMeansOptions(clusters, seed, Start.MODERN, 10, 300, 1e-4);
  }

  /** Returns a copy with this way to draw the first centre. */
  public SeededKMeansOptions withStart(Start other) {
    return new SeededKMeansOptions(clusters, seed, other, starts, maxRounds, tolerance);
  }

  /** Returns a copy with this number of starts. */
  public SeededKMeansOptions withStarts(int number) {
    return new SeededKMeansOptions(clusters, seed, start, number, maxRounds, tolerance);
  }

  /** Returns a copy with this number of clusters. */
  public SeededKMeansOptions withClusters(int number) {
    return new SeededKMeansOptions(number, seed, start, starts, maxRounds, tolerance);
  }
}
