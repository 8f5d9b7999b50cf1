package fieldnotes.regress;

import fieldnotes.common.Check;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.Locale;

/**
 * A baseline that predicts the same number for every row, as scikit-learn's {@code DummyRegressor}.
 *
 * @param kind which number
 * @param value the quantile, 0 to 1, or the constant; 0 for the mean
 */
record DummyNumber(Kind kind, double value) implements Learner<double[], DummyNumberModel> {
  /** Which number a baseline predicts. */
  enum Kind {
    /** The mean of the target, by weight. */
    MEAN,
    /** A quantile of the target, between two rows in proportion. */
    QUANTILE,
    /** A number that is given. */
    CONSTANT
  }

  /** Checks the range. */
  DummyNumber {
    Check.that(Double.isFinite(value), "value=%s: must be finite", value);
    Check.that(
        kind != Kind.QUANTILE || (value >= 0 && value <= 1), "quantile=%s: must be 0 to 1", value);
    Check.that(kind != Kind.MEAN || value == 0, "value=%s: the mean needs none", value);
  }

  @Override
  public DummyNumberModel fit(Samples rows) {
    Made.learnFrom(rows);
    double[] target = Made.targetOf(rows);
    double[] weights = rows.weights().orElse(null);
    double number =
        switch (kind) {
          case MEAN -> mean(target, weights);
          case QUANTILE -> {
            Made.refuseWeights(rows, "a baseline by quantile");
            yield quantile(target);
          }
          case CONSTANT -> value;
        };
    return new DummyNumberModel(Made.of(this, rows), number);
  }

  private static double mean(double[] target, double[] weights) {
    double sum = 0;
    double total = 0;
    for (int i = 0; i < target.length; i++) {
      double weight = weights == null ? 1 : weights[i];
      sum += weight * target[i];
      total += weight;
    }
    return sum / total;
  }

  private double quantile(double[] target) {
    double[] sorted = target.clone();
    Arrays.sort(sorted);
    double place = value * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  @Override
  public String toString() {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return "baseline, " + name + (kind == Kind.MEAN ? "" : " " + value);
  }
}
