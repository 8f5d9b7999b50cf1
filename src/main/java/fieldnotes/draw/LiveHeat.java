package fieldnotes.draw;

import static fieldnotes.draw.Interactive.number;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The interactive form of a heat map. Few cells are rectangles of a Vega-Lite chart, each with its
 * row, column and value. Many are an image of Vega with a read-out under the pointer; their number
 * is reduced to what a person can point at, and cells that fall together show their maximum, as
 * they do in the picture.
 *
 * @param cellsX from the left edge of the first column to the right edge of the last
 * @param cellsY from the lower edge of the first row to the upper edge of the last
 * @param sound what a click plays, from the second under it; null for nothing
 */
record LiveHeat(
    HeatMap shown,
    int across,
    int up,
    HeatMap.Cells cells,
    Axis cellsX,
    Axis cellsY,
    HeatMap.CellText texts,
    String sound) {
  private static final int FEW = 1_000;
  private static final int WRITTEN = 400;

  Interactive made() {
    return across * (long) up <= FEW && sound == null ? rectangles() : new LiveImage(this).made();
  }

  Scales scales() {
    return shown.scales().orElseThrow();
  }

  private String valueName() {
    return scales().unit().isEmpty() ? "value" : scales().unit();
  }

  List<String> range() {
    List<String> range = new ArrayList<>();
    for (int i = 0; i <= 16; i++) {
      range.add(LiveStyle.hex(shown.colours().color(i / 16.0)));
    }
    return range;
  }

  private Interactive rectangles() {
    Scales scales = scales();
    double span = scales.high() > scales.low() ? scales.high() - scales.low() : 1;
    boolean written = texts != null && across * up <= WRITTEN;
    List<Map<String, Object>> values = new ArrayList<>();
    for (int j = up - 1; j >= 0; j--) {
      for (int i = 0; i < across; i++) {
        double value = cells.at(i, j);
        Map<String, Object> datum =
            LiveStyle.datum(
                "x", number(cellsX.valueAt((double) i / across)),
                "x2", number(cellsX.valueAt((i + 1.0) / across)),
                "y", number(cellsY.valueAt((double) j / up)),
                "y2", number(cellsY.valueAt((j + 1.0) / up)),
                "r", name(cellsY, j, up),
                "k", name(cellsX, i, across),
                "c", number(value));
        if (texts != null && Double.isFinite(value)) {
          datum.put("t", texts.at(i, j));
          datum.put("l", dark((value - scales.low()) / span) ? "white" : "black");
        }
        values.add(datum);
      }
    }
    LiveChart chart = LiveChart.of(shown);
    Map<String, Object> encoding = chart.axes();
    encoding.put("x2", Map.of("field", "x2"));
    encoding.put("y2", Map.of("field", "y2"));
    encoding.put(
        "color",
        Map.of(
            "condition",
            Map.of("test", "!isValid(datum.c)", "value", "#d9d9d9"),
            "field",
            "c",
            "type",
            "quantitative",
            "scale",
            Map.of(
                "domain", Interactive.numbers(scales.low(), scales.low() + span),
                "range", range(),
                "clamp", true),
            "legend",
            Map.of("title", scales.unit(), "titleLimit", 160)));
    List<Map<String, Object>> tips = new ArrayList<>();
    tips.add(
        LiveStyle.tip("r", "nominal", scales.y().label().isEmpty() ? "row" : scales.y().label()));
    tips.add(
        LiveStyle.tip(
            "k", "nominal", scales.x().label().isEmpty() ? "column" : scales.x().label()));
    tips.add(LiveStyle.tip("c", "quantitative", valueName()));
    if (texts != null) {
      tips.add(LiveStyle.tip("t", "nominal", "text"));
    }
    encoding.put("tooltip", tips);
    chart.layer(
        values,
        Map.of("type", "rect", "invalid", "show", "stroke", "white", "strokeWidth", 0.3),
        encoding,
        chart.first());
    if (written) {
      Map<String, Object> labels = chart.axes();
      labels.put("text", Map.of("field", "t"));
      labels.put(
          "fill",
          Map.of(
              "condition",
              Map.of("test", "datum.l == 'white'", "value", "white"),
              "value",
              "black"));
      middle(labels);
      texts(chart, values, labels, size());
    }
    return chart.done();
  }

  /** The places of the texts are the middles of the cells, fields of their own. */
  @SuppressWarnings("unchecked")
  private static void middle(Map<String, Object> labels) {
    for (String one : List.of("x", "y")) {
      Map<String, Object> place = new LinkedHashMap<>((Map<String, Object>) labels.get(one));
      place.put("field", "m" + one);
      labels.put(one, place);
    }
  }

  private int size() {
    double wide = (shown.width() - 220.0) / across;
    double high = (shown.height() - 130.0) / up;
    return (int) Math.clamp(Math.min(wide / 3.2, high / 2.4), 6, 12);
  }

  private boolean dark(double share) {
    Color behind = shown.colours().color(share);
    return 0.299 * behind.getRed() + 0.587 * behind.getGreen() + 0.114 * behind.getBlue() <= 140;
  }

  private static String name(Axis axis, int cell, int count) {
    if (!axis.names().isEmpty() && axis.names().size() == count) {
      return axis.names().get(cell);
    }
    double from = axis.valueAt((double) cell / count);
    double to = axis.valueAt((cell + 1.0) / count);
    double step = Math.abs(to - from) / 10;
    return Axis.text(from, step) + " to " + Axis.text(to, step);
  }

  /** Texts in cells: field t in the middle of x and x2, y and y2; the encoding is of mx and my. */
  private static void texts(
      LiveChart chart, List<Map<String, Object>> values, Map<String, Object> encoding, int size) {
    List<Map<String, Object>> placed = new ArrayList<>();
    for (Map<String, Object> cell : values) {
      if (cell.get("t") != null) {
        placed.add(
            LiveStyle.datum(
                "mx",
                middleOf(cell, "x", "x2"),
                "my",
                middleOf(cell, "y", "y2"),
                "t",
                cell.get("t"),
                "l",
                cell.get("l")));
      }
    }
    chart.layer(
        placed,
        Map.of("type", "text", "fontSize", size, "lineBreak", "\n", "aria", false),
        encoding,
        List.of());
  }

  private static Object middleOf(Map<String, Object> cell, String from, String to) {
    return number(
        (((Number) cell.get(from)).doubleValue() + ((Number) cell.get(to)).doubleValue()) / 2);
  }
}
