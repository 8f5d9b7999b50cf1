package fieldnotes.journal;

import fieldnotes.draw.Axes;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Style;
import fieldnotes.draw.Words;
import fieldnotes.table.Numbers;
import java.awt.BasicStroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A chart of a metric over all runs, one line per entry. Entries with the same title in several
 * chapters are labelled with their chapter.
 */
final class Course {
  private Course() {}

  static Figure of(String metric, List<Run> runs) {
    List<Run> with = runs.stream().filter(r -> r.metric(metric).isPresent()).toList();
    String unit = with.getFirst().metric(metric).orElseThrow().unit();
    List<String> days = new ArrayList<>();
    Map<String, List<Integer>> entries = new LinkedHashMap<>();
    double[] values = new double[with.size()];
    for (int i = 0; i < with.size(); i++) {
      Run run = with.get(i);
      days.add(run.date().toString());
      values[i] = run.metric(metric).orElseThrow().value();
      boolean alone =
          with.stream()
              .allMatch(r -> r.chapter().equals(run.chapter()) || !r.title().equals(run.title()));
      String name = alone ? run.title() : run.chapter() + ": " + run.title();
      entries.computeIfAbsent(name, n -> new ArrayList<>()).add(i);
    }
    List<String> names = entries.size() > 1 ? List.copyOf(entries.keySet()) : List.of();
    return Figure.drawn(
            metric + " over the runs",
            Style.WIDTH,
            320,
            (g, w, h) -> {
              Axis y = Axis.around(unit.isEmpty() ? metric : metric + " in " + unit, values);
              Axes axes =
                  Axes.layout(
                      g,
                      w,
                      h,
                      metric + " over the runs",
                      Axis.names("", days),
                      y,
                      Axes.legendWidth(g, names));
              axes.paint(g);
              int colour = 0;
              for (List<Integer> points : entries.values()) {
                g.setColor(Style.color(colour++));
                Path2D line = new Path2D.Double();
                boolean down = false;
                for (int i : points) {
                  if (!Double.isFinite(values[i])) {
                    down = false;
                    continue;
                  }
                  double px = axes.x(i);
                  double py = axes.y(values[i]);
                  if (down) {
                    line.lineTo(px, py);
                  } else {
                    line.moveTo(px, py);
                  }
                  down = true;
                  g.fill(new Ellipse2D.Double(px - 4, py - 4, 8, 8));
                }
                g.setStroke(new BasicStroke(1.8f));
                g.draw(line);
              }
              axes.paintLegend(
                  g,
                  names,
                  java.util.stream.IntStream.range(0, names.size())
                      .mapToObj(Style::color)
                      .toList());
            })
        .withAlt(alt(metric, unit, values));
  }

  private static String alt(String metric, String unit, double[] values) {
    return "%s over the runs: line chart of %s, from %s in the first to %s in the last%s."
        .formatted(
            metric,
            Words.count(values.length, "run"),
            Numbers.text(values[0]),
            Numbers.text(values[values.length - 1]),
            unit.isEmpty() ? "" : ", in " + unit);
  }
}
