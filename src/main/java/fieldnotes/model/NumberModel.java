package fieldnotes.model;

import fieldnotes.evaluate.Outcome;
import fieldnotes.table.Samples;

/** A model that predicts a number for each row, in the unit of its target. */
public interface NumberModel extends Model<double[]> {
  @Override
  default Outcome judge(Samples rows) {
    return new Outcome.Numbers(rows.numbers(), predict(rows), rows.weights().orElse(null));
  }
}
