package fieldnotes.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import fieldnotes.common.Check;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** The rows of a table as a list, of which one is selected by mouse or arrow keys. */
public final class RowChoice extends Listed<String, Row> {
  private static final int MOST_SHOWN = 8;
  private static final int MOST_LETTERS = 40;

  private final Table table;

  private RowChoice(String name, Table table, List<String> lines) {
    super(name, lines);
    this.table = table;
  }

  /**
   * A choice of a row, the first at the start. Each row is shown by its number and cells.
   *
   * @param table 1 to 1,000 rows
   * @throws IllegalArgumentException if it has fewer or more
   */
  public static RowChoice of(String name, Table table) {
    Check.that(
        table.rowCount() >= 1 && table.rowCount() <= MOST_OPTIONS,
        "%s: %d rows: must be 1 to %d; for a part use table.first(n) or table.where(…)",
        name,
        table.rowCount(),
        MOST_OPTIONS);
    return new RowChoice(
        name, table, IntStream.range(0, table.rowCount()).mapToObj(i -> line(table, i)).toList());
  }

  private static String line(Table table, int row) {
    return row
        + ": "
        + table.columns().stream()
            .map(column -> cut(column.isMissing(row) ? "missing" : column.getString(row)))
            .collect(Collectors.joining(" · "));
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= MOST_LETTERS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MOST_LETTERS - 1)) + "…";
  }

  private Row row(int place) {
    Row row = new Row(table);
    row.at(place);
    return row;
  }

  @Override
  public Row start() {
    return row(0);
  }

  @Override
  String range() {
    return "%s: one of %d rows, here row 0".formatted(name(), options().size());
  }

  @Override
  String kind() {
    return "Select";
  }

  @Override
  void describe(JsonObject state) {
    super.describe(state);
    state.addProperty("rows", Math.clamp(options().size(), 2, MOST_SHOWN));
  }

  @Override
  JsonElement write(Row value) {
    return new JsonPrimitive(value.getRowNumber());
  }

  @Override
  Row read(JsonElement sent) {
    int place = place(sent, options().size());
    return place < 0 ? null : row(place);
  }
}
