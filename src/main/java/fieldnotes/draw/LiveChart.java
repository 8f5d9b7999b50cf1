package fieldnotes.draw;

import static fieldnotes.draw.Interactive.number;

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
  static final String FONT = "DejaVu Sans, Verdana, sans-serif";
  static final List<String> HINTS =
      List.of("drag: pans", "Ctrl + wheel: zooms", "double click: resets");
  /** What all charts have in common. */
  static final Map<String, Object> CONFIG =
      Map.of(
          "font", FONT,
          "axis", Map.of("labelFontSize", 11, "titleFontWeight", "normal", "titleFontSize", 12),
          "legend", Map.of("labelFontSize", 12, "titleFontWeight", "normal"));

  /** The same for Vega, which names its styles otherwise. */
  public static final Map<String, Object> VEGA_CONFIG =
      Map.of(
          "style",
          Map.of(
              "guide-label", Map.of("font", FONT, "fontSize", 11),
              "guide-title", Map.of("font", FONT, "fontSize", 12, "fontWeight", "normal"),
              "group-title", Map.of("font", FONT),
              "group-subtitle", Map.of("font", FONT)),
          "text", Map.of("font", FONT));

  private static final int WIDEST = 900;
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
  public LiveChart lines(List<Line> lines, boolean steps, boolean dots, String xName, String yName) {
    List<Map<String, Object>> values = new ArrayList<>();
    int points = lines.stream().mapToInt(line -> line.x().length).sum();
    int stride = Math.max(1, Math.ceilDiv(points * (26 + longest(lines)), 150_000));
    for (Line line : lines) {
      for (int i = 0; i < line.x().length; i++) {
        if (i % stride == 0 || i == line.x().length - 1) {
          values.add(datum("x", number(line.x()[i]), "y", number(line.y()[i]), "g", line.name()));
        }
      }
    }
    if (stride > 1) {
      note("every %s point of the lines".formatted(ordinal(stride)));
    }
    whole = lines.stream().allMatch(line -> Arrays.stream(line.x()).allMatch(v -> v == Math.rint(v)));
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
    tips.add(xTip(xName));
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
                Map.of(
                    "type", "point", "on", "mouseover", "nearest", true, "clear", "mouseout"))));
    return this;
  }

  private static int longest(List<Line> lines) {
    return lines.stream().mapToInt(line -> line.name().length()).max().orElse(0);
  }

  private static String ordinal(int n) {
    return n == 2 ? "second" : n == 3 ? "third" : n + "th";
  }

  /** A band around a line, from {@code low} to {@code high}. */
  public LiveChart band(Color colour, double[] at, double[] low, double[] high) {
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < at.length; i++) {
      if (Double.isFinite(low[i] + high[i])) {
        values.add(
            datum("x", number(at[i]), "y", number(low[i]), "y2", number(high[i])));
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
  public LiveChart bars(Color colour, double[] from, double[] to, double[] height, List<String> names, String what, String valueName) {
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
              "x", number(box.x1()), "x2", number(box.x2()), "y", number(box.y1()), "y2",
              number(box.y2()), "g", box.group(), "t", box.text()));
    }
    Map<String, Object> encoding = axes();
    encoding.put("x2", Map.of("field", "x2"));
    encoding.put("y2", Map.of("field", "y2"));
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
            datum(
                "x", number(x1), "y", number(y1), "x2", number(x2), "y2", number(y2), "n", name));
    Map<String, Object> encoding = axes();
    encoding.put("x2", Map.of("field", "x2"));
    encoding.put("y2", Map.of("field", "y2"));
    encoding.put("tooltip", List.of(tip("n", "nominal", "column")));
    layer(one, Map.of("type", "rule", "strokeWidth", 1.6), encoding, first());
    Map<String, Object> end = new LinkedHashMap<>();
    axes()
        .forEach(
            (axis, encoded) -> {
              Map<String, Object> place = new LinkedHashMap<>(map(encoded));
              place.put("field", axis + "2");
              end.put(axis, place);
            });
    end.put("text", Map.of("field", "n"));
    layer(
        one,
        Map.of("type", "text", "align", x2 >= x1 ? "left" : "right", "dx", x2 >= x1 ? 4 : -4),
        end,
        List.of());
    return this;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object encoded) {
    return (Map<String, Object>) encoded;
  }

  /** A broken line from one point to another. */
  public LiveChart rule(double x1, double y1, double x2, double y2, String name) {
    Map<String, Object> encoding = axes();
    encoding.put("x2", Map.of("field", "x2"));
    encoding.put("y2", Map.of("field", "y2"));
    encoding.put("tooltip", List.of(tip("n", "nominal", "line")));
    layer(
        List.of(
            datum(
                "x", number(x1), "y", number(y1), "x2",
                number(x2), "y2", number(y2), "n", name)),
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
      String sound, String name, Color colour, double[] from, double[] to, double[] low, double[] high) {
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < from.length; i++) {
      values.add(
          datum(
              "x", number(from[i]), "x2", number(to[i]), "y", number(low[i]), "y2",
              number(high[i])));
    }
    Map<String, Object> drawn = axes();
    drawn.put("x2", Map.of("field", "x2"));
    drawn.put("y2", Map.of("field", "y2"));
    layer(
        values,
        Map.of(
            "type", "rect", "color", hex(colour), "stroke", hex(colour), "strokeWidth", 0.5, "aria",
            false),
        drawn,
        first());
    Map<String, Object> clicked = axes();
    clicked.put("x2", Map.of("field", "x2"));
    clicked.put("y", Map.of("value", 0));
    clicked.put("y2", Map.of("value", "height"));
    clicked.put(
        "tooltip",
        List.of(
            tip("x", "quantitative", x.label()),
            tip("y", "quantitative", "least " + y.label()),
            tip("y2", "quantitative", "greatest " + y.label())));
    layer(
        values,
        Map.of("type", "rect", "opacity", 0, "cursor", "pointer", "aria", false),
        clicked,
        List.of());
    layers
        .getLast()
        .put(
            "transform",
            List.of(
                Map.of("calculate", Interactive.literal(sound), "as", "sound"),
                Map.of("calculate", Interactive.literal(name), "as", "n"),
                Map.of("calculate", "datum.x", "as", "from")));
    hint("click: plays from there");
    return this;
  }

  /** A marked point with its label. */
  public LiveChart mark(double atX, double atY, String name) {
    List<Map<String, Object>> one =
        List.of(datum("x", number(atX), "y", number(atY), "n", name));
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
            "type", "text", "align", right ? "left" : "right", "dx", right ? 10 : -10, "dy",
            low ? -12 : 16, "fontSize", 12, "tooltip", false),
        encoding,
        List.of());
    return this;
  }

  /** A path through points, shape [points][2], as of a coast. */
  LiveChart path(String name, double[][] points) {
    List<Map<String, Object>> values = new ArrayList<>();
    int stride = Math.max(1, Math.ceilDiv(points.length, 1_000));
    for (int i = 0; i < points.length; i++) {
      if (i % stride == 0 || i == points.length - 1) {
        values.add(
            datum("x", number(points[i][0]), "y", number(points[i][1]), "o", i));
      }
    }
    Map<String, Object> encoding = axes();
    encoding.put("order", Map.of("field", "o"));
    layer(
        values,
        Map.of("type", "line", "color", hex(Style.FAINT_INK), "strokeWidth", 1.2, "aria", false),
        encoding,
        first());
    return this;
  }

  /** Crosses at points, shape [points][2]. */
  LiveChart crosses(String name, double[][] points) {
    List<Map<String, Object>> values = new ArrayList<>();
    for (double[] at : points) {
      values.add(datum("x", number(at[0]), "y", number(at[1]), "n", name));
    }
    Map<String, Object> encoding = axes();
    encoding.put(
        "tooltip",
        List.of(
            tip("n", "nominal", "mark"),
            tip("x", "quantitative", x.label()),
            tip("y", "quantitative", y.label())));
    layer(
        values,
        Map.of(
            "type", "point", "shape", "cross", "angle", 45, "size", 190, "filled", true, "color",
            "black", "stroke", "white", "opacity", 1),
        encoding,
        List.of());
    return this;
  }

  /** Texts in cells: field t in the middle of x and x2, y and y2; the encoding is of mx and my. */
  void texts(List<Map<String, Object>> values, Map<String, Object> encoding, int size) {
    List<Map<String, Object>> placed = new ArrayList<>();
    for (Map<String, Object> cell : values) {
      if (cell.get("t") != null) {
        placed.add(
            datum(
                "mx", middle(cell, "x", "x2"), "my", middle(cell, "y", "y2"), "t", cell.get("t"), "l",
                cell.get("l")));
      }
    }
    layer(
        placed,
        Map.of("type", "text", "fontSize", size, "lineBreak", "\n", "aria", false),
        encoding,
        List.of());
  }

  private static Object middle(Map<String, Object> cell, String from, String to) {
    return number(
        (((Number) cell.get(from)).doubleValue() + ((Number) cell.get(to)).doubleValue()) / 2);
  }

  /** Any layer; its first one has the parameters by which the chart is zoomed and panned. */
  void layer(
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

  static Map<String, Object> legend() {
    return Map.of(
        "name", "chosen", "bind", "legend", "select", Map.of("type", "point", "fields", List.of("g")));
  }

  static Map<String, Object> fading(double faint, double full) {
    return Map.of("condition", Map.of("param", "chosen", "value", full), "value", faint);
  }

  /** The encoding of x and y: fields x and y over the ranges of the picture. */
  Map<String, Object> axes() {
    Map<String, Object> encoding = new LinkedHashMap<>();
    encoding.put("x", axis(x, "x"));
    encoding.put("y", axis(y, "y"));
    return encoding;
  }

  String xLabel() {
    return x.label();
  }

  String yLabel() {
    return y.label();
  }

  private Map<String, Object> xTip(String name) {
    return tip("x", "quantitative", name);
  }

  private Map<String, Object> axis(Axis of, String field) {
    Map<String, Object> scale = new LinkedHashMap<>();
    scale.put("domain", Interactive.numbers(of.from(), of.to()));
    scale.put("nice", false);
    scale.put("zero", false);
    if (of.spacing() == Axis.Spacing.LOG) {
      scale.put("type", "log");
    }
    Map<String, Object> axis = new LinkedHashMap<>();
    if (whole && field.equals("x")) {
      axis.put("tickMinStep", 1);
    }
    if (!ticks) {
      axis.put("ticks", false);
      axis.put("labels", false);
      axis.put("grid", false);
    } else if (!of.names().isEmpty()) {
      List<Axis.Tick> marks = of.ticks(Math.max(2, of.names().size()));
      List<Object> places = new ArrayList<>();
      List<String> texts = new ArrayList<>();
      for (Axis.Tick mark : marks) {
        if (!mark.text().isEmpty()) {
          places.add(number(mark.value()));
          texts.add(mark.text());
        }
      }
      axis.put("values", places);
      axis.put(
          "labelExpr",
          Interactive.literal(texts)
              + "[indexof("
              + Interactive.literal(places)
              + ", datum.value)]");
      axis.put("labelOverlap", true);
      axis.put("labelLimit", 160);
    }
    Map<String, Object> encoded = new LinkedHashMap<>();
    encoded.put("field", field);
    encoded.put("type", "quantitative");
    encoded.put("title", of.label());
    encoded.put("scale", scale);
    encoded.put("axis", axis);
    return encoded;
  }

  static Map<String, Object> colours(List<String> names, List<Color> colours) {
    Map<String, Object> colour = new LinkedHashMap<>();
    colour.put("field", "g");
    colour.put("type", "nominal");
    colour.put("scale", Map.of("domain", names, "range", colours.stream().map(LiveChart::hex).toList()));
    colour.put("legend", Map.of("title", "", "labelLimit", 220, "symbolLimit", 60));
    return colour;
  }

  static Map<String, Object> tip(String field, String type, String title) {
    return Map.of("field", field, "type", type, "title", title.isEmpty() ? field : title);
  }

  /** A datum of names and values. */
  static Map<String, Object> datum(Object... pairs) {
    Map<String, Object> datum = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      datum.put((String) pairs[i], pairs[i + 1]);
    }
    return datum;
  }

  /** A colour as CSS writes it. */
  public static String hex(Color colour) {
    return String.format(java.util.Locale.ROOT, "#%06x", colour.getRGB() & 0xffffff);
  }

  /** The chart's title with a line of what can be done. */
  public static Map<String, Object> title(String text, List<String> notes, List<String> hints) {
    List<String> lines = new ArrayList<>(notes);
    lines.add(String.join(" · ", hints));
    return Map.of(
        "text", text, "subtitle", lines, "subtitleFontSize", 10, "fontSize", 14, "anchor", "start", "subtitlePadding", 4);
  }

  /**
   * The width fits the room: a cell's, where the front end gives the chart all of it, otherwise the
   * window's. Without a browser it is the figure's.
   */
  public static Map<String, Object> width(int preferred) {
    int most = Math.min(preferred, WIDEST);
    return Map.of(
        "name",
        "width",
        "expr",
        "containerSize()[0] > 200 ? min(%1$d, containerSize()[0] - 45) : windowSize()[0] > 0 ? clamp(windowSize()[0] - 150, 260, %1$d) : %1$d".formatted(most));
  }

  /** The specification. */
  public Interactive done() {
    hints.addAll(HINTS);
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("title", title(shown.title(), notes, hints));
    spec.put("description", shown.alt());
    spec.put("width", Math.min(shown.width(), WIDEST));
    spec.put("params", List.of(width(shown.width())));
    spec.put("height", shown.height());
    spec.put("autosize", Map.of("type", "fit", "contains", "padding"));
    spec.put("config", CONFIG);
    spec.put("layer", layers);
    return Interactive.lite(spec);
  }
}
