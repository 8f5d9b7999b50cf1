package fieldnotes.detect;

import fieldnotes.evaluate.Rejected;
import fieldnotes.model.Model;

/**
 * A classifier of rows of a table that may say Unknown, with its card. Saved like any model.
 *
 * @param model what predicts: a model that says Unknown, or one after preparation in a pipeline
 * @param card what to know of the model
 */
public record RowModel(Model<Rejected> model, ModelCard card) implements CardedModel {
  /** Checks that it can say Unknown. */
  public RowModel {
    CardedModel.rejecting(model);
  }

  @Override
  public RowModel withThreshold(double value) {
    return new RowModel(CardedModel.withThreshold(model, value), card);
  }

  @Override
  public String toString() {
    return "rows of %s classes by %s columns; %s below %s"
        .formatted(classes().size(), made().inputs().size(), unknown(), threshold());
  }
}
