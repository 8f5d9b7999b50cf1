package fieldnotes.draw;

import static fieldnotes.draw.Interactive.number;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The interactive form of a scatter matrix: what is selected in one cell is shown in all. */
final class LiveMatrix {
  /** Rows of a matrix: each is drawn in every cell. */
  private static final int MOST_POINTS = 10_000;

  private static final int CELL = 120;

  private LiveMatrix() {}

  static Interactive made(Figure shown, List<Axis> axes, double[][] columns, double opacity) {
    int n = columns.length;
    int rows = columns[0].length;
    int stride = Math.max(1, Math.ceilDiv(rows, MOST_POINTS / (n * n)));
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < rows; i += stride) {
      Map<String, Object> datum = new LinkedHashMap<>();
      for (int j = 0; j < n; j++) {
        datum.put("f" + j, number(columns[j][i]));
      }
      values.add(datum);
    }
    List<Object> cells = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        Map<String, Object> encoding = new LinkedHashMap<>();
        encoding.put("x", axis(axes.get(column), column, row == n - 1));
        Map<String, Object> cell = new LinkedHashMap<>();
        Map<String, Object> mark;
        if (row == column) {
          encoding.put(
              "x",
              Map.of(
                  "field",
                  "f" + column,
                  "bin",
                  Map.of("maxbins", 24),
                  "type",
                  "quantitative",
                  "axis",
                  Map.of("titleLimit", CELL + 20),
                  "title",
                  row == n - 1 ? axes.get(column).label() : ""));
          encoding.put(
              "y",
              Map.of(
                  "aggregate",
                  "count",
                  "axis",
                  Map.of("titleLimit", CELL + 20),
                  "title",
                  column == 0 ? axes.get(0).label() : ""));
          mark = LiveStyle.datum("type", "bar", "color", LiveStyle.hex(Style.color(0)));
        } else {
          encoding.put("y", axis(axes.get(row), row, column == 0));
          encoding.put(
              "color",
              Map.of(
                  "condition",
                  Map.of("param", "brush", "value", LiveStyle.hex(Style.color(0))),
                  "value",
                  LiveStyle.hex(Style.GRID)));
          encoding.put(
              "tooltip",
              List.of(
                  LiveStyle.tip("f" + column, "quantitative", axes.get(column).label()),
                  LiveStyle.tip("f" + row, "quantitative", axes.get(row).label())));
          mark =
              LiveStyle.datum(
                  "type",
                  "point",
                  "filled",
                  true,
                  "size",
                  9,
                  "clip",
                  true,
                  "opacity",
                  Math.min(1, opacity + 0.2));
          names.add("cell" + row + "_" + column);
          cell.put("name", names.getLast());
        }
        LiveWords.describe(mark, encoding);
        cell.put("mark", mark);
        cell.put("encoding", encoding);
        cell.put("width", CELL);
        cell.put("height", CELL);
        cells.add(cell);
      }
    }
    List<String> notes =
        stride == 1
            ? List.of()
            : List.of(
                String.format(
                    Locale.ROOT,
                    "%,d of %,d rows, evenly; a saved picture has all",
                    values.size(),
                    rows));
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put(
        "title",
        LiveStyle.title(
            shown.title(), notes, List.of("drag: selects in all cells"), shown.width()));
    spec.put("description", shown.alt());
    spec.put("data", Map.of("values", values));
    spec.put("columns", n);
    spec.put("spacing", 6);
    spec.put("concat", cells);
    spec.put(
        "params",
        List.of(
            Map.of(
                "name",
                "brush",
                "select",
                Map.of("type", "interval", "resolve", "global"),
                "views",
                names)));
    spec.put("config", LiveStyle.CONFIG);
    return Interactive.lite(spec);
  }

  private static Map<String, Object> axis(Axis of, int field, boolean told) {
    Map<String, Object> axis =
        LiveStyle.datum("labels", told, "ticks", told, "tickCount", 4, "titleLimit", CELL + 20);
    return Map.of(
        "field",
        "f" + field,
        "type",
        "quantitative",
        "title",
        told ? of.label() : "",
        "axis",
        axis,
        "scale",
        Map.of("domain", Interactive.numbers(of.from(), of.to()), "nice", false));
  }
}
