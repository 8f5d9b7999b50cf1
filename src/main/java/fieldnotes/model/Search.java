package fieldnotes.model;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Better;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Score;
import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Describe;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/**
 * A search over settings: each is cross-validated on the same folds, and the one with the best mean
 * score wins, the first of several. A setting that fails is a row with its reason; the others
 * stand.
 *
 * @param score what decides
 * @param candidates one for each setting, in the order tried
 */
public record Search(Score score, List<Candidate> candidates) {
  /**
   * A setting that was tried.
   *
   * @param setting its options
   * @param folds its score on each fold, NaN where it failed, shape [folds]
   * @param failure why it failed, or empty
   */
  public record Candidate(Setting setting, double[] folds, String failure) {
    /** Copies the scores; without a failure there is one for each fold. */
    public Candidate {
      folds = folds.clone();
      Check.that(
          !failure.isEmpty() || Arrays.stream(folds).noneMatch(Double::isNaN),
          "%s has a fold without a score, but no failure",
          setting);
    }

    /** Its score on each fold, NaN where it failed, shape [folds]. */
    @Override
    public double[] folds() {
      return folds.clone();
    }

    /**
     * The mean score; NaN if it failed. Scores are added in NumPy's order: where settings have the
     * same scores on other folds, the last bit decides, as in scikit-learn.
     */
    public double mean() {
      return failure.isEmpty() ? Describe.meanAsNumpy(folds) : Double.NaN;
    }

    /** Equal settings with equal scores. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Candidate c
          && setting.equals(c.setting)
          && Arrays.equals(folds, c.folds)
          && failure.equals(c.failure);
    }

    @Override
    public int hashCode() {
      return 31 * setting.hashCode() + Arrays.hashCode(folds);
    }

    @Override
    public String toString() {
      return failure.isEmpty()
          ? String.format(Locale.ROOT, "%s: %.6g", setting, mean())
          : "%s failed: %s".formatted(setting, failure);
    }
  }

  /** Copies the list. */
  public Search {
    candidates = List.copyOf(candidates);
    Check.that(!candidates.isEmpty(), "candidates is empty");
    requireDirection(score);
  }

  static void requireDirection(Score score) {
    Check.that(
        score.better() != Better.NEITHER,
        "score '%s' is better neither higher nor lower, so no setting can be best: choose another",
        score.name());
  }

  /** The values that an option may have, from which random and adaptive searches draw. */
  public sealed interface Draw permits Draws.Range {
    /** The next value: a number or a word. */
    Object from(NumpyRandom random);

    /**
     * A whole number from {@code from} (included) to {@code to} (excluded), as SciPy's {@code
     * randint}.
     */
    static Draw integer(int from, int to) {
      return new Draws.Whole(from, to);
    }

    /** A number between these, as SciPy's {@code uniform(from, to − from)}. */
    static Draw uniform(double from, double to) {
      return new Draws.Uniform(from, to);
    }

    /**
     * A number whose logarithm is uniform between those of {@code from} and {@code to}, as SciPy's
     * {@code loguniform}.
     */
    static Draw logUniform(double from, double to) {
      return new Draws.LogUniform(from, to);
    }

    /** An exponential number of this mean, as SciPy's {@code expon(scale=mean)}. */
    static Draw exponential(double mean) {
      return new Draws.Exponential(mean);
    }

    /** One of these, each as likely; as a list in scikit-learn. */
    static Draw oneOf(Object... values) {
      return new Draws.OneOf(List.of(values));
    }
  }

  /**
   * All combinations of the values of each option; the last option changes fastest.
   *
   * @param options values of each option, in order
   */
  public static List<Setting> grid(Map<String, ? extends List<?>> options) {
    List<Map<String, Object>> made = List.of(Map.of());
    for (Map.Entry<String, ? extends List<?>> option : options.entrySet()) {
      List<Map<String, Object>> longer = new ArrayList<>();
      for (Map<String, Object> begun : made) {
        for (Object value : option.getValue()) {
          Map<String, Object> one = new LinkedHashMap<>(begun);
          one.put(option.getKey(), value);
          longer.add(one);
        }
      }
      made = longer;
    }
    return made.stream().map(Setting::new).toList();
  }

  /** All combinations of the values of two options; the second changes fastest. */
  public static List<Setting> grid(String name, List<?> values, String other, List<?> others) {
    Map<String, List<?>> options = new LinkedHashMap<>();
    options.put(name, values);
    options.put(other, others);
    return grid(options);
  }

  /**
   * Settings drawn at random from one stream, as scikit-learn's {@code ParameterSampler} draws
   * them: for each setting its options in alphabetical order. If all options are lists ({@link
   * Draw#oneOf}), no combination is drawn twice; where there are fewer than {@code settings}, all
   * are drawn, with a warning.
   *
   * @param settings at least 1
   * @param seed 0 to 4294967295
   * @see "sklearn.model_selection.ParameterSampler of scikit-learn 1.9"
   */
  public static List<Setting> random(Map<String, Draw> options, int settings, long seed) {
    return Draws.settings(options, settings, seed);
  }

  /**
   * Cross-validates a learner for each setting; see {@link Tuning}, which also keeps scores in a
   * file and has other ways to search.
   *
   * @param learner makes the learner of a setting
   */
  public static Search over(
      List<Setting> settings,
      Function<Setting, ? extends Learner<?, ?>> learner,
      Samples rows,
      Folds folds,
      Score score) {
    return Tuning.of(learner, rows, folds, score).over(settings);
  }

  /** The candidates that did not fail, the best first, then those that did. */
  private List<Integer> order() {
    double[] means = candidates.stream().mapToDouble(Candidate::mean).toArray();
    Comparator<Integer> best = (i, j) -> score.better().compare(means[i], means[j]);
    return IntStream.range(0, candidates.size())
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> Double.isNaN(means[i])).thenComparing(best))
        .toList();
  }

  /** The best settings, the worst of them first; of equals the later, as they come last here. */
  List<Setting> survivors(int count) {
    double[] means = candidates.stream().mapToDouble(Candidate::mean).toArray();
    Comparator<Integer> worst = (i, j) -> score.better().compare(means[j], means[i]);
    return IntStream.range(0, candidates.size())
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> !Double.isNaN(means[i])).thenComparing(worst))
        .skip(candidates.size() - count)
        .map(i -> candidates.get(i).setting())
        .toList();
  }

  private Candidate first() {
    Candidate first = candidates.get(order().getFirst());
    if (!first.failure().isEmpty()) {
      throw new IllegalStateException("every setting failed; the first: " + first);
    }
    return first;
  }

  /**
   * The setting with the best mean score.
   *
   * @throws IllegalStateException if all failed
   */
  public Setting best() {
    return first().setting();
  }

  /** The mean score of the best setting. */
  public double bestScore() {
    return first().mean();
  }

  /**
   * One row per setting, the best first: its number, its options, its scores on the folds, their
   * mean; where any failed, the reason. An option that a setting does not have is a missing cell;
   * one that is called as another column, such as {@code mean}, becomes {@code option mean}.
   */
  public Table table() {
    return SearchTable.of(this, order());
  }

  /**
   * As scikit-learn's {@code cv_results_}: one row per setting in the order tried, with its number,
   * its options, its scores on the folds, their mean and standard deviation (divisor n), and its
   * rank, 1 for the best; equal means share the smaller rank, and those that failed come last.
   */
  public Table results() {
    return SearchTable.results(this);
  }

  @Override
  public String toString() {
    long failed = candidates.stream().filter(c -> !c.failure().isEmpty()).count();
    if (failed == candidates.size()) {
      return "search: all %d settings failed; the first: %s"
          .formatted(failed, candidates.getFirst());
    }
    return String.format(
        Locale.ROOT,
        "search: best of %d settings is %s with %s %.6g%s",
        candidates.size(),
        best(),
        score.name(),
        bestScore(),
        failed == 0 ? "" : "; " + failed + " failed");
  }
}
