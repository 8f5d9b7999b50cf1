package fieldnotes.detect;

import fieldnotes.classify.UnknownModel;
import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Outcome;
import fieldnotes.evaluate.Rejected;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.model.Pipeline;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tech.tablesaw.api.Table;

/** A trained model that may say Unknown, and its card. */
public sealed interface CardedModel extends Model<Rejected> permits SoundModel, RowModel {
  /** What predicts: an {@link UnknownModel}, or one after preparation in a pipeline. */
  Model<Rejected> model();

  /** What to know of the model. */
  ModelCard card();

  /** The same model with this threshold for Unknown, in the quantity that it rejects by. */
  CardedModel withThreshold(double value);

  /**
   * The classes that it knows, sorted by code point; without one called {@link #unknown}, whose
   * rows only taught it where the others end.
   */
  default List<String> classes() {
    return made().classes().stream().filter(name -> !name.equals(unknown())).toList();
  }

  /** What rejected rows are called, such as {@code Unknown}. */
  default String unknown() {
    return rejecting(model()).name();
  }

  /** A row that is known less than this is rejected. */
  default double threshold() {
    return rejecting(model()).threshold();
  }

  @Override
  default Made made() {
    return model().made();
  }

  @Override
  default Rejected predict(Matrix rows) {
    return model().predict(rows);
  }

  @Override
  default Rejected predict(Table table) {
    return model().predict(table);
  }

  @Override
  default Rejected predict(Samples rows) {
    return model().predict(rows);
  }

  @Override
  default Outcome judge(Samples rows) {
    return model().judge(rows);
  }

  /**
   * What rejects rows, within a pipeline or by itself.
   *
   * @throws IllegalArgumentException if the model cannot say Unknown
   */
  static UnknownModel<?> rejecting(Model<Rejected> model) {
    Model<?> inner = model instanceof Pipeline.Fitted<?, ?> pipeline ? pipeline.model() : model;
    Check.that(
        inner instanceof UnknownModel<?>,
        "model=%s: must say Unknown: fit Classifiers.unknown(learner), or a pipeline into it",
        model);
    return (UnknownModel<?>) inner;
  }

  /**
   * What would be predicted if no row were rejected: the likeliest of the known classes, whose
   * probabilities sum to 1 also where there is a class of rows that are of none.
   */
  static Classified named(Rejected said) {
    Classified all = said.classified();
    int without = all.classes().indexOf(said.name());
    if (without < 0) {
      return all;
    }
    List<String> classes = new ArrayList<>(all.classes());
    classes.remove(without);
    double[][] scores = all.scores();
    int[] codes = new int[scores.length];
    for (int r = 0; r < scores.length; r++) {
      double[] known = new double[classes.size()];
      System.arraycopy(scores[r], 0, known, 0, without);
      System.arraycopy(scores[r], without + 1, known, without, known.length - without);
      double sum = Arrays.stream(known).sum();
      for (int c = 0; c < known.length; c++) {
        if (all.hasProbabilities()) {
          known[c] = sum > 0 ? known[c] / sum : 1.0 / known.length;
        }
        codes[r] = known[c] > known[codes[r]] ? c : codes[r];
      }
      scores[r] = known;
    }
    return new Classified(classes, codes, scores, all.hasProbabilities());
  }

  /** The model with this threshold. */
  static Model<Rejected> withThreshold(Model<Rejected> model, double value) {
    return rejectingBy(model, rejecting(model).withThreshold(value));
  }

  /** The model with the threshold that held-back rows choose. */
  static Model<Rejected> withFalseAlarms(Model<Rejected> model, double rate, Samples heldBack) {
    Samples rows =
        model instanceof Pipeline.Fitted<?, ?> pipeline ? pipeline.prepare(heldBack) : heldBack;
    return rejectingBy(model, rejecting(model).withFalseAlarms(rate, rows));
  }

  private static Model<Rejected> rejectingBy(Model<Rejected> model, UnknownModel<?> other) {
    return model instanceof Pipeline.Fitted<?, ?> pipeline
        ? new Pipeline.Fitted<Rejected, Model<Rejected>>(pipeline.made(), pipeline.steps(), other)
        : other;
  }
}
