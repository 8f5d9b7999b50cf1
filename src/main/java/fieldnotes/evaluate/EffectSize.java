package fieldnotes.evaluate;

import fieldnotes.common.Check;
import fieldnotes.table.Describe;

/** How large a difference between two sets of scores is, whether or not it may be chance. */
public final class EffectSize {
  private EffectSize() {}

  /**
   * Cohen's d: the difference of the means in standard deviations, pooled over both. About 0.2 is
   * small, 0.5 medium, 0.8 large; 0 if no score differs.
   *
   * @param first at least 2 scores
   * @param second at least 2 scores
   * @see "J. Cohen, Statistical power analysis for the behavioral sciences, 1988"
   */
  public static double cohensD(double[] first, double[] second) {
    Check.atLeast("the number of first scores", first.length, 2);
    Check.atLeast("the number of second scores", second.length, 2);
    double a = Math.pow(Describe.standardDeviation(first), 2) * (first.length - 1);
    double b = Math.pow(Describe.standardDeviation(second), 2) * (second.length - 1);
    double pooled = Math.sqrt((a + b) / (first.length + second.length - 2));
    double difference = Describe.mean(first) - Describe.mean(second);
    return difference == 0 ? 0 : difference / pooled;
  }

  /**
   * The mean of the differences of pairs in their standard deviations, as of two models on the same
   * folds; 0 if no pair differs.
   *
   * @param first at least 2 scores
   * @param second as many
   */
  public static double pairedD(double[] first, double[] second) {
    Check.sameLength("first", first.length, "second", second.length);
    Check.atLeast("the number of scores", first.length, 2);
    double[] d = new double[first.length];
    for (int i = 0; i < d.length; i++) {
      d[i] = first[i] - second[i];
    }
    double mean = Describe.mean(d);
    return mean == 0 ? 0 : mean / Describe.standardDeviation(d);
  }

  /**
   * Cliff's delta: how much likelier a score of the first is the larger than one of the second, −1
   * to 1; 0 if neither is.
   *
   * @see "N. Cliff, Dominance statistics, Psychological Bulletin 114, 1993"
   */
  public static double cliffsDelta(double[] first, double[] second) {
    return 2 * Separation.probabilityLarger(first, second) - 1;
  }
}
