package fieldnotes.prepare;

import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A step of preparation: learns from training rows, then changes any rows in the same way. A record
 * of its options: equal steps do the same, so a search fits them once, and its text is what a
 * diagram shows.
 *
 * @param <F> what it is once it has learnt
 */
public interface Step<F extends Step.Fitted> {
  /**
   * Learns from rows.
   *
   * @param rows whose features it is for; most steps look at nothing else
   * @throws IllegalArgumentException naming row and column of a cell it cannot work with
   */
  F fit(Samples rows);

  /** Learns from rows of numbers. */
  default F fit(Rows x) {
    return fit(Samples.of(x.matrix()));
  }

  /** Learns from the columns of a table. */
  default F fit(Table table) {
    return fit(Samples.of(table));
  }

  /** Learns from rows and changes these rows: {@code fit(rows).apply(rows)}. */
  default Samples fitApply(Samples rows) {
    return fit(rows).apply(rows);
  }

  /** Whether each row that goes in comes out; a pipeline takes no other step. */
  default boolean keepsRows() {
    return true;
  }

  /** A step that has learnt. It learns nothing more. */
  interface Fitted {
    /** The columns that it takes, found by their names in whatever it is applied to. */
    List<String> columns();

    /**
     * The columns that it makes of those it takes.
     *
     * @throws IllegalArgumentException naming the column, if one is missing
     */
    Matrix apply(Matrix x);

    /** The columns that it makes of those it takes of a table. */
    default Matrix matrix(Table table) {
      return apply(Matrix.from(table, columns()));
    }

    /** A copy of a table with the columns that it makes in place of those it takes. */
    default Table apply(Table table) {
      Table made = matrix(table).toTable(table.name());
      Set<String> taken = new HashSet<>(columns());
      Table result = Table.create(table.name());
      for (Column<?> column : table.columns()) {
        boolean kept = made.columnNames().contains(column.name());
        if (!taken.contains(column.name())) {
          result.addColumns(column);
        } else if (kept) {
          result.addColumns(made.column(column.name()));
        }
      }
      for (Column<?> column : made.columns()) {
        if (!taken.contains(column.name())) {
          result.addColumns(column);
        }
      }
      return result;
    }

    /** The same samples with the features that it makes in place of those it takes. */
    default Samples apply(Samples rows) {
      if (!rows.isNumeric()) {
        Table made = apply(rows.table());
        List<String> features = new ArrayList<>(made.columnNames());
        Set<String> others = new HashSet<>(rows.table().columnNames());
        rows.features().forEach(others::remove);
        features.removeAll(others);
        return rows.withTable(made, features);
      }
      Matrix x = rows.matrix();
      Matrix made = apply(x);
      List<String> rest = new ArrayList<>(x.names());
      rest.removeAll(columns());
      return rows.withFeatures(rest.isEmpty() ? made : x.select(rest).beside(made));
    }
  }
}
