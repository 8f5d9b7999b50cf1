package fieldnotes.regress;

import fieldnotes.common.Check;
import fieldnotes.model.Made;
import fieldnotes.prepare.Step;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.RegressionForest;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the columns that a forest finds most important: those at or above a threshold.
 *
 * @param forest how it is grown
 * @param threshold least share of the total importance, 0 to 1
 * @see "SelectFromModel of scikit-learn 1.9"
 */
public record Selection(ForestOptions forest, double threshold)
    implements Step<Selection.Selected> {
  /** Checks the threshold. */
  public Selection {
    Check.within("threshold", threshold, 0, 1);
  }

  /** Columns with at least this share of the importance in a forest. */
  public static Selection of(ForestOptions forest, double threshold) {
    return new Selection(forest, threshold);
  }

  @Override
  public Selected fit(Samples rows) {
    Matrix x = rows.numeric().requireSquares("'" + rows.id() + "'");
    double[] weights = rows.weights().orElse(null);
    double[] importances =
        RegressionForest.fit(x.values(), Made.targetOf(rows), weights, forest).importances();
    List<String> kept = new ArrayList<>();
    for (int j = 0; j < importances.length; j++) {
      if (importances[j] >= threshold) {
        kept.add(x.names().get(j));
      }
    }
    Check.that(!kept.isEmpty(), "threshold=%s keeps no column: choose a smaller one", threshold);
    return new Selected(x.names(), kept);
  }

  @Override
  public String toString() {
    return "importance ≥ " + threshold + " (forest of " + forest + ")";
  }

  /**
   * The columns chosen.
   *
   * @param columns all that were there
   * @param kept those that stay
   */
  public record Selected(List<String> columns, List<String> kept) implements Step.Fitted {
    /** Copies the lists. */
    public Selected {
      columns = List.copyOf(columns);
      kept = List.copyOf(kept);
      Check.that(columns.containsAll(kept), "%s are not all among %s", kept, columns);
    }

    @Override
    public List<String> outputs() {
      return kept;
    }

    @Override
    public Matrix apply(Matrix x) {
      return x.select(kept);
    }
  }
}
