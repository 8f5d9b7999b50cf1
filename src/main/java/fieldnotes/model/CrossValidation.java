package fieldnotes.model;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.evaluate.Errors;
import fieldnotes.evaluate.Folds;
import fieldnotes.table.Describe;
import fieldnotes.table.Split;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.Table;

/**
 * The errors of a pipeline on folds that it was not fitted on; preparation is fitted anew for each
 * fold.
 *
 * @param rmse root mean squared error on each fold, in the target's unit, shape [folds]
 */
public record CrossValidation(double[] rmse) {
  /** Copies the scores. */
  public CrossValidation {
    rmse = rmse.clone();
  }

  @Override
  public double[] rmse() {
    return rmse.clone();
  }

  /**
   * Scores a pipeline on k folds of consecutive rows, several folds at a time.
   *
   * @param table rows without the target among the columns
   * @param target shape [rows]
   * @param folds at least 2
   */
  public static CrossValidation of(Pipeline pipeline, Table table, double[] target, int folds) {
    Check.sameLength("table", table.rowCount(), "target", target.length);
    List<Split> splits = Folds.consecutive(table.rowCount(), folds);
    double[] scores = new double[splits.size()];
    try (Progress progress = Progress.start("cross-validation", splits.size())) {
      Parallel.forEach(
          scores.length,
          f -> {
            scores[f] = score(pipeline, table, target, splits.get(f));
            progress.advance(1);
          });
    }
    return new CrossValidation(scores);
  }

  static double score(Pipeline pipeline, Table table, double[] target, Split split) {
    Pipeline.Fitted fitted = pipeline.fit(split.train(table), at(target, split.train()));
    return Errors.rmse(at(target, split.test()), fitted.predict(split.test(table)));
  }

  static double[] at(double[] values, int[] rows) {
    return Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
  }

  /** The mean over folds. */
  public double mean() {
    return Describe.mean(rmse);
  }

  /** Count, mean, std, min, quartiles and max of the scores. */
  public Table summary() {
    return Describe.summary("rmse", rmse);
  }

  /** Equal scores. */
  @Override
  public boolean equals(Object other) {
    return other instanceof CrossValidation scores && Arrays.equals(rmse, scores.rmse);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(rmse);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "RMSE %.6g ± %.4g over %d folds",
        mean(),
        Describe.standardDeviation(rmse),
        rmse.length);
  }
}
