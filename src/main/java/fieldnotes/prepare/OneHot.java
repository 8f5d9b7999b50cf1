package fieldnotes.prepare;

import fieldnotes.common.Check;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.Table;

/**
 * Text columns as one column of 0 and 1 for each category, called {@code column_category}. A column
 * of numbers has a category for each distinct number.
 *
 * @param categories of each column, in order
 * @see "OneHotEncoder of scikit-learn 1.9"
 */
public record OneHot(List<Categories> categories) implements Step.Fitted {
  /**
   * How to encode.
   *
   * @param unknown what becomes of a category that was not learnt
   */
  public record Options(Categories.Unknown unknown) implements Step<OneHot> {
    /**
     * Learns the categories of every feature.
     *
     * @throws IllegalArgumentException if a feature has no value at all
     */
    @Override
    public OneHot fit(Samples rows) {
      return new OneHot(
          rows.features().stream()
              .map(column -> Categories.fit(rows.table(), column, unknown))
              .toList());
    }

    @Override
    public String toString() {
      return "fill: most frequent, then one-hot"
          + (unknown == Categories.Unknown.REFUSE ? " (unknown categories are refused)" : "");
    }
  }

  /** Copies the list. */
  public OneHot {
    categories = List.copyOf(categories);
    Check.that(!categories.isEmpty(), "columns is empty: give at least one column to encode");
    Check.that(
        new HashSet<>(categories.stream().map(Categories::column).toList()).size()
            == categories.size(),
        "a column is encoded twice: %s",
        categories);
    List<String> names = names(categories);
    Check.that(
        new HashSet<>(names).size() == names.size(),
        "two categories become columns of one name: rename a column; %s",
        names);
  }

  private static List<String> names(List<Categories> categories) {
    return categories.stream().flatMap(c -> c.columnNames().stream()).toList();
  }

  @Override
  public List<String> columns() {
    return categories.stream().map(Categories::column).toList();
  }

  @Override
  public List<String> outputs() {
    return names(categories);
  }

  @Override
  public Matrix matrix(Table table) {
    return joined(categories.stream().map(c -> c.codes(table)).toList());
  }

  @Override
  public Matrix apply(Matrix x) {
    return joined(categories.stream().map(c -> c.codes(x)).toList());
  }

  private Matrix joined(List<int[]> codes) {
    List<String> names = outputs();
    double[][] cells = new double[codes.getFirst().length][names.size()];
    int from = 0;
    for (int c = 0; c < codes.size(); c++) {
      int[] of = codes.get(c);
      for (int i = 0; i < cells.length; i++) {
        if (of[i] >= 0) {
          cells[i][from + of[i]] = 1;
        }
      }
      from += categories.get(c).values().size();
    }
    return Matrix.of(names, cells);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "one column per category of %s, %d in all",
        columns(),
        Arrays.stream(sizes()).sum());
  }

  private int[] sizes() {
    return categories.stream().mapToInt(c -> c.values().size()).toArray();
  }
}
