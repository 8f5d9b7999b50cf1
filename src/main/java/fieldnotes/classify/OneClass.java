package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.common.Parallel;
import fieldnotes.table.Matrix;
import java.util.Arrays;

/**
 * A one-class support vector machine, as scikit-learn's {@code OneClassSVM}: what is like the rows
 * it has learnt from decides above 0, what is unlike them below.
 *
 * @param kernel with gamma as a number
 * @param vectors the support vectors, shape [vectors][columns]
 * @param coefficients of the support vectors, above 0, shape [vectors]
 * @param rho what the sum of kernels is diminished by
 * @see "B. Schölkopf et al., Estimating the support of a high-dimensional distribution, Neural
 *     Computation 13(7), 2001"
 */
record OneClass(Kernel kernel, double[][] vectors, double[] coefficients, double rho) {
  /** Copies and checks. */
  OneClass {
    vectors = Copy.finite("vectors", vectors);
    Check.sameLength("coefficients", coefficients.length, "vectors", vectors.length);
    coefficients = coefficients.clone();
    Kernel.requireLearnt(kernel);
    for (double coefficient : coefficients) {
      Check.that(Double.isFinite(coefficient), "coefficient=%s: must be finite", coefficient);
    }
    Check.that(Double.isFinite(rho), "rho=%s: must be finite", rho);
  }

  /**
   * Learns from rows.
   *
   * @param weights of the rows, or null
   * @param nu at most this share of the rows is left outside, above 0 to 1
   * @param tolerance at which to stop, 0.001 in scikit-learn
   */
  static OneClass fit(Matrix x, double[] weights, Kernel kernel, double nu, double tolerance) {
    Check.that(nu > 0 && nu <= 1, "nu=%s: must be above 0 and at most 1", nu);
    Check.positive("tolerance", tolerance);
    int[] kept = SupportVectorFit.weighted(x.rowCount(), weights);
    double[][] rows = new double[kept.length][];
    double[] c = new double[kept.length];
    double left = 0;
    for (int i = 0; i < kept.length; i++) {
      rows[i] = x.values()[kept[i]];
      c[i] = weights == null ? 1 : weights[kept[i]];
      left += c[i] * nu;
    }
    Kernel learnt = kernel.at(x.values());
    double[] alpha = new double[kept.length];
    for (int i = 0; i < alpha.length && left > 0; i++) {
      alpha[i] = Math.min(c[i], left);
      left -= alpha[i];
    }
    double[] ones = new double[kept.length];
    Arrays.fill(ones, 1);
    Smo.Solution solution =
        Smo.solve(
            KernelRows.of(learnt, rows.clone()),
            ones,
            new double[kept.length],
            c,
            alpha,
            tolerance);
    Check.that(
        Double.isFinite(solution.rho()),
        "nu=%s: every row is a support vector at its bound; choose a smaller nu",
        nu);
    int[] support = SupportVectorFit.nonZero(alpha);
    return new OneClass(
        learnt,
        Arrays.stream(support).mapToObj(i -> rows[i]).toArray(double[][]::new),
        Arrays.stream(support).mapToDouble(i -> alpha[i]).toArray(),
        solution.rho());
  }

  @Override
  public double[][] vectors() {
    return Copy.of(vectors);
  }

  @Override
  public double[] coefficients() {
    return coefficients.clone();
  }

  /** Above 0 for rows like those it has learnt from, shape [rows]. */
  double[] decision(Matrix x) {
    double[][] rows = x.values();
    double[] decided = new double[rows.length];
    KernelRows kernels = KernelRows.of(kernel, vectors.clone());
    Parallel.forEach(
        (rows.length + 15) / 16,
        block -> {
          double[] values = new double[KernelRows.padded(vectors.length)];
          for (int i = 16 * block; i < Math.min(16 * block + 16, rows.length); i++) {
            kernels.values(rows[i], 0, vectors.length, values, 0);
            decided[i] = SupportVectorFit.dot(coefficients, values, 0, vectors.length) - rho;
          }
        });
    return decided;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OneClass that
        && kernel.equals(that.kernel)
        && rho == that.rho
        && Arrays.equals(coefficients, that.coefficients)
        && Arrays.deepEquals(vectors, that.vectors);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(coefficients);
  }

  @Override
  public String toString() {
    return "one-class support vectors: %s, %s vectors".formatted(kernel, vectors.length);
  }
}
