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

/**
 * Makes the Vega-Lite form of a figure with two axes: layers of points, lines, areas, bars and
 * rules over the same ranges as in the picture. A pointer shows values; a drag pans, the wheel with
 * Ctrl, Alt or ⌘ zooms (alone it scrolls the notebook), a double click resets.
 */
public final class LiveChart {
  private static final String DRAG =
      "[mousedown[!event.shiftKey], window:mouseup] > window:mousemove!";
  private static final String WHEEL = "wheel![event.ctrlKey||event.metaKey||event.altKey]";

  private final Figure shown;
  private final Axis x;
  private final Axis y;
  private final List<Map<String, Object>> layers = new ArrayList<>();
  private final List<String> hints = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private boolean ticks = true;
  private boolean whole;

  private LiveChart(Figure shown) {
    this.shown = shown;
    Scales scales = shown.scales().orElseThrow();
    this.x = scales.x();
    this.y = scales.y();
  }

  /** An empty chart with the title, size and axes of a figure that has axes. */
  public static LiveChart of(Figure shown) {
    return new LiveChart(shown);
  }

  /** Leaves out the ticks of axes whose positions have no meaning. */
  LiveChart withoutTicks() {
    ticks = false;
    return this;
  }

  /** A hint under the title, such as {@code click: plays}. */
  LiveChart hint(String hint) {
    hints.add(hint);
    return this;
  }

  /** A note under the title, such as how many points are left out. */
  public LiveChart note(String note) {
    notes.add(note);
    return this;
  }

  /** A line of a chart. */
  public record Line(String name, Color colour, double[] x, double[] y) {}

  /**
   * Lines with a legend if there are several. The point nearest to the pointer is marked and its
   * values are shown.
   *
   * @param steps whether lines keep their height up to the next point
   * @param xName what the horizontal values are, in the values shown
   */
  public LiveChart lines(
      List<Line> lines, boolean steps, boolean dots, String xName, String yName) {
    List<Map<String, Object>> values = new ArrayList<>();
    int longest = lines.stream().mapToInt(line -> line.name().length()).max().orElse(0);
    int points = lines.stream().mapToInt(line -> line.x().length).sum();
    int stride = Math.max(1, Math.ceilDiv(points * (26 + longest), 150_000));
    for (Line line : lines) {
      for (int i = 0; i < line.x().length; i++) {
        if (i % stride == 0 || i == line.x().length - 1) {
          values.add(datum("x", number(line.x()[i]), "y", number(line.y()[i]), "g", line.name()));
        }
      }
    }
    if (stride > 1) {
      note("1 of %d points of the lines".formatted(stride));
    }
    whole =
        lines.stream().allMatch(line -> Arrays.stream(line.x()).allMatch(v -> v == Math.rint(v)));
    Map<String, Object> encoding = axes();
    boolean several = lines.size() > 1;
    if (several) {
      encoding.put(
          "color",
          colours(
              lines.stream().map(Line::name).toList(), lines.stream().map(Line::colour).toList()));
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
    List<Object> params = first();
    if (several) {
      params.add(legend());
      drawn.put("opacity", fading);
      hints.add("legend: fades the others");
    }
    layer(values, mark, drawn, params);
    String near = "near" + layers.size();
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
    layer(
        values,
        Map.of("type", "point", "filled", true),
        pointed,
        List.of(
            Map.of(
                "name",
                near,
                "select",
                Map.of("type", "point", "on", "mouseover", "nearest", true, "clear", "mouseout"))));
    return this;
  }

  /** A band around a line, from {@code low} to {@code high}. */
  public LiveChart band(Color colour, double[] at, double[] low, double[] high) {
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < at.length; i++) {
      if (Double.isFinite(low[i] + high[i])) {
        values.add(datum("x", number(at[i]), "y", number(low[i]), "y2", number(high[i])));
      }
    }
    Map<String, Object> encoding = axes();
    encoding.put("y2", Map.of("field", "y2"));
    layer(
        values,
        Map.of("type", "area", "color", hex(colour), "opacity", 0.18, "tooltip", false),
        encoding,
        first());
    return this;
  }

  /** Upright bars from {@code from} to {@code to} on the horizontal axis, and from 0. */
  public LiveChart bars(
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
    Map<String, Object> encoding = axes();
    encoding.put("x2", Map.of("field", "x2"));
    encoding.put("y2", Map.of("datum", 0));
    encoding.put(
        "tooltip", List.of(tip("n", "nominal", what), tip("y", "quantitative", valueName)));
    layer(
        values,
        Map.of("type", "rect", "color", hex(colour), "stroke", "white", "strokeWidth", 0.5),
        encoding,
        first());
    return this;
  }

  /**
   * A rectangle of a chart.
   *
   * @param group its name in the legend
   * @param text what it is, under the pointer
   */
  public record Box(
      double x1, double x2, double y1, double y2, String group, Color colour, String text) {}

  /** Rectangles with a legend, which fades the other groups; at most some 2,000. */
  public LiveChart boxes(List<Box> boxes) {
    List<Map<String, Object>> values = new ArrayList<>();
    Map<String, Color> groups = new LinkedHashMap<>();
    for (Box box : boxes) {
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
    Map<String, Object> encoding = boxed();
    encoding.put("color", colours(List.copyOf(groups.keySet()), List.copyOf(groups.values())));
    encoding.put("opacity", fading(0.12, 1));
    encoding.put("tooltip", List.of(tip("g", "nominal", "group"), tip("t", "nominal", "value")));
    List<Object> params = first();
    params.add(legend());
    hint("legend: fades the others");
    layer(values, Map.of("type", "rect", "strokeWidth", 0), encoding, params);
    return this;
  }

  /** Points of one colour, each with its name. */
  public LiveChart dots(
      Color colour, double[] x, double[] y, List<String> names, String what, String valueName) {
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      values.add(datum("x", number(x[i]), "y", number(y[i]), "n", names.get(i)));
    }
    Map<String, Object> encoding = axes();
    encoding.put(
        "tooltip", List.of(tip("n", "nominal", what), tip("y", "quantitative", valueName)));
    layer(
        values,
        Map.of("type", "point", "filled", true, "size", 46, "color", hex(colour)),
        encoding,
        first());
    return this;
  }

  /** Points with the colours and the legend of their groups. */
  public LiveChart groups(double[] atX, double[] atY, Groups groups) {
    new LivePoints(atX, atY, PointRows.NONE).groupedOn(this, groups);
    return this;
  }

  /** An arrow, as a line with its name at the end. */
  public LiveChart arrow(double x1, double y1, double x2, double y2, String name) {
    List<Map<String, Object>> one =
        List.of(
            datum("x", number(x1), "y", number(y1), "x2", number(x2), "y2", number(y2), "n", name));
    Map<String, Object> encoding = boxed();
    encoding.put("tooltip", List.of(tip("n", "nominal", "column")));
    layer(one, Map.of("type", "rule", "strokeWidth", 1.6), encoding, first());
    Map<String, Object> end = new LiveAxes(x, y, ticks, whole).encoding("x2", "y2");
    end.put("text", Map.of("field", "n"));
    layer(
        one,
        Map.of("type", "text", "align", x2 >= x1 ? "left" : "right", "dx", x2 >= x1 ? 4 : -4),
        end,
        List.of());
    return this;
  }

  /** A broken line from one point to another. */
  public LiveChart rule(double x1, double y1, double x2, double y2, String name) {
    Map<String, Object> encoding = boxed();
    encoding.put("tooltip", List.of(tip("n", "nominal", "line")));
    layer(
        List.of(
            datum("x", number(x1), "y", number(y1), "x2", number(x2), "y2", number(y2), "n", name)),
        Map.of("type", "rule", "strokeDash", List.of(5, 4), "color", hex(Style.NOISE)),
        encoding,
        first());
    return this;
  }

  /**
   * A sound over time: the least and greatest value of each part, and a click that plays it from
   * there.
   *
   * @param sound a file, or the key of a clip
   * @param from where each part begins, in seconds
   * @param to where each part ends, in seconds
   */
  public LiveChart heard(
      String sound,
      String name,
      Color colour,
      double[] from,
      double[] to,
      double[] low,
      double[] high) {
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < from.length; i++) {
      values.add(
          datum(
              "x",
              number(from[i]),
              "x2",
              number(to[i]),
              "y",
              number(low[i]),
              "y2",
              number(high[i])));
    }
    LiveSound.on(this, values, sound, name, colour);
    return this;
  }

  /** A marked point with its label. */
  public LiveChart mark(double atX, double atY, String name) {
    List<Map<String, Object>> one = List.of(datum("x", number(atX), "y", number(atY), "n", name));
    layer(
        one,
        Map.of("type", "point", "color", hex(Style.color(1)), "size", 160, "strokeWidth", 2),
        axes(),
        first());
    Map<String, Object> encoding = axes();
    encoding.put("text", Map.of("field", "n"));
    boolean right = x.share(atX) < 0.6;
    boolean low = y.share(atY) < 0.85;
    layer(
        one,
        Map.of(
            "type",
            "text",
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
    return this;
  }

  /** A new encoding of x and y: fields x and y over the ranges of the picture. */
  Map<String, Object> axes() {
    return new LiveAxes(x, y, ticks, whole).encoding();
  }

  /** The same with the fields x2 and y2 as ends. */
  private Map<String, Object> boxed() {
    Map<String, Object> encoding = axes();
    encoding.put("x2", Map.of("field", "x2"));
    encoding.put("y2", Map.of("field", "y2"));
    return encoding;
  }

  /** Any layer; its first one has the parameters by which the chart is zoomed and panned. */
  Map<String, Object> layer(
      List<Map<String, Object>> values,
      Map<String, Object> mark,
      Map<String, Object> encoding,
      List<Object> params) {
    Map<String, Object> layer = new LinkedHashMap<>();
    layer.put("data", Map.of("values", values));
    Map<String, Object> clipped = new LinkedHashMap<>(mark);
    clipped.put("clip", true);
    layer.put("mark", clipped);
    layer.put("encoding", encoding);
    if (!params.isEmpty()) {
      layer.put("params", params);
    }
    layers.add(layer);
    return layer;
  }

  /** The parameters of a layer: if it is the first, those that zoom and pan. */
  List<Object> first() {
    List<Object> params = new ArrayList<>();
    if (layers.isEmpty()) {
      params.add(
          Map.of(
              "name", "view",
              "bind", "scales",
              "select", Map.of("type", "interval", "translate", DRAG, "zoom", WHEEL)));
    }
    return params;
  }

  String xLabel() {
    return x.label();
  }

  String yLabel() {
    return y.label();
  }

  /** The specification. */
  public Interactive done() {
    hints.addAll(LiveStyle.HINTS);
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("title", LiveStyle.title(shown.title(), notes, hints));
    spec.put("description", shown.alt());
    spec.put("width", Math.min(shown.width(), LiveStyle.WIDEST));
    spec.put("params", List.of(LiveStyle.width(shown.width())));
    spec.put("height", shown.height());
    spec.put("autosize", Map.of("type", "fit", "contains", "padding"));
    spec.put("config", LiveStyle.CONFIG);
    spec.put("layer", layers);
    return Interactive.lite(spec);
  }
}
