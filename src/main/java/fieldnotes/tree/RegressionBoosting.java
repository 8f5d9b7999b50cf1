package fieldnotes.tree;

import java.io.DataInput;
import java.io.IOException;

/** Gradient boosted trees that predict numbers. */
public final class RegressionBoosting extends Boosting {
  private RegressionBoosting(Booster booster, BoostingOptions options) {
    super(booster, options);
  }

  private RegressionBoosting(Parts parts) {
    super(parts);
    if (start.length != 1) {
      throw new IllegalArgumentException("boosting of classes, not of numbers");
    }
  }

  /**
   * Fits the same trees as scikit-learn's {@code GradientBoostingRegressor} with the same seed.
   *
   * @param x finite, shape [rows][columns]; used as 32-bit floats
   * @param y target of each row, finite, shape [rows]
   * @param weights weight of each row, at least 0, shape [rows]; null means equal
   */
  public static RegressionBoosting fit(
      double[][] x, double[] y, double[] weights, BoostingOptions options) {
    Inputs.checkTargets(x.length, y, weights);
    return new RegressionBoosting(
        Booster.fit(x, y, weights, false, options, (t, w) -> NumberLoss.of(options, t, w)),
        options);
  }

  /** The predicted number for each row, shape [rows]. */
  public double[] predict(double[][] x) {
    return first(scores(x));
  }

  /** The predictions after each stage, shape [stages][rows]. */
  public double[][] stagedPredict(double[][] x) {
    double[][] scores = begin(x);
    double[][] staged = new double[stages()][];
    for (int stage = 0; stage < staged.length; stage++) {
      add(stage, stage + 1, x, scores);
      staged[stage] = first(scores);
    }
    return staged;
  }

  private static double[] first(double[][] scores) {
    double[] numbers = new double[scores.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = scores[i][0];
    }
    return numbers;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the bytes are not boosting of numbers or are truncated
   */
  public static RegressionBoosting read(DataInput in) throws IOException {
    try {
      return new RegressionBoosting(readParts(in));
    } catch (IllegalArgumentException e) {
      throw new IOException("not boosting of numbers: " + e.getMessage(), e);
    }
  }
}
