package fieldnotes.prepare;

import fieldnotes.common.Check;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
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

  /**
   * The columns that steps one after the other need of what goes into the first.
   *
   * @param after columns that must come out of the last
   * @throws IllegalArgumentException if a column cannot get there: a step takes it and makes others
   *     of it, or drops it
   */
  static List<String> needs(List<? extends Fitted> steps, List<String> after) {
    Set<String> needed = new LinkedHashSet<>(after);
    for (Fitted step : steps.reversed()) {
      Set<String> makes = distinct(step, step.outputs());
      Set<String> before = distinct(step, step.columns());
      for (String name : needed) {
        if (!makes.contains(name)) {
          Check.that(
              step.keepsOthers() && !before.contains(name),
              "column '%s' is needed after '%s', which makes only %s",
              name,
              step,
              makes);
        }
      }
      needed.removeAll(makes);
      before.addAll(needed);
      needed = before;
    }
    return List.copyOf(needed);
  }

  private static Set<String> distinct(Fitted step, List<String> names) {
    Set<String> distinct = new LinkedHashSet<>(names);
    Check.that(distinct.size() == names.size(), "'%s' has a column twice: %s", step, names);
    return distinct;
  }

  /** A step that has learnt. It learns nothing more. */
  interface Fitted {
    /** The columns that it takes, found by their names in whatever it is applied to. */
    List<String> columns();

    /** The names of the columns that it makes of those it takes, in order. */
    default List<String> outputs() {
      return columns();
    }

    /** Whether each row that goes in comes out. */
    default boolean keepsRows() {
      return true;
    }

    /** Whether features that it does not take stay as they are; if not, they are dropped. */
    default boolean keepsOthers() {
      return true;
    }

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
        if (columns().containsAll(rows.features())) {
          return rows.withFeatures(matrix(rows.table()));
        }
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
      rest.removeAll(new HashSet<>(columns()));
      return rows.withFeatures(rest.isEmpty() ? made : x.select(rest).beside(made));
    }
  }
}
