package fieldnotes.table;

import fieldnotes.common.Check;
import fieldnotes.math.Magnitude;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A numeric matrix with named columns, the input of most algorithms. A missing cell is NaN.
 *
 * <p>The rows are shared, not copied: treat them as read-only.
 *
 * @param names column names, shape [columns], unique
 * @param values the cells, shape [rows][columns]
 */
public record Matrix(List<String> names, double[][] values) implements Rows {
  /** Checks the shapes. */
  public Matrix {
    names = List.copyOf(names);
    Map<String, Integer> seen = new HashMap<>();
    for (int j = 0; j < names.size(); j++) {
      Integer before = seen.put(names.get(j), j);
      Check.that(before == null, "columns %s and %d are both called '%s'", before, j, names.get(j));
    }
    int width = names.size();
    for (int i = 0; i < values.length; i++) {
      if (values[i].length != width) { // no Check here: it would box numbers for every row
        throw new IllegalArgumentException(
            "row %d has %d cells, but there are %d column names: %s"
                .formatted(i, values[i].length, width, names));
      }
    }
  }

  /** A matrix of these rows, not copied. */
  public static Matrix of(List<String> names, double[][] values) {
    return new Matrix(names, values);
  }

  /** A matrix of these rows, not copied, with columns called {@code x0, x1, …}. */
  public static Matrix of(double[][] values) {
    int columns = values.length == 0 ? 0 : values[0].length;
    List<String> names = new ArrayList<>();
    for (int j = 0; j < columns; j++) {
      names.add("x" + j);
    }
    return new Matrix(names, values);
  }

  /**
   * The numeric columns of a table, in table order; other columns are left out.
   *
   * @throws IllegalArgumentException if the table has no numeric column
   */
  public static Matrix ofNumeric(Table table) {
    List<String> names = new ArrayList<>();
    for (Column<?> column : table.columns()) {
      if (column instanceof NumericColumn<?>) {
        names.add(column.name());
      }
    }
    Check.that(
        !names.isEmpty(),
        "table '%s' has no numeric column; it has %s",
        table.name(),
        table.columnNames());
    return from(table, names);
  }

  /**
   * These columns of a table, in the order given.
   *
   * @throws IllegalArgumentException if a column does not exist or is not numeric
   */
  public static Matrix from(Table table, String... columns) {
    return from(table, Arrays.asList(columns));
  }

  /**
   * These columns of a table, in the order given.
   *
   * @throws IllegalArgumentException if a column does not exist or is not numeric
   */
  public static Matrix from(Table table, Collection<String> columns) {
    double[][] values = new double[table.rowCount()][columns.size()];
    int j = 0;
    for (String name : columns) {
      double[] cells = column(table, name);
      for (int i = 0; i < cells.length; i++) {
        values[i][j] = cells[i];
      }
      j++;
    }
    return new Matrix(List.copyOf(columns), values);
  }

  /**
   * The cells of one numeric column of a table; NaN where missing.
   *
   * @throws IllegalArgumentException if the column does not exist or is not numeric
   */
  public static double[] column(Table table, String name) {
    Column<?> column = named(table, name);
    if (!(column instanceof NumericColumn<?> numbers)) {
      throw new IllegalArgumentException(
          "column '%s' of table '%s' holds %s, not numbers: leave it out or encode it first"
              .formatted(name, table.name(), column.type().name().toLowerCase(Locale.ROOT)));
    }
    return numbers.asDoubleArray();
  }

  /**
   * The column of this name.
   *
   * @throws IllegalArgumentException if it does not exist, listing the columns
   */
  public static Column<?> named(Table table, String name) {
    for (Column<?> column : table.columns()) {
      if (column.name().equals(name)) {
        return column;
      }
    }
    throw new IllegalArgumentException(
        "no column '%s' in table '%s'; it has %s"
            .formatted(name, table.name(), table.columnNames()));
  }

  @Override
  public Matrix matrix() {
    return this;
  }

  /** The number of rows. */
  public int rowCount() {
    return values.length;
  }

  /** The number of columns. */
  public int columnCount() {
    return names.size();
  }

  /**
   * The index of a column, from 0.
   *
   * @throws IllegalArgumentException if it does not exist, listing the columns
   */
  public int indexOf(String name) {
    int index = names.indexOf(name);
    Check.that(index >= 0, "no column '%s'; there are %s", name, names);
    return index;
  }

  /** A copy of one column, shape [rows]. */
  public double[] column(String name) {
    return column(indexOf(name));
  }

  /** A copy of the column at this index, shape [rows]. */
  public double[] column(int index) {
    double[] cells = new double[values.length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = values[i][index];
    }
    return cells;
  }

  /** A copy with these columns, in this order. */
  public Matrix select(List<String> columns) {
    int[] at =
        columns.equals(names)
            ? IntStream.range(0, names.size()).toArray()
            : columns.stream().mapToInt(this::indexOf).toArray();
    double[][] chosen = new double[values.length][at.length];
    for (int i = 0; i < chosen.length; i++) {
      for (int j = 0; j < at.length; j++) {
        chosen[i][j] = values[i][at[j]];
      }
    }
    return new Matrix(columns, chosen);
  }

  /** These rows, in this order; row arrays are shared. */
  public Matrix rows(int[] rows) {
    double[][] chosen = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      chosen[i] = values[rows[i]];
    }
    return new Matrix(names, chosen);
  }

  /**
   * The columns of this matrix followed by those of {@code other}; both must have the same rows.
   */
  public Matrix beside(Matrix other) {
    Check.sameLength("left", rowCount(), "right", other.rowCount());
    List<String> all = new ArrayList<>(names);
    all.addAll(other.names);
    double[][] joined = new double[values.length][];
    for (int i = 0; i < joined.length; i++) {
      joined[i] = Arrays.copyOf(values[i], all.size());
      System.arraycopy(other.values[i], 0, joined[i], names.size(), other.names.size());
    }
    return new Matrix(all, joined);
  }

  /**
   * Returns this matrix if it is non-empty and all cells are finite.
   *
   * @throws IllegalArgumentException naming the first invalid row (from 0) and column
   */
  public Matrix requireFinite(String name) {
    Check.that(rowCount() > 0, "%s has no rows", name);
    Check.that(columnCount() > 0, "%s has no columns", name);
    for (int i = 0; i < values.length; i++) {
      if (Check.allFinite(values[i])) {
        continue;
      }
      for (int j = 0; j < values[i].length; j++) {
        if (!Double.isFinite(values[i][j])) {
          throw new IllegalArgumentException(
              "%s has %s at row %d, column '%s': fill or drop such rows first"
                  .formatted(name, values[i][j], i, names.get(j)));
        }
      }
    }
    return this;
  }

  /**
   * Returns this matrix if it is non-empty, all cells are finite and sums of their squares are in
   * the range of doubles.
   *
   * @throws IllegalArgumentException naming row and column of the first cell that is not finite, or
   *     the column and its range
   */
  public Matrix requireSquares(String name) {
    Check.that(rowCount() > 0, "%s has no rows", name);
    Check.that(columnCount() > 0, "%s has no columns", name);
    Magnitude.columns(name, names, values);
    return this;
  }

  /**
   * Converts to a Tablesaw table of double columns; NaN becomes a missing cell.
   *
   * @throws IllegalArgumentException if two names differ only in case: a table does not tell them
   *     apart
   */
  public Table toTable(String name) {
    Table table = Table.create(name);
    Map<String, String> seen = new HashMap<>();
    for (int j = 0; j < names.size(); j++) {
      String before = seen.put(names.get(j).toLowerCase(Locale.ROOT), names.get(j));
      Check.that(
          before == null,
          "columns '%s' and '%s' differ only in case, which a table does not tell apart: rename"
              + " one",
          before,
          names.get(j));
      table.addColumns(DoubleColumn.create(names.get(j), column(j)));
    }
    return table;
  }

  /** Equal names and equal cells. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Matrix matrix
        && names.equals(matrix.names)
        && Arrays.deepEquals(values, matrix.values);
  }

  @Override
  public int hashCode() {
    return 31 * names.hashCode() + Arrays.deepHashCode(values);
  }

  @Override
  public String toString() {
    return "%d rows × %d columns: %s".formatted(rowCount(), columnCount(), names);
  }
}
