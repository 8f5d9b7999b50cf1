package fieldnotes.cluster;

import fieldnotes.common.Check;

/**
 * How {@link SeededKMeans} runs.
 *
 * @param clusters how many
 * @param seed 0 to 4294967295
 * @param start how the first centre of a start is drawn
 * @param starts the best of so many starts is kept
 * @param maxRounds at most so many rounds a start
 * @param tolerance a start ends when the squared shift of its centres is at most this share of the
 *     mean variance of the columns
 */
public record SeededKMeansOptions(
    int clusters, long seed, Start start, int starts, int maxRounds, double tolerance) {
  /** How the first centre of a start is drawn. */
  public enum Start {
    /**
     * As scikit-learn 1.3 and later: by one double, looked up in the running shares of the rows.
     */
    MODERN,
    /** As scikit-learn before 1.3, and so in books of that time: by one whole number. */
    BOOK
  }

  /** Checks the ranges. */
  public SeededKMeansOptions {
    Check.atLeast("clusters", clusters, 1);
    Check.that(seed >= 0 && seed <= 0xffffffffL, "seed=%d: must lie within 0 and 4294967295", seed);
    Check.atLeast("starts", starts, 1);
    Check.atLeast("maxRounds", maxRounds, 1);
    Check.that(tolerance >= 0, "tolerance=%s: must be at least 0", tolerance);
  }

  /** Ten modern starts of at most 300 rounds. */
  public static SeededKMeansOptions of(int clusters, long seed) {
    return new SeededKMeansOptions(clusters, seed, Start.MODERN, 10, 300, 1e-4);
  }

  /** The same with another start. */
  public SeededKMeansOptions withStart(Start other) {
    return new SeededKMeansOptions(clusters, seed, other, starts, maxRounds, tolerance);
  }

  /** The same with so many starts. */
  public SeededKMeansOptions withStarts(int number) {
    return new SeededKMeansOptions(clusters, seed, start, number, maxRounds, tolerance);
  }

  /** The same with so many clusters. */
  public SeededKMeansOptions withClusters(int number) {
    return new SeededKMeansOptions(number, seed, start, starts, maxRounds, tolerance);
  }
}
