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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The layers of lines and of bands around them. */
final class LiveLines {
  private LiveLines() {}

  /** Lines, and over them their points, of which the one nearest to the pointer is marked. */
  static void on(
      LiveChart chart,
      List<LiveChart.Line> lines,
      boolean steps,
      boolean dots,
      String xName,
      String yName) {
    List<Map<String, Object>> values = new ArrayList<>();
    int longest = lines.stream().mapToInt(line -> line.name().length()).max().orElse(0);
    int points = lines.stream().mapToInt(line -> line.x().length).sum();
    int stride = Math.max(1, Math.ceilDiv(points * (26 + longest), 150_000));
    for (LiveChart.Line line : lines) {
      for (int i = 0; i < line.x().length; i++) {
        if (i % stride == 0 || i == line.x().length - 1) {
          values.add(datum("x", number(line.x()[i]), "y", number(line.y()[i]), "g", line.name()));
        }
      }
    }
    if (stride > 1) {
      chart.note("1 of %d points of the lines".formatted(stride));
    }
    chart.counted(
        lines.stream().allMatch(line -> Arrays.stream(line.x()).allMatch(v -> v == Math.rint(v))));
    Map<String, Object> encoding = chart.axes();
    boolean several = lines.size() > 1;
    if (several) {
      encoding.put(
          "color",
          colours(
              lines.stream().map(LiveChart.Line::name).toList(),
              lines.stream().map(LiveChart.Line::colour).toList()));
    } else {
      encoding.put("color", Map.of("value", hex(lines.getFirst().colour())));
    }
    List<Map<String, Object>> tips = new ArrayList<>();
    if (several) {
      tips.add(tip("g", "nominal", "line"));
    }
    tips.add(tip("x", "quantitative", xName));
    tips.add(tip("y", "quantitative", yName));
    Map<String, Object> mark = new LinkedHashMap<>(Map.of("type", "line", "strokeWidth", 2));
    if (steps) {
      mark.put("interpolate", "step-after");
    }
    Map<String, Object> fading = fading(0.15, 1);
    Map<String, Object> drawn = new LinkedHashMap<>(encoding);
    List<Object> params = chart.first();
    if (several) {
      params.add(legend());
      drawn.put("opacity", fading);
      chart.hint("legend: fades the others");
    }
    if (lines.stream().anyMatch(line -> !line.dashes().isEmpty())) {
      drawn.put(
          "strokeDash",
          Map.of(
              "field",
              "g",
              "type",
              "nominal",
              "scale",
              Map.of(
                  "domain",
                  lines.stream().map(LiveChart.Line::name).toList(),
                  "range",
                  lines.stream()
                      .map(line -> line.dashes().isEmpty() ? List.of(1, 0) : line.dashes())
                      .toList()),
              "legend",
              Map.of("title", "", "labelLimit", 220, "symbolLimit", 60)));
    }
    chart.layer(values, mark, drawn, params);
    String near = "near" + chart.layerCount();
    Map<String, Object> pointed = new LinkedHashMap<>(encoding);
    pointed.put("tooltip", tips);
    pointed.put(
        "opacity",
        Map.of(
            "condition",
            Map.of("param", near, "empty", false, "value", 1),
            "value",
            dots ? 0.85 : 0));
    pointed.put(
        "size",
        Map.of("condition", Map.of("param", near, "empty", false, "value", 110), "value", 38));
    chart.layer(
        values,
        Map.of("type", "point", "filled", true),
        pointed,
        List.of(
            Map.of(
                "name",
                near,
                "select",
                Map.of("type", "point", "on", "mouseover", "nearest", true, "clear", "mouseout"))));
  }

  /** A band from {@code low} to {@code high}. */
  static void band(LiveChart chart, Color colour, double[] at, double[] low, double[] high) {
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < at.length; i++) {
      if (Double.isFinite(low[i] + high[i])) {
        values.add(datum("x", number(at[i]), "y", number(low[i]), "y2", number(high[i])));
      }
    }
    Map<String, Object> encoding = chart.axes();
    encoding.put("y2", Map.of("field", "y2"));
    chart.layer(
        values,
        Map.of("type", "area", "color", hex(colour), "opacity", 0.18, "tooltip", false),
        encoding,
        chart.first());
  }
}
