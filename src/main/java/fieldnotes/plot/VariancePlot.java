package fieldnotes.plot;

import fieldnotes.common.Check;
import fieldnotes.draw.Axes;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Curves;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Interactive;
import fieldnotes.draw.LiveChart;
import fieldnotes.draw.Style;
import fieldnotes.draw.Words;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Explained variance of each component as bars, with the cumulative sum as a line. */
final class VariancePlot {
  private VariancePlot() {}

  /**
   * The plot with marks where the cumulative sum reaches 80 % and 90 %.
   *
   * @param title for example "PCA of 35 features"
   * @param explainedVarianceRatio share of the variance of each component to show, 0…1
   */
  static Figure of(String title, double[] explainedVarianceRatio) {
    return of(title, explainedVarianceRatio, 0.8, 0.9);
  }

  /** The plot with marks at the given shares, each above 0 and at most 1. */
  static Figure of(String title, double[] explainedVarianceRatio, double... shares) {
    Check.that(explainedVarianceRatio.length > 0, "explainedVarianceRatio is empty");
    for (double ratio : explainedVarianceRatio) {
      Check.within("explainedVarianceRatio", ratio, -1e-9, 1 + 1e-9);
    }
    for (double share : shares) {
      Check.within("share", share, 0.01, 1);
    }
    double[] ratios = explainedVarianceRatio.clone();
    double[] marks = shares.clone();
    return Figure.drawn(
            title,
            Style.WIDTH,
            Style.HEIGHT,
            "bars of the share of the variance of "
                + Words.count(ratios.length, "component")
                + " and their running total"
                + reached(ratios, marks),
            components(ratios.length),
            Axis.linear("share of the variance in %", 0, 100),
            (g, w, h, x, y) -> paint(g, w, h, title, ratios, marks, x, y))
        .withInteractive(shown -> live(shown, ratios, marks));
  }

  private static Interactive live(Figure shown, double[] ratios, double[] shares) {
    int n = ratios.length;
    double[] at = IntStream.rangeClosed(1, n).asDoubleStream().toArray();
    double[] total = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += ratios[i];
      total[i] = 100 * sum;
    }
    LiveChart chart =
        LiveChart.of(shown)
            .bars(
                Style.color(0),
                Arrays.stream(at).map(a -> a - 0.4).toArray(),
                Arrays.stream(at).map(a -> a + 0.4).toArray(),
                Arrays.stream(ratios).map(r -> 100 * r).toArray(),
                Arrays.stream(at).mapToObj(a -> Integer.toString((int) a)).toList(),
                "component",
                "share in %")
            .lines(
                List.of(new LiveChart.Line("running total", Style.color(1), at, total)),
                false,
                true,
                "components",
                "running total in %");
    for (double share : shares) {
      int count = componentsFor(share, ratios);
      if (count > 0) {
        chart.rule(0.25, 100 * share, count, 100 * share, percent(share) + " with " + count);
        chart.rule(count, 100 * share, count, 0, percent(share) + " with " + count);
      }
    }
    return chart.done();
  }

  private static String reached(double[] ratios, double[] shares) {
    StringBuilder text = new StringBuilder();
    for (double share : shares) {
      int count = componentsFor(share, ratios);
      text.append(", ").append(percent(share));
      text.append(count < 0 ? " not reached" : " with " + count);
    }
    return text.toString();
  }

  /** Number of components needed to reach a share, or −1 if all together do not reach it. */
  static int componentsFor(double share, double[] explainedVarianceRatio) {
    double sum = 0;
    for (int i = 0; i < explainedVarianceRatio.length; i++) {
      sum += explainedVarianceRatio[i];
      if (sum >= share - 1e-12) {
        return i + 1;
      }
    }
    return -1;
  }

  private static void paint(
      Graphics2D g,
      int width,
      int height,
      String title,
      double[] ratios,
      double[] shares,
      Axis x,
      Axis y) {
    int n = ratios.length;
    Axes axes = Axes.layout(g, width, height, title, x, y, 8);
    axes.paint(g);
    double total = 0;
    Path2D running = new Path2D.Double();
    for (int i = 0; i < n; i++) {
      double left = axes.x(i + 0.6);
      double top = axes.y(100 * ratios[i]);
      g.setColor(Style.color(0));
      g.fill(
          new Rectangle2D.Double(
              left, top, Math.max(1, axes.x(i + 1.4) - left), Math.max(0, axes.y(0) - top)));
      total += ratios[i];
      if (i == 0) {
        running.moveTo(axes.x(1), axes.y(100 * total));
      } else {
        running.lineTo(axes.x(i + 1), axes.y(100 * total));
      }
    }
    int last = 0;
    for (double share : shares) {
      int count = componentsFor(share, ratios);
      last = Math.max(last, count < 0 ? n : count);
    }
    for (double share : shares) {
      line(g, axes, componentsFor(share, ratios), share, axes.x(last));
    }
    g.setColor(Style.color(1));
    g.setStroke(new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(running);
    total = 0;
    for (int i = 0; i < n; i++) {
      total += ratios[i];
      double r = n <= 60 ? 3 : 1.5;
      g.fill(new Ellipse2D.Double(axes.x(i + 1) - r, axes.y(100 * total) - r, 2 * r, 2 * r));
    }
    for (double share : shares) {
      name(g, axes, componentsFor(share, ratios), share, axes.x(last));
    }
    legend(g, axes);
  }

  /** Draws dashed lines from the share to the right, and from its component down. */
  private static void line(Graphics2D g, Axes axes, int count, double share, double last) {
    double level = axes.y(100 * share);
    g.setColor(Style.FAINT_INK);
    g.setStroke(
        new BasicStroke(
            1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {5, 4}, 0));
    g.draw(new Line2D.Double(axes.area().x, level, last, level));
    if (count > 0) {
      g.draw(new Line2D.Double(axes.x(count), level, axes.x(count), axes.y(0)));
    }
  }

  /** Draws the label to the right below the curve, or to the left above it if there is no room. */
  private static void name(Graphics2D g, Axes axes, int count, double share, double last) {
    String percent = percent(share);
    String text =
        count < 0
            ? percent + " is not reached"
            : percent + ": " + count + (count == 1 ? " component" : " components");
    FontMetrics metrics = g.getFontMetrics(Style.font(12));
    double level = axes.y(100 * share);
    if (last + 8 + metrics.stringWidth(text) <= axes.area().getMaxX()) {
      Curves.note(g, text, last + 8, level + metrics.getAscent() / 2.0 + 4);
    } else {
      Curves.note(g, text, axes.area().x + 8, level - 5);
    }
  }

  private static String percent(double share) {
    double percent = 100 * share;
    return Axis.text(percent, percent == Math.rint(percent) ? 1 : 0.01) + " %";
  }

  /** An axis of component numbers from 1. */
  private static Axis components(int n) {
    return new Axis(
        "component",
        0.25,
        n + 0.75,
        Axis.Spacing.LINEAR,
        n < 12
            ? IntStream.rangeClosed(0, n).mapToObj(i -> i == 0 ? "" : "" + i).toList()
            : List.of());
  }

  private static void legend(Graphics2D g, Axes axes) {
    List<String> names = List.of("each component", "running total");
    g.setFont(Style.font(12));
    FontMetrics metrics = g.getFontMetrics();
    int widest = Math.max(metrics.stringWidth(names.get(0)), metrics.stringWidth(names.get(1)));
    double left = axes.area().getMaxX() - widest - 26;
    double top = axes.y(0) - axes.area().height * 0.45;
    g.setColor(new Color(255, 255, 255, 225));
    g.fill(new Rectangle2D.Double(left - 6, top - 6, widest + 32.0, 46));
    for (int i = 0; i < 2; i++) {
      g.setColor(Style.color(i));
      g.fill(new Rectangle2D.Double(left, top + i * 20 + (i == 0 ? 1 : 5), 12, i == 0 ? 11 : 3));
      g.setColor(Style.INK);
      g.drawString(names.get(i), (float) left + 20, (float) top + i * 20 + metrics.getAscent());
    }
  }
}
