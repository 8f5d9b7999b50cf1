package fieldnotes.cluster;

import fieldnotes.common.Check;

/**
 * How k-means runs.
 *
 * @param clusters how many clusters, at least 1
 * @param seed of the k-means++ starts; the same seed gives scikit-learn's {@code random_state}
 * @param restarts how many starts are tried; the one with the least inertia is kept
 * @param maxRounds rounds of one start at most
 * @param tolerance a start ends when its centres move, squared and summed, no more than this times
 *     the mean variance of the columns
 */
public record KMeansOptions(
    int clusters, long seed, int restarts, int maxRounds, double tolerance) {
  /** Checks the numbers. */
  public KMeansOptions {
    Check.atLeast("clusters", clusters, 1);
    Check.atLeast("restarts", restarts, 1);
    Check.atLeast("maxRounds", maxRounds, 1);
    Check.within("tolerance", tolerance, 0, 1);
  }

  /** Ten restarts, 300 rounds, tolerance 1e-4. */
  public static KMeansOptions of(int clusters, long seed) {
    return new KMeansOptions(clusters, seed, 10, 300, 1e-4);
  }

  /** The same with another number of clusters. */
  public KMeansOptions withClusters(int k) {
    return new KMeansOptions(k, seed, restarts, maxRounds, tolerance);
  }

  /** The same with so many starts. */
  public KMeansOptions withRestarts(int n) {
    return new KMeansOptions(clusters, seed, n, maxRounds, tolerance);
  }

  /** The same with so many rounds at most. */
  public KMeansOptions withMaxRounds(int n) {
    return new KMeansOptions(clusters, seed, restarts, n, tolerance);
  }

  /** The same with another tolerance; 0 goes on until no row changes its cluster. */
  public KMeansOptions withTolerance(double t) {
    return new KMeansOptions(clusters, seed, restarts, maxRounds, t);
  }
}
