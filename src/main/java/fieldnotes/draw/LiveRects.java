package fieldnotes.draw;

import static fieldnotes.draw.Interactive.number;
import static fieldnotes.draw.LiveStyle.colours;
import static fieldnotes.draw.LiveStyle.datum;
import static fieldnotes.draw.LiveStyle.fading;
import static fieldnotes.draw.LiveStyle.hex;
import static fieldnotes.draw.LiveStyle.legend;
import static fieldnotes.draw.LiveStyle.tip;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The layers of rectangles: bars, and boxes of groups. */
final class LiveRects {
  private static final double HALF_BAR = 0.38;

  private LiveRects() {}

  /** Upright bars from 0. */
  static void bars(
      LiveChart chart,
      Color colour,
      double[] from,
      double[] to,
      double[] height,
      List<String> names,
      String what,
      String valueName) {
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < from.length; i++) {
      values.add(
          datum(
              "x", number(from[i]),
              "x2", number(to[i]),
              "y", number(height[i]),
              "n", names.get(i)));
    }
    Map<String, Object> encoding = chart.axes();
    encoding.put("x2", Map.of("field", "x2"));
    encoding.put("y2", Map.of("datum", 0));
    encoding.put(
        "tooltip", List.of(tip("n", "nominal", what), tip("y", "quantitative", valueName)));
    bars(chart, colour, values, encoding);
  }

  /** Bars from 0 to the right, one a row, the first at the top. */
  static void lying(
      LiveChart chart,
      Color colour,
      double[] length,
      List<String> names,
      String what,
      String valueName) {
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < length.length; i++) {
      double place = length.length - 1.0 - i;
      values.add(
          datum(
              "x", number(length[i]),
              "y", number(place - HALF_BAR),
              "y2", number(place + HALF_BAR),
              "n", names.get(i)));
    }
    Map<String, Object> encoding = chart.axes();
    encoding.put("x2", Map.of("datum", 0));
    encoding.put("y2", Map.of("field", "y2"));
    encoding.put(
        "tooltip", List.of(tip("n", "nominal", what), tip("x", "quantitative", valueName)));
    bars(chart, colour, values, encoding);
  }

  private static void bars(
      LiveChart chart,
      Color colour,
      List<Map<String, Object>> values,
      Map<String, Object> encoding) {
    chart.layer(
        values,
        Map.of("type", "rect", "color", hex(colour), "stroke", "white", "strokeWidth", 0.5),
        encoding,
        chart.first());
  }

  /** Boxes with a legend of their groups. */
  static void boxes(LiveChart chart, List<LiveChart.Box> boxes) {
    List<Map<String, Object>> values = new ArrayList<>();
    Map<String, Color> groups = new LinkedHashMap<>();
    for (LiveChart.Box box : boxes) {
      groups.put(box.group(), box.colour());
      values.add(
          datum(
              "x",
              number(box.x1()),
              "x2",
              number(box.x2()),
              "y",
              number(box.y1()),
              "y2",
              number(box.y2()),
              "g",
              box.group(),
              "t",
              box.text()));
    }
    Map<String, Object> encoding = chart.boxed();
    encoding.put("color", colours(List.copyOf(groups.keySet()), List.copyOf(groups.values())));
    encoding.put("opacity", fading(0.12, 1));
    encoding.put("tooltip", List.of(tip("g", "nominal", "group"), tip("t", "nominal", "value")));
    List<Object> params = chart.first();
    params.add(legend());
    chart.hint("legend: fades the others");
    chart.layer(values, Map.of("type", "rect", "strokeWidth", 0), encoding, params);
  }
}
