package fieldnotes.draw;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The points of an interactive scatter chart. More than fit into {@link Interactive#MOST_BYTES} are
 * thinned evenly, which the chart says; the picture has all.
 */
final class LivePoints {
  private static final int ROOM = 180_000;
  private static final String[] SHAPES = {
    "circle", "triangle-up", "square", "diamond", "triangle-down"
  };
  private static final String BRUSH =
      "[mousedown[event.shiftKey], window:mouseup] > window:mousemove!";

  private final double[] x;
  private final double[] y;
  private final PointRows rows;

  LivePoints(double[] x, double[] y, PointRows rows) {
    this.x = x;
    this.y = y;
    this.rows = rows;
  }

  /** Points with a colour and shape for each group, and a legend that fades the others. */
  Interactive grouped(Figure shown, Groups groups, boolean ticks) {
    LiveChart chart = LiveChart.of(shown);
    if (!ticks) {
      chart.withoutTicks();
    }
    groupedOn(chart, groups);
    return chart.done();
  }

  void groupedOn(LiveChart chart, Groups groups) {
    int[] present = groups.present();
    List<String> names = new ArrayList<>();
    List<Color> colours = new ArrayList<>();
    List<String> shapes = new ArrayList<>();
    Map<Integer, String> nameOf = new LinkedHashMap<>();
    for (int code : present) {
      String name = groups.name(code);
      String own = names.contains(name) ? name + " (" + code + ")" : name;
      nameOf.put(code, own);
      names.add(own);
      colours.add(Style.color(code));
      shapes.add(code < 0 ? "cross" : SHAPES[(code + code / Style.COLOURS) % SHAPES.length]);
    }
    Map<String, Object> encoding = chart.axes();
    Map<String, Object> colour = LiveStyle.colours(names, colours);
    encoding.put("color", colour);
    Map<String, Object> shape = new LinkedHashMap<>(colour);
    shape.put("scale", Map.of("domain", names, "range", shapes));
    encoding.put("shape", shape);
    List<Map<String, Object>> tips = new ArrayList<>(rows.tips());
    boolean classed = rows.columns().values().stream().anyMatch(c -> sameAs(c, groups));
    if (!classed) {
      tips.add(Math.min(1, tips.size()), LiveStyle.tip("g", "nominal", "group"));
    }
    place(chart, tips);
    encoding.put("tooltip", tips);
    encoding.put("opacity", fading(0.85));
    List<Object> params = chart.first();
    params.add(LiveStyle.legend());
    params.add(brush());
    chart.hint("legend: fades the others").hint("Shift + drag: selects");
    chart.layer(
        values(chart, (i, datum) -> datum.put("g", nameOf.get(groups.codes()[i]))),
        mark(x.length > 2_000 ? 18 : x.length > 300 ? 32 : 46),
        encoding,
        params);
  }

  private static boolean sameAs(Object[] column, Groups groups) {
    int[] codes = groups.codes();
    return column.length == codes.length
        && IntStream.range(0, codes.length).allMatch(i -> groups.name(codes[i]).equals(column[i]));
  }

  /** Points of one colour, or coloured and sized by values. */
  void plainOn(
      LiveChart chart,
      Scales scales,
      double[] shades,
      ColorMap map,
      String areaLabel,
      double[] areas,
      double opacity,
      double diameter) {
    Map<String, Object> encoding = chart.axes();
    List<Map<String, Object>> tips = new ArrayList<>(rows.tips());
    place(chart, tips);
    if (shades != null) {
      List<String> range = new ArrayList<>();
      for (int i = 0; i <= 10; i++) {
        range.add(LiveStyle.hex(map.color(i / 10.0)));
      }
      Map<String, Object> legend = new LinkedHashMap<>();
      legend.put("title", scales.unit());
      legend.put("titleLimit", 220);
      encoding.put(
          "color",
          Map.of(
              "field",
              "c",
              "type",
              "quantitative",
              "scale",
              Map.of(
                  "domain",
                  Interactive.numbers(
                      scales.low(),
                      scales.high() == scales.low() ? scales.low() + 1 : scales.high()),
                  "range",
                  range,
                  "clamp",
                  true),
              "legend",
              legend));
      tips.add(LiveStyle.tip("c", "quantitative", scales.unit()));
    }
    if (areas != null) {
      double[] sorted = java.util.Arrays.stream(areas).filter(Double::isFinite).sorted().toArray();
      double most = sorted.length == 0 ? 1 : sorted[(int) (0.999 * (sorted.length - 1))];
      encoding.put(
          "size",
          Map.of(
              "field",
              "a",
              "type",
              "quantitative",
              "scale",
              Map.of(
                  "domain", Interactive.numbers(0, most > 0 ? most : 1), "range", List.of(3, 450)),
              "legend",
              Map.of("title", areaLabel, "titleLimit", 220, "tickCount", 3)));
      tips.add(LiveStyle.tip("a", "quantitative", areaLabel));
    }
    encoding.put("tooltip", tips);
    encoding.put(
        "opacity",
        Map.of(
            "condition",
            Map.of("param", "brush", "value", Interactive.number(opacity)),
            "value",
            0.06));
    List<Object> params = chart.first();
    params.add(brush());
    chart.hint("Shift + drag: selects");
    Map<String, Object> mark = new LinkedHashMap<>(mark(Math.max(12, diameter * diameter)));
    if (shades == null) {
      mark.put("color", LiveStyle.hex(Style.color(0)));
    }
    if (areas != null) {
      mark.remove("size");
    }
    chart.layer(
        values(
            chart,
            (i, datum) -> {
              if (shades != null) {
                datum.put("c", Interactive.number(shades[i]));
              }
              if (areas != null) {
                datum.put("a", Interactive.number(areas[i]));
              }
            }),
        mark,
        encoding,
        params);
  }

  private void place(LiveChart chart, List<Map<String, Object>> tips) {
    tips.add(LiveStyle.tip("x", "quantitative", chart.xLabel()));
    tips.add(LiveStyle.tip("y", "quantitative", chart.yLabel()));
    if (rows.hasSound()) {
      chart.hint("click: plays");
    }
  }

  private static Map<String, Object> mark(double size) {
    return Map.of(
        "type", "point", "filled", true, "size", size, "stroke", "white", "strokeWidth", 0.4);
  }

  private static Map<String, Object> brush() {
    return Map.of(
        "name",
        "brush",
        "select",
        Map.of("type", "interval", "on", BRUSH, "translate", false, "zoom", false));
  }

  private static Map<String, Object> fading(double full) {
    return Map.of(
        "condition",
        Map.of(
            "test",
            Map.of("and", List.of(Map.of("param", "chosen"), Map.of("param", "brush"))),
            "value",
            full),
        "value",
        0.08);
  }

  @FunctionalInterface
  private interface More {
    void put(int row, Map<String, Object> datum);
  }

  private List<Map<String, Object>> values(LiveChart chart, More more) {
    int[] finite = IntStream.range(0, x.length).filter(i -> Double.isFinite(x[i] + y[i])).toArray();
    List<Map<String, Object>> values = new ArrayList<>();
    long bytes = 0;
    for (int i : finite) {
      Map<String, Object> datum =
          LiveStyle.datum("x", Interactive.number(x[i]), "y", Interactive.number(y[i]));
      more.put(i, datum);
      rows.put(i, datum);
      values.add(datum);
      bytes += Interactive.json(datum).length() + 1L;
    }
    int stride = Math.toIntExact(Math.ceilDiv(bytes, Math.max(ROOM / 10, ROOM - chart.used())));
    if (stride <= 1) {
      return values;
    }
    // one of each piece, not always the first: rows may repeat their classes in turn
    Random random = new Random(stride);
    List<Map<String, Object>> thinned = new ArrayList<>();
    for (int i = 0; i < values.size(); i += stride) {
      thinned.add(values.get(i + random.nextInt(Math.min(stride, values.size() - i))));
    }
    chart.note(
        String.format(
            Locale.ROOT,
            "%,d of %,d points, evenly; a saved picture has all",
            thinned.size(),
            finite.length));
    return thinned;
  }
}
