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

  private final LiveHeat map;
  private final HeatMap shown;
  private final Axis cellsX;
  private final String sound;

  LiveImage(LiveHeat map) {
    this.map = map;
    this.shown = map.shown();
    this.cellsX = map.cellsX();
    this.sound = map.sound();
  }

  private Scales scales() {
    return map.scales();
  }

  Interactive made() {
    Scales scales = scales();
    int wide = Math.min(map.across(), MOST_ACROSS);
    int high = Math.min(Math.max(map.up(), 2), MOST_UP);
    double low = scales.low();
    double span = scales.high() > low ? scales.high() - low : 1;
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("title", LiveStyle.title(shown.title(), List.of(), hints()));
    spec.put("description", shown.alt());
    spec.put("height", shown.height());
    spec.put("padding", 5);
    spec.put("autosize", Map.of("type", "fit", "contains", "padding"));
    spec.put("config", LiveStyle.VEGA_CONFIG);
    spec.put("signals", signals(scales, wide, high, low, span));
    Map<String, Object> pointer = new LinkedHashMap<>();
    if (sound != null) {
      pointer.put("sound", sound);
      pointer.put("n", shown.title());
    }
    spec.put(
        "data",
        List.of(
            Map.of(
                "name",
                "grid",
                "values",
                List.of(
                    Map.of(
                        "grid",
                        Map.of(
                            "width",
                            wide,
                            "height",
                            high,
                            "values",
                            codes(wide, high, low, span))))),
            Map.of(
                "name",
                "pointer",
                "values",
                List.of(pointer),
                "transform",
                List.of(Map.of("type", "formula", "as", "from", "expr", "max(0, atX)")))));
    spec.put(
        "scales",
        List.of(
            Map.of(
                "name",
                "x",
                "type",
                "linear",
                "range",
                "width",
                "domain",
                Map.of("signal", "seen"),
                "zero",
                false,
                "nice",
                false),
            Map.of(
                "name",
                "y",
                "type",
                "linear",
                "range",
                "height",
                "domain",
                List.of(0, 1),
                "zero",
                false,
                "nice",
                false),
            Map.of(
                "name",
                "shade",
                "type",
                "linear",
                "domain",
                Interactive.numbers(low, low + span),
                "range",
                map.range(),
                "clamp",
                true)));
    spec.put("axes", axes(scales));
    spec.put(
        "legends", List.of(Map.of("fill", "shade", "title", scales.unit(), "type", "gradient")));
    spec.put("marks", marks());
    return Interactive.vega(spec);
  }

  private List<String> hints() {
    List<String> hints = new ArrayList<>();
    if (sound != null) {
      hints.add("click: plays from there");
    }
    hints.addAll(LiveStyle.HINTS);
    return hints;
  }

  private List<Object> signals(Scales scales, int wide, int high, double low, double span) {
    Axis x = scales.x();
    Axis y = scales.y();
    String inside = "inrange(x(), [0, width]) && inrange(y(), [0, height])";
    String drag = "[mousedown, window:mouseup] > window:mousemove!";
    List<Object> signals = new ArrayList<>();
    signals.add(Map.of("name", "width", "init", LiveStyle.width(shown.width()).get("expr")));
    signals.add(signal("pointed", "null", on("mousemove", inside + " ? xy() : null")));
    signals.add(
        signal(
            "down",
            "null",
            on("mousedown", inside + " ? xy() : null"),
            on("window:mouseup", "null")));
    String whole = literal(Interactive.numbers(x.from(), x.to()));
    signals.add(signal("held", whole, on("mousedown", "slice(seen)")));
    signals.add(
        signal(
            "seen",
            whole,
            on(drag, "down ? panLinear(held, clamp((down[0] - x()) / width, -1, 1)) : seen"),
            on(
                "wheel![event.ctrlKey||event.metaKey||event.altKey]",
                "zoomLinear(seen, invert('x', x()), pow(1.001, event.deltaY * pow(16, event.deltaMode)))"),
            on("dblclick", whole)));
    signals.add(Map.of("name", "atX", "update", "pointed ? invert('x', pointed[0]) : 0"));
    signals.add(Map.of("name", "shareY", "update", "pointed ? 1 - pointed[1] / height : 0"));
    signals.add(
        Map.of(
            "name",
            "column",
            "update",
            "floor((atX - %s) / (%s) * %d)"
                .formatted(cellsX.from(), cellsX.to() - cellsX.from(), wide)));
    signals.add(
        Map.of("name", "line", "update", "%d - floor(shareY * %d)".formatted(high - 1, high)));
    signals.add(
        Map.of(
            "name",
            "code",
            "update",
            ("pointed && column >= 0 && column < %d && line >= 0 && line < %d ?"
                    + " data('grid')[0].grid.values[line * %d + column] : -1")
                .formatted(wide, high, wide)));
    signals.add(
        Map.of(
            "name",
            "told",
            "update",
            "code == null || code < 0 ? '' : %s + '  ·  ' + %s + '  ·  ' + %s"
                .formatted(
                    told(x, "atX"),
                    told(y, unwarped(y)),
                    "format(%s + code * %s, '.3~r') + %s"
                        .formatted(low, span / STEPS, literal(suffix(scales.unit()))))));
    return signals;
  }

  private static String suffix(String unit) {
    return unit.isEmpty() ? "" : " " + unit;
  }

  /** An expression for the place on an axis in words. */
  private static String told(Axis axis, String value) {
    if (!axis.names().isEmpty()) {
      return "%s[clamp(round(%s), 0, %d)]"
          .formatted(literal(axis.names()), value, axis.names().size() - 1);
    }
    double step = Math.abs(axis.to() - axis.from()) / 1_000;
    int digits = Math.max(0, (int) -Math.floor(Math.log10(step)));
    return "%s + format(%s, ',.%df')"
        .formatted(literal(axis.label().isEmpty() ? "" : axis.label() + " "), value, digits);
  }

  /** An expression for the value at the pointer's share of the height. */
  private static String unwarped(Axis y) {
    double from = y.spacing().warp(y.from());
    String place = "(%s + shareY * %s)".formatted(from, y.spacing().warp(y.to()) - from);
    return switch (y.spacing()) {
      case LINEAR -> place;
      case LOG -> "pow(10, " + place + ")";
      case MEL -> "700 * (pow(10, " + place + " / 2595) - 1)";
    };
  }

  private static Map<String, Object> signal(String name, String init, Object... on) {
    return Map.of("name", name, "init", init, "on", List.of(on));
  }

  private static Map<String, Object> on(String events, String update) {
    return Map.of("events", events, "update", update);
  }

  /** The cells as steps of the range, from the top left; −1 for none; even on the axis shown. */
  private List<Object> codes(int wide, int high, double low, double span) {
    Axis y = scales().y();
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
    left.put("values", ticks.stream().map(tick -> number(y.share(tick.value()))).toList());
    left.put(
        "encode",
        Map.of(
            "labels",
            Map.of(
                "update",
                Map.of(
                    "text",
                    Map.of(
                        "signal",
                        literal(ticks.stream().map(Axis.Tick::text).toList())
                            + "[round(datum.index * "
                            + Math.max(0, ticks.size() - 1)
                            + ")]")))));
    Map<String, Object> bottom = new LinkedHashMap<>();
    bottom.put("scale", "x");
    bottom.put("orient", "bottom");
    bottom.put("title", x.label());
    if (!x.names().isEmpty()) {
      List<Axis.Tick> names = x.ticks(20);
      List<Object> places = names.stream().map(tick -> number(tick.value())).toList();
      bottom.put("values", places);
      bottom.put(
          "encode",
          Map.of(
              "labels",
              Map.of(
                  "update",
                  Map.of(
                      "text",
                      Map.of(
                          "signal",
                          literal(names.stream().map(Axis.Tick::text).toList())
                              + "[indexof("
                              + literal(places)
                              + ", datum.value)]")))));
    }
    return List.of(bottom, left);
  }

  private List<Object> marks() {
    List<Object> inner = new ArrayList<>();
    inner.add(
        Map.of(
            "type",
            "image",
            "from",
            Map.of("data", "grid"),
            "interactive",
            false,
            "aria",
            false,
            "encode",
            Map.of(
                "update",
                Map.of(
                    "x", Map.of("scale", "x", "value", number(cellsX.from())),
                    "width",
                        Map.of(
                            "signal",
                            "scale('x', %s) - scale('x', %s)"
                                .formatted(cellsX.to(), cellsX.from())),
                    "y", Map.of("value", 0),
                    "height", Map.of("signal", "height"),
                    "aspect", Map.of("value", false),
                    "smooth", Map.of("value", false))),
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
                            .formatted(
                                scales().low(),
                                (scales().high() > scales().low()
                                        ? scales().high() - scales().low()
                                        : 1)
                                    / STEPS))))));
    for (boolean upright : new boolean[] {true, false}) {
      inner.add(
          Map.of(
              "type",
              "rule",
              "interactive",
              false,
              "aria",
              false,
              "encode",
              Map.of(
                  "update",
                  Map.of(
                      "x",
                          upright
                              ? Map.of("signal", "pointed ? pointed[0] : -9")
                              : Map.of("value", 0),
                      "x2",
                          upright
                              ? Map.of("signal", "pointed ? pointed[0] : -9")
                              : Map.of("signal", "width"),
                      "y",
                          upright
                              ? Map.of("value", 0)
                              : Map.of("signal", "pointed ? pointed[1] : -9"),
                      "y2",
                          upright
                              ? Map.of("signal", "height")
                              : Map.of("signal", "pointed ? pointed[1] : -9"),
                      "stroke", Map.of("value", "white"),
                      "strokeOpacity", Map.of("value", 0.7)))));
    }
    if (sound != null) {
      inner.add(
          Map.of(
              "type",
              "rect",
              "aria",
              false,
              "from",
              Map.of("data", "pointer"),
              "encode",
              Map.of(
                  "update",
                  Map.of(
                      "xc", Map.of("signal", "pointed ? pointed[0] : -9"),
                      "width", Map.of("value", 14),
                      "y", Map.of("value", 0),
                      "height", Map.of("signal", "height"),
                      "fill", Map.of("value", "transparent"),
                      "cursor", Map.of("value", "pointer")))));
    }
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("type", "group");
    group.put("name", "plot");
    group.put("clip", true);
    group.put(
        "encode",
        Map.of(
            "update",
            Map.of(
                "width", Map.of("signal", "width"),
                "height", Map.of("signal", "height"),
                "fill", Map.of("value", "transparent"))));
    group.put("marks", inner);
    Map<String, Object> readOut =
        Map.of(
            "type",
            "text",
            "interactive",
            false,
            "encode",
            Map.of(
                "update",
                Map.of(
                    "x", Map.of("signal", "width"),
                    "y", Map.of("value", -5),
                    "align", Map.of("value", "right"),
                    "fontWeight", Map.of("value", "bold"),
                    "fontSize", Map.of("value", 12),
                    "fill", Map.of("value", LiveStyle.hex(Style.color(0))),
                    "text", Map.of("signal", "told"))));
    return List.of(group, readOut);
  }
}
