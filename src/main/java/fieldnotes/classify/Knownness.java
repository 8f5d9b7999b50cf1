package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;

/**
 * How well a row is known to a classifier, as one number that is higher for better known rows: what
 * {@link Unknown} rejects by. Some look at the scores of the classes only; others learn where the
 * training rows lie and measure how far away a row is, whatever class is predicted for it.
 *
 * <p>Distances depend on the units of the columns (except {@link #mahalanobis}): scale them first,
 * in a pipeline around the learner that may say Unknown.
 */
public sealed interface Knownness
    permits ByScores, ByClassDistance, ByNeighbour, ByIsolation, ByOneClass {
  /**
   * The largest probability, 0 to 1, or the largest decision value of a model without
   * probabilities.
   *
   * @see "D. Hendrycks and K. Gimpel, A baseline for detecting misclassified and
   *     out-of-distribution examples, ICLR 2017"
   */
  static Knownness largest() {
    return new ByScores(ByScores.Rule.LARGEST, 1);
  }

  /** The difference between the two largest probabilities, 0 to 1, or decision values. */
  static Knownness margin() {
    return new ByScores(ByScores.Rule.MARGIN, 1);
  }

  /** The negative entropy of the probabilities in nats, Σ p·ln p: −ln(classes) to 0. */
  static Knownness entropy() {
    return new ByScores(ByScores.Rule.ENTROPY, 1);
  }

  /**
   * The negative energy T·ln Σ e^(f/T), where f are the decision values of the classes. Of a model
   * that gives probabilities, f are their logarithms; then the sum is 1 at temperature 1, whatever
   * the row, so the temperature must be below 1, and 0.5 gives ½·ln Σ p².
   *
   * @param temperature T, above 0; 1 in the paper
   * @see "W. Liu, X. Wang, J. Owens and Y. Li, Energy-based out-of-distribution detection, NeurIPS
   *     2020"
   */
  static Knownness energy(double temperature) {
    return new ByScores(ByScores.Rule.ENERGY, temperature);
  }

  /**
   * The negative squared Mahalanobis distance to the nearest mean of a class, with the covariance
   * within classes, which all share. Rows count as their weights say. Where columns depend on one
   * another within the classes, the pseudo-inverse is taken: what no training row shows, such as
   * another value of a column that is constant in each class, is not seen as a distance.
   *
   * @see "K. Lee, K. Lee, H. Lee and J. Shin, A simple unified framework for detecting
   *     out-of-distribution samples and adversarial attacks, NeurIPS 2018"
   * @see "sklearn.covariance.EmpiricalCovariance of scikit-learn 1.9, of the rows' differences from
   *     the means of their classes"
   */
  static Knownness mahalanobis() {
    return new ByClassDistance();
  }

  /**
   * The negative Euclidean distance to the k-th nearest training row.
   *
   * @param k from 1 to the number of training rows
   * @see "Y. Sun, Y. Ming, X. Zhu and Y. Li, Out-of-distribution detection with deep nearest
   *     neighbors, ICML 2022"
   */
  static Knownness nearest(int k) {
    return new ByNeighbour(k);
  }

  /**
   * How many random splits it takes to part a row from the training rows, as −2^(−splits / those
   * expected): −1 to 0, about −0.5 for an ordinary row. 100 trees, each of 256 rows.
   *
   * @param seed 0 to 4294967295
   * @see "score_samples of sklearn.ensemble.IsolationForest in scikit-learn 1.9"
   * @see "F. T. Liu, K. M. Ting and Z.-H. Zhou, Isolation forest, ICDM 2008"
   */
  static Knownness isolation(long seed) {
    return isolation(100, 256, seed);
  }

  /**
   * The same with another number of trees and of rows.
   *
   * @param trees number of trees, at least 1
   * @param rowsPerTree rows that each tree is grown on, drawn without repeats, at least 1; all if
   *     there are fewer
   * @param seed 0 to 4294967295
   */
  static Knownness isolation(int trees, int rowsPerTree, long seed) {
    return new ByIsolation(trees, rowsPerTree, seed);
  }

  /**
   * What a one-class support vector machine with the RBF kernel decides: above 0 for rows like most
   * of the training rows. Rows count as their weights say.
   *
   * @param nu at most this share of the training rows is left outside, above 0, at most 1
   * @see "sklearn.svm.OneClassSVM of scikit-learn 1.9"
   * @see "B. Schölkopf et al., Estimating the support of a high-dimensional distribution, Neural
   *     Computation 13(7), 2001"
   */
  static Knownness oneClass(double nu) {
    return oneClass(nu, Kernel.rbf());
  }

  /** The same with another kernel. */
  static Knownness oneClass(double nu, Kernel kernel) {
    return new ByOneClass(kernel, nu, ByOneClass.USUAL_TOLERANCE);
  }

  /**
   * Learns from rows that are known.
   *
   * @param known rows with their classes
   * @throws IllegalArgumentException if they cannot be learnt from, with the reason
   */
  Fitted fit(Samples known);

  /** What has learnt how well rows are known. */
  sealed interface Fitted
      permits ByScores,
          ByClassDistance.Fitted,
          ByNeighbour.Fitted,
          ByIsolation.Fitted,
          ByOneClass.Fitted {
    /**
     * How well each row is known, shape [rows].
     *
     * @param x the rows, with the columns learnt from
     * @param predicted what is predicted of them
     * @param unknown a class of this name, if the classifier knows one, counts as none of its
     *     classes
     */
    double[] of(Matrix x, Classified predicted, String unknown);

    /**
     * Whether a row is known the less, the likelier that class of unknown rows is. Then the
     * threshold alone decides; else rows of which that class is predicted are unknown, too.
     */
    default boolean countsUnknown(Classified predicted) {
      return false;
    }

    /** The number of columns that it needs; 0 if it only looks at the scores. */
    int columns();

    /** Checks that it fits a model of this many columns. */
    default void requireColumns(int count) {
      Check.that(
          columns() == 0 || columns() == count,
          "knownness was learnt from %d columns, but the model has %d",
          columns(),
          count);
    }
  }
}
