package fieldnotes.tree;

import fieldnotes.common.Check;
import java.util.Locale;

/**
 * Options of gradient boosting.
 *
 * @param trees number of stages, each of one tree, or of one tree for each of three and more
 *     classes
 * @param learningRate how much of each tree is added, above 0
 * @param loss what the trees lower
 * @param alpha for {@link Loss#HUBER}, the share of errors that count squared; for {@link
 *     Loss#QUANTILE}, the quantile to predict; above 0 and below 1
 * @param subsample share of the rows each stage is grown on, drawn without replacement, above 0 to
 *     1
 * @param early when it stops before the last stage; of patience 0, all rows are learnt from and all
 *     trees are grown
 * @param tree options of each tree; its seed is that of all draws, {@code maxFeatures} 0 means all
 */
public record BoostingOptions(
    int trees,
    double learningRate,
    Loss loss,
    double alpha,
    double subsample,
    EarlyStopping early,
    TreeOptions tree) {
  /** What boosting lowers. */
  public enum Loss {
    /** The usual one: log loss for classes, squared error for numbers. */
    STANDARD,
    /** For two classes: exponential loss, as AdaBoost. */
    EXPONENTIAL,
    /** For numbers: absolute error. */
    ABSOLUTE_ERROR,
    /** For numbers: squared error, but absolute for the largest errors. */
    HUBER,
    /** For numbers: pinball loss, which a quantile lowers most. */
    QUANTILE
  }

  /** Validates the ranges. */
  public BoostingOptions {
    Check.atLeast("trees", trees, 1);
    Check.positive("learningRate", learningRate);
    Check.that(alpha > 0 && alpha < 1, "alpha=%s: must lie between 0 and 1, both excluded", alpha);
    Check.that(
        subsample > 0 && subsample <= 1, "subsample=%s: must lie above 0 and up to 1", subsample);
    Check.that(
        !tree.entropy() && !tree.randomThresholds(),
        "tree=%s: boosted trees are grown by squared error and with the best thresholds",
        tree);
  }

  /** 100 trees of depth 3 at learning rate 0.1, as in scikit-learn. */
  public static BoostingOptions of(long seed) {
    TreeOptions tree = TreeOptions.of(seed).withMaxDepth(3);
    return new BoostingOptions(
        100, 0.1, Loss.STANDARD, 0.9, 1, new EarlyStopping(0, 0.1, 1e-4), tree);
  }

  /** Returns a copy with this number of stages. */
  public BoostingOptions withTrees(int number) {
    return new BoostingOptions(number, learningRate, loss, alpha, subsample, early, tree);
  }

  /** Returns a copy with this learning rate. */
  public BoostingOptions withLearningRate(double rate) {
    return new BoostingOptions(trees, rate, loss, alpha, subsample, early, tree);
  }

  /** Returns a copy with this loss. */
  public BoostingOptions withLoss(Loss lowered) {
    return new BoostingOptions(trees, learningRate, lowered, alpha, subsample, early, tree);
  }

  /** Returns a copy that predicts a quantile, for example 0.5 for the median. */
  public BoostingOptions withQuantile(double quantile) {
    return withLoss(Loss.QUANTILE).withAlpha(quantile);
  }

  /** Returns a copy with this alpha, for Huber's loss. */
  public BoostingOptions withAlpha(double share) {
    return new BoostingOptions(trees, learningRate, loss, share, subsample, early, tree);
  }

  /** Returns a copy that grows each stage on this share of the rows. */
  public BoostingOptions withSubsample(double share) {
    return new BoostingOptions(trees, learningRate, loss, alpha, share, early, tree);
  }

  /** Returns a copy that stops early, after this number of stages that did not help. */
  public BoostingOptions withEarlyStopping(int stages) {
    return withEarlyStopping(stages, early.validationShare(), early.tolerance());
  }

  /** Returns a copy that stops early, with this share of validation rows and this tolerance. */
  public BoostingOptions withEarlyStopping(int stages, double share, double least) {
    return new BoostingOptions(
        trees, learningRate, loss, alpha, subsample, new EarlyStopping(stages, share, least), tree);
  }

  /** Returns a copy with this maximum depth of each tree; 0 means no limit. */
  public BoostingOptions withMaxDepth(int depth) {
    return withTree(tree.withMaxDepth(depth));
  }

  /** Returns a copy with these tree options, including their seed. */
  public BoostingOptions withTree(TreeOptions options) {
    return new BoostingOptions(trees, learningRate, loss, alpha, subsample, early, options);
  }

  /** The seed of all draws. */
  public long seed() {
    return tree.seed();
  }

  /** Stages, learning rate, depth and seed, and every option that is not as in {@link #of}. */
  @Override
  public String toString() {
    BoostingOptions usual = of(seed());
    StringBuilder text = new StringBuilder();
    text.append(trees).append(" stages at rate ").append(learningRate).append(", ").append(tree);
    if (loss != Loss.STANDARD) {
      text.append(", by ").append(loss.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
    if (alpha != usual.alpha) {
      text.append(", alpha ").append(alpha);
    }
    if (subsample < 1) {
      text.append(", of ").append(subsample).append(" of the rows");
    }
    if (early.patience() > 0) {
      text.append(", stopped after ").append(early.patience()).append(" without gain");
    }
    if (early.validationShare() != usual.early.validationShare()) {
      text.append(", validated on ").append(early.validationShare());
    }
    if (early.tolerance() != usual.early.tolerance()) {
      text.append(", tolerance ").append(early.tolerance());
    }
    return text.toString();
  }
}
