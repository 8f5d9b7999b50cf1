package fieldnotes.draw;

import static fieldnotes.draw.Interactive.number;
import static fieldnotes.draw.LiveStyle.datum;
import static fieldnotes.draw.LiveStyle.hex;
import static fieldnotes.draw.LiveStyle.tip;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The layers of single signs with a name: broken lines and marked points. */
final class LiveSigns {
  private LiveSigns() {}

  /** Points of one colour, each with its name. */
  static void dots(
      LiveChart chart,
      Color colour,
      double[] x,
      double[] y,
      List<String> names,
      String what,
      String valueName) {
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      values.add(datum("x", number(x[i]), "y", number(y[i]), "n", names.get(i)));
    }
    Map<String, Object> encoding = chart.axes();
    encoding.put(
        "tooltip", List.of(tip("n", "nominal", what), tip("y", "quantitative", valueName)));
    chart.layer(
        values,
        Map.of("type", "point", "filled", true, "size", 46, "color", hex(colour)),
        encoding,
        chart.first());
  }

  /** A broken line. */
  static void rule(LiveChart chart, double x1, double y1, double x2, double y2, String name) {
    Map<String, Object> encoding = chart.boxed();
    encoding.put("tooltip", List.of(tip("n", "nominal", "line")));
    chart.layer(
        List.of(
            datum("x", number(x1), "y", number(y1), "x2", number(x2), "y2", number(y2), "n", name)),
        Map.of("type", "rule", "strokeDash", List.of(5, 4), "color", hex(Style.NOISE)),
        encoding,
        chart.first());
  }

  /**
   * A circle around a point and a label, which stands where there is room.
   *
   * @param across share of the width, 0 at the left
   * @param up share of the height, 0 at the bottom
   */
  static void mark(LiveChart chart, double atX, double atY, String name, double across, double up) {
    List<Map<String, Object>> one = List.of(datum("x", number(atX), "y", number(atY), "n", name));
    chart.layer(
        one,
        Map.of("type", "point", "color", hex(Style.color(1)), "size", 160, "strokeWidth", 2),
        chart.axes(),
        chart.first());
    Map<String, Object> encoding = chart.axes();
    encoding.put("text", Map.of("field", "n"));
    boolean right = across < 0.6;
    boolean low = up < 0.85;
    chart.layer(
        one,
        Map.of(
            "type",
            "text",
            "color",
            LiveStyle.TEXT,
            "align",
            right ? "left" : "right",
            "dx",
            right ? 10 : -10,
            "dy",
            low ? -12 : 16,
            "fontSize",
            12,
            "tooltip",
            false),
        encoding,
        List.of());
  }
}
