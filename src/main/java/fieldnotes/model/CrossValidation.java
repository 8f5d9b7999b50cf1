package fieldnotes.model;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.common.Warnings;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.ModelComparison;
import fieldnotes.evaluate.Outcome;
import fieldnotes.evaluate.Score;
import fieldnotes.table.Describe;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * The scores of a learner on folds that it was not fitted on; everything it learns, preparation
 * too, is fitted anew for each fold.
 *
 * @param scores what was scored, the first being the one that counts
 * @param values each score on each fold, shape [scores][folds]
 */
public record CrossValidation(List<Score> scores, double[][] values) {
  /** Copies the scores. */
  public CrossValidation {
    scores = List.copyOf(scores);
    Check.that(!scores.isEmpty(), "scores is empty: give at least one");
    Check.sameLength("values", values.length, "scores", scores.size());
    values = Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
  }

  /**
   * Scores a learner on folds, several folds at a time. What is uneven about the folds, as a class
   * that is missing from some, is shown as a warning.
   *
   * @param scores at least one
   */
  public static CrossValidation of(
      Learner<?, ?> learner, Samples rows, Folds folds, Score... scores) {
    folds.notes(rows).forEach(Warnings::warn);
    return of(learner, rows, folds.splits(rows), scores);
  }

  private static CrossValidation of(
      Learner<?, ?> learner, Samples rows, List<Split> splits, Score... scores) {
    double[][] values = new double[scores.length][splits.size()];
    try (Progress progress = Progress.start("cross-validation", splits.size())) {
      Parallel.forEach(
          splits.size(),
          f -> {
            Split split = splits.get(f);
            Outcome outcome = learner.fit(rows.rows(split.train())).judge(rows.rows(split.test()));
            for (int s = 0; s < scores.length; s++) {
              values[s][f] = scores[s].of(outcome);
            }
            progress.advance(1);
          });
    }
    return new CrossValidation(List.of(scores), values);
  }

  /**
   * Scores several learners on the same folds and compares them: which is best, and which are no
   * worse as far as these folds can tell.
   *
   * @param learners by the name each is to have in the table, at least 2
   * @param score higher or lower being better
   */
  public static ModelComparison compare(
      Map<String, ? extends Learner<?, ?>> learners, Samples rows, Folds folds, Score score) {
    folds.notes(rows).forEach(Warnings::warn);
    List<Split> splits = folds.splits(rows);
    Map<String, double[]> found = new LinkedHashMap<>();
    learners.forEach((name, learner) -> found.put(name, of(learner, rows, splits, score).folds()));
    return ModelComparison.of(score, found, splits);
  }

  /**
   * Predictions of every row by a model that was fitted on the other folds, next to what is true;
   * as {@code cross_val_predict}. A class that a fold did not learn has probability 0 there.
   *
   * @throws IllegalArgumentException if the folds do not test each row once, as those in time or
   *     repeated ones, or the learner finds clusters
   */
  public static Outcome predictions(Learner<?, ?> learner, Samples rows, Folds folds) {
    return OutOfFold.of(learner, rows, folds);
  }

  /** The first score on each fold, shape [folds]. */
  public double[] folds() {
    return values[0].clone();
  }

  /** A score on each fold, shape [folds]. */
  public double[] folds(Score score) {
    Check.that(scores.contains(score), "%s was not computed; available: %s", score, scores);
    return values[scores.indexOf(score)].clone();
  }

  @Override
  public double[][] values() {
    return Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
  }

  /** The mean of the first score over folds. */
  public double mean() {
    return Describe.meanAsNumpy(values[0]);
  }

  /** The mean of a score over folds. */
  public double mean(Score score) {
    return Describe.meanAsNumpy(folds(score));
  }

  /** Count, mean, std, min, quartiles and max of the first score. */
  public Table summary() {
    return Describe.summary(scores.getFirst().name(), values[0]);
  }

  /** One row per fold, one column per score. */
  public Table toTable() {
    Table table = Table.create("cross-validation");
    table.addColumns(IntColumn.create("fold", IntStream.range(0, values[0].length).toArray()));
    for (int s = 0; s < values.length; s++) {
      table.addColumns(Describe.shown(DoubleColumn.create(scores.get(s).name(), values[s])));
    }
    return table;
  }

  /** Equal scores. */
  @Override
  public boolean equals(Object other) {
    return other instanceof CrossValidation c
        && scores.equals(c.scores)
        && Arrays.deepEquals(values, c.values);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(values);
  }

  @Override
  public String toString() {
    return IntStream.range(0, values.length)
            .mapToObj(
                s ->
                    String.format(
                        Locale.ROOT,
                        "%s %.6g ± %.4g",
                        scores.get(s).name(),
                        Describe.meanAsNumpy(values[s]),
                        Describe.standardDeviation(values[s])))
            .collect(Collectors.joining(", "))
        + " over %s folds".formatted(values[0].length);
  }
}
