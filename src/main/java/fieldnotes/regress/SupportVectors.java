package fieldnotes.regress;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.model.NumberModel;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.Locale;
import smile.math.kernel.GaussianKernel;
import smile.math.kernel.LinearKernel;
import smile.math.kernel.MercerKernel;
import smile.regression.KernelMachine;
import smile.regression.SVM;

/**
 * Support vector regression by Smile: intercept + Σ weight · kernel(vector, row).
 *
 * @param made how it came about
 * @param options what it was fitted with
 * @param vectors the support vectors, shape [vectors][columns]
 * @param weights of each vector, shape [vectors]
 * @param intercept in the target's unit
 */
public record SupportVectors(
    Made made, Options options, double[][] vectors, double[] weights, double intercept)
    implements NumberModel {
  /**
   * How to fit.
   *
   * @param gamma of the kernel exp(−gamma · squared distance); 0 for the linear kernel
   * @param epsilon errors up to this cost nothing, in the target's unit
   * @param penalty cost of an error, C
   * @param tolerance where the solver stops, in the target's unit; at least 1e-12 of the largest
   *     target, for less is lost in rounding and the solver would not end
   */
  public record Options(double gamma, double epsilon, double penalty, double tolerance)
      implements Learner<double[], SupportVectors> {
    private static final double LEAST = 1e-12;

    /** Checks the ranges. */
    public Options {
      Check.within("gamma", gamma, 0, Double.MAX_VALUE);
      Check.positive("epsilon", epsilon);
      Check.positive("penalty", penalty);
      Check.positive("tolerance", tolerance);
    }

    @Override
    public SupportVectors fit(Samples rows) {
      Made.refuseWeights(rows, "support vector regression");
      double[][] x = Made.learnFrom(rows).values();
      double[] target = Made.targetOf(rows);
      double largest = Arrays.stream(target).map(Math::abs).max().orElse(0);
      Check.that(
          tolerance >= LEAST * largest,
          "tolerance=%s: must be at least %s, %s of the largest target, for the solver to end",
          tolerance,
          LEAST * largest,
          LEAST);
      KernelMachine<double[]> machine =
          SVM.fit(x, target, kernel(), new SVM.Options(epsilon, penalty, tolerance));
      return new SupportVectors(
          Made.of(this, rows), this, machine.vectors(), machine.weights(), machine.intercept());
    }

    private MercerKernel<double[]> kernel() {
      return gamma == 0 ? new LinearKernel() : new GaussianKernel(Math.sqrt(1 / (2 * gamma)));
    }

    @Override
    public String toString() {
      return "support vectors, %s, C %s, epsilon %s, tolerance %s"
          .formatted(
              gamma == 0 ? "linear" : "RBF kernel with gamma " + gamma,
              penalty,
              epsilon,
              tolerance);
    }
  }

  /** Checks the shapes. */
  public SupportVectors {
    vectors = Copy.of(vectors);
    weights = weights.clone();
    Check.sameLength("vectors", vectors.length, "weights", weights.length);
    Check.that(Double.isFinite(intercept), "intercept=%s: must be finite", intercept);
    for (int i = 0; i < vectors.length; i++) {
      Check.sameLength("a vector", vectors[i].length, "columns", made.inputs().size());
      Check.that(
          Double.isFinite(weights[i]) && Arrays.stream(vectors[i]).allMatch(Double::isFinite),
          "vector %d is not finite",
          i);
    }
  }

  @Override
  public double[][] vectors() {
    return Copy.of(vectors);
  }

  @Override
  public double[] weights() {
    return weights.clone();
  }

  @Override
  public double[] predict(Matrix x) {
    var machine = new KernelMachine<>(options.kernel(), vectors, weights, intercept);
    return Arrays.stream(made.matrix(x).values()).mapToDouble(machine::predict).toArray();
  }

  /** Equal vectors, weights and intercept. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SupportVectors s
        && made.equals(s.made)
        && options.equals(s.options)
        && intercept == s.intercept
        && Arrays.equals(weights, s.weights)
        && Arrays.deepEquals(vectors, s.vectors);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(weights) + Arrays.deepHashCode(vectors);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s: %d of %d rows are vectors", options, vectors.length, made.rows());
  }
}
