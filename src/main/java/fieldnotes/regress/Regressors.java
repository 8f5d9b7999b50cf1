package fieldnotes.regress;

import fieldnotes.common.Check;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.model.NumberModel;
import fieldnotes.model.Seeded;
import fieldnotes.table.Describe;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import fieldnotes.tree.BoostingOptions;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.HistogramOptions;
import fieldnotes.tree.HistogramTrees;
import fieldnotes.tree.RegressionBoosting;
import fieldnotes.tree.RegressionForest;
import fieldnotes.tree.RegressionTree;
import fieldnotes.tree.TreeOptions;

/** The learners of numbers. Those called {@code smile…} are Smile's. */
public final class Regressors {
  private Regressors() {}

  /** Ordinary least squares. */
  public static Learner<double[], Linear> leastSquares() {
    return new Linear.Options(0);
  }

  /**
   * Ridge regression: least squares plus alpha · Σ coefficient². The intercept is not penalised.
   *
   * @param alpha above 0
   */
  public static Learner<double[], Linear> ridge(double alpha) {
    return new Linear.Options(Check.positive("alpha", alpha));
  }

  /** A baseline that always predicts the target's mean, as scikit-learn's DummyRegressor. */
  public static Learner<double[], DummyNumberModel> dummyMean() {
    return new DummyNumber(DummyNumber.Kind.MEAN, 0);
  }

  /** A baseline that always predicts the target's median; it takes no weights. */
  public static Learner<double[], DummyNumberModel> dummyMedian() {
    return dummyQuantile(0.5);
  }

  /**
   * A baseline that always predicts a quantile of the target; it takes no weights.
   *
   * @param quantile 0 to 1
   */
  public static Learner<double[], DummyNumberModel> dummyQuantile(double quantile) {
    return new DummyNumber(DummyNumber.Kind.QUANTILE, quantile);
  }

  /** A baseline that always predicts this number. */
  public static Learner<double[], DummyNumberModel> dummyConstant(double number) {
    return new DummyNumber(DummyNumber.Kind.CONSTANT, number);
  }

  /**
   * A decision tree, as scikit-learn's {@code DecisionTreeRegressor} grows it, also with random
   * thresholds or pruned.
   */
  public static Learner<double[], TreeModel> tree(TreeOptions options) {
    return new TreeLearner(options);
  }

  /**
   * A random forest, as scikit-learn's {@code RandomForestRegressor} grows it; with {@link
   * ForestOptions#extraTrees}, as {@code ExtraTreesRegressor} does.
   */
  public static Learner<double[], ForestModel> forest(ForestOptions options) {
    return new ForestLearner(options);
  }

  /**
   * Gradient boosted trees, as scikit-learn's {@code GradientBoostingRegressor} grows them.
   *
   * @param options by squared or absolute error, Huber's loss, or for a quantile
   */
  public static Learner<double[], BoostingModel> boosting(BoostingOptions options) {
    return new BoostingLearner(options);
  }

  /**
   * Gradient boosting on histograms, for large tables, as scikit-learn's {@code
   * HistGradientBoostingRegressor} by squared error: the same trees up to rounding, of finite
   * numbers only.
   */
  public static Learner<double[], HistogramNumbers> histogramBoosting(HistogramOptions options) {
    return new HistogramLearner(options);
  }

  /**
   * A learner whose target is scaled to mean 0 and deviation 1 first; its model predicts in the
   * target's own unit.
   */
  public static <M extends NumberModel> Learner<double[], ScaledTarget<M>> onScaledTarget(
      Learner<double[], M> learner) {
    return new ScaledTargetLearner<>(learner);
  }

  /**
   * Smile's support vector regression with a linear kernel.
   *
   * @param epsilon errors up to this cost nothing, in the target's unit
   * @param penalty cost of an error, C
   * @param tolerance where the solver stops, in the target's unit, at least 1e-12 of the largest
   *     target
   */
  public static Learner<double[], SupportVectors> smileLinearSvr(
      double epsilon, double penalty, double tolerance) {
    return new SupportVectors.Options(0, epsilon, penalty, tolerance);
  }

  /**
   * Smile's support vector regression with the kernel exp(−gamma · squared distance).
   *
   * @param gamma above 0
   * @param epsilon errors up to this cost nothing, in the target's unit
   * @param penalty cost of an error, C
   * @param tolerance where the solver stops, in the target's unit, at least 1e-12 of the largest
   *     target
   */
  public static Learner<double[], SupportVectors> smileRbfSvr(
      double gamma, double epsilon, double penalty, double tolerance) {
    Check.positive("gamma", gamma);
    return new SupportVectors.Options(gamma, epsilon, penalty, tolerance);
  }

  /**
   * Smile's random forest, of trees with seeds seed, seed + 1, …; not the trees of {@link #forest}.
   *
   * @param maxFeatures columns tried at each split, 1 to the number of columns
   */
  public static Learner<double[], SmileTrees> smileForest(int trees, int maxFeatures, long seed) {
    return new SmileTrees.ForestOptions(trees, maxFeatures, seed);
  }

  /** Smile's gradient boosted trees, by least squares. */
  public static Learner<double[], SmileTrees> smileBoosting(
      int trees, int maxDepth, int maxNodes, double shrinkage) {
    return new SmileTrees.BoostingOptions(trees, maxDepth, maxNodes, shrinkage);
  }

  record TreeLearner(TreeOptions options) implements Seeded<double[], TreeModel> {
    @Override
    public TreeModel fit(Samples rows) {
      Matrix x = Made.learnFrom(rows);
      double[] weights = rows.weights().orElse(null);
      return new TreeModel(
          Made.of(this, rows),
          RegressionTree.fit(x.values(), Made.targetOf(rows), weights, options));
    }

    @Override
    public TreeLearner withSeed(long seed) {
      return new TreeLearner(options.withSeed(seed));
    }

    @Override
    public String toString() {
      return "tree, " + options;
    }
  }

  record ForestLearner(ForestOptions options) implements Seeded<double[], ForestModel> {
    @Override
    public ForestModel fit(Samples rows) {
      Matrix x = Made.learnFrom(rows);
      double[] weights = rows.weights().orElse(null);
      return new ForestModel(
          Made.of(this, rows),
          RegressionForest.fit(x.values(), Made.targetOf(rows), weights, options));
    }

    @Override
    public ForestLearner withSeed(long seed) {
      return new ForestLearner(options.withTree(options.tree().withSeed(seed)));
    }

    @Override
    public String toString() {
      return "forest of " + options;
    }
  }

  record BoostingLearner(BoostingOptions options) implements Seeded<double[], BoostingModel> {
    @Override
    public BoostingModel fit(Samples rows) {
      Matrix x = Made.learnFrom(rows);
      double[] weights = rows.weights().orElse(null);
      return new BoostingModel(
          Made.of(this, rows),
          RegressionBoosting.fit(x.values(), Made.targetOf(rows), weights, options));
    }

    @Override
    public BoostingLearner withSeed(long seed) {
      return new BoostingLearner(options.withTree(options.tree().withSeed(seed)));
    }

    @Override
    public String toString() {
      return "boosting, " + options;
    }
  }

  record HistogramLearner(HistogramOptions options) implements Seeded<double[], HistogramNumbers> {
    @Override
    public HistogramNumbers fit(Samples rows) {
      Matrix x = Made.learnFrom(rows);
      double[] target = Made.targetOf(rows);
      boolean early = options.stopsEarly(target.length);
      Split split =
          early
              ? Split.random(target.length, options.early().validationShare(), options.splitSeed())
              : null;
      return new HistogramNumbers(
          Made.of(this, rows),
          HistogramTrees.ofNumbers(
              x.values(),
              target,
              rows.weights().orElse(null),
              early ? split.train() : null,
              early ? split.test() : null,
              options));
    }

    @Override
    public HistogramLearner withSeed(long seed) {
      return new HistogramLearner(options.withSeed(seed));
    }

    @Override
    public String toString() {
      return "numbers boosted on histograms, " + options;
    }
  }

  record ScaledTargetLearner<M extends NumberModel>(Learner<double[], M> learner)
      implements Seeded<double[], ScaledTarget<M>> {
    @Override
    public ScaledTarget<M> fit(Samples rows) {
      double[] target = Made.targetOf(rows);
      double mean = Describe.mean(target);
      double square = 0;
      for (double value : target) {
        square += (value - mean) * (value - mean);
      }
      double scale = Math.sqrt(square / target.length);
      Check.that(scale > 0, "target '%s' is %s in every row", rows.target(), mean);
      double[] scaled = new double[target.length];
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] = (target[i] - mean) / scale;
      }
      M model = learner.fit(rows.withTarget(rows.target(), scaled));
      return new ScaledTarget<>(Made.of(this, rows), model, mean, scale);
    }

    @Override
    public ScaledTargetLearner<M> withSeed(long seed) {
      return new ScaledTargetLearner<>(Seeded.of(learner, seed));
    }

    @Override
    public String toString() {
      return learner + " on the scaled target";
    }
  }
}
