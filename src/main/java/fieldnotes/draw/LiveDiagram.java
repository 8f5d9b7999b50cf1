package fieldnotes.draw;

import static fieldnotes.draw.Interactive.number;
import static fieldnotes.draw.LiveStyle.datum;
import static fieldnotes.draw.LiveStyle.hex;
import static fieldnotes.draw.LiveStyle.tip;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The layers of a diagram: boxes with their texts, and lines between them. */
final class LiveDiagram {
  private LiveDiagram() {}

  static void boxes(LiveChart chart, List<LiveChart.Box> boxes, int width) {
    Map<String, List<LiveChart.Box>> kinds = new LinkedHashMap<>();
    boxes.forEach(b -> kinds.computeIfAbsent(b.group(), k -> new ArrayList<>()).add(b));
    for (List<LiveChart.Box> kind : kinds.values()) {
      List<Map<String, Object>> values = new ArrayList<>();
      for (LiveChart.Box box : kind) {
        values.add(
            datum(
                "x", number(box.x1()),
                "x2", number(box.x2()),
                "y", number(box.y1()),
                "y2", number(box.y2()),
                "g", box.group(),
                "t", box.text()));
      }
      Color colour = kind.getFirst().colour();
      Map<String, Object> encoding = chart.boxed();
      encoding.put("tooltip", List.of(tip("g", "nominal", "kind"), tip("t", "nominal", "what")));
      chart.layer(
          values,
          Map.of(
              "type",
              "rect",
              "cornerRadius",
              4,
              "color",
              hex(colour),
              "fillOpacity",
              0.12,
              "stroke",
              hex(colour),
              "strokeWidth",
              1),
          encoding,
          chart.first());
      texts(chart, kind, width);
    }
  }

  /** The text in the middle of each box, cut where the box ends. */
  private static void texts(LiveChart chart, List<LiveChart.Box> boxes, int width) {
    Map<Double, List<Map<String, Object>>> byRoom = new LinkedHashMap<>();
    for (LiveChart.Box box : boxes) {
      byRoom
          .computeIfAbsent(box.x2() - box.x1() - 12, room -> new ArrayList<>())
          .add(
              datum(
                  "x", number((box.x1() + box.x2()) / 2),
                  "y", number((box.y1() + box.y2()) / 2),
                  "t", box.text()));
    }
    byRoom.forEach(
        (room, values) -> {
          Map<String, Object> encoding = chart.axes();
          encoding.put("text", Map.of("field", "t"));
          chart.layer(
              values,
              Map.of(
                  "type",
                  "text",
                  "color",
                  LiveStyle.TEXT,
                  "fontSize",
                  12,
                  "baseline",
                  "middle",
                  "limit",
                  Map.of("expr", "%s * width / %d".formatted(number(room), width)),
                  "tooltip",
                  false),
              encoding,
              List.of());
        });
  }

  static void lines(LiveChart chart, List<double[]> lines) {
    List<Map<String, Object>> values = new ArrayList<>();
    for (double[] line : lines) {
      values.add(
          datum(
              "x", number(line[0]),
              "y", number(line[1]),
              "x2", number(line[2]),
              "y2", number(line[3])));
    }
    chart.layer(
        values,
        Map.of("type", "rule", "color", hex(Style.NOISE), "strokeWidth", 1.4, "aria", false),
        chart.boxed(),
        chart.first());
  }
}
