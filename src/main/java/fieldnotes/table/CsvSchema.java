package fieldnotes.table;

import fieldnotes.common.Check;
import java.util.ArrayList;
import java.util.List;

/**
 * Which columns a CSV file must have and what they hold. Columns beyond these are left out.
 *
 * @param columns in the order of the table to be made
 */
public record CsvSchema(List<Field> columns) {
  /**
   * A column.
   *
   * @param name its name in the header
   * @param number whether it holds numbers; otherwise text
   * @param values the texts allowed; any where empty
   * @param mayBeAbsent whether the file may come without it, which makes all its cells missing
   */
  public record Field(String name, boolean number, List<String> values, boolean mayBeAbsent) {
    /** Copies the values. */
    public Field {
      values = List.copyOf(values);
    }
  }

  /** Copies the columns. */
  public CsvSchema {
    columns = List.copyOf(columns);
  }

  /** No columns yet. */
  public static CsvSchema of() {
    return new CsvSchema(List.of());
  }

  /** These columns of numbers too. An empty cell is a missing number. */
  public CsvSchema withNumbers(String... names) {
    CsvSchema schema = this;
    for (String name : names) {
      schema = schema.with(new Field(name, true, List.of(), false));
    }
    return schema;
  }

  /** This column of text too, of these values only; of any where none is given. */
  public CsvSchema withText(String name, String... values) {
    return with(new Field(name, false, List.of(values), false));
  }

  /** The same, but this column may be absent from the file, and its text may be any. */
  public CsvSchema lenient(String name) {
    Check.that(
        columns.stream().anyMatch(f -> f.name().equals(name)),
        "no column '%s' in the schema; it has %s",
        name,
        names());
    return new CsvSchema(
        columns.stream()
            .map(f -> f.name().equals(name) ? new Field(name, f.number(), List.of(), true) : f)
            .toList());
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
