package fieldnotes.model;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Score;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several learners, of which each fit takes the one that is best on folds of the training rows, and
 * fits it to all of them. The rows that a model is judged on take no part in the choice, so {@link
 * CrossValidation} of this is nested cross-validation.
 *
 * @param candidates the learners to choose from; of equally good ones the first is taken
 * @param folds how the training rows are parted
 * @param score what decides
 * @see "S. Varma, R. Simon, Bias in error estimation when using cross-validation for model
 *     selection, BMC Bioinformatics 7, 2006"
 */
public record Tuned<Y, M extends Model<Y>>(
    List<? extends Learner<Y, M>> candidates, Folds folds, Score score)
    implements Learner<Y, Tuned.Fitted<Y, M>> {
  private static final String NUMBER = "candidate";

  /** Copies the list and checks that the score can decide. */
  public Tuned {
    candidates = List.copyOf(candidates);
    Check.that(!candidates.isEmpty(), "candidates is empty: give at least one learner");
    Search.requireDirection(score);
  }

  /** The learners of these settings, such as those of {@link Search#grid}. */
  public static <Y, M extends Model<Y>> Tuned<Y, M> of(
      List<Setting> settings,
      Function<Setting, ? extends Learner<Y, M>> learner,
      Folds folds,
      Score score) {
    return new Tuned<>(settings.stream().map(s -> learner.apply(s)).toList(), folds, score);
  }

  /**
   * Chooses and fits.
   *
   * @throws IllegalArgumentException if the folds cannot be made or every candidate fails, with the
   *     reason
   */
  @Override
  public Fitted<Y, M> fit(Samples rows) {
    List<Setting> settings =
        IntStream.range(0, candidates.size())
            .mapToObj(i -> new Setting(Map.of(NUMBER, i)))
            .toList();
    Search search = Search.over(settings, s -> candidates.get(s.whole(NUMBER)), rows, folds, score);
    double[] means = search.candidates().stream().mapToDouble(Search.Candidate::mean).toArray();
    if (Arrays.stream(means).allMatch(Double::isNaN)) {
      candidates.getFirst().fit(rows); // says more, with the numbers of these rows
      throw new IllegalArgumentException(
          "no candidate could be scored on %s; the first: %s"
              .formatted(folds, search.candidates().getFirst().failure()));
    }
    int best = search.best().whole(NUMBER);
    M model = candidates.get(best).fit(rows);
    Made made = Made.of(this, rows).needing(model.made().columns());
    return new Fitted<>(made, best, means, model);
  }

  @Override
  public String toString() {
    return "the best by %s on %s of %s".formatted(score, folds, candidates);
  }

  /**
   * The best, fitted to all rows.
   *
   * @param made how it came about
   * @param best the number of the candidate that was chosen, from 0
   * @param scores the mean score of each candidate, NaN where it failed, shape [candidates]
   * @param model its model
   */
  public record Fitted<Y, M extends Model<Y>>(Made made, int best, double[] scores, M model)
      implements Around<Y, M> {
    /** Copies the scores and checks that the parts fit each other. */
    public Fitted {
      scores = scores.clone();
      Check.that(
          best >= 0 && best < scores.length && !Double.isNaN(scores[best]),
          "best=%d: must be one of the %d candidates, with a score",
          best,
          scores.length);
      made.requireColumnsOf(model.made());
      model.made().requireFitOf(made);
    }

    @Override
    public double[] scores() {
      return scores.clone();
    }

    /** Equal parts. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Fitted<?, ?> that
          && made.equals(that.made)
          && best == that.best
          && Arrays.equals(scores, that.scores)
          && model.equals(that.model);
    }

    @Override
    public int hashCode() {
      return 31 * model.hashCode() + Arrays.hashCode(scores);
    }

    @Override
    public String toString() {
      return "candidate %s, the best of %s: %s"
          .formatted(
              best,
              Arrays.stream(scores)
                  .mapToObj(s -> String.format(Locale.ROOT, "%.6g", s))
                  .collect(Collectors.joining(", ")),
              model);
    }
  }
}
