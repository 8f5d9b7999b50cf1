package fieldnotes.cluster;

import fieldnotes.common.Check;
import fieldnotes.model.Learner;
import fieldnotes.table.Samples;
import java.util.Locale;

/**
 * Options of {@link KMeans}.
 *
 * @param clusters number of clusters, at least 1
 * @param seed seed of the k-means++ starts, 0 to 4294967295; equal to scikit-learn's {@code
 *     random_state}
 * @param start how the first centre of a start is drawn
 * @param restarts number of starts, at least 1; the one with the smallest inertia is kept
 * @param maxRounds maximum number of rounds of a start, at least 1
 * @param tolerance a start ends when the squared shift of its centres is at most this times the
 *     mean variance of the columns, 0 to 1
 */
public record KMeansOptions(
    int clusters, long seed, Start start, int restarts, int maxRounds, double tolerance)
    implements Learner<int[], Clusters> {
  /** How the first centre of a start is drawn. */
  public enum Start {
    /**
     * As in scikit-learn 1.3 and later: by one double, looked up in the cumulative weights of the
     * rows.
     */
    MODERN,
    /**
     * As in scikit-learn before 1.3, and books of that time: by one integer. Distances and means
     * are also computed in the order of scikit-learn's loops, so that the book's numbers are
     * reproduced to the last digit even if rows lie on a grid. Rows must not have weights.
     */
    BOOK
  }

  /** Validates the values. */
  public KMeansOptions {
    Check.atLeast("clusters", clusters, 1);
    Check.that(seed >= 0 && seed <= 0xffffffffL, "seed=%d: must lie within 0 and 4294967295", seed);
    Check.atLeast("restarts", restarts, 1);
    Check.atLeast("maxRounds", maxRounds, 1);
    Check.within("tolerance", tolerance, 0, 1);
  }

  /** Ten restarts as in scikit-learn 1.3 and later, 300 rounds, tolerance 1e-4. */
  public static KMeansOptions of(int clusters, long seed) {
    return new KMeansOptions(clusters, seed, Start.MODERN, 10, 300, 1e-4);
  }

  /** Returns a copy with this number of clusters. */
  public KMeansOptions withClusters(int k) {
    return new KMeansOptions(k, seed, start, restarts, maxRounds, tolerance);
  }

  /** Returns a copy that draws the first centre in this way. */
  public KMeansOptions withStart(Start other) {
    return new KMeansOptions(clusters, seed, other, restarts, maxRounds, tolerance);
  }

  /** Returns a copy with this number of starts. */
  public KMeansOptions withRestarts(int n) {
    return new KMeansOptions(clusters, seed, start, n, maxRounds, tolerance);
  }

  /** Returns a copy with this maximum number of rounds. */
  public KMeansOptions withMaxRounds(int n) {
    return new KMeansOptions(clusters, seed, start, restarts, n, tolerance);
  }

  /** Returns a copy with this tolerance; with 0, a start runs until no row changes its cluster. */
  public KMeansOptions withTolerance(double t) {
    return new KMeansOptions(clusters, seed, start, restarts, maxRounds, t);
  }

  /**
   * Clusters rows by their features. If the rows have weights, they are used.
   *
   * @throws IllegalArgumentException if a feature is text or not finite (naming row and column), or
   *     if there are more clusters than rows
   */
  @Override
  public Clusters fit(Samples rows) {
    return KMeans.fit(rows, this);
  }

  /** The seed, and every option but the number of clusters that is not as in {@link #of}. */
  String words() {
    StringBuilder text = new StringBuilder("seed " + seed);
    if (start == Start.BOOK) {
      text.append(", book restarts");
    }
    if (restarts != 10) {
      text.append(", restarts: ").append(restarts);
    }
    if (maxRounds != 300) {
      text.append(", rounds at most ").append(maxRounds);
    }
    if (tolerance != 1e-4) {
      text.append(", tolerance ").append(tolerance);
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "k-means (%d clusters, seed %d, %d %s restarts, %d rounds, tolerance %s)",
        clusters,
        seed,
        restarts,
        start == Start.BOOK ? "book" : "modern",
        maxRounds,
        tolerance);
  }
}
