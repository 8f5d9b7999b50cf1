package fieldnotes.prepare;

import fieldnotes.common.Check;
import fieldnotes.table.Matrix;
import fieldnotes.table.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * The categories of a text column, learnt from one table and applied to others as codes or as one
 * column of 0 and 1 for each.
 *
 * @param column the column's name
 * @param values the categories, sorted by code point
 * @param mostFrequent what a missing cell is taken for: the category seen most often, the first of
 *     them if several
 * @param unknown what becomes of a category that was not learnt
 */
public record Categories(String column, List<String> values, String mostFrequent, Unknown unknown) {
  /** What becomes of a category that was not learnt. */
  public enum Unknown {
    /** It is an error that names the row. */
    REFUSE,
    /** All its columns are 0; its code is −1. */
    IGNORE
  }

  /** Copies the values. */
  public Categories {
    values = List.copyOf(values);
  }

  /** Learns the categories of a column; unknown ones are refused later. */
  public static Categories fit(Table table, String column) {
    return fit(table, column, Unknown.REFUSE);
  }

  /**
   * Learns the categories of a column.
   *
   * @throws IllegalArgumentException if the column is not text or all its cells are missing
   */
  public static Categories fit(Table table, String column, Unknown unknown) {
    StringColumn cells = text(table, column);
    TreeSet<String> sorted = new TreeSet<>(Split.ORDER);
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      if (!cells.isMissing(i)) {
        sorted.add(cells.get(i));
        counts.merge(cells.get(i), 1, Integer::sum);
      }
    }
    Check.that(!sorted.isEmpty(), "column '%s' has no categories: all cells are missing", column);
    String most = sorted.first();
    for (String value : sorted) {
      if (counts.get(value) > counts.get(most)) {
        most = value;
      }
    }
    return new Categories(column, new ArrayList<>(sorted), most, unknown);
  }

  private static StringColumn text(Table table, String column) {
    Column<?> found = Matrix.named(table, column);
    if (!(found instanceof StringColumn cells)) {
      throw new IllegalArgumentException(
          "column '%s' of table '%s' holds %s, not text"
              .formatted(column, table.name(), found.type().name()));
    }
    return cells;
  }

  /** The number of each row's category in {@link #values}, shape [rows]; −1 where ignored. */
  public int[] codes(Table table) {
    StringColumn cells = text(table, column);
    int[] codes = new int[cells.size()];
    for (int i = 0; i < codes.length; i++) {
      String value = cells.isMissing(i) ? mostFrequent : cells.get(i);
      codes[i] = values.indexOf(value);
      Check.that(
          codes[i] >= 0 || unknown == Unknown.IGNORE,
          "row %d, column '%s': '%s' is none of %s",
          i,
          column,
          value,
          values);
    }
    return codes;
  }

  /** One column for each category, 1 where a row has it and 0 elsewhere. */
  public Matrix oneHot(Table table) {
    int[] codes = codes(table);
    double[][] cells = new double[codes.length][values.size()];
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] >= 0) {
        cells[i][codes[i]] = 1;
      }
    }
    return Matrix.of(values.stream().map(value -> column + "_" + value).toList(), cells);
  }

  @Override
  public String toString() {
    return "categories of '%s': %s".formatted(column, values);
  }
}
