package fieldnotes.draw;

import static fieldnotes.draw.Interactive.number;
import static fieldnotes.draw.LiveStyle.datum;
import static fieldnotes.draw.LiveStyle.tip;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Arrows from the origin with their names, which lie inside the area and beside each other. */
final class LiveArrows {
  private static final double WIDTH = 500;
  private static final double HEIGHT = 440;

  /** Width of a letter of a name in CSS pixels, nearly, and the height of its line. */
  private static final double LETTER = 6;

  private static final double LINE = 13;

  private LiveArrows() {}

  /**
   * Draws them as long as the area allows, all by one scale on the page.
   *
   * @param columns their names
   * @param directions their directions, with a common unit for across and up
   */
  static void draw(LiveChart chart, Scales scales, List<String> columns, double[][] directions) {
    Axis across = scales.x();
    Axis up = scales.y();
    double unitX = WIDTH / (across.to() - across.from());
    double unitY = HEIGHT / (up.to() - up.from());
    double scale = Double.POSITIVE_INFINITY;
    for (double[] d : directions) {
      double roomX = unitX * (d[0] > 0 ? across.to() : -across.from());
      double roomY = unitY * (d[1] > 0 ? up.to() : -up.from());
      scale = Math.min(scale, 0.8 * Math.min(roomX / Math.abs(d[0]), roomY / Math.abs(d[1])));
    }
    List<Map<String, Object>> arrows = new ArrayList<>();
    List<List<Map<String, Object>>> names = List.of(new ArrayList<>(), new ArrayList<>());
    List<Rectangle2D> taken = new ArrayList<>();
    for (int i = 0; i < directions.length; i++) {
      double dx = scale * directions[i][0];
      double dy = scale * directions[i][1];
      Map<String, Object> arrow =
          datum("x", 0, "y", 0, "x2", number(dx / unitX), "y2", number(dy / unitY));
      arrow.put("n", columns.get(i));
      arrow.put("a", number(Math.toDegrees(Math.atan2(dx, dy))));
      arrows.add(arrow);
      double tipX = dx - unitX * across.from();
      double tipY = HEIGHT - dy + unitY * up.from();
      double room = LETTER * columns.get(i).length();
      double left = Math.clamp(dx >= 0 ? tipX + 5 : tipX - 5 - room, 2, Math.max(2, WIDTH - room));
      double top = free(taken, left, tipY - LINE / 2, room);
      // a name holds to the end that lies farther out, so that it stays inside a narrower chart
      boolean right = left + room / 2 > WIDTH / 2;
      names
          .get(right ? 1 : 0)
          .add(
              datum(
                  "x",
                  number((right ? left + room : left) / unitX + across.from()),
                  "y",
                  number((HEIGHT - top - LINE / 2) / unitY + up.from()),
                  "n",
                  columns.get(i)));
    }
    layers(chart, arrows, names);
  }

  /** The place nearest to the wanted one, up or down, where no other name is. */
  private static double free(List<Rectangle2D> taken, double left, double wanted, double room) {
    Rectangle2D.Double box = new Rectangle2D.Double(left, wanted, room, LINE);
    for (int step = 1; step < 40 && taken.stream().anyMatch(box::intersects); step++) {
      box.y = wanted + (step % 2 == 0 ? step / 2 : -(step + 1) / 2) * 6.0;
    }
    box.y = Math.clamp(box.y, 0, HEIGHT - LINE);
    taken.add(box);
    return box.y;
  }

  private static void layers(
      LiveChart chart, List<Map<String, Object>> arrows, List<List<Map<String, Object>>> names) {
    List<Object> tooltip = List.of(tip("n", "nominal", "column"));
    Map<String, Object> shaft = chart.boxed();
    shaft.put("tooltip", tooltip);
    chart.layer(
        arrows,
        Map.of("type", "rule", "strokeWidth", 1.6, "color", LiveStyle.MIDDLE),
        shaft,
        chart.first());
    Map<String, Object> head = chart.axes("x2", "y2");
    head.put(
        "angle",
        Map.of(
            "field",
            "a",
            "type",
            "quantitative",
            "scale",
            Map.of("domain", List.of(0, 360), "range", List.of(0, 360))));
    head.put("tooltip", tooltip);
    chart.layer(
        arrows,
        Map.of(
            "type",
            "point",
            "shape",
            "triangle",
            "filled",
            true,
            "size",
            50,
            "color",
            LiveStyle.MIDDLE),
        head,
        List.of());
    for (int side = 0; side < 2; side++) {
      if (!names.get(side).isEmpty()) {
        Map<String, Object> text = chart.axes();
        text.put("text", Map.of("field", "n"));
        chart.layer(
            names.get(side),
            Map.of("type", "text", "color", LiveStyle.TEXT, "align", side == 0 ? "left" : "right"),
            text,
            List.of());
      }
    }
  }
}
