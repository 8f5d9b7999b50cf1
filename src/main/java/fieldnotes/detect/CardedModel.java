package fieldnotes.detect;

import fieldnotes.classify.UnknownModel;
import fieldnotes.common.Check;
import fieldnotes.evaluate.Outcome;
import fieldnotes.evaluate.Rejected;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.model.Pipeline;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
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

  /** The classes that it knows, sorted by code point. */
  default List<String> classes() {
    return made().classes();
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
