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
 * chapters are labelled with their chapter. The unit is that of the newest run; values in another
 * unit are not drawn, and the title says so. Points are joined only where the values differ.
 */
final class Course {
  private Course() {}

  /** The number of a run among those of its entry, from 1 for the oldest. */
  static int number(Run run, List<Run> all) {
    List<Run> mine =
        all.stream()
            .filter(r -> r.chapter().equals(run.chapter()) && r.title().equals(run.title()))
            .toList();
    return mine.indexOf(run) + 1;
  }

  /**
   * The chart.
   *
   * @param runs all runs of the entries, oldest first; at least one has the metric
   */
  static Figure of(String metric, List<Run> runs) {
    List<Run> all = runs.stream().filter(r -> r.metric(metric).isPresent()).toList();
    String unit = all.getLast().metric(metric).orElseThrow().unit();
    List<Run> with =
        all.stream().filter(r -> r.metric(metric).orElseThrow().unit().equals(unit)).toList();
    int other = all.size() - with.size();
    String title =
        metric
            + " over the runs"
            + (other == 0 ? "" : " (%d in another unit not drawn)".formatted(other));
    List<String> days = new ArrayList<>();
    Map<String, List<Integer>> entries = new LinkedHashMap<>();
    double[] values = new double[with.size()];
    for (int i = 0; i < with.size(); i++) {
      Run run = with.get(i);
      days.add("%s (%d)".formatted(run.date(), number(run, runs)));
      values[i] = run.metric(metric).orElseThrow().value();
      boolean alone =
          with.stream()
              .allMatch(r -> r.chapter().equals(run.chapter()) || !r.title().equals(run.title()));
      String name = alone ? run.title() : run.chapter() + ": " + run.title();
      entries.computeIfAbsent(name, n -> new ArrayList<>()).add(i);
    }
    List<String> names = entries.size() > 1 ? List.copyOf(entries.keySet()) : List.of();
    return Figure.drawn(
            title,
            Style.WIDTH,
            320,
            (g, w, h) -> {
              Axis y = Axis.around(unit.isEmpty() ? metric : metric + " in " + unit, values);
              Axes axes =
                  Axes.layout(g, w, h, title, Axis.names("", days), y, Axes.legendWidth(g, names));
              axes.paint(g);
              int colour = 0;
              for (List<Integer> points : entries.values()) {
                g.setColor(Style.color(colour++));
                Path2D line = new Path2D.Double();
                boolean down = false;
                boolean moved =
                    points.stream()
                        .anyMatch(i -> !Metric.same(values[i], values[points.getFirst()]));
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
                if (moved) {
                  g.setStroke(new BasicStroke(1.8f));
                  g.draw(line);
                }
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
