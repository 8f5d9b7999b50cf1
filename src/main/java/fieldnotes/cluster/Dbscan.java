package fieldnotes.cluster;

import fieldnotes.math.Magnitude;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import java.util.List;
import tech.tablesaw.api.Table;

/**
 * Density clustering with one radius. A border row within reach of several clusters is assigned to
 * the first of them, as in scikit-learn.
 *
 * @see "M. Ester et al., A density-based algorithm for discovering clusters, 1996"
 * @see DbscanGrid
 */
public final class Dbscan {
  private Dbscan() {}

  /** Clusters the rows of a table by its numeric columns. */
  public static DensityClusters fit(Table table, DbscanOptions options) {
    Matrix x = Matrix.ofNumeric(table).requireSquares(table.name());
    return fit(x.values(), x.names(), options);
  }

  /** Clusters rows. */
  public static DensityClusters fit(Rows rows, DbscanOptions options) {
    Matrix x = rows.matrix().requireSquares("x");
    return fit(x.values(), x.names(), options);
  }

  /** Clusters rows, shape [rows][columns]. */
  public static DensityClusters fit(double[][] x, DbscanOptions options) {
    return fit(Magnitude.matrix("x", x), null, options);
  }

  private static DensityClusters fit(double[][] x, List<String> names, DbscanOptions options) {
    return DbscanGrid.of(x, names, new double[] {options.eps()}, new int[] {options.minSamples()})
        .clusters(0, 0);
  }
}
