package fieldnotes.draw;

import static fieldnotes.draw.Interactive.literal;
import static fieldnotes.draw.Interactive.number;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A heat map of many cells as an image of Vega with a read-out under the pointer. */
final class LiveImage {
  private static final int MOST_ACROSS = 320;
  private static final int MOST_UP = 120;

  /** Steps of the values in an image, of the range of its colours. */
  private static final int STEPS = 250;

  private static final Map<String, Object> AT_X = Vega.signal("pointed ? pointed[0] : -9");
  private static final Map<String, Object> AT_Y = Vega.signal("pointed ? pointed[1] : -9");

  private final LiveHeat map;
  private final HeatMap shown;
  private final Axis cellsX;
  private final String sound;
  private final int wide;
  private final int high;

  LiveImage(LiveHeat map) {
    this.map = map;
    this.shown = map.shown();
    this.cellsX = map.cellsX();
    this.sound = map.sound();
    this.wide = Math.min(map.across(), MOST_ACROSS);
    this.high = Math.min(Math.max(map.up(), 2), MOST_UP);
  }

  private double span() {
    Scales scales = scales();
    return scales.high() > scales.low() ? scales.high() - scales.low() : 1;
  }

  private Scales scales() {
    return map.scales();
  }

  Interactive made() {
    Scales scales = scales();
    double low = scales.low();
    Map<String, Object> pointer = new LinkedHashMap<>();
    if (sound != null) {
      pointer.put("sound", sound);
      pointer.put("n", shown.title());
    }
    Map<String, Object> shade =
        Map.of(
            "name",
            "shade",
            "type",
            "linear",
            "domain",
            Interactive.numbers(low, low + span()),
            "range",
            map.range(),
            "clamp",
            true);
    Map<String, Object> cells = Map.of("width", wide, "height", high, "values", codes());
    return Vega.chart(
        shown,
        hints(),
        new LiveReadOut(map, wide, high, span() / STEPS).signals(),
        Map.of(
            "data",
            List.of(
                Map.of("name", "grid", "values", List.of(Map.of("grid", cells))),
                Map.of(
                    "name",
                    "pointer",
                    "values",
                    List.of(pointer),
                    "transform",
                    List.of(Map.of("type", "formula", "as", "from", "expr", "max(0, atX)")))),
            "scales",
            List.of(
                Vega.linear("x", Vega.signal("seen"), "width"),
                Vega.linear("y", List.of(0, 1), "height"),
                shade),
            "axes",
            axes(scales),
            "legends",
            List.of(
                Map.of(
                    "fill",
                    "shade",
                    "title",
                    scales.unit(),
                    "type",
                    "gradient",
                    "titleLimit",
                    160)),
            "marks",
            marks()));
  }

  private List<String> hints() {
    List<String> hints = new ArrayList<>();
    if (sound != null) {
      hints.add("click: plays from there");
    }
    hints.addAll(LiveStyle.HINTS);
    return hints;
  }

  /** The cells as steps of the range, from the top left; −1 for none; even on the axis shown. */
  private List<Object> codes() {
    Axis y = scales().y();
    double low = scales().low();
    double span = span();
    List<Object> codes = new ArrayList<>(wide * high);
    for (int line = high - 1; line >= 0; line--) {
      int bottom = row(y, (double) line / high, false);
      int top = Math.max(bottom + 1, row(y, (line + 1.0) / high, true));
      for (int column = 0; column < wide; column++) {
        int left = (int) ((long) column * map.across() / wide);
        int right = Math.max(left + 1, (int) ((column + 1L) * map.across() / wide));
        double most = Double.NaN;
        for (int i = left; i < right; i++) {
          for (int j = Math.max(0, bottom); j < Math.min(map.up(), top); j++) {
            double value = map.cells().at(i, j);
            most = Double.isNaN(most) || value > most ? value : most;
          }
        }
        codes.add(
            Double.isNaN(most)
                ? -1
                : Math.clamp(Math.round((most - low) / span * STEPS), 0, STEPS));
      }
    }
    return codes;
  }

  private int row(Axis shownY, double share, boolean end) {
    double place = map.cellsY().share(shownY.valueAt(share)) * map.up();
    return (int) (end ? Math.ceil(place - 1e-9) : Math.floor(place + 1e-9));
  }

  private static List<Object> axes(Scales scales) {
    Axis x = scales.x();
    Axis y = scales.y();
    List<Axis.Tick> ticks = y.ticks(8);
    Map<String, Object> left = new LinkedHashMap<>();
    left.put("scale", "y");
    left.put("orient", "left");
    left.put("title", y.label());
    LiveStyle.limit(left, y.label(), 240);
    left.put("values", ticks.stream().map(tick -> number(y.share(tick.value()))).toList());
    left.put(
        "encode",
        Vega.labels(
            literal(ticks.stream().map(Axis.Tick::text).toList())
                + "[round(datum.index * "
                + Math.max(0, ticks.size() - 1)
                + ")]"));
    Map<String, Object> bottom = new LinkedHashMap<>();
    bottom.put("scale", "x");
    bottom.put("orient", "bottom");
    bottom.put("title", x.label());
    LiveStyle.limit(bottom, x.label(), 400);
    if (!x.names().isEmpty()) {
      List<Axis.Tick> names = x.ticks(20);
      List<Object> places = names.stream().map(tick -> number(tick.value())).toList();
      bottom.put("values", places);
      bottom.putAll(LiveAxes.upright(names.stream().map(Axis.Tick::text).toList()));
      bottom.put(
          "encode",
          Vega.labels(
              literal(names.stream().map(Axis.Tick::text).toList())
                  + "[indexof("
                  + literal(places)
                  + ", datum.value)]"));
    }
    return List.of(bottom, left);
  }

  private List<Object> marks() {
    List<Object> inner = new ArrayList<>();
    inner.add(cells());
    inner.add(cross(AT_X, AT_X, Vega.value(0), Vega.signal("height")));
    inner.add(cross(Vega.value(0), Vega.signal("width"), AT_Y, AT_Y));
    if (sound != null) {
      inner.add(
          Vega.silent(
              Vega.mark(
                  "rect",
                  "pointer",
                  Map.of(
                      "xc", AT_X,
                      "width", Vega.value(14),
                      "y", Vega.value(0),
                      "height", Vega.signal("height"),
                      "fill", Vega.value("transparent"),
                      "cursor", Vega.value("pointer")))));
    }
    Map<String, Object> group = Vega.mark("group", Vega.background());
    group.put("name", "plot");
    group.put("clip", true);
    group.put("marks", inner);
    return List.of(group, Vega.told(Vega.value(-5), "told", LiveStyle.hex(Style.color(0))));
  }

  private Map<String, Object> cells() {
    Map<String, Object> image =
        Vega.mark(
            "image",
            "grid",
            Map.of(
                "x", Map.of("scale", "x", "value", number(cellsX.from())),
                "width",
                    Vega.signal(
                        "scale('x', %s) - scale('x', %s)".formatted(cellsX.to(), cellsX.from())),
                "y", Vega.value(0),
                "height", Vega.signal("height"),
                "aspect", Vega.value(false),
                "smooth", Vega.value(false)));
    image.put(
        "transform",
        List.of(
            Map.of(
                "type",
                "heatmap",
                "field",
                "datum.grid",
                "opacity",
                Map.of("expr", "datum.$value < 0 ? 0 : 1"),
                "color",
                Map.of(
                    "expr",
                    "scale('shade', %s + datum.$value * %s)"
                        .formatted(scales().low(), span() / STEPS)))));
    return Vega.untouched(Vega.silent(image));
  }

  /** A line of the cross under the pointer. */
  private static Map<String, Object> cross(
      Map<String, Object> x,
      Map<String, Object> x2,
      Map<String, Object> y,
      Map<String, Object> y2) {
    return Vega.untouched(
        Vega.silent(
            Vega.mark(
                "rule",
                Map.of(
                    "x", x,
                    "x2", x2,
                    "y", y,
                    "y2", y2,
                    "stroke", Vega.value("white"),
                    "strokeOpacity", Vega.value(0.7)))));
  }
}
