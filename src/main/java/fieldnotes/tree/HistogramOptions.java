package fieldnotes.tree;

import fieldnotes.common.Check;
import fieldnotes.math.NumpyRandom;

/**
 * Options of gradient boosting on histograms.
 *
 * @param seed 0 to 4294967295; draws the rows held back for early stopping, and, of more than
 *     200,000 rows, those that the bins are made of
 * @param rounds the largest number of rounds, each of one tree, or one for each of more than two
 *     classes
 * @param learningRate what each tree's values are multiplied by, above 0
 * @param maxLeaves leaves of a tree, at least 2
 * @param maxDepth maximum depth of a leaf; 0 means no limit
 * @param minRowsInLeaf minimum rows on each side of a split, at least 1
 * @param penalty added to the sum of second derivatives in each leaf, which shrinks the values of
 *     small leaves; at least 0
 * @param bins the most bins that a column's values are sorted into, 2 to 255
 * @param stopping whether it stops early
 * @param early how it stops early; its patience counts rounds, at least 1
 */
public record HistogramOptions(
    long seed,
    int rounds,
    double learningRate,
    int maxLeaves,
    int maxDepth,
    int minRowsInLeaf,
    double penalty,
    int bins,
    Stopping stopping,
    EarlyStopping early) {
  /** When boosting stops before the last round. */
  public enum Stopping {
    /** Early if there are more than 10,000 rows. */
    AUTO,
    /** Early. */
    ALWAYS,
    /** Never early. */
    NEVER
  }

  private static final int MANY = 10_000;

  /** Validates the ranges. */
  public HistogramOptions {
    Check.that(seed >= 0 && seed <= 0xffffffffL, "seed=%d: must lie within 0 and 4294967295", seed);
    Check.atLeast("rounds", rounds, 1);
    Check.positive("learningRate", learningRate);
    Check.atLeast("maxLeaves", maxLeaves, 2);
    Check.atLeast("maxDepth", maxDepth, 0);
    Check.atLeast("minRowsInLeaf", minRowsInLeaf, 1);
    Check.that(
        penalty >= 0 && Double.isFinite(penalty),
        "penalty=%s: must be a finite number of at least 0",
        penalty);
    Check.that(bins >= 2 && bins <= 255, "bins=%d: must lie within 2 and 255", bins);
    Check.that(stopping != null, "stopping is null: choose AUTO, ALWAYS or NEVER");
    Check.atLeast("patience", early.patience(), 1);
  }

  /**
   * 100 rounds of trees with at most 31 leaves of at least 20 rows, learning rate 0.1, as
   * scikit-learn's {@code HistGradientBoostingClassifier} has them.
   */
  public static HistogramOptions of(long seed) {
    return new HistogramOptions(
        seed, 100, 0.1, 31, 0, 20, 0, 255, Stopping.AUTO, new EarlyStopping(10, 0.1, 1e-7));
  }

  /** Returns a copy with this seed. */
  public HistogramOptions withSeed(long newSeed) {
    return new HistogramOptions(
        newSeed,
        rounds,
        learningRate,
        maxLeaves,
        maxDepth,
        minRowsInLeaf,
        penalty,
        bins,
        stopping,
        early);
  }

  /** Returns a copy with this number of rounds at most. */
  public HistogramOptions withRounds(int number) {
    return new HistogramOptions(
        seed,
        number,
        learningRate,
        maxLeaves,
        maxDepth,
        minRowsInLeaf,
        penalty,
        bins,
        stopping,
        early);
  }

  /** Returns a copy with this learning rate. */
  public HistogramOptions withLearningRate(double rate) {
    return new HistogramOptions(
        seed, rounds, rate, maxLeaves, maxDepth, minRowsInLeaf, penalty, bins, stopping, early);
  }

  /** Returns a copy whose trees have at most this many leaves. */
  public HistogramOptions withMaxLeaves(int leaves) {
    return new HistogramOptions(
        seed,
        rounds,
        learningRate,
        leaves,
        maxDepth,
        minRowsInLeaf,
        penalty,
        bins,
        stopping,
        early);
  }

  /** Returns a copy with this maximum depth; 0 means no limit. */
  public HistogramOptions withMaxDepth(int depth) {
    return new HistogramOptions(
        seed,
        rounds,
        learningRate,
        maxLeaves,
        depth,
        minRowsInLeaf,
        penalty,
        bins,
        stopping,
        early);
  }

  /** Returns a copy with this minimum number of rows per leaf. */
  public HistogramOptions withMinRowsInLeaf(int rows) {
    return new HistogramOptions(
        seed, rounds, learningRate, maxLeaves, maxDepth, rows, penalty, bins, stopping, early);
  }

  /** Returns a copy with this penalty of leaves. */
  public HistogramOptions withPenalty(double l2) {
    return new HistogramOptions(
        seed, rounds, learningRate, maxLeaves, maxDepth, minRowsInLeaf, l2, bins, stopping, early);
  }

  /** Returns a copy with this number of bins at most. */
  public HistogramOptions withBins(int most) {
    return new HistogramOptions(
        seed,
        rounds,
        learningRate,
        maxLeaves,
        maxDepth,
        minRowsInLeaf,
        penalty,
        most,
        stopping,
        early);
  }

  /** Returns a copy that stops early then. */
  public HistogramOptions withStopping(Stopping when) {
    return new HistogramOptions(
        seed, rounds, learningRate, maxLeaves, maxDepth, minRowsInLeaf, penalty, bins, when, early);
  }

  /**
   * Returns a copy that always stops early.
   *
   * @param share share of the rows held back, between 0 and 1
   * @param rounds rounds without a smaller loss until it stops, at least 1
   * @param least how much smaller the loss must be to count, at least 0
   */
  public HistogramOptions withStopping(double share, int rounds, double least) {
    return new HistogramOptions(
        seed,
        this.rounds,
        learningRate,
        maxLeaves,
        maxDepth,
        minRowsInLeaf,
        penalty,
        bins,
        Stopping.ALWAYS,
        new EarlyStopping(rounds, share, least));
  }

  /** Whether rows are held back of so many, to stop early. */
  public boolean stopsEarly(int rows) {
    return stopping == Stopping.ALWAYS || (stopping == Stopping.AUTO && rows > MANY);
  }

  /**
   * The seed for the split into rows to learn from and rows held back, drawn as scikit-learn does.
   */
  public long splitSeed() {
    return NumpyRandom.of(seed).integer(0, 0xffffffffL);
  }

  /** The number of rounds, the seed, and every option that is not as in {@link #of}. */
  @Override
  public String toString() {
    HistogramOptions usual = of(seed);
    StringBuilder text = new StringBuilder(rounds + " rounds, seed " + seed);
    if (learningRate != usual.learningRate) {
      text.append(", learning rate ").append(learningRate);
    }
    if (maxLeaves != usual.maxLeaves) {
      text.append(", leaves at most ").append(maxLeaves);
    }
    if (maxDepth > 0) {
      text.append(", depth at most ").append(maxDepth);
    }
    if (minRowsInLeaf != usual.minRowsInLeaf) {
      text.append(", rows in a leaf at least ").append(minRowsInLeaf);
    }
    if (penalty > 0) {
      text.append(", penalty ").append(penalty);
    }
    if (bins != usual.bins) {
      text.append(", bins at most ").append(bins);
    }
    switch (stopping) {
      case AUTO -> {}
      case ALWAYS -> text.append(", stopping early");
      case NEVER -> text.append(", never stopping early");
    }
    if (early.validationShare() != usual.early.validationShare()) {
      text.append(", held back ").append(early.validationShare());
    }
    if (early.patience() != usual.early.patience()) {
      text.append(", patience ").append(early.patience());
    }
    if (early.tolerance() != usual.early.tolerance()) {
      text.append(", tolerance ").append(early.tolerance());
    }
    return text.toString();
  }
}
