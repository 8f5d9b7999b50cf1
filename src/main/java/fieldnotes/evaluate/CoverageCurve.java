package fieldnotes.evaluate;

import fieldnotes.common.Check;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What accuracy is to be had for answering fewer rows: rows are answered from the best known one
 * on, and each point is the share of rows answered down to a threshold, and the share of these that
 * is right. Rows that are equally well known are answered together.
 *
 * @param thresholds the least knownness that is answered, falling, shape [points]
 * @param coverage share of rows answered, rising to 1, shape [points]
 * @param accuracy share of the rows answered that is right, 0 to 1, shape [points]
 * @param area area under the risk–coverage curve: the mean over rows of the share of wrong ones
 *     among those answered down to that row; lower is better
 * @see "Y. Geifman and R. El-Yaniv, Selective classification for deep neural networks, NeurIPS
 *     2017"
 */
public record CoverageCurve(
    double[] thresholds, double[] coverage, double[] accuracy, double area) {
  /** Copies and checks. */
  public CoverageCurve {
    thresholds = thresholds.clone();
    coverage = coverage.clone();
    accuracy = accuracy.clone();
    Check.that(thresholds.length > 0, "the curve has no points");
    Check.sameLength("coverage", coverage.length, "thresholds", thresholds.length);
    Check.sameLength("accuracy", accuracy.length, "thresholds", thresholds.length);
  }

  /**
   * The curve of rows that are known well or less well, and right or wrong.
   *
   * @param knownness higher for better known rows, finite, shape [rows], at least one
   * @param right whether each row's answer would be right, shape [rows]
   */
  public static CoverageCurve of(double[] knownness, boolean[] right) {
    double[] ones = new double[knownness.length];
    Arrays.fill(ones, 1);
    return of(knownness, right, ones);
  }

  /**
   * The curve of predicted classes, known as well as the largest score says, which is the
   * probability of the predicted class where the model gives probabilities. Rows count as their
   * weights say.
   */
  public static CoverageCurve of(Outcome.Classes outcome) {
    double[][] scores = outcome.predicted().scores();
    double[] largest = new double[scores.length];
    boolean[] right = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      largest[i] = Arrays.stream(scores[i]).max().orElseThrow();
      right[i] = outcome.predicted().label(i).equals(outcome.truth().get(i));
    }
    return of(largest, right, ClassScores.weights(outcome));
  }

  /**
   * The curve of a model that may say Unknown, over all thresholds: a row of a class that it has
   * not learnt is wrong whenever it is answered.
   *
   * @param truth the true class of each row, none empty
   */
  public static CoverageCurve of(List<String> truth, Rejected predicted) {
    var isKnown = OpenSet.known(truth, predicted);
    boolean[] right = new boolean[truth.size()];
    for (int i = 0; i < right.length; i++) {
      right[i] = isKnown.test(truth.get(i)) && predicted.classified().label(i).equals(truth.get(i));
    }
    return of(predicted.knownness(), right);
  }

  private static CoverageCurve of(double[] knownness, boolean[] right, double[] weights) {
    Check.that(knownness.length > 0, "knownness has no rows");
    Check.sameLength("right", right.length, "knownness", knownness.length);
    for (int i = 0; i < knownness.length; i++) {
      Check.that(
          Double.isFinite(knownness[i]),
          "knownness has %s at row %d: must be finite",
          knownness[i],
          i);
    }
    int[] falling =
        IntStream.range(0, knownness.length)
            .boxed()
            .sorted((a, b) -> Double.compare(knownness[b], knownness[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    double all = Arrays.stream(weights).sum();
    double[] thresholds = new double[falling.length];
    double[] coverage = new double[falling.length];
    double[] accuracy = new double[falling.length];
    int points = 0;
    double answered = 0;
    double good = 0;
    double area = 0;
    for (int at = 0; at < falling.length; ) {
      double value = knownness[falling[at]];
      double before = answered;
      for (; at < falling.length && knownness[falling[at]] == value; at++) {
        double weight = weights[falling[at]];
        answered += weight;
        good += right[falling[at]] ? weight : 0;
      }
      if (answered > before) {
        thresholds[points] = value;
        coverage[points] = answered / all;
        accuracy[points] = good / answered;
        area += (answered - before) * (1 - accuracy[points]);
        points++;
      }
    }
    return new CoverageCurve(
        Arrays.copyOf(thresholds, points),
        Arrays.copyOf(coverage, points),
        Arrays.copyOf(accuracy, points),
        area / all);
  }

  @Override
  public double[] thresholds() {
    return thresholds.clone();
  }

  @Override
  public double[] coverage() {
    return coverage.clone();
  }

  @Override
  public double[] accuracy() {
    return accuracy.clone();
  }

  /**
   * The accuracy where at least this share of rows is answered, and as few as possible.
   *
   * @param share above 0, at most 1
   */
  public double accuracyAt(double share) {
    Check.that(share > 0 && share <= 1, "share=%s: must be above 0 and at most 1", share);
    for (int i = 0; i < coverage.length; i++) {
      if (coverage[i] >= share - 1e-9) {
        return accuracy[i];
      }
    }
    return accuracy[accuracy.length - 1];
  }

  /** The largest share of rows that can be answered with at least this accuracy; 0 if none can. */
  public double coverageAt(double least) {
    for (int i = coverage.length - 1; i >= 0; i--) {
      if (accuracy[i] >= least - 1e-9) {
        return coverage[i];
      }
    }
    return 0;
  }

  /** Equal points and area. */
  @Override
  public boolean equals(Object other) {
    return other instanceof CoverageCurve that
        && Arrays.equals(thresholds, that.thresholds)
        && Arrays.equals(coverage, that.coverage)
        && Arrays.equals(accuracy, that.accuracy)
        && area == that.area;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(coverage) + Arrays.hashCode(accuracy);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "accuracy %.4f of all rows, %.4f of the best known half; area under risk and coverage %.4f",
        accuracy[accuracy.length - 1],
        accuracyAt(0.5),
        area);
  }
}
