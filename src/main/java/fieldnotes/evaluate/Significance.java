package fieldnotes.evaluate;

import fieldnotes.common.Check;
import fieldnotes.table.Describe;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A two-sided test of whether two models are equally good.
 *
 * <p>On the same rows: {@link #mcNemar}. On the same folds: {@link #correctedT}, as folds share
 * their training rows, which {@link #pairedT} and {@link #wilcoxon} do not allow for; {@link
 * #fiveByTwo} on five times two folds. If several models are compared, correct the p-values by
 * {@link #holm}.
 *
 * @param test its name
 * @param difference of the first model to the second: of the mean scores, or of the shares of rows
 *     that are predicted right
 * @param statistic the test statistic
 * @param p how likely a difference at least as large is between equally good models, 0 to 1
 */
public record Significance(String test, double difference, double statistic, double p) {

  /**
   * McNemar's test by the exact binomial distribution: whether the rows that only one of the models
   * predicts right are shared evenly between the two. The statistic is the smaller number.
   *
   * @param first predictions of one model
   * @param second predictions of another model for the same rows
   * @throws IllegalArgumentException if the true classes differ, or rows have weights
   * @see "Q. McNemar, Note on the sampling error of the difference between correlated proportions,
   *     Psychometrika 12, 1947; mcnemar of statsmodels 0.15"
   */
  public static Significance mcNemar(Outcome.Classes first, Outcome.Classes second) {
    int[] only = only(first, second);
    int smaller = Math.min(only[0], only[1]);
    int both = only[0] + only[1];
    double p =
        both == 0
            ? 1
            : Math.min(1, 2 * BinomialDistribution.of(both, 0.5).cumulativeProbability(smaller));
    return new Significance("McNemar, exact", difference(only, first), smaller, p);
  }

  /** McNemar's test by χ² with the correction for continuity, for more than about 25 such rows. */
  public static Significance mcNemarChiSquared(Outcome.Classes first, Outcome.Classes second) {
    int[] only = only(first, second);
    double both = (double) only[0] + only[1];
    double off = Math.abs(only[0] - only[1]) - 1.0;
    double statistic = both == 0 ? 0 : off * off / both;
    double p = both == 0 ? 1 : ChiSquaredDistribution.of(1).survivalProbability(statistic);
    return new Significance("McNemar, χ²", difference(only, first), statistic, p);
  }

  private static double difference(int[] only, Outcome.Classes rows) {
    return (double) (only[0] - only[1]) / rows.rowCount();
  }

  /** The numbers of rows that only the first model predicts right, and only the second. */
  private static int[] only(Outcome.Classes first, Outcome.Classes second) {
    Check.that(
        first.truth().equals(second.truth()),
        "the true classes of first and second differ: judge both models on the same rows, in the"
            + " same order");
    Check.that(
        first.weights() == null && second.weights() == null,
        "rows have weights, but McNemar's test counts rows: judge the models without weights");
    int[] only = new int[2];
    for (int i = 0; i < first.rowCount(); i++) {
      boolean one = first.predicted().label(i).equals(first.truth().get(i));
      boolean other = second.predicted().label(i).equals(first.truth().get(i));
      only[0] += one && !other ? 1 : 0;
      only[1] += other && !one ? 1 : 0;
    }
    return only;
  }

  /**
   * Student's paired t-test. On the folds of a cross-validation it finds differences too easily:
   * take {@link #correctedT} there.
   *
   * @param first scores of one model, shape [n], at least 2
   * @param second scores of another on the same rows, shape [n]
   * @see "scipy.stats.ttest_rel"
   */
  public static Significance pairedT(double[] first, double[] second) {
    double[] d = differences(first, second);
    return t("paired t", d, 1.0 / d.length, d.length - 1);
  }

  /**
   * The corrected resampled t-test, for the folds of one or several cross-validations, or for
   * random splits: the variance is raised by the share of the test rows, as training rows are
   * shared.
   *
   * @param first scores of one model on the folds, shape [folds], at least 2
   * @param second scores of another on the same folds, shape [folds]
   * @param testPerTrain test rows of a fold / its training rows, above 0; 1/(k − 1) for k folds
   * @see "C. Nadeau and Y. Bengio, Inference for the generalization error, Machine Learning 52,
   *     2003"
   */
  public static Significance correctedT(double[] first, double[] second, double testPerTrain) {
    Check.positive("testPerTrain", testPerTrain);
    double[] d = differences(first, second);
    return t("corrected resampled t", d, 1.0 / d.length + testPerTrain, d.length - 1);
  }

  private static Significance t(String test, double[] d, double factor, int freedom) {
    double mean = Describe.mean(d);
    double deviation = Describe.standardDeviation(d);
    return ofT(test, mean, mean, Math.sqrt(factor) * deviation, freedom);
  }

  /** Models that never differ are equally good, p is 1; SciPy gives NaN. */
  private static Significance ofT(
      String test, double difference, double top, double error, int freedom) {
    double t = top == 0 ? 0 : top / error;
    double p =
        Double.isInfinite(t) ? 0 : 2 * TDistribution.of(freedom).survivalProbability(Math.abs(t));
    return new Significance(test, difference, t, p);
  }

  /**
   * The 5×2 cross-validated t-test, on the folds of {@code Folds.stratified(2, seed).repeated(5)}.
   *
   * @param first scores of one model, two folds after two folds, shape [10]
   * @param second scores of another on the same folds, shape [10]
   * @see "T. Dietterich, Approximate statistical tests for comparing supervised classification
   *     learning algorithms, Neural Computation 10, 1998"
   */
  public static Significance fiveByTwo(double[] first, double[] second) {
    double[] d = differences(first, second);
    Check.that(
        d.length == 10,
        "first has %d scores: must be 10, of Folds.stratified(2, seed).repeated(5)",
        d.length);
    double variances = 0;
    for (int r = 0; r < 10; r += 2) {
      double mean = (d[r] + d[r + 1]) / 2;
      variances += (d[r] - mean) * (d[r] - mean) + (d[r + 1] - mean) * (d[r + 1] - mean);
    }
    return ofT("5×2 cross-validated t", Describe.mean(d), d[0], Math.sqrt(variances / 5), 5);
  }

  /**
   * Wilcoxon's signed-rank test; the statistic is the smaller sum of ranks. Pairs that are equal
   * are left out, and differences count as equal within 1e-12 of the largest score. As in SciPy it
   * is exact up to 50 pairs, with equal differences up to 13, and else by the normal distribution.
   *
   * @param first scores of one model, shape [n], at least 2
   * @param second scores of another on the same folds or data sets, shape [n]
   * @see "J. Demšar, Statistical comparisons of classifiers over multiple data sets, JMLR 7, 2006;
   *     scipy.stats.wilcoxon"
   */
  public static Significance wilcoxon(double[] first, double[] second) {
    double[] d = differences(first, second);
    double largest = 0;
    for (int i = 0; i < d.length; i++) {
      largest = Math.max(largest, Math.max(Math.abs(first[i]), Math.abs(second[i])));
    }
    double unit = largest == 0 ? 1 : largest * 1e-12;
    double[] rounded = Arrays.stream(d).map(v -> Math.rint(v / unit)).filter(v -> v != 0).toArray();
    int n = rounded.length;
    if (n == 0) {
      return new Significance("Wilcoxon, exact", 0, 0, 1);
    }
    int[] twice = twiceRanks(rounded); // whole numbers, as ranks of equal ones end in ½
    int positive = 0;
    for (int i = 0; i < n; i++) {
      positive += rounded[i] > 0 ? twice[i] : 0;
    }
    int all = n * (n + 1);
    boolean ties = n < d.length || Arrays.stream(twice).distinct().count() < n;
    boolean exact = d.length <= (ties ? 13 : 50);
    double p = exact ? exact(twice, positive) : normal(twice, positive);
    return new Significance(
        exact ? "Wilcoxon, exact" : "Wilcoxon, normal",
        Describe.mean(d),
        Math.min(positive, all - positive) / 2.0,
        p);
  }

  private static int[] twiceRanks(double[] d) {
    int[] order =
        IntStream.range(0, d.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> Math.abs(d[i])))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] twice = new int[d.length];
    for (int from = 0, to; from < d.length; from = to) {
      to = from + 1;
      while (to < d.length && Math.abs(d[order[to]]) == Math.abs(d[order[from]])) {
        to++;
      }
      for (int i = from; i < to; i++) {
        twice[order[i]] = from + 1 + to;
      }
    }
    return twice;
  }

  /** Over all signs that the differences can have. */
  private static double exact(int[] twice, int positive) {
    int all = Arrays.stream(twice).sum();
    double[] ways = new double[all + 1];
    ways[0] = 1;
    int reached = 0;
    for (int rank : twice) {
      for (int s = reached; s >= 0; s--) {
        ways[s + rank] += ways[s];
      }
      reached += rank;
    }
    double below = 0;
    double above = 0;
    for (int s = 0; s <= all; s++) {
      below += s <= positive ? ways[s] : 0;
      above += s >= positive ? ways[s] : 0;
    }
    return Math.min(1, 2 * Math.min(below, above) / Math.scalb(1.0, twice.length));
  }

  private static double normal(int[] twice, int positive) {
    double n = twice.length;
    double ties = 0;
    for (int[] group : groups(twice)) {
      double t = group[0];
      ties += t * t * t - t;
    }
    double error = Math.sqrt((n * (n + 1) * (2 * n + 1) - ties / 2) / 24);
    double z = (positive / 2.0 - n * (n + 1) / 4) / error;
    return 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(z));
  }

  /** The sizes of the groups of equal ranks. */
  private static int[][] groups(int[] twice) {
    return Arrays.stream(twice)
        .distinct()
        .mapToObj(r -> new int[] {(int) Arrays.stream(twice).filter(o -> o == r).count()})
        .toArray(int[][]::new);
  }

  private static double[] differences(double[] first, double[] second) {
    Check.sameLength("first", first.length, "second", second.length);
    Check.atLeast("the number of scores", first.length, 2);
    double[] d = new double[first.length];
    for (int i = 0; i < d.length; i++) {
      d[i] = first[i] - second[i];
      Check.that(
          Double.isFinite(d[i]),
          "the scores at %d are %s and %s: must be finite; choose a score that is defined on every"
              + " fold",
          i,
          first[i],
          second[i]);
    }
    return d;
  }

  /**
   * p-values of several tests, each raised so that any of them is below a level by chance no more
   * often than a single one would be.
   *
   * @param p 0 to 1, shape [tests]
   * @return in the order given, shape [tests]
   * @see "S. Holm, A simple sequentially rejective multiple test procedure, 1979"
   */
  public static double[] holm(double... p) {
    for (double one : p) {
      Check.within("p", one, 0, 1);
    }
    int[] rising =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] raised = new double[p.length];
    double largest = 0;
    for (int k = 0; k < rising.length; k++) {
      largest = Math.max(largest, Math.min(1, (p.length - k) * p[rising[k]]));
      raised[rising[k]] = largest;
    }
    return raised;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: difference %.4g, statistic %.4g, p %s",
        test,
        difference,
        statistic,
        shown(p));
  }

  /** A p-value with two digits that matter. */
  static String shown(double p) {
    return p < 0.0001 ? "< 0.0001" : String.format(Locale.ROOT, p < 0.01 ? "%.4f" : "%.2f", p);
  }
}
