package fieldnotes.cluster;

import fieldnotes.common.Check;
import fieldnotes.model.Learner;
import fieldnotes.table.Samples;

/**
 * How a Gaussian mixture is fitted.
 *
 * @param components how many Gaussians
 * @param diagonal whether columns vary independently within a Gaussian; otherwise full covariance
 * @param seed of the k-means starts
 * @param restarts how many starts are tried; the likeliest is kept
 * @param maxRounds rounds of one start at most
 * @param tolerance a start ends when the mean log-likelihood of a row changes by less
 * @param regularization added to every variance, so that no Gaussian collapses to a point
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
  /** Checks the numbers. */
  public MixtureOptions {
    Check.atLeast("components", components, 1);
    Check.atLeast("restarts", restarts, 1);
    Check.atLeast("maxRounds", maxRounds, 1);
    Check.within("tolerance", tolerance, 0, Double.MAX_VALUE);
    Check.within("regularization", regularization, 0, Double.MAX_VALUE);
  }

  /** Full covariance, one start, 100 rounds, tolerance 1e-3, regularization 1e-6. */
  public static MixtureOptions of(int components, long seed) {
    return new MixtureOptions(components, false, seed, 1, 100, 1e-3, 1e-6);
  }

  /** The same with another number of Gaussians. */
  public MixtureOptions withComponents(int k) {
    return new MixtureOptions(k, diagonal, seed, restarts, maxRounds, tolerance, regularization);
  }

  /** The same with columns that vary independently, or not. */
  public MixtureOptions withDiagonal(boolean on) {
    return new MixtureOptions(components, on, seed, restarts, maxRounds, tolerance, regularization);
  }

  /** The same with so many starts. */
  public MixtureOptions withRestarts(int n) {
    return new MixtureOptions(components, diagonal, seed, n, maxRounds, tolerance, regularization);
  }

  /** The same with so many rounds at most. */
  public MixtureOptions withMaxRounds(int n) {
    return new MixtureOptions(components, diagonal, seed, restarts, n, tolerance, regularization);
  }

  /** The same with another tolerance. */
  public MixtureOptions withTolerance(double t) {
    return new MixtureOptions(components, diagonal, seed, restarts, maxRounds, t, regularization);
  }

  /**
   * Fits a mixture to the rows' features, starting from k-means.
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
    return ("mixture (%d %s Gaussians, seed %d, %d restarts, %d rounds, tolerance %s, regularization"
            + " %s)")
        .formatted(
            components,
            diagonal ? "diagonal" : "full",
            seed,
            restarts,
            maxRounds,
            tolerance,
            regularization);
  }
}
