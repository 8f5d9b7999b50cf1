package fieldnotes.prepare;

import fieldnotes.common.Check;
import fieldnotes.table.Matrix;
import fieldnotes.table.Numbers;
import fieldnotes.table.Split;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * The categories of a column, learnt from one table and applied to others as codes.
 *
 * @param column the column's name
 * @param values the categories, sorted by code point, numbers by size
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
    Check.that(
        new HashSet<>(values).size() == values.size(), "a category occurs twice: %s", values);
    Check.that(values.contains(mostFrequent), "'%s' must be one of %s", mostFrequent, values);
  }

  /**
   * The step that makes one column of 0 and 1 for each category of each feature; one that was not
   * learnt has 0 in all of them.
   */
  public static OneHot.Options oneHot() {
    return oneHot(Unknown.IGNORE);
  }

  /** The same, with a choice of what becomes of a category that was not learnt. */
  public static OneHot.Options oneHot(Unknown unknown) {
    return new OneHot.Options(unknown);
  }

  /** Learns the categories of a column; unknown ones are refused later. */
  public static Categories fit(Table table, String column) {
    return fit(table, column, Unknown.REFUSE);
  }

  /**
   * Learns the categories of a column.
   *
   * @throws IllegalArgumentException if all its cells are missing
   */
  public static Categories fit(Table table, String column, Unknown unknown) {
    Column<?> cells = Matrix.named(table, column);
    TreeSet<String> sorted =
        new TreeSet<>(
            cells instanceof NumericColumn<?>
                ? (a, b) -> Double.compare(Double.parseDouble(a), Double.parseDouble(b))
                : Split.ORDER);
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      if (!cells.isMissing(i)) {
        String value = text(cells, i);
        sorted.add(value);
        counts.merge(value, 1, Integer::sum);
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

  private static String text(Column<?> cells, int row) {
    return cells instanceof NumericColumn<?> numbers
        ? Numbers.exact(numbers.getDouble(row))
        : cells.getString(row);
  }

  /** The number of each row's category in {@link #values}, shape [rows]; −1 where ignored. */
  public int[] codes(Table table) {
    Column<?> cells = Matrix.named(table, column);
    String[] texts = new String[cells.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = cells.isMissing(i) ? mostFrequent : text(cells, i);
    }
    return codes(texts);
  }

  /** The same for a column of numbers. */
  int[] codes(Matrix x) {
    double[] cells = x.column(column);
    String[] texts = new String[cells.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = Double.isNaN(cells[i]) ? mostFrequent : Numbers.exact(cells[i]);
    }
    return codes(texts);
  }

  private int[] codes(String[] texts) {
    Map<String, Integer> places = new HashMap<>();
    values.forEach(value -> places.put(value, places.size()));
    int[] codes = new int[texts.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = places.getOrDefault(texts[i], -1);
      Check.that(
          codes[i] >= 0 || unknown == Unknown.IGNORE,
          "row %d, column '%s': '%s' must be one of %s",
          i,
          column,
          texts[i],
          values);
    }
    return codes;
  }

  /** The columns of 0 and 1 that the categories become. */
  List<String> columnNames() {
    return values.stream().map(value -> column + "_" + value).toList();
  }

  @Override
  public String toString() {
    return "categories of '%s': %s".formatted(column, values);
  }
}
