package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.evaluate.Classified;
import fieldnotes.math.Moments;
import fieldnotes.model.ClassModel;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import java.util.Arrays;

/**
 * A quadratic discriminant analysis. The score of a class is its offset minus half the squared
 * length of the row's whitened difference from the class's mean; probabilities are e^score / Σ
 * e^score.
 *
 * @param made how it came about
 * @param means of each class, shape [classes][columns]
 * @param whitening what makes each class's covariance the identity, lower triangular, the classes
 *     one after another, shape [classes · columns][columns]
 * @param offsets ln prior − ½ ln determinant of each class's covariance, shape [classes]
 */
public record QuadraticDiscriminantModel(
    Made made, double[][] means, double[][] whitening, double[] offsets) implements ClassModel {
  /** Copies the arrays and checks their shapes. */
  public QuadraticDiscriminantModel {
    means = Copy.of(means);
    whitening = Copy.of(whitening);
    offsets = offsets.clone();
    int classes = made.classes().size();
    int columns = made.inputs().size();
    Check.atLeast("classes", classes, 2);
    Check.sameLength("means", means.length, "classes", classes);
    LinearScores.requireFinite("means", means, columns);
    Check.that(
        whitening.length == (long) classes * columns,
        "whitening has %s rows: must be %s for each of %s classes",
        whitening.length,
        columns,
        classes);
    LinearScores.requireFinite("whitening", whitening, columns);
    Check.sameLength("offsets", offsets.length, "classes", classes);
    LinearScores.requireFinite("offsets", offsets);
  }

  @Override
  public double[][] means() {
    return Copy.of(means);
  }

  @Override
  public double[][] whitening() {
    return Copy.of(whitening);
  }

  @Override
  public double[] offsets() {
    return offsets.clone();
  }

  @Override
  public Classified predict(Matrix x) {
    double[][] rows = made.matrix(x).values();
    double[][] scores = new double[rows.length][means.length];
    int columns = made.inputs().size();
    return LinearScores.classify(
        made,
        scores,
        offsets,
        (from, to) -> {
          double[][] share = Arrays.copyOfRange(rows, from, to);
          for (int c = 0; c < means.length; c++) {
            double[][] directions = Arrays.copyOfRange(whitening, c * columns, (c + 1) * columns);
            double[][] whitened = Moments.project(share, means[c], directions);
            for (int i = from; i < to; i++) {
              double length = 0;
              for (double v : whitened[i - from]) {
                length += v * v;
              }
              scores[i][c] = -length / 2;
            }
          }
        });
  }

  /** Equal numbers for equal columns. */
  @Override
  public boolean equals(Object other) {
    return other instanceof QuadraticDiscriminantModel m
        && made.equals(m.made)
        && Arrays.equals(offsets, m.offsets)
        && Arrays.deepEquals(means, m.means)
        && Arrays.deepEquals(whitening, m.whitening);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(offsets) + Arrays.deepHashCode(means);
  }

  @Override
  public String toString() {
    return "%s: %s columns, %s classes"
        .formatted(made.learner(), made.inputs().size(), made.classes().size());
  }
}
