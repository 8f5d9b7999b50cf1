package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Folds;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.Arrays;
import java.util.List;

/**
 * A learner whose scores are turned into probabilities that can be relied on, learnt from rows that
 * the scoring model was not fitted on, as scikit-learn's {@code CalibratedClassifierCV}. Of more
 * than two classes each is calibrated against the others, and the results are divided by their sum.
 *
 * <p>What is calibrated are the learner's probabilities, or its decision values where it gives no
 * probabilities. (scikit-learn takes decision values of estimators that give both.)
 *
 * <p>A sigmoid fitted to few rows can do harm to the votes of one-vs-one: of 120 sounds in ten
 * classes it lowered the accuracy of support vectors from 0.97 to 0.90, and its probabilities were
 * off; over one-vs-rest it did not, nor did an isotonic curve. So compare, as the notebook on
 * support vectors does.
 *
 * <p>Rows of one recording are not independent: give folds that keep them together, or the
 * probabilities will be too bold.
 *
 * @param learner the learner
 * @param method how scores become probabilities
 * @param ensemble whether the models of all folds are kept, each with its calibration, and
 *     averaged; otherwise one model of all rows is calibrated by what the folds' models predict
 *     together
 * @param folds the folds
 */
public record Calibration(
    Learner<Classified, ? extends Model<Classified>> learner,
    Method method,
    boolean ensemble,
    Folds folds)
    implements Learner<Classified, Calibrated> {
  /** How scores become probabilities. */
  public enum Method {
    /** By a logistic curve: {@link Sigmoid}. For few rows. */
    SIGMOID,
    /** By any rising curve: {@link Isotonic}. For a thousand rows or more. */
    ISOTONIC
  }

  /** Returns a copy that fits any rising curve, for a thousand rows or more. */
  public Calibration withIsotonic() {
    return new Calibration(learner, Method.ISOTONIC, ensemble, folds);
  }

  /** Returns a copy whose model is one model of all rows, which is smaller and predicts faster. */
  public Calibration withoutEnsemble() {
    return new Calibration(learner, method, false, folds);
  }

  /** Returns a copy with these folds. */
  public Calibration withFolds(Folds newFolds) {
    return new Calibration(learner, method, ensemble, newFolds);
  }

  @Override
  public Calibrated fit(Samples rows) {
    Made made = Made.of(this, rows);
    int[] codes = made.codes(rows);
    double[] weights = rows.weights().orElse(null);
    if (weights == null) {
      weights = new double[codes.length];
      Arrays.fill(weights, 1);
    }
    if (!ensemble) {
      HeldBack held = HeldBack.of(List.of(learner), rows, made, folds).getFirst();
      return new Calibrated(
          made, List.of(part(held.model(), held.predicted(), codes, weights, made)));
    }
    List<Split> splits = HeldBack.splits(rows, made, folds, false);
    double[] each = weights;
    return new Calibrated(
        made,
        Joined.fitted(
            rows,
            splits.size(),
            f -> {
              int[] test = splits.get(f).test();
              Samples held = rows.rows(test);
              check(held, made, f);
              Model<Classified> model = learner.fit(rows.rows(splits.get(f).train()));
              return part(
                  model,
                  model.predict(held),
                  Arrays.stream(test).map(i -> codes[i]).toArray(),
                  Arrays.stream(test).mapToDouble(i -> each[i]).toArray(),
                  made);
            }));
  }

  private void check(Samples held, Made made, int fold) {
    List<String> known = held.classNames();
    for (String name : made.classes()) {
      Check.that(
          known.contains(name),
          "fold %d of %s has no row of class '%s' to calibrate by: take fewer folds, folds that"
              + " spread the class, or withoutEnsemble()",
          fold,
          folds,
          name);
    }
  }

  private Calibrated.Part part(
      Model<Classified> model, Classified said, int[] codes, double[] weights, Made made) {
    double[][] scores = said.scores();
    int classes = made.classes().size();
    int first = classes == 2 ? 1 : 0;
    Calibrator[] calibrators = new Calibrator[classes - first];
    for (int c = first; c < classes; c++) {
      double[] of = new double[codes.length];
      boolean[] in = new boolean[codes.length];
      for (int i = 0; i < codes.length; i++) {
        of[i] = scores[i][c];
        in[i] = codes[i] == c;
      }
      calibrators[c - first] =
          switch (method) {
            case SIGMOID -> Sigmoid.fit(of, in, weights);
            case ISOTONIC -> Isotonic.fit(of, in, weights);
          };
    }
    return new Calibrated.Part(model, List.of(calibrators));
  }

  @Override
  public String toString() {
    return learner
        + ", calibrated "
        + (method == Method.SIGMOID ? "by a sigmoid" : "isotonically")
        + " on "
        + folds
        + (ensemble ? "" : ", one model");
  }
}
