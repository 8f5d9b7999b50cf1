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
import java.util.List;

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
    Figure drawn =
        Figure.drawn(
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
                mark(g, axes, x[marked], y[marked], markedName, true, x, y);
              }
            });
    return drawn.withInteractive(
        shown -> {
          LiveChart chart =
              LiveChart.of(shown)
                  .lines(
                      List.of(new LiveChart.Line(yLabel, Style.color(0), x, y)),
                      false,
                      true,
                      xLabel,
                      yLabel);
          return (marked >= 0 ? chart.mark(x[marked], y[marked], markedName) : chart).done();
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

  /**
   * Marks a point with a circle, a dashed line to the axis (down or across) and a label, which
   * stands where it covers least of the lines.
   *
   * @param lines ordinates of the lines in the figure, each of the length of {@code across}
   */
  public static void mark(
      Graphics2D g,
      Axes axes,
      double x,
      double y,
      String name,
      boolean down,
      double[] across,
      double[]... lines) {
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
    double width = metrics.stringWidth(name);
    double height = metrics.getHeight();
    Rectangle2D best = null;
    int least = Integer.MAX_VALUE;
    for (int distance = 8; distance <= 128; distance += 12) {
      for (double top : new double[] {py - distance - metrics.getAscent(), py + distance}) {
        for (double left :
            new double[] {px + 12, px - 12 - width, px + 40, px - 40 - width, px - width / 2}) {
          Rectangle2D box = new Rectangle2D.Double(left - 2, top, width + 4, height);
          int covered = axes.area().contains(box) ? covered(axes, box, across, lines) : 9_999_999;
          if (covered < least) {
            least = covered;
            best = box;
          }
        }
      }
    }
    if (best != null) {
      double left = Math.clamp(best.getX() + 2, axes.area().x + 4.0, 1e6);
      note(g, name, left, best.getY() + metrics.getAscent());
    }
  }

  /** The number of pieces of the lines that cross a box. */
  private static int covered(Axes axes, Rectangle2D box, double[] across, double[][] lines) {
    int count = 0;
    // half a dot wider than the text
    Rectangle2D wide =
        new Rectangle2D.Double(
            box.getX() - 4, box.getY() - 4, box.getWidth() + 8, box.getHeight() + 8);
    for (double[] line : lines) {
      for (int i = 1; i < line.length; i++) {
        if (Double.isFinite(line[i - 1] + line[i])
            && wide.intersectsLine(
                axes.x(across[i - 1]), axes.y(line[i - 1]), axes.x(across[i]), axes.y(line[i]))) {
          count++;
        }
      }
    }
    return count;
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
