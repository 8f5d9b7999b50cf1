package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.common.Parallel;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.ClassModel;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import java.util.Arrays;

/**
 * A naive Bayes classifier of counts or of yes and no.
 *
 * @param made how it came about
 * @param binary whether only counts that a cell is above the threshold
 * @param threshold of the cells; without effect if not binary
 * @param logProbabilities the logarithm of each column's probability within each class, at most 0,
 *     below 0 if binary, shape [classes][columns]
 * @param priors the probability of each class before a row is seen, shape [classes]
 */
public record DiscreteBayesModel(
    Made made, boolean binary, double threshold, double[][] logProbabilities, double[] priors)
    implements ClassModel {
  /** Copies the arrays and checks their shapes. */
  public DiscreteBayesModel {
    logProbabilities = Copy.of(logProbabilities);
    priors = priors.clone();
    int classes = made.classes().size();
    Check.atLeast("classes", classes, 2);
    Check.that(Double.isFinite(threshold), "threshold=%s: must be finite", threshold);
    Check.sameLength("logProbabilities", logProbabilities.length, "classes", classes);
    LinearScores.requireFinite("logProbabilities", logProbabilities, made.inputs().size());
    for (double[] row : logProbabilities) {
      for (double log : row) {
        Check.that(
            binary ? log < 0 : log <= 0, "logProbabilities has %s: must not be above 0", log);
      }
    }
    Priors.require(priors, made);
  }

  @Override
  public double[][] logProbabilities() {
    return Copy.of(logProbabilities);
  }

  @Override
  public double[] priors() {
    return priors.clone();
  }

  @Override
  public Classified predict(Matrix x) {
    double[][] rows = made.matrix(x).values();
    double[] intercepts = Arrays.stream(priors).map(Math::log).toArray();
    double[][] coefficients = Copy.of(logProbabilities);
    if (binary) {
      rows = above(rows);
      for (int c = 0; c < coefficients.length; c++) {
        double[] row = coefficients[c];
        for (int j = 0; j < row.length; j++) {
          double not = Math.log(-Math.expm1(row[j]));
          intercepts[c] += not;
          row[j] -= not;
        }
      }
    }
    return LinearScores.classify(made, rows, coefficients, intercepts);
  }

  private double[][] above(double[][] rows) {
    double[][] above = new double[rows.length][];
    Parallel.forEachPart(
        rows.length,
        LinearScores.SHARE,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            double[] row = rows[i];
            double[] cells = new double[row.length];
            for (int j = 0; j < cells.length; j++) {
              cells[j] = ClassSums.above(threshold, row[j]);
            }
            above[i] = cells;
          }
        });
    return above;
  }

  /** Equal numbers for equal columns. */
  @Override
  public boolean equals(Object other) {
    return other instanceof DiscreteBayesModel m
        && made.equals(m.made)
        && binary == m.binary
        && threshold == m.threshold
        && Arrays.equals(priors, m.priors)
        && Arrays.deepEquals(logProbabilities, m.logProbabilities);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(priors) + Arrays.deepHashCode(logProbabilities);
  }

  @Override
  public String toString() {
    return "%s: %s columns, %s classes"
        .formatted(made.learner(), made.inputs().size(), made.classes().size());
  }
}
