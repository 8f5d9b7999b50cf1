package fieldnotes.model;

import fieldnotes.regress.Regressors;
import fieldnotes.table.Matrix;

/** A model that learns to predict a number from rows. {@link Regressors} has the usual ones. */
@FunctionalInterface
public interface Regressor {
  /**
   * Learns from rows.
   *
   * @param x finite, shape [rows][columns]
   * @param target finite, shape [rows]
   */
  Fitted fit(Matrix x, double[] target);

  /** A model that has learnt. */
  @FunctionalInterface
  interface Fitted {
    /** The number predicted for each row, shape [rows]. */
    double[] predict(Matrix x);
  }
}
