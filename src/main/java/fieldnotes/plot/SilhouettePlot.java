package fieldnotes.plot;

import fieldnotes.draw.Axes;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Curves;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Interactive;
import fieldnotes.draw.LiveChart;
import fieldnotes.draw.Style;
import fieldnotes.draw.Words;
import fieldnotes.evaluate.Silhouette;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Silhouette plot: one band per cluster with its rows sorted by silhouette. Good clusters have
 * bands of similar width that extend past the mean; values below 0 are rows that are closer to
 * another cluster.
 */
public final class SilhouettePlot {
  private SilhouettePlot() {}

  /** The silhouette plot of a clustering, with the mean as a dashed line. */
  public static Figure of(String title, Silhouette silhouette) {
    Map<Integer, double[]> blades = new TreeMap<>();
    int[] labels = silhouette.labels();
    double[] values = silhouette.values();
    for (int label : Arrays.stream(labels).distinct().toArray()) {
      double[] blade =
          IntStream.range(0, labels.length)
              .filter(i -> labels[i] == label)
              .mapToDouble(i -> values[i])
              .sorted()
              .toArray();
      blades.put(label, blade);
    }
    int height = Math.clamp(140 + 40L * blades.size(), Style.HEIGHT, 1_000);
    return Figure.drawn(
            title,
            Style.WIDTH,
            height,
            String.format(
                Locale.ROOT,
                "silhouettes of %s in %s, mean %.3f",
                Words.count(labels.length, "row"),
                Words.count(blades.size(), "cluster"),
                silhouette.mean()),
            across(blades),
            blank(labels.length + gap(labels.length) * (blades.size() + 1)),
            (g, w, h, x, y) -> paint(g, w, h, title, blades, labels.length, silhouette.mean(), x))
        .withInteractive(shown -> live(shown, blades, labels.length, silhouette.mean()));
  }

  /** The bands as rectangles, of several rows each where there are many. */
  private static Interactive live(
      Figure shown, Map<Integer, double[]> blades, int rows, double mean) {
    double gap = gap(rows);
    double total = rows + gap * (blades.size() + 1);
    int each = Math.max(1, Math.ceilDiv(rows, 1_500));
    List<LiveChart.Box> boxes = new ArrayList<>();
    double top = total - gap;
    for (Map.Entry<Integer, double[]> entry : blades.entrySet()) {
      double[] blade = entry.getValue();
      int n = blade.length;
      for (int r = 0; r < n; r += each) {
        int last = Math.min(n, r + each);
        double value = blade[n - 1 - (r + last - 1) / 2];
        boxes.add(
            new LiveChart.Box(
                0,
                value,
                top - last - (last < n ? 0.3 * each : 0), // without seams
                top - r,
                name(entry.getKey(), n),
                Style.color(entry.getKey()),
                String.format(Locale.ROOT, "silhouette %.3f", value)));
      }
      top -= n + gap;
    }
    return LiveChart.of(shown)
        .boxes(boxes)
        .rule(mean, 0, mean, total, String.format(Locale.ROOT, "mean %.3f", mean))
        .done();
  }

  private static void paint(
      Graphics2D g,
      int width,
      int height,
      String title,
      Map<Integer, double[]> blades,
      int rows,
      double mean,
      Axis x) {
    double gap = gap(rows);
    double total = rows + gap * (blades.size() + 1);
    // The labels next to the bands replace the vertical axis.
    int names = Axes.legendWidth(g, blades.keySet().stream().map(l -> name(l, rows)).toList());
    Axes axes = Axes.layout(g, width, height, title, x, blank(total), names);
    var area = axes.area();
    g.setColor(Style.GRID);
    for (Axis.Tick tick : x.ticks(Math.max(2, area.width / 64))) {
      g.draw(new Line2D.Double(axes.x(tick.value()), area.y, axes.x(tick.value()), area.getMaxY()));
    }
    double top = total - gap;
    double before = Double.NEGATIVE_INFINITY;
    FontMetrics metrics = g.getFontMetrics(Style.font(12));
    for (Map.Entry<Integer, double[]> entry : blades.entrySet()) {
      double[] blade = entry.getValue();
      int n = blade.length;
      Path2D path = new Path2D.Double();
      path.moveTo(axes.x(0), axes.y(top));
      for (int r = 0; r < n; r++) {
        double value = blade[n - 1 - r];
        path.lineTo(axes.x(value), axes.y(top - r));
        path.lineTo(axes.x(value), axes.y(top - r - 1));
      }
      path.lineTo(axes.x(0), axes.y(top - n));
      path.closePath();
      Color colour = Style.color(entry.getKey());
      g.setColor(colour);
      g.fill(path);
      g.setFont(Style.font(12));
      g.setColor(Style.INK);
      double middle = axes.y(top - n / 2.0) + metrics.getAscent() / 2.0 - 1.5;
      if (middle - before >= metrics.getAscent() + 1) { // omit the names of bands that are too thin
        g.drawString(name(entry.getKey(), n), (float) area.getMaxX() + 14f, (float) middle);
        before = middle;
      }
      top -= n + gap;
    }
    axes.paintFrame(g);
    Curves.broken(g);
    g.draw(new Line2D.Double(axes.x(mean), area.y, axes.x(mean), area.getMaxY()));
    String text = String.format(Locale.ROOT, "mean %.3f", mean);
    double left = Math.min(axes.x(mean) + 6, area.getMaxX() - metrics.stringWidth(text) - 4);
    Curves.note(g, text, left, area.y + metrics.getAscent() + 1.0);
    g.setColor(Style.NOISE);
    g.draw(new Line2D.Double(axes.x(0), area.y, axes.x(0), area.getMaxY()));
  }

  private static double gap(int rows) {
    return rows * 0.02 + 0.5;
  }

  /** The axis of silhouettes, with 0. */
  private static Axis across(Map<Integer, double[]> blades) {
    double low = 0;
    double high = 0;
    for (double[] blade : blades.values()) {
      low = Math.min(low, blade[0]);
      high = Math.max(high, blade[blade.length - 1]);
    }
    return Axis.linear(
        "silhouette", low < 0 ? Math.max(-1, low - 0.05) : 0, Math.min(1, high + 0.05));
  }

  /** An axis of rows without ticks. */
  private static Axis blank(double total) {
    return new Axis("rows", 0, total, Axis.Spacing.LINEAR, List.of(""));
  }

  private static String name(int label, int rows) {
    return (label < 0 ? "noise" : "cluster " + label) + ": " + rows;
  }
}
