package fieldnotes.notebook;

import fieldnotes.table.Numbers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A table with pages, sorting, search and a choice of columns, by a small script in the output.
 * Where scripts do not run, as on a code-hosting page, the static table in it is seen.
 */
final class LiveTable {
  /** Rows and cells that the output holds at most. */
  static final int ROWS = 1_000;

  private static final int CELLS = 20_000;
  private static final int COLUMNS = 200;
  private static final int TEXT = 300;
  private static final int SHORT = 10;
  private static final int NARROW = 12;

  private LiveTable() {}

  /** Whether a table is long or wide enough. */
  static boolean suits(Table table) {
    return table.columnCount() > 0
        && table.rowCount() > 0
        && (table.rowCount() > SHORT || table.columnCount() > NARROW);
  }

  static Html of(Table table, Html still) {
    return of(table, still, "fieldnotes-" + UUID.randomUUID());
  }

  static Html of(Table table, Html still, String id) {
    int columns = Math.min(COLUMNS, table.columnCount());
    int rows = Math.min(Math.min(ROWS, table.rowCount()), Math.max(SHORT, CELLS / columns));
    String html =
        "<style>"
            + resource("table.css")
            + "</style><div class=\"fieldnotes-table\" id=\""
            + id
            + "\">"
            + still.html()
            + "</div><script>"
            + resource("table.js").strip()
            + "(\""
            + id
            + "\","
            + data(table, rows, columns).toString().replace("<", "\\u003c")
            + ");</script>";
    return new Html(html, still.text());
  }

  private static ObjectNode data(Table table, int rows, int columns) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    ObjectNode data = json.objectNode();
    data.put("visible", Tables.COLUMNS);
    String summary = Tables.summary(table, columns);
    data.put(
        "summary",
        rows == table.rowCount()
            ? summary
            : summary + "; here are the first " + Tables.grouped(rows) + " rows");
    ArrayNode lines = data.putArray("rows");
    IntStream.range(0, rows).forEach(r -> lines.addArray());
    ArrayNode heads = data.putArray("columns");
    for (int c = 0; c < columns; c++) {
      Column<?> column = table.column(c);
      List<Integer> order = new ArrayList<>();
      List<String> texts = new ArrayList<>();
      for (int r = 0; r < rows; r++) {
        if (!column.isMissing(r)) {
          order.add(r);
          texts.add(Tables.value(column, r, TEXT));
        }
      }
      boolean right = Tables.isNumeric(column);
      texts = right ? Numbers.padded(texts) : texts;
      int present = order.size();
      for (int r = 0, next = 0; r < rows; r++) {
        String text = next < present && order.get(next) == r ? texts.get(next++) : null;
        ((ArrayNode) lines.get(r)).add(text);
      }
      order.sort(Comparator.comparing(r -> column.get(r), LiveTable::compare));
      IntStream.range(0, rows).filter(column::isMissing).forEach(order::add);
      ObjectNode head = heads.addObject();
      head.put("name", column.name()).put("type", Tables.type(column)).put("right", right);
      head.put("present", present);
      order.forEach(head.putArray("order")::add);
    }
    return data;
  }

  /** Numbers and times by value, texts without regard to capitals. */
  private static int compare(Object a, Object b) {
    if (a instanceof Comparable<?> first
        && a.getClass() == b.getClass()
        && !(a instanceof String)) {
      @SuppressWarnings("unchecked")
      Comparable<Object> comparable = (Comparable<Object>) first;
      return comparable.compareTo(b);
    }
    return String.CASE_INSENSITIVE_ORDER.compare(a.toString(), b.toString());
  }

  private static String resource(String name) {
    try (InputStream in = LiveTable.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name + " of this program", e);
    }
  }
}
