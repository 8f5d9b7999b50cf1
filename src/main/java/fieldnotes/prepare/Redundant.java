package fieldnotes.prepare;

import fieldnotes.common.Check;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Columns that add nothing: those that are constant, and those that repeat an earlier one cell by
 * cell. Learnt from training rows, dropped from any.
 *
 * @param columns all columns it learnt from, in order
 * @param constant columns with one value throughout (up to rounding)
 * @param duplicates a column → the earlier column that it repeats
 */
public record Redundant(List<String> columns, List<String> constant, Map<String, String> duplicates)
    implements Step.Fitted {

  /** The step that drops redundant columns. */
  public record Options() implements Step<Redundant> {
    /** Looks through the numeric features; missing cells (NaN) equal each other. */
    @Override
    public Redundant fit(Samples rows) {
      return Redundant.fit(rows.numeric());
    }

    @Override
    public String toString() {
      return "drop redundant columns";
    }
  }

  /** Copies the lists. */
  public Redundant {
    columns = List.copyOf(columns);
    constant = List.copyOf(constant);
    duplicates = Collections.unmodifiableMap(new LinkedHashMap<>(duplicates));
    Check.that(
        columns.containsAll(constant)
            && columns.containsAll(duplicates.keySet())
            && columns.containsAll(duplicates.values()),
        "%s and %s are not all among the columns %s",
        constant,
        duplicates,
        columns);
  }

  /** The step that drops redundant columns. */
  public static Options drop() {
    return new Options();
  }

  private static Redundant fit(Matrix x) {
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
      if (present.length == 0 || Scaler.isConstant(present, mean)) {
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
    return new Redundant(x.names(), constant, duplicates);
  }

  /** All the columns found. */
  public List<String> names() {
    List<String> all = new ArrayList<>(constant);
    all.addAll(duplicates.keySet());
    return all;
  }

  @Override
  public List<String> outputs() {
    List<String> left = new ArrayList<>(columns);
    left.removeAll(names());
    return left;
  }

  /** The columns that are left. */
  @Override
  public Matrix apply(Matrix x) {
    List<String> left = outputs();
    Check.that(!left.isEmpty(), "every column is redundant: %s", this);
    return x.select(left);
  }

  /** One row per column, with the reason. */
  public Table toTable() {
    StringColumn column = StringColumn.create("column");
    StringColumn reason = StringColumn.create("reason");
    for (String name : constant) {
      column.append(name);
      reason.append("is constant");
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
    return String.format(
        Locale.ROOT,
        "%d constant columns %s, %d duplicates %s",
        constant.size(),
        constant,
        duplicates.size(),
        duplicates);
  }
}
