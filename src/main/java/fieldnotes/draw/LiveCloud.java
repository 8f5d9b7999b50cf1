package fieldnotes.draw;

import static fieldnotes.draw.Interactive.number;
import static fieldnotes.draw.LiveStyle.datum;
import static fieldnotes.draw.LiveStyle.hex;
import static fieldnotes.draw.LiveStyle.tip;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is drawn below and above the points of an interactive map: paths and crosses. */
final class LiveCloud {
  private LiveCloud() {}

  /** A path through points, shape [points][2], as of a coast. */
  static void path(LiveChart chart, double[][] points) {
    List<Map<String, Object>> values = new ArrayList<>();
    int stride = Math.max(1, Math.ceilDiv(points.length, 1_000));
    for (int i = 0; i < points.length; i++) {
      if (i % stride == 0 || i == points.length - 1) {
        values.add(datum("x", number(points[i][0]), "y", number(points[i][1]), "o", i));
      }
    }
    Map<String, Object> encoding = chart.axes();
    encoding.put("order", Map.of("field", "o"));
    chart.layer(
        values,
        Map.of("type", "line", "color", hex(Style.FAINT_INK), "strokeWidth", 1.2, "aria", false),
        encoding,
        chart.first());
  }

  /** Crosses at points, shape [points][2]. */
  static void crosses(LiveChart chart, String name, double[][] points) {
    List<Map<String, Object>> values = new ArrayList<>();
    for (double[] at : points) {
      values.add(datum("x", number(at[0]), "y", number(at[1]), "n", name));
    }
    Map<String, Object> encoding = chart.axes();
    encoding.put(
        "tooltip",
        List.of(
            tip("n", "nominal", "mark"),
            tip("x", "quantitative", chart.xLabel()),
            tip("y", "quantitative", chart.yLabel())));
    chart.layer(
        values,
        Map.of(
            "type", "point", "shape", "cross", "angle", 45, "size", 190, "filled", true, "color",
            "black", "stroke", "white", "opacity", 1),
        encoding,
        List.of());
  }
}
