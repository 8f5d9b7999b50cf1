package fieldnotes.draw;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;

/** Line charts with a marked point, and annotations shared by several charts. */
public final class Curves {
  private static final Font FONT = Style.font(12);

  private Curves() {}

  /** A line with dots, one of its points marked and labelled. */
  public static Figure marked(
      String title,
      String xLabel,
      String yLabel,
      double[] x,
      double[] y,
      int marked,
      String markedName) {
    return Figure.drawn(
        title,
        Style.WIDTH,
        Style.HEIGHT,
        "line chart of "
            + Words.count(x.length, "point")
            + (marked >= 0 ? ", marked: " + markedName : ""),
        Axis.around(xLabel, x),
        Axis.around(yLabel, y),
        (g, w, h, across, up) -> {
          Axes axes = Axes.layout(g, w, h, title, across, up, 0);
          axes.paint(g);
          line(g, axes, x, y, Style.color(0), true);
          if (marked >= 0) {
            mark(g, axes, x[marked], y[marked], markedName, true);
          }
        });
  }

  public static void line(
      Graphics2D g, Axes axes, double[] x, double[] y, Color colour, boolean dots) {
    g.setColor(colour);
    g.setStroke(new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    Path2D path = new Path2D.Double();
    boolean on = false;
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(y[i])) {
        on = false;
        continue;
      }
      double px = axes.x(x[i]);
      double py = axes.y(y[i]);
      if (on) {
        path.lineTo(px, py);
      } else {
        path.moveTo(px, py);
      }
      on = true;
      if (dots) {
        g.fill(new Ellipse2D.Double(px - 3.5, py - 3.5, 7, 7));
      }
    }
    g.draw(path);
  }

  /** Marks a point with a circle, a dashed line to the axis (down or left) and a label. */
  public static void mark(Graphics2D g, Axes axes, double x, double y, String name, boolean down) {
    double px = axes.x(x);
    double py = axes.y(y);
    broken(g);
    if (down) {
      g.draw(new Line2D.Double(px, py, px, axes.area().getMaxY()));
    } else {
      g.draw(new Line2D.Double(axes.area().x, py, axes.area().getMaxX(), py));
    }
    g.setColor(Style.color(1));
    g.setStroke(new BasicStroke(2f));
    g.draw(new Ellipse2D.Double(px - 7, py - 7, 14, 14));
    FontMetrics metrics = g.getFontMetrics(FONT);
    int width = metrics.stringWidth(name);
    double left = px + 12;
    if (left + width > axes.area().getMaxX() - 4) {
      left = px - 12 - width;
    }
    double base = py - 8;
    if (base - metrics.getAscent() < axes.area().y + 2) {
      base = py + 8 + metrics.getAscent();
    }
    note(g, name, Math.max(axes.area().x + 4.0, left), base);
  }

  public static void broken(Graphics2D g) {
    g.setColor(Style.FAINT_INK);
    g.setStroke(
        new BasicStroke(
            1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {5, 4}, 0));
  }

  /** Text on a light background, readable over lines. */
  public static void note(Graphics2D g, String text, double left, double base) {
    g.setFont(FONT);
    FontMetrics metrics = g.getFontMetrics();
    g.setColor(new Color(255, 255, 255, 225));
    g.fill(
        new Rectangle2D.Double(
            left - 2,
            base - metrics.getAscent(),
            metrics.stringWidth(text) + 4.0,
            metrics.getHeight()));
    g.setColor(Style.INK);
    g.drawString(text, (float) left, (float) base);
  }

  public static double[] doubles(int[] values) {
    return Arrays.stream(values).asDoubleStream().toArray();
  }
}
