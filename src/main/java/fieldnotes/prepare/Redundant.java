package fieldnotes.prepare;

import fieldnotes.table.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Columns that tell nothing new: those that never change, and those that repeat an earlier one cell
 * by cell.
 *
 * @param constant columns with one value throughout (up to rounding)
 * @param duplicates a column → the earlier column that it repeats
 */
public record Redundant(List<String> constant, Map<String, String> duplicates) {

  /** Looks through the numeric columns of a table. */
  public static Redundant of(Table table) {
    return of(Matrix.ofNumeric(table));
  }

  /** Looks through the columns of a matrix; missing cells (NaN) equal each other. */
  public static Redundant of(Matrix x) {
    List<String> constant = new ArrayList<>();
    Map<String, String> duplicates = new LinkedHashMap<>();
    Map<Integer, List<Integer>> byHash = new HashMap<>();
    for (int j = 0; j < x.columnCount(); j++) {
      double[] cells = x.column(j);
      for (int i = 0; i < cells.length; i++) {
        cells[i] += 0.0; // −0 and 0 are one value
      }
      double[] present = Arrays.stream(cells).filter(v -> !Double.isNaN(v)).toArray();
      double mean = present.length == 0 ? 0 : Scaler.mean(present);
      if (present.length == 0
          || Scaler.isConstant(Scaler.variance(present, mean), mean, present.length)) {
        constant.add(x.names().get(j));
        continue;
      }
      List<Integer> alike = byHash.computeIfAbsent(Arrays.hashCode(cells), h -> new ArrayList<>());
      for (int earlier : alike) {
        double[] other = x.column(earlier);
        boolean same = true;
        for (int i = 0; i < cells.length && same; i++) {
          same = cells[i] == other[i] || (Double.isNaN(cells[i]) && Double.isNaN(other[i]));
        }
        if (same) {
          duplicates.put(x.names().get(j), x.names().get(earlier));
          break;
        }
      }
      if (!duplicates.containsKey(x.names().get(j))) {
        alike.add(j);
      }
    }
    return new Redundant(List.copyOf(constant), java.util.Collections.unmodifiableMap(duplicates));
  }

  /** All the columns found. */
  public List<String> names() {
    List<String> all = new ArrayList<>(constant);
    all.addAll(duplicates.keySet());
    return all;
  }

  /** The table without these columns. */
  public Table drop(Table table) {
    return table.copy().removeColumns(names().toArray(String[]::new));
  }

  /** The matrix without these columns. */
  public Matrix drop(Matrix x) {
    List<String> left = new ArrayList<>(x.names());
    left.removeAll(names());
    return x.select(left);
  }

  /** One row a column, with the reason. */
  public Table toTable() {
    StringColumn column = StringColumn.create("column");
    StringColumn reason = StringColumn.create("reason");
    for (String name : constant) {
      column.append(name);
      reason.append("never changes");
    }
    duplicates.forEach(
        (name, earlier) -> {
          column.append(name);
          reason.append("repeats " + earlier);
        });
    return Table.create("redundant columns", column, reason);
  }

  @Override
  public String toString() {
    return "%d constant columns %s, %d duplicates %s"
        .formatted(constant.size(), constant, duplicates.size(), duplicates);
  }
}
