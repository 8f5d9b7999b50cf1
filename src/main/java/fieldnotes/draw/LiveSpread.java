package fieldnotes.draw;

import static fieldnotes.draw.Interactive.number;
import static fieldnotes.draw.LiveStyle.colours;
import static fieldnotes.draw.LiveStyle.datum;
import static fieldnotes.draw.LiveStyle.fading;
import static fieldnotes.draw.LiveStyle.legend;
import static fieldnotes.draw.LiveStyle.tip;

import fieldnotes.table.Numbers;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The layers of histograms one over another, of which the pointer shows all shares of a bin. */
final class LiveSpread {
  private LiveSpread() {}

  static void on(
      LiveChart chart,
      List<String> names,
      List<Color> shades,
      double[] edges,
      List<double[]> shares,
      String what) {
    int bins = edges.length - 1;
    List<Map<String, Object>> areas = new ArrayList<>();
    List<Map<String, Object>> outlines = new ArrayList<>();
    List<Map<String, Object>> told = new ArrayList<>();
    for (int b = 0; b < bins; b++) {
      Map<String, Object> bin =
          datum(
              "x", number(edges[b]),
              "x2", number(edges[b + 1]),
              "b", Numbers.text(edges[b]) + " to " + Numbers.text(edges[b + 1]));
      for (int s = 0; s < names.size(); s++) {
        bin.put("s" + s, number(shares.get(s)[b]));
      }
      told.add(bin);
    }
    for (int s = 0; s < names.size(); s++) {
      String name = names.get(s);
      double[] heights = shares.get(s);
      outlines.add(datum("x", number(edges[0]), "y", 0, "g", name, "o", -1));
      for (int b = 0; b < bins; b++) {
        Object from = number(edges[b]);
        Object height = number(heights[b]);
        areas.add(datum("x", from, "x2", number(edges[b + 1]), "y", height, "g", name));
        outlines.add(datum("x", from, "y", height, "g", name, "o", 2 * b));
        outlines.add(datum("x", number(edges[b + 1]), "y", height, "g", name, "o", 2 * b + 1));
      }
      outlines.add(datum("x", number(edges[bins]), "y", 0, "g", name, "o", 2 * bins));
    }
    Map<String, Object> colour = colours(names, shades);
    Map<String, Object> filled = chart.axes();
    filled.put("x2", Map.of("field", "x2"));
    filled.put("y2", Map.of("datum", 0));
    filled.put("color", colour);
    filled.put("opacity", fading(0.02, 0.2));
    List<Object> params = chart.first();
    params.add(legend());
    chart.hint("legend: fades the others");
    chart.layer(areas, Map.of("type", "rect", "aria", false), filled, params);
    Map<String, Object> lines = chart.axes();
    lines.put("color", colour);
    lines.put("opacity", fading(0.1, 1));
    lines.put("order", Map.of("field", "o"));
    chart.layer(outlines, Map.of("type", "line", "strokeWidth", 1.4), lines, List.of());
    Map<String, Object> pointed = chart.axes();
    pointed.put("x2", Map.of("field", "x2"));
    pointed.put("y", Map.of("value", 0));
    pointed.put("y2", Map.of("value", "height"));
    List<Map<String, Object>> tips = new ArrayList<>();
    tips.add(tip("b", "nominal", what));
    for (int s = 0; s < names.size(); s++) {
      tips.add(new LinkedHashMap<>(tip("s" + s, "quantitative", "share of " + names.get(s))));
    }
    pointed.put("tooltip", tips);
    chart.layer(told, Map.of("type", "rect", "opacity", 0, "aria", false), pointed, List.of());
  }
}
