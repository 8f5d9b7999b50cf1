package fieldnotes.model;

import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Outcome;
import fieldnotes.table.Samples;
import java.util.List;

/** A model that predicts a class for each row, with a score for every class. */
public interface ClassModel extends Model<Classified> {
  /** The classes, in the order of the scores. */
  default List<String> classes() {
    return made().classes();
  }

  @Override
  default Outcome judge(Samples rows) {
    return new Outcome.Classes(rows.classes(), predict(rows), rows.weights().orElse(null));
  }
}
