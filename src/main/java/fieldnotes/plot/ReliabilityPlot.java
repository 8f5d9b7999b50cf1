package fieldnotes.plot;

import fieldnotes.common.Check;
import fieldnotes.draw.Axes;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Curves;
import fieldnotes.draw.Figure;
import fieldnotes.draw.LiveChart;
import fieldnotes.draw.Style;
import fieldnotes.draw.Words;
import fieldnotes.evaluate.Reliability;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reliability diagram: how often rows of a predicted probability are of the class, with a histogram
 * of the probabilities below. Probabilities that can be taken at their word lie on the diagonal;
 * below it a model is too sure.
 */
public final class ReliabilityPlot {
  private static final double UPPER = 0.7;

  private ReliabilityPlot() {}

  /** The diagram of one model. */
  public static Figure of(String title, Reliability reliability) {
    return of(title, List.of(reliability.of()), List.of(reliability));
  }

  /** The diagrams of several models, such as before and after calibration, in map order. */
  public static Figure of(String title, Map<String, Reliability> models) {
    return of(title, List.copyOf(models.keySet()), List.copyOf(models.values()));
  }

  private static Figure of(String title, List<String> models, List<Reliability> all) {
    Check.that(!all.isEmpty(), "models is empty: give at least one");
    List<String> names = new ArrayList<>();
    List<Color> colours = new ArrayList<>();
    double most = 0;
    for (int m = 0; m < all.size(); m++) {
      names.add(
          String.format(Locale.ROOT, "ECE %.3f of %s", all.get(m).expectedError(), models.get(m)));
      colours.add(Style.color(m));
      for (Reliability.Bin bin : all.get(m).bins()) {
        most = Math.max(most, share(all.get(m), bin));
      }
    }
    Axis below = Axis.linear("share of rows", 0, 1.05 * most);
    return Figure.drawn(
            title,
            Style.WIDTH,
            520,
            Words.list(names.size(), "reliability curve", "reliability curves", names)
                + " over a histogram of the probabilities",
            Axis.linear("predicted probability", -0.02, 1.02),
            Axis.linear("share of rows of the class", -0.02, 1.02),
            (g, w, h, x, y) -> {
              int upper = (int) (UPPER * h);
              int legend = Axes.legendWidth(g, names);
              Axis bare = new Axis("", x.from(), x.to(), x.spacing(), x.names());
              Axes axes = Axes.layout(g, w, upper, title, bare, y, legend);
              Axes lower = Axes.layout(g, w, h - upper, "", x, below, legend);
              // both start at the same place, however wide their marks
              int shift = axes.area().x - lower.area().x;
              axes.paint(g);
              Curves.broken(g);
              g.draw(new Line2D.Double(axes.x(0), axes.y(0), axes.x(1), axes.y(1)));
              for (int m = 0; m < all.size(); m++) {
                List<Reliability.Bin> bins = all.get(m).bins();
                Curves.line(
                    g,
                    axes,
                    bins.stream().mapToDouble(Reliability.Bin::predicted).toArray(),
                    bins.stream().mapToDouble(Reliability.Bin::observed).toArray(),
                    colours.get(m),
                    true);
              }
              axes.paintLegend(g, names, colours);
              AffineTransform before = g.getTransform();
              g.translate(Math.max(0, shift), upper);
              lower.paintGrid(g);
              for (int m = 0; m < all.size(); m++) {
                histogram(g, lower, all.get(m), m, all.size() == 1);
              }
              lower.paintFrame(g);
              g.setTransform(before);
            })
        .withInteractive(
            shown -> {
              List<LiveChart.Line> lines = new ArrayList<>();
              for (int m = 0; m < all.size(); m++) {
                List<Reliability.Bin> bins = all.get(m).bins();
                lines.add(
                    new LiveChart.Line(
                        names.get(m),
                        colours.get(m),
                        bins.stream().mapToDouble(Reliability.Bin::predicted).toArray(),
                        bins.stream().mapToDouble(Reliability.Bin::observed).toArray()));
              }
              return LiveChart.of(shown)
                  .lines(lines, false, true, "predicted probability", "share of the class")
                  .rule(0, 0, 1, 1, "as sure as right")
                  .note("the histogram of the probabilities is in the saved picture")
                  .done();
            });
  }

  private static double share(Reliability of, Reliability.Bin bin) {
    return bin.weight() / of.bins().stream().mapToDouble(Reliability.Bin::weight).sum();
  }

  private static void histogram(
      Graphics2D g, Axes axes, Reliability reliability, int colour, boolean alone) {
    Color full = Style.color(colour);
    g.setStroke(new BasicStroke(1.5f));
    for (Reliability.Bin bin : reliability.bins()) {
      double left = axes.x(bin.from());
      double top = axes.y(share(reliability, bin));
      Rectangle2D bar = new Rectangle2D.Double(left, top, axes.x(bin.to()) - left, axes.y(0) - top);
      g.setColor(new Color(full.getRed(), full.getGreen(), full.getBlue(), alone ? 150 : 40));
      g.fill(bar);
      g.setColor(full);
      g.draw(bar);
    }
    g.setStroke(new BasicStroke(1f));
  }
}
