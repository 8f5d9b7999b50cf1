package fieldnotes.plot;

import fieldnotes.draw.Axes;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Interactive;
import fieldnotes.draw.LiveChart;
import fieldnotes.draw.Style;
import fieldnotes.draw.Words;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** How many rows each class has. */
public final class BalancePlot {
  private BalancePlot() {}

  /** The rows of each class. */
  public static Figure of(String title, Samples rows) {
    return of(title, List.of(""), List.of(rows));
  }

  /** The rows of each class before and after balancing. */
  public static Figure of(String title, Samples before, Samples after) {
    return of(title, List.of("before", "after"), List.of(before, after));
  }

  private static Figure of(String title, List<String> names, List<Samples> all) {
    List<String> classes =
        all.stream()
            .flatMap(rows -> rows.classes().stream())
            .distinct()
            .sorted(Split.ORDER)
            .toList();
    int n = all.size();
    double[][] counts = new double[n][classes.size()];
    for (int s = 0; s < n; s++) {
      for (String one : all.get(s).classes()) {
        counts[s][classes.indexOf(one)]++;
      }
    }
    double most = Math.max(1, Stream.of(counts).flatMapToDouble(Arrays::stream).max().orElse(1));
    List<String> shown = classes.stream().map(c -> c.isEmpty() ? "no class" : c).toList();
    List<Color> colours = n == 1 ? List.of(Style.color(0)) : List.of(Style.NOISE, Style.color(0));
    return Figure.drawn(
            title,
            Style.WIDTH,
            Style.HEIGHT,
            "bar chart of the rows of "
                + Words.list(shown.size(), "class", "classes", shown)
                + (n == 1 ? "" : " before and after"),
            Axis.names("class", shown),
            Axis.linear("rows", 0, 1.1 * most),
            (g, w, h, x, y) -> {
              Axes axes =
                  Axes.layout(g, w, h, title, x, y, n == 1 ? 0 : Axes.legendWidth(g, names));
              axes.paintGrid(g);
              double width = 0.76 / n;
              for (int s = 0; s < n; s++) {
                for (int c = 0; c < counts[s].length; c++) {
                  double left = axes.x(c - 0.38 + s * width);
                  bar(
                      g,
                      axes,
                      left,
                      axes.x(c - 0.38 + (s + 1) * width),
                      counts[s][c],
                      colours.get(s));
                }
              }
              axes.paintFrame(g);
              if (n > 1) {
                axes.paintLegend(g, names, colours);
              }
            })
        .withInteractive(figure -> live(figure, shown, names, counts, colours));
  }

  private static Interactive live(
      Figure figure,
      List<String> classes,
      List<String> names,
      double[][] counts,
      List<Color> colours) {
    LiveChart chart = LiveChart.of(figure);
    int n = counts.length;
    double width = 0.76 / n;
    List<LiveChart.Box> boxes = new ArrayList<>();
    for (int s = 0; s < n; s++) {
      for (int c = 0; c < classes.size(); c++) {
        double left = c - 0.38 + s * width;
        String text = classes.get(c) + ": " + Words.count((long) counts[s][c], "row");
        boxes.add(
            new LiveChart.Box(
                left, left + width, 0, counts[s][c], names.get(s), colours.get(s), text));
      }
    }
    if (n > 1) {
      return chart.boxes(boxes).done();
    }
    double[] left = boxes.stream().mapToDouble(LiveChart.Box::x1).toArray();
    double[] right = boxes.stream().mapToDouble(LiveChart.Box::x2).toArray();
    return chart.bars(colours.getFirst(), left, right, counts[0], classes, "class", "rows").done();
  }

  /** A bar with its number above, where that has room. */
  private static void bar(
      Graphics2D g, Axes axes, double left, double right, double count, Color colour) {
    double top = axes.y(count);
    g.setColor(colour);
    g.fill(new Rectangle2D.Double(left, top, right - left, axes.y(0) - top));
    g.setFont(Style.font(11));
    FontMetrics metrics = g.getFontMetrics();
    String text = Long.toString((long) count);
    int width = metrics.stringWidth(text);
    if (width <= right - left + 4) {
      g.setColor(Style.INK);
      g.drawString(text, (float) ((left + right - width) / 2), (float) top - 3);
    }
  }
}
