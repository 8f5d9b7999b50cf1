package fieldnotes.cluster;

import fieldnotes.common.Check;
import fieldnotes.model.Learner;
import fieldnotes.table.Samples;
import java.util.Locale;

/**
 * Options of {@link Mixture}.
 *
 * @param components number of Gaussians, at least 1
 * @param diagonal whether covariances are diagonal instead of full
 * @param seed seed of the k-means starts, 0 to 4294967295; each further start takes the next, 0
 *     after the last
 * @param restarts number of starts, at least 1; the one with the highest likelihood is kept
 * @param maxRounds maximum number of rounds of a start, at least 1
 * @param tolerance a start ends when the mean log-likelihood per row changes by less
 * @param regularization value added to every variance, so that no Gaussian collapses to a point
 */
public record MixtureOptions(
    int components,
    boolean diagonal,
    long seed,
    int restarts,
    int maxRounds,
    double tolerance,
    double regularization)
    implements Learner<int[], Mixture> {
  /** Validates the values. */
  public MixtureOptions {
    Check.atLeast("components", components, 1);
    Check.that(seed >= 0 && seed <= 0xffffffffL, "seed=%d: must lie within 0 and 4294967295", seed);
    Check.atLeast("restarts", restarts, 1);
    Check.atLeast("maxRounds", maxRounds, 1);
    Check.within("tolerance", tolerance, 0, Double.MAX_VALUE);
    Check.within("regularization", regularization, 0, Double.MAX_VALUE);
  }

  /** Full covariance, one start, 100 rounds, tolerance 1e-3, regularization 1e-6. */
  public static MixtureOptions of(int components, long seed) {
    return new MixtureOptions(components, false, seed, 1, 100, 1e-3, 1e-6);
  }

  /** Returns a copy with this number of Gaussians. */
  public MixtureOptions withComponents(int k) {
    return new MixtureOptions(k, diagonal, seed, restarts, maxRounds, tolerance, regularization);
  }

  /** Returns a copy with diagonal or full covariances. */
  public MixtureOptions withDiagonal(boolean on) {
    return new MixtureOptions(components, on, seed, restarts, maxRounds, tolerance, regularization);
  }

  /** Returns a copy with this number of starts. */
  public MixtureOptions withRestarts(int n) {
    return new MixtureOptions(components, diagonal, seed, n, maxRounds, tolerance, regularization);
  }

  /** Returns a copy with this maximum number of rounds. */
  public MixtureOptions withMaxRounds(int n) {
    return new MixtureOptions(components, diagonal, seed, restarts, n, tolerance, regularization);
  }

  /** Returns a copy with this tolerance. */
  public MixtureOptions withTolerance(double t) {
    return new MixtureOptions(components, diagonal, seed, restarts, maxRounds, t, regularization);
  }

  /**
   * Fits a mixture to the features of rows, starting from k-means.
   *
   * @throws IllegalArgumentException if a feature is text or not finite (naming row and column), if
   *     there are more Gaussians than rows, or if the rows have weights
   */
  @Override
  public Mixture fit(Samples rows) {
    return Mixture.fit(rows, this);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "mixture (%d %s Gaussians, seed %d, %d restarts, %d rounds, tolerance %s, regularization"
            + " %s)",
        components,
        diagonal ? "diagonal" : "full",
        seed,
        restarts,
        maxRounds,
        tolerance,
        regularization);
  }
}
