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
 * A linear discriminant analysis. Of two classes it has the logarithm of the odds of the second; of
 * more a score for each, and probabilities are e^score / Σ e^score.
 *
 * @param made how it came about; its columns are those of the coefficients
 * @param coefficients shape [1 for two classes, else classes][columns]
 * @param intercepts shape [1 for two classes, else classes]
 * @param means of each class, shape [classes][columns]
 * @param priors the probability of each class before a row is seen, shape [classes]
 */
public record LinearDiscriminantModel(
    Made made, double[][] coefficients, double[] intercepts, double[][] means, double[] priors)
    implements ClassModel {
  /** Copies the arrays and checks their shapes. */
  public LinearDiscriminantModel {
    coefficients = Copy.of(coefficients);
    intercepts = intercepts.clone();
    means = Copy.of(means);
    priors = priors.clone();
    LinearScores.require(made, coefficients, intercepts);
    Check.sameLength("means", means.length, "classes", made.classes().size());
    LinearScores.requireFinite("means", means, made.inputs().size());
    Priors.require(priors, made);
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
  public double[][] means() {
    return Copy.of(means);
  }

  @Override
  public double[] priors() {
    return priors.clone();
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

  /** Equal numbers for equal columns. */
  @Override
  public boolean equals(Object other) {
    return other instanceof LinearDiscriminantModel m
        && made.equals(m.made)
        && Arrays.equals(intercepts, m.intercepts)
        && Arrays.equals(priors, m.priors)
        && Arrays.deepEquals(coefficients, m.coefficients)
        && Arrays.deepEquals(means, m.means);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(intercepts) + Arrays.deepHashCode(coefficients);
  }

  @Override
  public String toString() {
    return "%s: %s columns, %s classes"
        .formatted(made.learner(), made.inputs().size(), made.classes().size());
  }
}
