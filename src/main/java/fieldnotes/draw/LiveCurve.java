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

/** The layers of a curve over bars, at its heights on an axis of its own. */
final class LiveCurve {
  private LiveCurve() {}

  /**
   * Adds it with its points, which say its values.
   *
   * @param own the axis of the curve, from 0
   * @param shown the axis of the chart, from 0
   */
  static void on(LiveChart chart, Histogram.Curve curve, Color colour, Axis own, Axis shown) {
    List<Map<String, Object>> values = new ArrayList<>();
    int stride = Math.max(1, curve.x().length / 500);
    for (int i = 0; i < curve.x().length; i += stride) {
      values.add(
          datum(
              "x", number(curve.x()[i]),
              "y", number(curve.y()[i] / own.to() * shown.to()),
              "v", number(curve.y()[i]),
              "n", curve.name()));
    }
    Map<String, Object> line =
        new LinkedHashMap<>(
            Map.of("type", "line", "strokeWidth", 2, "color", hex(colour), "aria", false));
    if (curve.dashed()) {
      line.put("strokeDash", List.of(7, 5));
    }
    chart.layer(values, line, chart.axes(), List.of());
    Map<String, Object> pointed = chart.axes();
    pointed.put(
        "tooltip",
        List.of(
            tip("n", "nominal", "curve"),
            tip("x", "quantitative", chart.xLabel()),
            tip("v", "quantitative", own.label())));
    chart.layer(
        values,
        Map.of("type", "point", "filled", true, "size", 60, "opacity", 0, "color", hex(colour)),
        pointed,
        List.of());
  }
}
