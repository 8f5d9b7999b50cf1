package fieldnotes.evaluate;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Describe;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A confidence interval.
 *
 * @param low its lower end
 * @param high its upper end
 * @param confidence its level, between 0 and 1
 * @param how name of the method
 */
public record Interval(double low, double high, double confidence, String how) {
  /** Samples that are drawn before their statistics are computed, several at a time. */
  private static final int BLOCK = 256;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** Validates the level. */
  public Interval {
    Check.that(
        confidence > 0 && confidence < 1,
        "confidence=%s: must lie between 0 and 1, both excluded",
        confidence);
  }

  /**
   * An interval for the mean by Student's t with n − 1 degrees of freedom.
   *
   * @param values at least 2
   */
  public static Interval ofMean(double[] values, double confidence) {
    Check.atLeast("the number of values", values.length, 2);
    TDistribution student = TDistribution.of(values.length - 1.0);
    double t = student.inverseCumulativeProbability((1 + confidence) / 2);
    return around(values, confidence, t, "t");
  }

  /** An interval for the mean by the normal distribution. */
  public static Interval ofMeanByNormal(double[] values, double confidence) {
    Check.atLeast("the number of values", values.length, 2);
    double z = NORMAL.inverseCumulativeProbability((1 + confidence) / 2);
    return around(values, confidence, z, "z");
  }

  private static Interval around(double[] values, double confidence, double width, String how) {
    double mean = Describe.mean(values);
    double error = Describe.standardDeviation(values) / Math.sqrt(values.length);
    return new Interval(mean - width * error, mean + width * error, confidence, how);
  }

  /**
   * An interval for the root of the mean, for example an RMSE from squared errors, by Student's t
   * on the squares; a lower end below 0 is set to 0.
   */
  public static Interval ofRootMean(double[] squares, double confidence) {
    return ofMean(squares, confidence).root();
  }

  /** The interval of the roots. */
  public Interval root() {
    return new Interval(Math.sqrt(Math.max(0, low)), Math.sqrt(high), confidence, how);
  }

  /** The part of this interval that has values the score can take. */
  Interval cutTo(Score.Range range) {
    return new Interval(
        Math.clamp(low, range.lowest(), range.highest()),
        Math.clamp(high, range.lowest(), range.highest()),
        confidence,
        how);
  }

  /**
   * A bootstrap interval, bias-corrected and accelerated (BCa), with the same random samples as
   * {@code scipy.stats.bootstrap} with a {@code RandomState} of this seed.
   *
   * @param values the sample
   * @param statistic computes a number from a sample; it must not keep or change the array
   * @param resamples number of samples to draw, at least 100
   * @see "B. Efron, Better bootstrap confidence intervals, JASA 82, 1987"
   */
  public static Interval bootstrap(
      double[] values,
      ToDoubleFunction<double[]> statistic,
      double confidence,
      int resamples,
      long seed) {
    int n = Check.atLeast("the number of values", values.length, 2);
    Check.atLeast("resamples", resamples, 100);
    NumpyRandom random = NumpyRandom.of(seed);
    double observed = statistic.applyAsDouble(values.clone());
    double[] found = new double[resamples];
    double[] sample = new double[n];
    int below = 0;
    int upTo = 0;
    for (int r = 0; r < resamples; r++) {
      for (int i = 0; i < n; i++) {
        sample[i] = values[random.upTo(n - 1)];
      }
      found[r] = statistic.applyAsDouble(sample);
      below += found[r] < observed ? 1 : 0;
      upTo += found[r] <= observed ? 1 : 0;
    }
    double share = (below + upTo) / (2.0 * resamples);
    // infinite where all resamples lie on one side: far enough out, the level is 0 or 1 as well
    double bias = Math.clamp(NORMAL.inverseCumulativeProbability(share), -40, 40);
    double acceleration = acceleration(values, statistic);
    double z = NORMAL.inverseCumulativeProbability((1 - confidence) / 2);
    double low = Describe.quantile(found, level(bias, acceleration, z));
    double high = Describe.quantile(found, level(bias, acceleration, -z));
    return new Interval(
        low,
        high,
        confidence,
        String.format(Locale.ROOT, "bootstrap BCa, %d resamples", resamples));
  }

  /**
   * A bootstrap interval for rows that are not independent: whole groups are drawn, such as
   * recordings with all their chunks, so that a recording of many chunks counts as one observation.
   * The interval lies between the percentiles of the statistic over the samples. A group that is
   * alone with its classes is in every sample, so that the interval says nothing about others like
   * it; the method's name says how many there are.
   *
   * @param groups the group of each row, shape [rows]
   * @param classes the class of each row, shape [rows]; as many groups of the same set of classes
   *     are drawn as there are, so that no class is missing from a sample
   * @param statistic computes a number from the rows of a sample; rows may occur several times;
   *     called by several threads
   * @param resamples number of samples to draw, at least 100
   * @see "C. Field and A. Welsh, Bootstrapping clustered data, 2007"
   */
  public static Interval bootstrapGroups(
      List<String> groups,
      List<String> classes,
      ToDoubleFunction<int[]> statistic,
      double confidence,
      int resamples,
      long seed) {
    Check.sameLength("groups", groups.size(), "classes", classes.size());
    Check.atLeast("the number of rows", groups.size(), 2);
    Check.atLeast("resamples", resamples, 100);
    SortedMap<String, List<Integer>> rows = new TreeMap<>();
    SortedMap<String, SortedSet<String>> kinds = new TreeMap<>();
    for (int i = 0; i < groups.size(); i++) {
      rows.computeIfAbsent(groups.get(i), g -> new ArrayList<>()).add(i);
      kinds.computeIfAbsent(groups.get(i), g -> new TreeSet<>()).add(classes.get(i));
    }
    SortedMap<String, List<int[]>> strata = new TreeMap<>();
    rows.forEach(
        (group, members) ->
            strata
                .computeIfAbsent(kinds.get(group).toString(), k -> new ArrayList<>())
                .add(members.stream().mapToInt(Integer::intValue).toArray()));
    long alone = strata.values().stream().filter(groupsOfOne -> groupsOfOne.size() == 1).count();
    NumpyRandom random = NumpyRandom.of(seed);
    double[] found = new double[resamples];
    for (int from = 0; from < resamples; from += BLOCK) {
      int[][] samples = new int[Math.min(BLOCK, resamples - from)][];
      Arrays.setAll(samples, r -> sample(strata.values(), random)); // one generator, in order
      int first = from;
      Parallel.forEach(samples.length, r -> found[first + r] = statistic.applyAsDouble(samples[r]));
    }
    return new Interval(
        Describe.quantile(found, (1 - confidence) / 2),
        Describe.quantile(found, (1 + confidence) / 2),
        confidence,
        String.format(Locale.ROOT, "bootstrap of %d groups, %d resamples", rows.size(), resamples)
            + (alone == 0
                ? ""
                : String.format(
                    Locale.ROOT, "; in each, %d that are alone with their classes", alone)));
  }

  private static int[] sample(Collection<List<int[]>> strata, NumpyRandom random) {
    IntStream.Builder sample = IntStream.builder();
    for (List<int[]> stratum : strata) {
      for (int g = 0; g < stratum.size(); g++) {
        Arrays.stream(stratum.get(random.upTo(stratum.size() - 1))).forEach(sample);
      }
    }
    return sample.build().toArray();
  }

  /**
   * A bootstrap interval of any score, where whole groups are drawn as in {@link #bootstrapGroups}.
   * Where there are few groups of a class it is too narrow, and with one group of each class it has
   * no width: what other recordings would give is then not known.
   *
   * @param outcome predictions of rows that the model was not fitted on
   * @param groups the group of each row, such as its recording, shape [rows]
   * @param resamples number of samples to draw, at least 100
   * @throws IllegalArgumentException if the score is undefined in a sample
   */
  public static Interval ofScore(
      Score score,
      Outcome outcome,
      List<String> groups,
      double confidence,
      int resamples,
      long seed) {
    List<String> classes =
        outcome instanceof Outcome.Classes labelled
            ? labelled.truth()
            : Collections.nCopies(outcome.rowCount(), "");
    return bootstrapGroups(
        groups,
        classes,
        rows -> {
          double value = score.of(outcome.rows(rows));
          Check.that(
              !Double.isNaN(value),
              "%s is undefined in a sample of the groups: choose one that is defined for every"
                  + " class, such as accuracy",
              score);
          return value;
        },
        confidence,
        resamples,
        seed);
  }

  /**
   * Wilson's interval for a share, such as of the rows that are right, if rows have nothing to do
   * with each other.
   *
   * @param hits 0 to {@code rows}
   * @param rows at least 1
   * @see "E. Wilson, Probable inference, the law of succession, and statistical inference, 1927"
   */
  public static Interval ofShare(int hits, int rows, double confidence) {
    Check.atLeast("rows", rows, 1);
    Check.that(hits >= 0 && hits <= rows, "hits=%d: must be 0 to rows=%d", hits, rows);
    double z = NORMAL.inverseCumulativeProbability((1 + confidence) / 2);
    double share = (double) hits / rows;
    double square = z * z / rows;
    double centre = (share + square / 2) / (1 + square);
    double width = z * Math.sqrt(share * (1 - share) / rows + square / (4.0 * rows)) / (1 + square);
    return new Interval(
        hits == 0 ? 0 : centre - width, hits == rows ? 1 : centre + width, confidence, "Wilson");
  }

  /**
   * Newcombe's interval for the difference of two shares of different rows, first − second; for two
   * models on the same rows take {@link Significance#mcNemar}.
   *
   * @param hits 0 to {@code rows}
   * @param rows at least 1
   * @param otherHits 0 to {@code otherRows}
   * @param otherRows at least 1
   * @see "R. Newcombe, Interval estimation for the difference between independent proportions,
   *     Statistics in Medicine 17, 1998"
   */
  public static Interval ofShareDifference(
      int hits, int rows, int otherHits, int otherRows, double confidence) {
    Interval one = ofShare(hits, rows, confidence);
    Interval other = ofShare(otherHits, otherRows, confidence);
    double p = (double) hits / rows;
    double q = (double) otherHits / otherRows;
    return new Interval(
        p - q - Math.hypot(p - one.low(), other.high() - q),
        p - q + Math.hypot(q - other.low(), one.high() - p),
        confidence,
        "Newcombe");
  }

  private static double level(double bias, double acceleration, double z) {
    double sum = bias + z;
    return NORMAL.cumulativeProbability(bias + sum / (1 - acceleration * sum));
  }

  private static double acceleration(double[] values, ToDoubleFunction<double[]> statistic) {
    int n = values.length;
    double[] without = new double[n];
    double[] rest = new double[n - 1];
    for (int i = 0; i < n; i++) {
      System.arraycopy(values, 0, rest, 0, i);
      System.arraycopy(values, i + 1, rest, i, n - 1 - i);
      without[i] = statistic.applyAsDouble(rest);
    }
    double mean = Describe.mean(without);
    double cubes = 0;
    double squares = 0;
    for (double one : without) {
      double d = mean - one;
      cubes += d * d * d;
      squares += d * d;
    }
    return squares == 0 ? 0 : cubes / Math.pow(squares, 1.5) / 6;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.6g … %.6g (%s %%, %s)",
        low,
        high,
        BigDecimal.valueOf(100 * confidence)
            .round(new MathContext(5))
            .stripTrailingZeros()
            .toPlainString(),
        how);
  }
}
