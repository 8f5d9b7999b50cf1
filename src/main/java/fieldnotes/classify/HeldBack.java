package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Folds;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.ArrayList;
import java.util.List;

/**
 * A learner's model of all rows, and what models of the other folds predict of each row.
 *
 * @param model fitted on all rows
 * @param predicted of each row, by a model that was not fitted on it
 */
record HeldBack(Model<Classified> model, Classified predicted) {
  /** Fits learners on all rows and on the rows of every fold but one. */
  static List<HeldBack> of(
      List<? extends Learner<Classified, ? extends Model<Classified>>> learners,
      Samples rows,
      Made made,
      Folds folds) {
    List<Split> splits = splits(rows, made, folds, true);
    int each = splits.size() + 1;
    List<Model<Classified>> models = new ArrayList<>();
    List<Classified> said = new ArrayList<>();
    List<Part> parts =
        Joined.fitted(
            rows,
            learners.size() * each,
            at -> {
              Learner<Classified, ? extends Model<Classified>> learner = learners.get(at / each);
              if (at % each == 0) {
                return new Part(learner.fit(rows), null);
              }
              Split split = splits.get(at % each - 1);
              Model<Classified> model = learner.fit(rows.rows(split.train()));
              return new Part(null, model.predict(rows.rows(split.test())));
            });
    for (int l = 0; l < learners.size(); l++) {
      models.add(parts.get(l * each).model);
      said.add(
          inOrder(
              splits,
              parts.subList(l * each + 1, (l + 1) * each).stream().map(Part::said).toList(),
              made,
              rows.rowCount()));
    }
    List<HeldBack> all = new ArrayList<>();
    for (int l = 0; l < learners.size(); l++) {
      all.add(new HeldBack(models.get(l), said.get(l)));
    }
    return all;
  }

  private record Part(Model<Classified> model, Classified said) {}

  private static Classified inOrder(
      List<Split> splits, List<Classified> said, Made made, int rows) {
    int[] codes = new int[rows];
    double[][] scores = new double[rows][];
    for (int f = 0; f < said.size(); f++) {
      int[] test = splits.get(f).test();
      int[] foldCodes = said.get(f).codes();
      double[][] foldScores = said.get(f).scores();
      for (int i = 0; i < test.length; i++) {
        codes[test[i]] = foldCodes[i];
        scores[test[i]] = foldScores[i];
      }
    }
    return new Classified(made.classes(), codes, scores, said.getFirst().hasProbabilities());
  }

  /**
   * The folds of rows, checked: every class is among the training rows of each.
   *
   * @param whole whether each row must be held back once
   */
  static List<Split> splits(Samples rows, Made made, Folds folds, boolean whole) {
    List<Split> splits = folds.splits(rows);
    int[] held = new int[rows.rowCount()];
    for (int f = 0; f < splits.size(); f++) {
      for (int row : splits.get(f).test()) {
        held[row]++;
      }
      List<String> known = rows.rows(splits.get(f).train()).classNames();
      for (String name : made.classes()) {
        Check.that(
            known.contains(name),
            "without fold %d of %s no row of class '%s' is left to learn from: take fewer folds, or"
                + " folds that spread the class",
            f,
            folds,
            name);
      }
    }
    for (int i = 0; whole && i < held.length; i++) {
      Check.that(
          held[i] == 1,
          "%s hold back row %d %d times: each row must be held back once",
          folds,
          i,
          held[i]);
    }
    return splits;
  }
}
