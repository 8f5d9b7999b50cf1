package fieldnotes.regress;

import fieldnotes.common.Check;
import fieldnotes.model.Regressor;
import fieldnotes.table.Describe;
import fieldnotes.table.Matrix;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.RegressionForest;
import fieldnotes.tree.RegressionTree;
import fieldnotes.tree.TreeOptions;
import java.util.Arrays;
import java.util.stream.LongStream;
import smile.data.DataFrame;
import smile.data.formula.Formula;
import smile.data.vector.DoubleVector;
import smile.math.kernel.GaussianKernel;
import smile.math.kernel.LinearKernel;
import smile.math.kernel.MercerKernel;
import smile.model.cart.Loss;
import smile.regression.GradientTreeBoost;
import smile.regression.KernelMachine;
import smile.regression.RandomForest;
import smile.regression.SVM;

/**
 * The usual models. The first five are this project's own; those called {@code smile…} are Smile's.
 */
public final class Regressors {
  private Regressors() {}

  /** Ordinary least squares. */
  public static Regressor leastSquares() {
    return Linear::leastSquares;
  }

  /** Ridge regression. */
  public static Regressor ridge(double alpha) {
    Check.positive("alpha", alpha);
    return (x, target) -> Linear.ridge(x, target, alpha);
  }

  /** A decision tree. */
  public static Regressor tree(TreeOptions options) {
    return (x, target) -> new OneTree(RegressionTree.fit(x.values(), target, options));
  }

  /** A random forest. */
  public static Regressor forest(ForestOptions options) {
    return (x, target) -> new Trees(RegressionForest.fit(x.values(), target, options));
  }

  /**
   * A model trained on the target scaled to mean 0 and deviation 1; it predicts in its own unit.
   */
  public static Regressor onScaledTarget(Regressor model) {
    return (x, target) -> {
      double mean = Describe.mean(target);
      double square = 0;
      for (double value : target) {
        square += (value - mean) * (value - mean);
      }
      double scale = Math.sqrt(square / target.length);
      Check.that(scale > 0, "the target is %s in every row: nothing to learn", mean);
      double[] scaled = Arrays.stream(target).map(v -> (v - mean) / scale).toArray();
      return new Unscaled(model.fit(x, scaled), mean, scale);
    };
  }

  /**
   * Smile's support vector regression with a linear kernel.
   *
   * @param epsilon errors up to this cost nothing, in the target's unit
   * @param penalty cost of an error, C
   * @param tolerance where the solver stops
   */
  public static Regressor smileLinearSvr(double epsilon, double penalty, double tolerance) {
    return (x, target) ->
        machine(x, target, new LinearKernel(), new SVM.Options(epsilon, penalty, tolerance));
  }

  /**
   * Smile's support vector regression with the kernel exp(−gamma · squared distance).
   *
   * @param gamma above 0
   */
  public static Regressor smileRbfSvr(
      double gamma, double epsilon, double penalty, double tolerance) {
    Check.positive("gamma", gamma);
    return (x, target) ->
        machine(
            x,
            target,
            new GaussianKernel(Math.sqrt(1 / (2 * gamma))),
            new SVM.Options(epsilon, penalty, tolerance));
  }

  private static Regressor.Fitted machine(
      Matrix x, double[] target, MercerKernel<double[]> kernel, SVM.Options options) {
    x.requireFinite("x");
    KernelMachine<double[]> machine = SVM.fit(x.values(), target, kernel, options);
    return rows -> Arrays.stream(rows.values()).mapToDouble(machine::predict).toArray();
  }

  /**
   * Smile's random forest, of trees with seeds seed, seed + 1, …; not the trees of {@link #forest}.
   */
  public static Regressor smileForest(int trees, int maxFeatures, long seed) {
    return (x, target) -> {
      var options =
          new RandomForest.Options(
              trees,
              maxFeatures,
              20,
              0,
              5,
              1.0,
              LongStream.range(seed, seed + trees).toArray(),
              null);
      RandomForest forest = RandomForest.fit(Formula.lhs("target"), frame(x, target), options);
      return rows -> forest.predict(frame(rows, new double[rows.rowCount()]));
    };
  }

  /** Smile's gradient boosted trees, by least squares. */
  public static Regressor smileBoosting(int trees, int maxDepth, int maxNodes, double shrinkage) {
    return (x, target) -> {
      GradientTreeBoost model =
          GradientTreeBoost.fit(
              Formula.lhs("target"),
              frame(x, target),
              new GradientTreeBoost.Options(
                  Loss.ls(), trees, maxDepth, maxNodes, 5, shrinkage, 1.0, null, null));
      return rows -> model.predict(frame(rows, new double[rows.rowCount()]));
    };
  }

  private static DataFrame frame(Matrix x, double[] target) {
    DataFrame frame = DataFrame.of(x.values(), x.names().toArray(String[]::new));
    return frame.add(new DoubleVector("target", target));
  }

  /** A tree that has learnt. */
  public record OneTree(RegressionTree tree) implements Regressor.Fitted {
    @Override
    public double[] predict(Matrix x) {
      return tree.predict(x.values());
    }

    @Override
    public String toString() {
      return tree.toString();
    }
  }

  /** A forest that has learnt. */
  public record Trees(RegressionForest forest) implements Regressor.Fitted {
    @Override
    public double[] predict(Matrix x) {
      return forest.predict(x.values());
    }

    @Override
    public String toString() {
      return forest.toString();
    }
  }

  /** A model of a scaled target: predicted · scale + mean. */
  public record Unscaled(Regressor.Fitted model, double mean, double scale)
      implements Regressor.Fitted {
    @Override
    public double[] predict(Matrix x) {
      double[] predicted = model.predict(x);
      for (int i = 0; i < predicted.length; i++) {
        predicted[i] = predicted[i] * scale + mean;
      }
      return predicted;
    }
  }
}
