package fieldnotes.model;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Score;
import fieldnotes.model.Search.Candidate;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is to be tuned: how a setting becomes a learner, and on which rows, folds and score it is
 * judged. Then {@link #over} tries given settings, {@link #halving} gives more and more rows to
 * fewer and fewer of them, and {@link #bayesian} and {@link #genetic} choose settings by what was
 * found so far. Fits run several at a time; results do not depend on the number of threads.
 *
 * <pre>{@code
 * Tuning tuning = Tuning.of(s -> forest(s), rows, Folds.stratified(3), Scores.accuracy());
 * Search random = tuning.keptIn("forest.search").over(Search.random(space, 20, 42)); // 60 fits
 * }</pre>
 *
 * @param learner makes the learner of a setting
 * @param rows what the folds are of
 * @param folds on which every setting is scored
 * @param score what decides
 * @param file where scores are kept, if anywhere
 */
public record Tuning(
    Function<Setting, ? extends Learner<?, ?>> learner,
    Samples rows,
    Folds folds,
    Score score,
    Optional<Path> file) {
  /** Checks that the score can decide. */
  public Tuning {
    Search.requireDirection(score);
  }

  /** Keeps scores nowhere but in the result. */
  public static Tuning of(
      Function<Setting, ? extends Learner<?, ?>> learner, Samples rows, Folds folds, Score score) {
    return new Tuning(learner, rows, folds, score, Optional.empty());
  }

  /**
   * Returns a copy that appends each score to a file as soon as there is one. A search that was
   * stopped goes on with what is missing; several searches may share a file, one after the other. A
   * score is taken from it only for the same rows, fold, score, learner as it prints itself, and
   * version of the library; so a learner of your own must print every option. What failed is tried
   * again.
   *
   * @param where a new file, or one that a search has written
   */
  public Tuning keptIn(Path where) {
    return new Tuning(learner, rows, folds, score, Optional.of(where));
  }

  /** See {@link #keptIn(Path)}. */
  public Tuning keptIn(String where) {
    return keptIn(Path.of(where));
  }

  /** Tries these settings; one that occurs twice is scored once. */
  public Search over(List<Setting> settings) {
    requireSome(settings);
    List<Split> splits = folds.splits(rows);
    long fits = (long) new LinkedHashSet<>(settings).size() * splits.size();
    try (SearchJobs jobs = new SearchJobs(this, fits)) {
      return new Search(score, jobs.score(settings, splits));
    }
  }

  static void requireSome(List<Setting> settings) {
    Check.that(!settings.isEmpty(), "settings is empty");
  }

  /** Tries these settings on few rows, and the best of them again on more. */
  public Halving.Rounds halving(List<Setting> settings, Halving options) {
    return options.run(this, settings);
  }

  /** Chooses settings by what those before make likely to be better. */
  public Search bayesian(Bayesian options) {
    return adapt(options.settings(), new Parzen(options, score.better()));
  }

  /** Breeds settings from the better of those before. */
  public Search genetic(Genetic options) {
    return adapt(options.settings(), new Breeding(options, score.better()));
  }

  /** Chooses settings by those that were tried. */
  interface Chooser {
    /**
     * The next settings, none of them tried before; none if there are no others.
     *
     * @param most how many at most, at least 1
     */
    List<Setting> next(List<Candidate> tried, int most);
  }

  private Search adapt(int settings, Chooser chooser) {
    List<Split> splits = folds.splits(rows);
    List<Candidate> tried = new ArrayList<>();
    try (SearchJobs jobs = new SearchJobs(this, (long) settings * splits.size())) {
      while (tried.size() < settings) {
        List<Setting> next = chooser.next(List.copyOf(tried), settings - tried.size());
        if (next.isEmpty()) {
          break; // every combination was tried
        }
        tried.addAll(jobs.score(next, splits));
      }
    }
    return new Search(score, tried);
  }

  @Override
  public String toString() {
    return "tuning by %s on %s of %s%s"
        .formatted(score.name(), folds, rows, file.map(f -> ", kept in " + f).orElse(""));
  }
}
