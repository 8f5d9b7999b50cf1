package fieldnotes.embed;

import fieldnotes.common.Check;

/**
 * How t-SNE runs.
 *
 * @param perplexity about how many neighbours a row has, below the number of rows
 * @param earlyExaggeration how much attraction is multiplied in the first 250 rounds
 * @param rounds all rounds, at least 250
 * @param learningRate step length; 0 takes rows / earlyExaggeration / 4, at least 50
 * @param angle how wide a far group of points may look and still count as one, 0 (exact) to 1
 * @param seed of the start if it is random
 * @param randomStart whether it starts from chance rather than from two principal components
 */
public record TsneOptions(
    double perplexity,
    double earlyExaggeration,
    int rounds,
    double learningRate,
    double angle,
    long seed,
    boolean randomStart) {
  /** Checks the numbers. */
  public TsneOptions {
    Check.that(perplexity >= 1, "perplexity=%s: must be at least 1", perplexity);
    Check.that(
        earlyExaggeration >= 1, "earlyExaggeration=%s: must be at least 1", earlyExaggeration);
    Check.atLeast("rounds", rounds, 250);
    Check.within("learningRate", learningRate, 0, Double.MAX_VALUE);
    Check.within("angle", angle, 0, 1);
  }

  /** Perplexity 30, exaggeration 12, 1000 rounds, angle 0.5, from two principal components. */
  public static TsneOptions of(long seed) {
    return new TsneOptions(30, 12, 1000, 0, 0.5, seed, false);
  }

  /** The same with another perplexity. */
  public TsneOptions withPerplexity(double p) {
    return new TsneOptions(p, earlyExaggeration, rounds, learningRate, angle, seed, randomStart);
  }

  /** The same with another early exaggeration. */
  public TsneOptions withEarlyExaggeration(double e) {
    return new TsneOptions(perplexity, e, rounds, learningRate, angle, seed, randomStart);
  }

  /** The same with so many rounds. */
  public TsneOptions withRounds(int n) {
    return new TsneOptions(
        perplexity, earlyExaggeration, n, learningRate, angle, seed, randomStart);
  }

  /** The same with another step length. */
  public TsneOptions withLearningRate(double r) {
    return new TsneOptions(perplexity, earlyExaggeration, rounds, r, angle, seed, randomStart);
  }

  /** The same with another angle. */
  public TsneOptions withAngle(double a) {
    return new TsneOptions(
        perplexity, earlyExaggeration, rounds, learningRate, a, seed, randomStart);
  }

  /** The same from a random start, or from principal components. */
  public TsneOptions withRandomStart(boolean on) {
    return new TsneOptions(perplexity, earlyExaggeration, rounds, learningRate, angle, seed, on);
  }
}
