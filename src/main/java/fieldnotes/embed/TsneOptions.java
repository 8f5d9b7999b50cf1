package fieldnotes.embed;

import fieldnotes.common.Check;

/**
 * Options of {@link Tsne}.
 *
 * @param perplexity approximate number of neighbours of a row, from 1 to below the number of rows
 * @param earlyExaggeration factor of the attraction in the first 250 rounds, at least 1
 * @param rounds total number of rounds, at least 250
 * @param learningRate step length; 0 uses rows / earlyExaggeration / 4, at least 50
 * @param angle largest angular size at which a distant group counts as one point, 0 (exact) to 1
 * @param seed seed of a random initialization
 * @param randomStart whether to initialize at random instead of with two principal components
 */
public record TsneOptions(
    double perplexity,
    double earlyExaggeration,
    int rounds,
    double learningRate,
    double angle,
    long seed,
    boolean randomStart) {
  /** Validates the values. */
  public TsneOptions {
    Check.that(perplexity >= 1, "perplexity=%s: must be at least 1", perplexity);
    Check.that(
        earlyExaggeration >= 1, "earlyExaggeration=%s: must be at least 1", earlyExaggeration);
    Check.atLeast("rounds", rounds, 250);
    Check.within("learningRate", learningRate, 0, Double.MAX_VALUE);
    Check.within("angle", angle, 0, 1);
  }

  /** Perplexity 30, exaggeration 12, 1000 rounds, angle 0.5, two principal components as start. */
  public static TsneOptions of(long seed) {
    return new TsneOptions(30, 12, 1000, 0, 0.5, seed, false);
  }

  /** Returns a copy with this perplexity. */
  public TsneOptions withPerplexity(double p) {
    return new TsneOptions(p, earlyExaggeration, rounds, learningRate, angle, seed, randomStart);
  }

  /** Returns a copy with this early exaggeration. */
  public TsneOptions withEarlyExaggeration(double e) {
    return new TsneOptions(perplexity, e, rounds, learningRate, angle, seed, randomStart);
  }

  /** Returns a copy with this number of rounds. */
  public TsneOptions withRounds(int n) {
    return new TsneOptions(
        perplexity, earlyExaggeration, n, learningRate, angle, seed, randomStart);
  }

  /** Returns a copy with this step length. */
  public TsneOptions withLearningRate(double r) {
    return new TsneOptions(perplexity, earlyExaggeration, rounds, r, angle, seed, randomStart);
  }

  /** Returns a copy with this angle. */
  public TsneOptions withAngle(double a) {
    return new TsneOptions(
        perplexity, earlyExaggeration, rounds, learningRate, a, seed, randomStart);
  }

  /** Returns a copy with a random initialization or one with principal components. */
  public TsneOptions withRandomStart(boolean on) {
    return new TsneOptions(perplexity, earlyExaggeration, rounds, learningRate, angle, seed, on);
  }
}
