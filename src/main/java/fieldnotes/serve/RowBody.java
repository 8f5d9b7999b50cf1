package fieldnotes.serve;

import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.table.Matrix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;

/**
 * Rows in JSON: {@code {"rows": [{"column": value, …}, …]}}, {@code {"row": {…}}}, or shorter,
 * {@code {"columns": ["column", …], "rows": [[value, …], …]}}. A value that is missing is null.
 */
final class RowBody {
  private final Made made;
  private final int count;
  private final double[][] numbers; // by row and column; NaN for what is missing
  private final String[][] texts; // by column and row; null for columns of numbers
  private boolean whole = true;

  private RowBody(Made made, int count) {
    this.made = made;
    this.count = count;
    numbers = new double[count][made.inputs().size()];
    texts = new String[made.inputs().size()][];
  }

  /**
   * Reads rows as a model needs them; columns that it does not know are ignored.
   *
   * @throws Refusal with status 400, saying what is wrong and what the model needs
   */
  static RowBody read(byte[] bytes, Made made, int most) {
    JsonNode body;
    try {
      body = Answers.JSON.readTree(bytes);
    } catch (StreamConstraintsException e) {
      throw Refusal.bad(
          "the body has a number of more than 1000 digits, or text that is too long, or is nested"
              + " too deeply");
    } catch (JacksonException e) {
      throw Refusal.bad("the body is not valid JSON");
    }
    JsonNode rows = body.path("rows");
    List<JsonNode> list = new ArrayList<>();
    if (body.path("row").isObject() && rows.isMissingNode()) {
      list.add(body.path("row"));
    } else if (rows.isArray()) {
      rows.forEach(list::add);
    } else {
      throw Refusal.bad(
          "the body must be {\"row\": {…}} or {\"rows\": [{…}, …]} with the columns "
              + brief(made.columns()));
    }
    if (list.isEmpty() || list.size() > most) {
      throw Refusal.bad("rows: there are %d; must be 1 to %d".formatted(list.size(), most));
    }
    RowBody read = new RowBody(made, list.size());
    int[] places = body.path("columns").isArray() ? read.places(body.path("columns")) : null;
    for (int c = 0; c < made.inputs().size(); c++) {
      read.column(list, c, places);
    }
    return read;
  }

  /** Where the model's columns stand. */
  private int[] places(JsonNode columns) {
    List<String> named = new ArrayList<>();
    columns.forEach(one -> named.add(one.asString("")));
    return made.inputs().stream()
        .mapToInt(
            input -> {
              int at = named.indexOf(input.name());
              if (at < 0) {
                throw lacks(input.name());
              }
              return at;
            })
        .toArray();
  }

  private Refusal lacks(String column) {
    return Refusal.bad(
        "there is no column '%s'; the model needs %s".formatted(column, brief(made.columns())));
  }

  private static String brief(Collection<String> names) {
    return names.size() <= 12
        ? names.toString()
        : "%s and %d more, see /v1/models"
            .formatted(names.stream().limit(8).toList(), names.size() - 8);
  }

  private void column(List<JsonNode> rows, int c, int[] places) {
    Made.Input input = made.inputs().get(c);
    boolean text = input.kind() == Made.Kind.TEXT;
    if (text) {
      texts[c] = new String[count];
      whole = false;
    }
    for (int r = 0; r < count; r++) {
      JsonNode row = rows.get(r);
      JsonNode cell;
      if (places == null && row.isObject()) {
        cell = row.get(input.name());
      } else if (places != null && row.isArray()) {
        cell = row.get(places[c]);
      } else {
        throw Refusal.bad(
            "row %d: must be %s"
                .formatted(r, places == null ? "an object of columns" : "an array as columns"));
      }
      if (cell == null) {
        throw r == 0 ? lacks(input.name()) : Refusal.bad(in(r, input) + "is missing; may be null");
      }
      if (cell.isNull()) {
        numbers[r][c] = Double.NaN;
        whole = false;
      } else if (text) {
        if (!cell.isString()) {
          throw Refusal.bad(in(r, input) + "must be text");
        }
        texts[c][r] = cell.stringValue();
      } else {
        double number = cell.doubleValueOpt().orElse(Double.NaN); // none of a huge integer
        if (!Double.isFinite(number)) {
          throw Refusal.bad(
              in(r, input) + "must be a number" + (cell.isNumber() ? " within ±1.8e308" : ""));
        }
        numbers[r][c] = number;
      }
    }
  }

  private static String in(int row, Made.Input input) {
    return "row %d, column '%s': ".formatted(row, input.name());
  }

  int count() {
    return count;
  }

  <Y> Y predictedBy(Model<Y> model) {
    if (whole) {
      return model.predict(Matrix.of(made.columns(), numbers));
    }
    List<Column<?>> columns = new ArrayList<>();
    for (int c = 0; c < texts.length; c++) {
      String name = made.inputs().get(c).name();
      if (texts[c] != null) {
        StringColumn column = StringColumn.create(name);
        for (String cell : texts[c]) {
          if (cell == null) {
            column.appendMissing();
          } else {
            column.append(cell);
          }
        }
        columns.add(column);
      } else {
        int place = c;
        double[] cells = new double[count];
        for (int r = 0; r < count; r++) {
          cells[r] = numbers[r][place];
        }
        columns.add(DoubleColumn.create(name, cells));
      }
    }
    return model.predict(Table.create("rows", columns));
  }
}
