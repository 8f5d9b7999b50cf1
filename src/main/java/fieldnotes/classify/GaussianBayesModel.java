package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.ClassModel;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import java.util.Arrays;

/**
 * A Gaussian naive Bayes classifier.
 *
 * @param made how it came about
 * @param means of the columns within each class, shape [classes][columns]
 * @param variances of the columns within each class, above 0, shape [classes][columns]
 * @param priors the probability of each class before a row is seen, shape [classes]
 */
public record GaussianBayesModel(Made made, double[][] means, double[][] variances, double[] priors)
    implements ClassModel {
  /** Copies the arrays and checks their shapes. */
  public GaussianBayesModel {
    means = Copy.of(means);
    variances = Copy.of(variances);
    priors = priors.clone();
    int classes = made.classes().size();
    Check.atLeast("classes", classes, 2);
    Check.sameLength("means", means.length, "classes", classes);
    Check.sameLength("variances", variances.length, "classes", classes);
    LinearScores.requireFinite("means", means, made.inputs().size());
    LinearScores.requireFinite("variances", variances, made.inputs().size());
    for (double[] row : variances) {
      for (double variance : row) {
        Check.that(variance > 0, "variances has %s: must be above 0", variance);
      }
    }
    Priors.require(priors, made);
  }

  @Override
  public double[][] means() {
    return Copy.of(means);
  }

  @Override
  public double[][] variances() {
    return Copy.of(variances);
  }

  @Override
  public double[] priors() {
    return priors.clone();
  }

  @Override
  public Classified predict(Matrix x) {
    double[][] rows = made.matrix(x).values();
    int classes = means.length;
    double[] offsets = new double[classes];
    double[][] factors = Copy.of(variances);
    for (int c = 0; c < classes; c++) {
      for (int j = 0; j < factors[c].length; j++) {
        offsets[c] -= Math.log(2 * Math.PI * variances[c][j]) / 2;
        factors[c][j] = 0.5 / variances[c][j];
      }
      offsets[c] += Math.log(priors[c]);
    }
    double[][] scores = new double[rows.length][];
    return LinearScores.classify(
        made,
        scores,
        offsets,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            double[] score = new double[classes];
            for (int c = 0; c < classes; c++) {
              score[c] = -apart(rows[i], means[c], factors[c]);
            }
            scores[i] = score;
          }
        });
  }

  private static double apart(double[] row, double[] mean, double[] factor) {
    // four sums at a time: one alone would wait for each addition to end
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = 0;
    for (; j + 4 <= row.length; j += 4) {
      double d0 = row[j] - mean[j];
      double d1 = row[j + 1] - mean[j + 1];
      double d2 = row[j + 2] - mean[j + 2];
      double d3 = row[j + 3] - mean[j + 3];
      s0 += d0 * d0 * factor[j];
      s1 += d1 * d1 * factor[j + 1];
      s2 += d2 * d2 * factor[j + 2];
      s3 += d3 * d3 * factor[j + 3];
    }
    for (; j < row.length; j++) {
      double d = row[j] - mean[j];
      s0 += d * d * factor[j];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** Equal numbers for equal columns. */
  @Override
  public boolean equals(Object other) {
    return other instanceof GaussianBayesModel m
        && made.equals(m.made)
        && Arrays.equals(priors, m.priors)
        && Arrays.deepEquals(means, m.means)
        && Arrays.deepEquals(variances, m.variances);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.deepHashCode(means) + Arrays.deepHashCode(variances);
  }

  @Override
  public String toString() {
    return "%s: %s columns, %s classes"
        .formatted(made.learner(), made.inputs().size(), made.classes().size());
  }
}
