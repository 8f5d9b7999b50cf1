package fieldnotes.plot;

import fieldnotes.draw.Axes;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Curves;
import fieldnotes.draw.Figure;
import fieldnotes.draw.LiveChart;
import fieldnotes.draw.Style;
import fieldnotes.draw.Words;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.List;

/** Lines of one kind in one figure, with a legend: the curves by which classifiers are judged. */
final class Traces {
  private static final int COLOURS = 12;

  private Traces() {}

  /**
   * A line.
   *
   * @param name in the legend, with its area or the like
   * @param colour number of its colour; −1 for a mean of the others, which is drawn in ink
   * @param steps whether it keeps its height up to the next point
   */
  record Trace(String name, int colour, double[] x, double[] y, boolean steps) {
    Color shown() {
      return colour < 0 ? Style.INK : Style.color(colour);
    }

    /** Beyond the colours there are, and for a mean, lines are broken. */
    BasicStroke stroke() {
      float[] dash = colour < 0 ? new float[] {7, 4} : colour < COLOURS ? null : new float[] {2, 4};
      return new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 10, dash, 0);
    }
  }

  /** A broken line that stands for chance, or for perfection; from one point to another. */
  record Guide(double x1, double y1, double x2, double y2) {}

  static Figure figure(
      String title, String what, Axis x, Axis y, List<Trace> traces, List<Guide> guides) {
    List<String> names = traces.stream().map(Trace::name).toList();
    List<Color> colours = traces.stream().map(Trace::shown).toList();
    int height = Math.clamp(100 + 20L * names.size(), Style.HEIGHT, 900);
    Figure drawn =
        Figure.drawn(
            title,
            Style.WIDTH,
            height,
            Words.list(names.size(), what, what + "s", names),
            x,
            y,
            (g, w, h, across, up) -> {
              int legend = names.size() == 1 && names.getFirst().isEmpty() ? 0 : 1;
              Axes axes =
                  Axes.layout(
                      g, w, h, title, across, up, legend == 0 ? 8 : Axes.legendWidth(g, names));
              axes.paint(g);
              for (Guide guide : guides) {
                Curves.broken(g);
                g.draw(
                    new Line2D.Double(
                        axes.x(guide.x1), axes.y(guide.y1), axes.x(guide.x2), axes.y(guide.y2)));
              }
              for (Trace trace : traces) {
                paint(g, axes, trace);
              }
              if (legend > 0) {
                axes.paintLegend(g, names, colours);
              }
            });
    return drawn.withInteractive(
        shown -> {
          LiveChart chart = LiveChart.of(shown);
          boolean steps = traces.stream().allMatch(Trace::steps);
          chart.lines(
              traces.stream().map(t -> new LiveChart.Line(t.name, t.shown(), t.x, t.y)).toList(),
              steps,
              false,
              x.label(),
              y.label());
          guides.forEach(guide -> chart.rule(guide.x1, guide.y1, guide.x2, guide.y2, "chance"));
          return chart.done();
        });
  }

  static void paint(Graphics2D g, Axes axes, Trace trace) {
    Path2D path = new Path2D.Double();
    double before = Double.NaN;
    for (int i = 0; i < trace.x.length; i++) {
      double px = axes.x(trace.x[i]);
      double py = axes.y(trace.y[i]);
      if (!Double.isFinite(px + py)) {
        before = Double.NaN;
      } else if (Double.isNaN(before)) {
        path.moveTo(px, py);
        before = py;
      } else {
        if (trace.steps) {
          path.lineTo(px, before);
        }
        path.lineTo(px, py);
        before = py;
      }
    }
    g.setColor(trace.shown());
    g.setStroke(trace.stroke());
    g.draw(path);
    g.setStroke(new BasicStroke(1f));
  }
}
