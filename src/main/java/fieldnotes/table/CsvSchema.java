package fieldnotes.table;

import java.util.ArrayList;
import java.util.List;

/**
 * The columns a CSV file must have and their types. Other columns are ignored.
 *
 * @param columns in the order of the resulting table
 */
public record CsvSchema(List<Field> columns) {
  /**
   * A column.
   *
   * @param name its name in the header
   * @param number whether it is numeric; otherwise text
   * @param values the allowed texts, empty allows any; in a numeric column, those of {@code
   *     Infinity} and {@code -Infinity} that are allowed
   */
  public record Field(String name, boolean number, List<String> values) {
    /** Copies the values. */
    public Field {
      values = List.copyOf(values);
    }
  }

  /** Copies the columns. */
  public CsvSchema {
    columns = List.copyOf(columns);
  }

  /** An empty schema. */
  public static CsvSchema of() {
    return new CsvSchema(List.of());
  }

  /** Returns a copy with these numeric columns added. An empty cell is a missing number. */
  public CsvSchema withNumbers(String... names) {
    CsvSchema schema = this;
    for (String name : names) {
      schema = schema.with(new Field(name, true, List.of()));
    }
    return schema;
  }

  /** Returns a copy with this text column added; without {@code values}, any text is allowed. */
  public CsvSchema withText(String name, String... values) {
    return with(new Field(name, false, List.of(values)));
  }

  private CsvSchema with(Field field) {
    List<Field> more = new ArrayList<>(columns);
    more.add(field);
    return new CsvSchema(more);
  }

  /** The names of the columns. */
  public List<String> names() {
    return columns.stream().map(Field::name).toList();
  }
}
