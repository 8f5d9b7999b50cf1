package fieldnotes.model;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.evaluate.Score;
import fieldnotes.model.Search.Candidate;
import fieldnotes.prepare.Step;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Scores settings on folds, several fits at a time, and keeps each score as it comes where a file
 * was given. Pipelines that prepare alike share what the preparation learnt in a fold.
 */
final class SearchJobs implements AutoCloseable {
  private final Tuning tuning;
  private final TriedFile file;
  private final String digest;
  private final Progress progress;

  /**
   * Begins a search.
   *
   * @param fits how many there will be, at most
   */
  SearchJobs(Tuning tuning, long fits) {
    this.tuning = tuning;
    file = tuning.file().map(TriedFile::open).orElse(null);
    digest = file == null ? "" : QuestionDigest.of(tuning.rows(), tuning.score());
    progress = Progress.start("search: " + fits + (fits == 1 ? " fit" : " fits"), fits);
  }

  @Override
  public void close() {
    progress.close();
    if (file != null) {
      file.close();
    }
  }

  /** The candidate of each setting; one that occurs twice is scored once. */
  List<Candidate> score(List<Setting> settings, List<Split> splits) {
    Map<Setting, Job> jobs = new LinkedHashMap<>();
    Map<List<Step<?>>, List<Job>> alike = new LinkedHashMap<>();
    for (Setting setting : settings) {
      if (!jobs.containsKey(setting)) {
        Job job = Job.of(setting, tuning.learner(), splits.size());
        jobs.put(setting, job);
        alike.computeIfAbsent(job.steps, steps -> new ArrayList<>()).add(job);
      }
    }
    List<String> folds = file == null ? List.of() : splits.stream().map(this::digest).toList();
    List<Runnable> work = new ArrayList<>();
    alike.forEach((steps, group) -> plan(steps, group, splits, folds, work));
    Parallel.forEach(
        work.size(),
        w -> {
          work.get(w).run();
          progress.advance(1);
        });
    return settings.stream().map(s -> jobs.get(s).candidate()).toList();
  }

  private String digest(Split split) {
    return QuestionDigest.of(digest, split);
  }

  /** Adds the fits of jobs that prepare alike, without those whose score is known. */
  private void plan(
      List<Step<?>> steps,
      List<Job> group,
      List<Split> splits,
      List<String> folds,
      List<Runnable> work) {
    List<Shared> prepared =
        splits.stream().map(split -> new Shared(steps, tuning.rows(), split)).toList();
    AtomicInteger left = new AtomicInteger();
    int known = 0;
    for (Job job : group) {
      for (int f = 0; f < splits.size(); f++) {
        int fold = f;
        String key = file == null ? "" : QuestionDigest.of(folds.get(f), job.text);
        OptionalDouble kept = file == null ? OptionalDouble.empty() : file.score(key);
        if (kept.isPresent()) {
          job.folds[f] = kept.getAsDouble();
          known++;
          continue;
        }
        left.incrementAndGet();
        work.add(
            () -> {
              boolean scored = job.score(fold, prepared.get(fold), tuning.score());
              if (scored && file != null) {
                file.add(key, job.folds[fold], job.setting + " fold " + fold + ": " + job.text);
              }
              if (left.decrementAndGet() == 0) {
                prepared.forEach(Shared::forget);
              }
            });
      }
    }
    progress.advance(known);
  }

  /** A setting at work. */
  private static final class Job {
    private final Setting setting;
    private final String text;
    private final List<Step<?>> steps;
    private final Learner<?, ?> learner;
    private final double[] folds;
    private final String[] failures;

    private Job(
        Setting setting,
        String text,
        List<Step<?>> steps,
        Learner<?, ?> learner,
        int folds,
        String failure) {
      this.setting = setting;
      this.text = text;
      this.steps = steps;
      this.learner = learner;
      this.folds = new double[folds];
      failures = new String[folds];
      Arrays.fill(this.folds, Double.NaN);
      failures[0] = failure;
    }

    static Job of(Setting setting, Function<Setting, ? extends Learner<?, ?>> make, int folds) {
      try {
        Learner<?, ?> made = make.apply(setting);
        Check.that(made != null, "no learner was made of this setting: return one");
        String text = made.toString();
        return made instanceof Pipeline<?, ?> pipeline
            ? new Job(setting, text, pipeline.steps(), pipeline.learner(), folds, null)
            : new Job(setting, text, List.of(), made, folds, null);
      } catch (CancellationException e) {
        throw e;
      } catch (RuntimeException | Error e) {
        return new Job(setting, "", List.of(), null, folds, reason(e));
      }
    }

    /** Fits and scores; whether there is a score. */
    boolean score(int fold, Shared prepared, Score score) {
      if (learner == null) {
        return false;
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
      return failures[fold] == null;
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
}
