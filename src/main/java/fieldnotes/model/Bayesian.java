package fieldnotes.model;

import fieldnotes.common.Check;
import fieldnotes.math.NumpyRandom;
import java.util.Collections;
import java.util.Map;

/**
 * Bayesian search by a tree-structured Parzen estimator: after some random settings, each next one
 * is where the settings that scored well are dense and the others are not, which is where the
 * expected improvement is largest.
 *
 * @param options what to choose, and from where
 * @param settings how many are tried, fewer if there are no more combinations
 * @param seed 0 to 4294967295
 * @param starts how many are drawn at random first, as {@link Search#random} draws them from ranges
 * @param together how many are chosen before the next scores are looked at: more use more cores,
 *     fewer know more
 * @see "J. Bergstra, R. Bardenet, Y. Bengio, B. Kégl, Algorithms for hyper-parameter optimization,
 *     NIPS 2011"
 */
public record Bayesian(
    Map<String, Search.Draw> options, int settings, long seed, int starts, int together) {
  /** Copies the options and checks the ranges. */
  public Bayesian {
    options = Collections.unmodifiableSortedMap(Space.check(options));
    Check.atLeast("settings", settings, 1);
    NumpyRandom.of(seed);
    Check.atLeast("starts", starts, 1);
    Check.atLeast("together", together, 1);
  }

  /** A quarter at random, at least 4 and at most 10; two settings at a time. */
  public static Bayesian of(Map<String, Search.Draw> options, int settings, long seed) {
    return new Bayesian(options, settings, seed, Math.clamp(settings / 4, 4, 10), 2);
  }

  /** Returns a copy that draws this number of settings at random first. */
  public Bayesian withStarts(int number) {
    return new Bayesian(options, settings, seed, number, together);
  }

  /** Returns a copy that chooses this number of settings at a time. */
  public Bayesian withTogether(int number) {
    return new Bayesian(options, settings, seed, starts, number);
  }

  @Override
  public String toString() {
    return "Bayesian search of %s settings over %s, %s of them drawn at random, %s at a time (seed %s)"
        .formatted(settings, options, starts, together, seed);
  }
}
