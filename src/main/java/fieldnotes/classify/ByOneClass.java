package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;

/**
 * Knownness by a one-class support vector machine.
 *
 * @param kernel how alike two rows are
 * @param nu at most this share of the training rows is left outside, above 0, at most 1
 * @param tolerance at which to stop
 */
record ByOneClass(Kernel kernel, double nu, double tolerance) implements Knownness {
  static final double USUAL_TOLERANCE = 1e-3;

  ByOneClass {
    Check.that(nu > 0 && nu <= 1, "nu=%s: must be above 0 and at most 1", nu);
    Check.positive("tolerance", tolerance);
  }

  /** The machine. */
  record Fitted(OneClass machine) implements Knownness.Fitted {
    @Override
    public int columns() {
      return machine.vectors()[0].length;
    }

    @Override
    public double[] of(Matrix x, Classified predicted, String unknown) {
      return machine.decision(x);
    }

    @Override
    public String toString() {
      return machine.toString();
    }
  }

  @Override
  public Knownness.Fitted fit(Samples known) {
    Matrix x = Made.learnFrom(known);
    return new Fitted(OneClass.fit(x, known.weights().orElse(null), kernel, nu, tolerance));
  }

  @Override
  public String toString() {
    return "decision of a one-class SVM, %s, nu %s%s"
        .formatted(kernel, nu, tolerance == USUAL_TOLERANCE ? "" : ", tolerance " + tolerance);
  }
}
