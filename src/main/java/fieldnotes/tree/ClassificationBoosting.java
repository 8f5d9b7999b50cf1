package fieldnotes.tree;

import fieldnotes.common.Check;
import fieldnotes.math.Softmax;
import java.io.DataInput;
import java.io.IOException;
import java.util.Arrays;

/** Gradient boosted trees that predict classes. */
public final class ClassificationBoosting extends Boosting {
  private ClassificationBoosting(Booster booster, BoostingOptions options) {
    super(booster, options);
  }

  private ClassificationBoosting(Parts parts) {
    super(parts);
    Check.that(start.length != 2, "%d trees a stage: must be 1, or 3 and more", start.length);
  }

  /**
   * Fits the same trees as scikit-learn's {@code GradientBoostingClassifier} with the same seed.
   *
   * @param x finite, shape [rows][columns]; used as 32-bit floats
   * @param classes class of each row, 0…classes−1 without gaps, shape [rows]
   * @param weights weight of each row, at least 0, shape [rows]; null means equal
   */
  public static ClassificationBoosting fit(
      double[][] x, int[] classes, double[] weights, BoostingOptions options) {
    int count = Inputs.checkClasses(x.length, classes);
    Inputs.checkWeights(x.length, weights);
    Check.that(count > 1, "classes has class 0 only: boosting needs at least two");
    boolean exponential = options.loss() == BoostingOptions.Loss.EXPONENTIAL;
    Check.that(
        options.loss() == BoostingOptions.Loss.STANDARD || exponential,
        "loss=%s is for numbers: choose STANDARD for classes",
        options.loss());
    Check.that(
        !exponential || count == 2,
        "loss=EXPONENTIAL takes two classes, not %d: choose STANDARD",
        count);
    double[] y = Arrays.stream(classes).asDoubleStream().toArray();
    return new ClassificationBoosting(
        Booster.fit(
            x,
            y,
            weights,
            true,
            options,
            (t, w) ->
                exponential
                    ? new BoostLoss.Exponential(t, w)
                    : count == 2
                        ? new BoostLoss.TwoClasses(t, w)
                        : new BoostLoss.ManyClasses(t, count, w)),
        options);
  }

  /** The most probable class of each row, shape [rows]; ties go to the lower class. */
  public int[] predict(double[][] x) {
    return ClassificationTree.largest(probabilities(x));
  }

  /** The probability of each class, shape [rows][classes]. */
  public double[][] probabilities(double[][] x) {
    return probabilities(scores(x), true);
  }

  /** The probabilities after each stage, shape [stages][rows][classes]. */
  public double[][][] stagedProbabilities(double[][] x) {
    double[][] scores = begin(x);
    double[][][] staged = new double[stages()][][];
    for (int stage = 0; stage < staged.length; stage++) {
      add(stage, stage + 1, x, scores);
      staged[stage] = probabilities(scores, false);
    }
    return staged;
  }

  private double[][] probabilities(double[][] scores, boolean inPlace) {
    double times = options().loss() == BoostingOptions.Loss.EXPONENTIAL ? 2 : 1;
    double[][] shares = new double[scores.length][];
    for (int i = 0; i < shares.length; i++) {
      if (start.length == 1) {
        double p = Softmax.sigmoid(times * scores[i][0]);
        shares[i] = new double[] {1 - p, p};
      } else {
        shares[i] = inPlace ? scores[i] : scores[i].clone();
        Softmax.inPlace(shares[i]);
      }
    }
    return shares;
  }

  /** The number of classes. */
  public int classes() {
    return Math.max(2, start.length);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the bytes are not boosting of classes or are truncated
   */
  public static ClassificationBoosting read(DataInput in) throws IOException {
    try {
      return new ClassificationBoosting(readParts(in));
    } catch (IllegalArgumentException e) {
      throw new IOException("not boosting of classes: " + e.getMessage(), e);
    }
  }
}
