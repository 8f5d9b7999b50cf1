package fieldnotes.draw;

import static fieldnotes.draw.Interactive.literal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The signals of an image of cells: where the pointer is, what lies under it in words, and the part
 * of the horizontal axis that is seen.
 *
 * @param wide the number of columns of the image
 * @param high the number of its rows
 * @param step the difference of two values that differ by one in the image
 */
record LiveReadOut(LiveHeat map, int wide, int high, double step) {
  List<Map<String, Object>> signals() {
    Scales scales = map.scales();
    Axis x = scales.x();
    Axis y = scales.y();
    String inside = "inrange(x(), [0, width]) && inrange(y(), [0, height])";
    String drag = "[mousedown, window:mouseup] > window:mousemove!";
    List<Map<String, Object>> signals = new ArrayList<>();
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
                "zoomLinear(seen, invert('x', x()), pow(1.001, event.deltaY * pow(16,"
                    + " event.deltaMode)))"),
            on("dblclick", whole)));
    signals.add(Vega.derived("atX", "pointed ? invert('x', pointed[0]) : 0"));
    signals.add(Vega.derived("shareY", "pointed ? 1 - pointed[1] / height : 0"));
    signals.add(
        Vega.derived(
            "column",
            "floor((atX - %s) / (%s) * %d)"
                .formatted(map.cellsX().from(), map.cellsX().to() - map.cellsX().from(), wide)));
    signals.add(Vega.derived("line", "%d - floor(shareY * %d)".formatted(high - 1, high)));
    signals.add(
        Vega.derived(
            "code",
            ("pointed && column >= 0 && column < %d && line >= 0 && line < %d ?"
                    + " data('grid')[0].grid.values[line * %d + column] : -1")
                .formatted(wide, high, wide)));
    signals.add(
        Vega.derived(
            "told",
            "code == null || code < 0 ? '' : %s + '  ·  ' + %s + '  ·  ' + %s"
                .formatted(
                    told(x, "atX"),
                    told(y, unwarped(y)),
                    "format(%s + code * %s, '.3~r') + %s"
                        .formatted(scales.low(), step, literal(suffix(scales.unit()))))));
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
}
