package fieldnotes.plot;

import static fieldnotes.draw.Interactive.literal;
import static fieldnotes.draw.Interactive.number;

import fieldnotes.draw.Axis;
import fieldnotes.draw.Interactive;
import fieldnotes.draw.LiveStyle;
import fieldnotes.draw.Style;
import fieldnotes.draw.Vega;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A dendrogram in Vega with a cut line to drag. From left to right, a new cluster begins wherever
 * the lowest merge that joins an end to the one before it lies above the cut; so colours and the
 * number of clusters follow the line, and are those of {@code Hierarchy.cutInto}.
 *
 * @param merges children, height and rows of each merge, shape [rows − 1][4]
 * @param order the ends that are drawn, from left to right, as nodes
 * @param names of the ends
 * @param cut height of the line at first; −1 for no line
 */
record LiveTree(
    Dendrogram shown,
    double[][] merges,
    List<Integer> order,
    List<String> names,
    String label,
    Axis up,
    double cut) {
  private static final int COLOURS = 12;
  private static final int MOST_HEIGHTS = 2_000;

  Interactive made() {
    int n = merges.length + 1;
    double[] at = new double[2 * n - 1];
    int[] first = new int[2 * n - 1];
    double[] gaps = new double[order.size()];
    for (int e = 0; e < order.size(); e++) {
      at[order.get(e)] = e;
      first[order.get(e)] = e;
    }
    List<Object> segments = new ArrayList<>();
    for (int m = n - order.size(); m < n - 1; m++) {
      int a = (int) merges[m][0];
      int b = (int) merges[m][1];
      double height = merges[m][2];
      at[n + m] = (at[a] + at[b]) / 2;
      first[n + m] = first[a];
      gaps[first[b]] = height;
      for (int child : new int[] {a, b}) {
        boolean end = order.contains(child);
        double foot = end ? 0 : merges[child - n][2];
        // a leg has the colour of what is below it
        segments.add(
            segment(
                at[child],
                at[child],
                foot,
                height,
                first[child],
                child < n ? 0 : merges[child - n][2],
                child,
                m));
      }
      segments.add(segment(at[a], at[b], height, height, first[a], height, n + m, m));
    }
    List<Object> leaves = new ArrayList<>();
    for (int e = 0; e < order.size(); e++) {
      leaves.add(Map.of("e", e, "gap", e == 0 ? -1 : number(gaps[e])));
    }
    List<String> hints = new ArrayList<>(List.of("pointer: heights and rows"));
    if (cut >= 0) {
      hints.add("drag the line, or click: cuts at that height");
    }
    return Vega.chart(
        shown,
        hints,
        signals(),
        Map.of(
            "data", data(leaves, segments),
            "scales",
                List.of(
                    Vega.linear("x", List.of(-0.5, order.size() - 0.5), "width"),
                    Vega.linear("y", Interactive.numbers(up.from(), up.to()), "height")),
            "axes", axes(),
            "marks", marks()));
  }

  private Map<String, Object> segment(
      double x1, double x2, double y1, double y2, int first, double top, int node, int merge) {
    int n = merges.length + 1;
    Map<String, Object> segment = new LinkedHashMap<>();
    segment.put("x", number(x1));
    segment.put("x2", number(x2));
    segment.put("y", number(y1));
    segment.put("y2", number(y2));
    segment.put("e", first);
    segment.put("top", number(top));
    segment.put("h", number(merges[merge][2]));
    segment.put("rows", node < n ? 1 : (long) merges[node - n][3]);
    return segment;
  }

  private List<Map<String, Object>> signals() {
    if (cut < 0) {
      return List.of(Map.of("name", "cut", "value", -1));
    }
    String update =
        "clamp(invert('y', y()), %s, %s)"
            .formatted(number(Math.max(0, up.from())), number(up.to()));
    Map<String, Object> drag =
        Map.of(
            "events",
            "mousedown, [mousedown, window:mouseup] > window:mousemove!",
            "update",
            update);
    return List.of(
        Map.of("name", "cut", "value", number(cut), "on", List.of(drag)),
        Vega.derived("clusters", "1 + length(data('above'))"));
  }

  private List<Object> data(List<Object> leaves, List<Object> segments) {
    List<Object> heights =
        Arrays.stream(merges)
            .mapToDouble(merge -> merge[2])
            .boxed()
            .sorted((a, b) -> Double.compare(b, a))
            .limit(MOST_HEIGHTS)
            .map(h -> (Object) Map.of("h", number(h)))
            .toList();
    return List.of(
        Map.of(
            "name",
            "above",
            "values",
            heights,
            "transform",
            List.of(Map.of("type", "filter", "expr", "datum.h > cut"))),
        Map.of(
            "name",
            "leaves",
            "values",
            leaves,
            "transform",
            List.of(
                Map.of("type", "formula", "as", "new", "expr", "datum.gap > cut ? 1 : 0"),
                Map.of(
                    "type", "window",
                    "ops", List.of("sum"),
                    "fields", List.of("new"),
                    "as", List.of("cluster"),
                    "frame", Arrays.asList(null, 0)))),
        Map.of(
            "name",
            "segments",
            "values",
            segments,
            "transform",
            List.of(
                Map.of(
                    "type",
                    "lookup",
                    "from",
                    "leaves",
                    "key",
                    "e",
                    "fields",
                    List.of("e"),
                    "values",
                    List.of("cluster"),
                    "as",
                    List.of("cluster")),
                Map.of(
                    "type",
                    "formula",
                    "as",
                    "colour",
                    "expr",
                    "datum.top > cut ? '%s' : %s[datum.cluster %% %d]"
                        .formatted(LiveStyle.hex(Style.NOISE), palette(), COLOURS)))));
  }

  private String palette() {
    return literal(
        IntStream.range(0, COLOURS).mapToObj(i -> LiveStyle.hex(Style.color(i))).toList());
  }

  private List<Object> axes() {
    boolean named = names.size() <= 200;
    Map<String, Object> bottom = new LinkedHashMap<>();
    bottom.put("scale", "x");
    bottom.put("orient", "bottom");
    bottom.put("title", label);
    bottom.put("ticks", named);
    bottom.put("labels", named);
    if (named) {
      bottom.put("values", IntStream.range(0, names.size()).boxed().toList());
      bottom.put("labelAngle", names.size() > 12 ? -60 : 0);
      bottom.put("labelAlign", names.size() > 12 ? "right" : "center");
      bottom.put("labelLimit", 90);
      bottom.put("labelOverlap", true);
      bottom.put("encode", Vega.labels(literal(names) + "[datum.value]"));
    }
    return List.of(
        bottom, Map.of("scale", "y", "orient", "left", "title", up.label(), "grid", true));
  }

  private List<Object> marks() {
    List<Object> marks = new ArrayList<>();
    // a background takes the pointer everywhere
    marks.add(Vega.silent(Vega.mark("rect", Vega.background())));
    marks.add(
        Vega.mark(
            "rule",
            "segments",
            Map.of(
                "x", Vega.scaled("x", "x"),
                "x2", Vega.scaled("x", "x2"),
                "y", Vega.scaled("y", "y"),
                "y2", Vega.scaled("y", "y2"),
                "strokeWidth", Vega.value(2),
                "strokeCap", Vega.value("square"),
                "stroke", Map.of("field", "colour"),
                "tooltip",
                    Vega.signal(
                        "{'merged at': format(datum.h, '.4~g'), 'rows below': datum.rows,"
                            + " 'cluster': datum.top > cut ? 'above the cut' : datum.cluster}"))));
    if (cut < 0) {
      return marks;
    }
    String colour = LiveStyle.hex(Style.color(1));
    Map<String, Object> line =
        Vega.mark(
            "rule",
            Map.of(
                "x", Vega.value(0),
                "x2", Vega.signal("width"),
                "y", Map.of("scale", "y", "signal", "cut"),
                "stroke", Vega.value(colour),
                "strokeDash", Vega.value(List.of(6, 4)),
                "strokeWidth", Vega.value(2),
                "cursor", Vega.value("ns-resize")));
    line.put("name", "line");
    marks.add(line);
    marks.add(
        Vega.told(
            Map.of("scale", "y", "signal", "cut", "offset", -6),
            "clusters + (clusters == 1 ? ' cluster' : ' clusters') + ' at ' + format(cut, '.4~g')",
            colour));
    return marks;
  }
}
