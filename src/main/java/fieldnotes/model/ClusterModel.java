package fieldnotes.model;

import fieldnotes.evaluate.Outcome;
import fieldnotes.table.Samples;

/** A model that gives each row the number of its cluster, from 0. */
public interface ClusterModel extends Model<int[]> {
  @Override
  default Outcome judge(Samples rows) {
    return new Outcome.Clusters(rows.classes(), predict(rows));
  }
}
