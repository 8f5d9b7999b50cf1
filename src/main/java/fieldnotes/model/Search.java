package fieldnotes.model;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.evaluate.Better;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Score;
import fieldnotes.math.NumpyRandom;
import fieldnotes.prepare.Step;
import fieldnotes.table.Describe;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** The mean score; NaN if it failed. */
    public double mean() {
      return failure.isEmpty() ? Describe.mean(folds) : Double.NaN;
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

  private static void requireDirection(Score score) {
    Check.that(
        score.better() != Better.NEITHER,
        "score '%s' is better neither higher nor lower, so no setting can be best: choose another",
        score.name());
  }

  /** Draws the value of an option from a generator. */
  @FunctionalInterface
  public interface Draw {
    /** The next value: a number or a word. */
    Object from(NumpyRandom random);

    /** A whole number from {@code from} (included) to {@code to} (excluded). */
    static Draw integer(int from, int to) {
      Check.that(from < to, "from=%d, to=%d: must leave at least one integer", from, to);
      return random -> (int) random.integer(from, to);
    }

    /** A number whose logarithm is uniform between those of {@code from} and {@code to}. */
    static Draw logUniform(double from, double to) {
      Check.that(0 < from && from < to, "from=%s, to=%s: must be 0 < from < to", from, to);
      double low = Math.log(from);
      double high = Math.log(to);
      return random -> Math.exp(low + random.uniform() * (high - low));
    }

    /** An exponential number of this mean. */
    static Draw exponential(double mean) {
      Check.positive("mean", mean);
      return random -> mean * random.exponential();
    }

    /** One of these, each as likely. */
    static Draw oneOf(Object... values) {
      Check.that(values.length > 0, "values is empty");
      return random -> values[(int) random.integer(0, values.length)];
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
   * Settings drawn at random from one stream: for each setting its options in alphabetical order,
   * as scikit-learn draws them.
   */
  public static List<Setting> random(Map<String, Draw> options, int settings, long seed) {
    Check.atLeast("settings", settings, 1);
    SortedMap<String, Draw> sorted = new TreeMap<>(options);
    NumpyRandom random = NumpyRandom.of(seed);
    List<Setting> drawn = new ArrayList<>();
    for (int s = 0; s < settings; s++) {
      Map<String, Object> one = new LinkedHashMap<>();
      sorted.forEach((name, draw) -> one.put(name, draw.from(random)));
      drawn.add(new Setting(one));
    }
    return drawn;
  }

  /**
   * Cross-validates a learner for each setting, several folds at a time. A setting that occurs
   * twice is scored once; pipelines that prepare alike share what the preparation learnt in a fold.
   *
   * @param learner makes the learner of a setting
   */
  public static Search over(
      List<Setting> settings,
      Function<Setting, ? extends Learner<?, ?>> learner,
      Samples rows,
      Folds folds,
      Score score) {
    Check.that(!settings.isEmpty(), "settings is empty");
    requireDirection(score);
    List<Split> splits = folds.splits(rows);
    Map<Setting, Job> jobs = new LinkedHashMap<>();
    Map<List<Step<?>>, List<Job>> alike = new LinkedHashMap<>();
    for (Setting setting : settings) {
      if (!jobs.containsKey(setting)) {
        Job job = Job.of(setting, learner, splits.size());
        jobs.put(setting, job);
        alike.computeIfAbsent(job.steps, steps -> new ArrayList<>()).add(job);
      }
    }
    List<Runnable> work = new ArrayList<>();
    alike.forEach(
        (steps, group) -> {
          List<Shared> prepared = splits.stream().map(s -> new Shared(steps, rows, s)).toList();
          AtomicInteger left = new AtomicInteger(group.size() * splits.size());
          for (Job job : group) {
            for (int f = 0; f < splits.size(); f++) {
              int fold = f;
              work.add(
                  () -> {
                    job.score(fold, prepared.get(fold), score);
                    if (left.decrementAndGet() == 0) {
                      prepared.forEach(Shared::forget);
                    }
                  });
            }
          }
        });
    try (Progress progress = Progress.start("search", work.size())) {
      Parallel.forEach(
          work.size(),
          w -> {
            work.get(w).run();
            progress.advance(1);
          });
    }
    return new Search(score, settings.stream().map(s -> jobs.get(s).candidate()).toList());
  }

  /** A setting at work. */
  private static final class Job {
    private final Setting setting;
    private final List<Step<?>> steps;
    private final Learner<?, ?> learner;
    private final double[] folds;
    private final String[] failures;

    private Job(
        Setting setting, List<Step<?>> steps, Learner<?, ?> learner, int folds, String failure) {
      this.setting = setting;
      this.steps = steps;
      this.learner = learner;
      this.folds = new double[folds];
      failures = new String[folds];
      Arrays.fill(this.folds, Double.NaN);
      failures[0] = failure;
    }

    static Job of(Setting setting, Function<Setting, ? extends Learner<?, ?>> make, int folds) {
      try {
        Learner<?, ?> learner = make.apply(setting);
        Check.that(learner != null, "no learner was made of this setting: return one");
        return learner instanceof Pipeline<?, ?> pipeline
            ? new Job(setting, pipeline.steps(), pipeline.learner(), folds, null)
            : new Job(setting, List.of(), learner, folds, null);
      } catch (CancellationException e) {
        throw e;
      } catch (RuntimeException | Error e) {
        return new Job(setting, List.of(), null, folds, reason(e));
      }
    }

    void score(int fold, Shared prepared, Score score) {
      if (learner == null) {
        return;
      }
      try {
        Shared.Parts parts = prepared.parts();
        folds[fold] = score.of(learner.fit(parts.train).judge(parts.test));
        if (Double.isNaN(folds[fold])) {
          failures[fold] =
              "%s is not defined on fold %d (%d rows): choose another score or fewer folds"
                  .formatted(score.name(), fold, parts.test.rowCount());
        }
      } catch (CancellationException e) {
        throw e;
      } catch (RuntimeException | Error e) {
        failures[fold] = reason(e);
      }
    }

    /** Why a setting failed, never empty: one that needs too much memory must not end the rest. */
    private static String reason(Throwable e) {
      String message = e.getMessage() == null || e.getMessage().isBlank() ? "" : e.getMessage();
      return switch (e) {
        case OutOfMemoryError _ ->
            "out of memory (%s): choose a smaller setting, or start Java with a larger -Xmx"
                .formatted(message.isEmpty() ? "no details" : message);
        case StackOverflowError _ -> "its calls nest too deeply (StackOverflowError)";
        case Error _ -> e.toString();
        default -> message.isEmpty() ? e.getClass().getName() : message;
      };
    }

    Candidate candidate() {
      for (String failure : failures) {
        if (failure != null) {
          double[] none = new double[folds.length];
          Arrays.fill(none, Double.NaN);
          return new Candidate(setting, none, failure);
        }
      }
      return new Candidate(setting, folds, "");
    }
  }

  /** A fold whose rows are prepared when first asked for. */
  private static final class Shared {
    private final List<Step<?>> steps;
    private final Samples rows;
    private final Split split;
    private Parts parts;

    private record Parts(Samples train, Samples test) {}

    Shared(List<Step<?>> steps, Samples rows, Split split) {
      this.steps = steps;
      this.rows = rows;
      this.split = split;
    }

    synchronized Parts parts() {
      if (parts == null) {
        Pipeline.Prepared learnt = Pipeline.Prepared.of(steps, rows.rows(split.train()));
        Samples test = rows.rows(split.test());
        for (Step.Fitted step : learnt.steps()) {
          test = step.apply(test);
        }
        parts = new Parts(learnt.rows(), test);
      }
      return parts;
    }

    synchronized void forget() {
      parts = null;
    }
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
