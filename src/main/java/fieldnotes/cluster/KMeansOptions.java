package fieldnotes.cluster;

import fieldnotes.common.Check;

/**
 * Options of {@link KMeans}.
 *
 * @param clusters number of clusters, at least 1
 * @param seed seed of the k-means++ starts; equal to scikit-learn's {@code random_state}
 * @param restarts number of starts, at least 1; the one with the smallest inertia is kept
 * @param maxRounds maximum number of rounds of a start, at least 1
 * @param tolerance a start ends when the squared shift of its centres is at most this times the
 *     mean variance of the columns, 0 to 1
 */
public record KMeansOptions(
    int clusters, long seed, int restarts, int maxRounds, double tolerance) {
  /** Validates the values. */
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

  /** Returns a copy with this number of clusters. */
  public KMeansOptions withClusters(int k) {
    return new KMeansOptions(k, seed, restarts, maxRounds, tolerance);
  }

  /** Returns a copy with this number of starts. */
  public KMeansOptions withRestarts(int n) {
    return new KMeansOptions(clusters, seed, n, maxRounds, tolerance);
  }

  /** Returns a copy with this maximum number of rounds. */
  public KMeansOptions withMaxRounds(int n) {
    return new KMeansOptions(clusters, seed, restarts, n, tolerance);
  }

  /** Returns a copy with this tolerance; with 0, a start runs until no row changes its cluster. */
  public KMeansOptions withTolerance(double t) {
    return new KMeansOptions(clusters, seed, restarts, maxRounds, t);
  }
}
