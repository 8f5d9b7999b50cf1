package fieldnotes.detect;

import fieldnotes.classify.UnknownModel;
import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Rejected;
import fieldnotes.model.Around;
import fieldnotes.model.Model;
import fieldnotes.model.Pipeline;
import fieldnotes.table.Samples;
import java.util.List;

/** A trained model that may say Unknown, and its card. */
public sealed interface CardedModel extends Around<Rejected, Model<Rejected>>
    permits SoundModel, RowModel {
  /** What predicts: an {@link UnknownModel}, or one after preparation in a pipeline. */
  @Override
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
    return said.classified().without(said.name());
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
