package fieldnotes.model;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Outcome;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.Arrays;
import java.util.List;

/** Predictions of every row by a model that was not fitted on it. */
final class OutOfFold {
  private OutOfFold() {}

  static Outcome of(Learner<?, ?> learner, Samples rows, Folds folds) {
    List<Split> splits = folds.splits(rows);
    int[] tested = new int[rows.rowCount()];
    splits.forEach(split -> Arrays.stream(split.test()).forEach(i -> tested[i]++));
    for (int i = 0; i < tested.length; i++) {
      Check.that(
          tested[i] == 1,
          "%s test row %d %d times, but each row needs one prediction: choose folds that part the"
              + " rows",
          folds,
          i,
          tested[i]);
    }
    Outcome[] parts = new Outcome[splits.size()];
    try (Progress progress = Progress.start("out-of-fold predictions", parts.length)) {
      Parallel.forEach(
          parts.length,
          f -> {
            Split split = splits.get(f);
            parts[f] = learner.fit(rows.rows(split.train())).judge(rows.rows(split.test()));
            progress.advance(1);
          });
    }
    double[] weights = rows.weights().orElse(null);
    return switch (parts[0]) {
      case Outcome.Numbers _ ->
          new Outcome.Numbers(rows.numbers(), numbers(parts, splits, tested.length), weights);
      case Outcome.Classes _ ->
          new Outcome.Classes(rows.classes(), classes(parts, splits, rows), weights);
      case Outcome.Clusters _ ->
          throw new IllegalArgumentException(
              "%s finds clusters, whose numbers differ from fold to fold: choose a learner of"
                      .formatted(learner)
                  + " classes or numbers");
    };
  }

  private static double[] numbers(Outcome[] parts, List<Split> splits, int count) {
    double[] all = new double[count];
    for (int f = 0; f < parts.length; f++) {
      int[] test = splits.get(f).test();
      double[] predicted = ((Outcome.Numbers) parts[f]).predicted();
      for (int i = 0; i < test.length; i++) {
        all[test[i]] = predicted[i];
      }
    }
    return all;
  }

  /**
   * Predicted classes. A class that a fold did not learn has probability 0 there, or, among other
   * scores, the lowest number there is.
   */
  private static Classified classes(Outcome[] parts, List<Split> splits, Samples rows) {
    List<String> names = rows.classNames();
    boolean probable = true;
    for (Outcome part : parts) {
      probable &= ((Outcome.Classes) part).predicted().hasProbabilities();
    }
    int[] codes = new int[rows.rowCount()];
    double[][] scores = new double[codes.length][names.size()];
    for (int f = 0; f < parts.length; f++) {
      Classified predicted = ((Outcome.Classes) parts[f]).predicted();
      int[] places = predicted.classes().stream().mapToInt(names::indexOf).toArray();
      int[] test = splits.get(f).test();
      int[] code = predicted.codes();
      double[][] score = predicted.scores();
      for (int i = 0; i < test.length; i++) {
        codes[test[i]] = places[code[i]];
        Arrays.fill(scores[test[i]], probable ? 0 : -Double.MAX_VALUE);
        for (int c = 0; c < places.length; c++) {
          scores[test[i]][places[c]] = score[i][c];
        }
      }
    }
    return new Classified(names, codes, scores, probable);
  }
}
