package fieldnotes.model;

import fieldnotes.evaluate.Outcome;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import tech.tablesaw.api.Table;

/** A model that predicts what another one does, which it holds. */
public interface Around<Y, M extends Model<Y>> extends Model<Y> {
  /** The model that predicts. */
  M model();

  /** How the model that predicts came about. */
  @Override
  default Made made() {
    return model().made();
  }

  @Override
  default Y predict(Matrix x) {
    return model().predict(x);
  }

  @Override
  default Y predict(Table table) {
    return model().predict(table);
  }

  @Override
  default Y predict(Samples rows) {
    return model().predict(rows);
  }

  @Override
  default Outcome judge(Samples rows) {
    return model().judge(rows);
  }
}
