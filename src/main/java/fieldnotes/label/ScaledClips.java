package fieldnotes.label;

import fieldnotes.common.Check;
import fieldnotes.prepare.Missing;
import fieldnotes.prepare.Scaler;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.List;

/** Prepares features for distances: filled, without constant columns, on one scale. */
final class ScaledClips {
  private ScaledClips() {}

  /** The z-scores of the columns that vary, shape [rows][columns]. */
  static Matrix of(Samples rows) {
    Check.that(rows.rowCount() > 0, "'%s' has no rows: nothing can be labelled", rows.id());
    Matrix x = rows.matrix();
    List<String> varying = new ArrayList<>();
    for (int j = 0; j < x.columnCount(); j++) {
      if (varies(x.column(j))) {
        varying.add(x.names().get(j));
      }
    }
    Check.that(
        !varying.isEmpty(),
        "'%s': none of the %d columns varies, so rows cannot be told apart: choose other features",
        rows.id(),
        x.columnCount());
    Samples chosen = rows.withFeatures(x.select(varying));
    Samples filled = Missing.median().fitApply(chosen);
    return Scaler.standard().fitApply(filled).matrix();
  }

  private static boolean varies(double[] column) {
    double first = Double.NaN;
    for (double cell : column) {
      if (Double.isNaN(first)) {
        first = cell;
      } else if (!Double.isNaN(cell) && cell != first) {
        return true;
      }
    }
    return false;
  }
}
