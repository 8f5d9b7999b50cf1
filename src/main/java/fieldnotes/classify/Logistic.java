package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Warnings;
import fieldnotes.evaluate.Classified;
import fieldnotes.math.Magnitude;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;

/**
 * Logistic regression: the logarithms of the odds of the classes are linear in the columns. It is
 * the least of C · Σ weight · −ln(probability of the row's class) + the penalty, which for an L1
 * ratio r is r · Σ |coefficient| + (1 − r) · ½ Σ coefficient². Intercepts are not penalised. As
 * scikit-learn 1.9's {@code LogisticRegression}, whose solvers end earlier by default: with {@code
 * tol=1e-10} the coefficients are the same.
 *
 * <p>Many columns in different units need no scaling for speed, but the penalty treats coefficients
 * alike: scale first, for example with {@code Scaler.standard()}.
 *
 * @param c the inverse of the strength of the penalty, above 0; infinity for no penalty
 * @param l1Ratio the share of the L1 penalty, 0 to 1; must be 0 without penalty
 * @param maxIterations where it ends with a warning, at least 1
 */
public record Logistic(double c, double l1Ratio, int maxIterations)
    implements Learner<Classified, LogisticModel> {
  private static final double SURE = 1e-10;

  /** Checks the ranges. */
  public Logistic {
    Check.that(c > 0, "c=%s: must be above 0; infinity for no penalty", c);
    Check.within("l1Ratio", l1Ratio, 0, 1);
    Check.that(
        l1Ratio == 0 || c < Double.POSITIVE_INFINITY,
        "l1Ratio=%s without penalty: choose c, the inverse of the penalty's strength",
        l1Ratio);
    Check.atLeast("maxIterations", maxIterations, 1);
  }

  /**
   * The same with another penalty.
   *
   * @param other the inverse of its strength, above 0
   */
  public Logistic withC(double other) {
    return new Logistic(other, l1Ratio, maxIterations);
  }

  /** The same with the L1 penalty, which leaves columns out. */
  public Logistic withL1() {
    return withL1Ratio(1);
  }

  /**
   * The same with both penalties (elastic net).
   *
   * @param ratio the share of the L1 penalty, 0 to 1
   */
  public Logistic withL1Ratio(double ratio) {
    return new Logistic(c, ratio, maxIterations);
  }

  /** The same without penalty. */
  public Logistic withoutPenalty() {
    return new Logistic(Double.POSITIVE_INFINITY, 0, maxIterations);
  }

  /** The same with another limit on the iterations. */
  public Logistic withMaxIterations(int most) {
    return new Logistic(c, l1Ratio, most);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException also if there is no penalty and the classes can be separated
   *     without error, for then ever larger coefficients are ever better
   */
  @Override
  public LogisticModel fit(Samples rows) {
    Matrix x = Made.learnFrom(rows);
    Made made = Made.of(this, rows);
    int[] codes = made.codes(rows);
    double[] weights = rows.weights().orElse(null);
    if (weights != null) {
      Magnitude.weights(x.values(), weights);
    }
    double total = 0;
    for (double one : Priors.totals(made, codes, weights)) {
      total += one;
    }
    LogisticLoss loss = new LogisticLoss(x.values(), codes, made.classes().size(), weights);
    double strength = 1 / c / total;
    LogisticSolver solver =
        new LogisticSolver(loss, l1Ratio * strength, (1 - l1Ratio) * strength, maxIterations);
    if (c == Double.POSITIVE_INFINITY) {
      Check.that(
          !solver.value.separated(),
          "'%s': the columns separate the classes without error, so that without a penalty there"
              + " are no best coefficients: use a penalty, for example withC(1)",
          rows.id());
      if (solver.value.surest() < SURE) {
        Warnings.warn(
            ("%s on '%s': some probabilities are 0 or 1 within %s, as if columns"
                    + " separated classes; coefficients may be arbitrarily large: use a penalty, for"
                    + " example withC(1)")
                .formatted(this, rows.id(), SURE));
      }
    }
    if (!solver.converged) {
      Warnings.warn(
          ("%s on '%s' ended after %d iterations before its coefficients were final: scale the"
                  + " columns, use a stronger penalty (smaller C), or allow more by withMaxIterations")
              .formatted(this, rows.id(), solver.iterations));
    }
    return model(made, loss, solver);
  }

  private LogisticModel model(Made made, LogisticLoss loss, LogisticSolver solver) {
    double[][] coefficients = new double[loss.scores][loss.columns];
    double[] intercepts = new double[loss.scores];
    for (int s = 0; s < loss.scores; s++) {
      intercepts[s] = solver.parameters[loss.columns * loss.width + s];
      for (int j = 0; j < loss.columns; j++) {
        coefficients[s][j] = solver.parameters[j * loss.width + s];
        intercepts[s] -= coefficients[s][j] * loss.means[j];
      }
    }
    if (loss.scores > 1) {
      // only differences between classes count
      double mean = 0;
      for (double intercept : intercepts) {
        mean += intercept / intercepts.length;
      }
      for (int s = 0; s < intercepts.length; s++) {
        intercepts[s] -= mean;
      }
    }
    return new LogisticModel(made, coefficients, intercepts, solver.iterations, solver.converged);
  }

  @Override
  public String toString() {
    String penalty;
    if (c == Double.POSITIVE_INFINITY) {
      penalty = "no penalty";
    } else if (l1Ratio == 0) {
      penalty = "C " + c;
    } else {
      penalty = (l1Ratio == 1 ? "L1" : "L1 ratio " + l1Ratio) + ", C " + c;
    }
    String limit =
        maxIterations == Classifiers.ITERATIONS
            ? ""
            : ", at most %s iterations".formatted(maxIterations);
    return "logistic regression, " + penalty + limit;
  }
}
