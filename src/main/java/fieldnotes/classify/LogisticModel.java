package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.ClassModel;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import java.util.Arrays;
import tech.tablesaw.api.Table;

/**
 * A logistic regression. Of two classes it has the logarithm of the odds of the second; of more a
 * score for each, and probabilities are e^score / Σ e^score.
 *
 * @param made how it came about; its columns are those of the coefficients
 * @param coefficients shape [1 for two classes, else classes][columns]
 * @param intercepts shape [1 for two classes, else classes]
 * @param iterations steps of the solver
 * @param converged whether the coefficients are final
 */
public record LogisticModel(
    Made made, double[][] coefficients, double[] intercepts, int iterations, boolean converged)
    implements ClassModel {
  /** Copies the arrays and checks their shapes. */
  public LogisticModel {
    coefficients = Copy.of(coefficients);
    intercepts = intercepts.clone();
    LinearScores.require(made, coefficients, intercepts);
    Check.atLeast("iterations", iterations, 0);
  }

  @Override
  public double[][] coefficients() {
    return Copy.of(coefficients);
  }

  @Override
  public double[] intercepts() {
    return intercepts.clone();
  }

  @Override
  public Classified predict(Matrix x) {
    return LinearScores.classify(made, x, coefficients, intercepts);
  }

  /**
   * The coefficients: a row for each column and one for the intercept, a column for each class; of
   * two classes the second only.
   */
  public Table table() {
    return LinearScores.table(made, coefficients, intercepts);
  }

  /** Equal coefficients for equal columns. */
  @Override
  public boolean equals(Object other) {
    return other instanceof LogisticModel m
        && made.equals(m.made)
        && iterations == m.iterations
        && converged == m.converged
        && Arrays.equals(intercepts, m.intercepts)
        && Arrays.deepEquals(coefficients, m.coefficients);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(intercepts) + Arrays.deepHashCode(coefficients);
  }

  @Override
  public String toString() {
    return "%s: %s columns, %s classes, %s after %s iterations"
        .formatted(
            made.learner(),
            made.inputs().size(),
            made.classes().size(),
            converged ? "converged" : "not converged",
            iterations);
  }
}
