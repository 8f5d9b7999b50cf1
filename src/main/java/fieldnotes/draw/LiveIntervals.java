package fieldnotes.draw;

import static fieldnotes.draw.Interactive.number;
import static fieldnotes.draw.LiveStyle.datum;
import static fieldnotes.draw.LiveStyle.hex;
import static fieldnotes.draw.LiveStyle.tip;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The layers of values in their intervals, one a row, the first at the top. */
final class LiveIntervals {
  private LiveIntervals() {}

  static void on(
      LiveChart chart,
      List<Color> colours,
      List<String> names,
      double[] value,
      double[] low,
      double[] high,
      String what) {
    int n = names.size();
    Map<Color, List<Map<String, Object>>> rows = new LinkedHashMap<>();
    for (int i = 0; i < n; i++) {
      rows.computeIfAbsent(colours.get(i), colour -> new ArrayList<>())
          .add(
              datum(
                  "x", number(low[i]),
                  "x2", number(high[i]),
                  "v", number(value[i]),
                  "y", n - 1 - i,
                  "n", names.get(i)));
    }
    rows.forEach((colour, values) -> layers(chart, colour, values, what));
  }

  private static void layers(
      LiveChart chart, Color colour, List<Map<String, Object>> values, String what) {
    List<Map<String, Object>> tips =
        List.of(
            tip("n", "nominal", what),
            tip("v", "quantitative", chart.xLabel()),
            tip("x", "quantitative", "from"),
            tip("x2", "quantitative", "to"));
    Map<String, Object> line = chart.axes();
    line.put("x2", Map.of("field", "x2"));
    line.put("tooltip", tips);
    chart.layer(
        values,
        Map.of("type", "rule", "strokeWidth", 2, "color", hex(colour)),
        line,
        chart.first());
    for (String end : List.of("x", "x2")) {
      Map<String, Object> tick = chart.axes(end, "y");
      tick.put("tooltip", tips);
      chart.layer(
          values,
          Map.of(
              "type",
              "tick",
              "orient",
              "vertical",
              "size",
              9,
              "thickness",
              2,
              "color",
              hex(colour),
              "aria",
              false),
          tick,
          List.of());
    }
    Map<String, Object> dot = chart.axes("v", "y");
    dot.put("tooltip", tips);
    chart.layer(
        values,
        Map.of("type", "point", "filled", true, "size", 80, "opacity", 1, "color", hex(colour)),
        dot,
        List.of());
  }
}
