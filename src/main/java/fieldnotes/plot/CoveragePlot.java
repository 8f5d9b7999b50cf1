package fieldnotes.plot;

import fieldnotes.common.Check;
import fieldnotes.draw.Axes;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Curves;
import fieldnotes.draw.Figure;
import fieldnotes.draw.LiveChart;
import fieldnotes.draw.Style;
import fieldnotes.draw.Words;
import fieldnotes.evaluate.CoverageCurve;
import fieldnotes.evaluate.OpenSet;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a model that may say Unknown gains by saying so. */
public final class CoveragePlot {
  private static final int BINS = 30;

  private CoveragePlot() {}

  /** Accuracy of the rows answered over their share of all rows, the best known rows first. */
  public static Figure of(String title, CoverageCurve curve) {
    return of(title, List.of(""), List.of(curve));
  }

  /** The curves of several models, in map order. */
  public static Figure of(String title, Map<String, CoverageCurve> curves) {
    return of(title, List.copyOf(curves.keySet()), List.copyOf(curves.values()));
  }

  private static Figure of(String title, List<String> names, List<CoverageCurve> curves) {
    Check.that(!curves.isEmpty(), "curves is empty: give at least one");
    List<Traces.Trace> traces = new ArrayList<>();
    double least = 1;
    for (int c = 0; c < curves.size(); c++) {
      CoverageCurve curve = curves.get(c);
      String name = names.get(c);
      traces.add(
          new Traces.Trace(
              String.format(
                  Locale.ROOT, "AURC %.3f%s%s", curve.area(), name.isEmpty() ? "" : " of ", name),
              c,
              curve.coverage(),
              curve.accuracy(),
              false));
      least = Math.min(least, Arrays.stream(curve.accuracy()).min().orElse(0));
    }
    return Traces.figure(
        title,
        "coverage–accuracy curve",
        Axis.linear("coverage: share of rows answered", -0.02, 1.02),
        Axis.linear("accuracy of the rows answered", Math.max(-0.02, least - 0.05), 1.02),
        traces,
        List.of());
  }

  /**
   * How well known rows of known and of unknown classes are: two histograms, each as shares of its
   * own rows, with the threshold below which rows are called Unknown.
   */
  public static Figure knownness(String title, OpenSet open, double threshold) {
    double[] known = open.known();
    double[] unknown = open.unknown();
    double[] all = Arrays.copyOf(known, known.length + unknown.length);
    System.arraycopy(unknown, 0, all, known.length, unknown.length);
    double low = Arrays.stream(all).min().orElse(0);
    double high = Arrays.stream(all).max().orElse(1);
    double[] edges = new double[BINS + 1];
    double width = high > low ? (high - low) / BINS : 1.0 / BINS;
    Arrays.setAll(edges, i -> low + i * width);
    double[] ofKnown = shares(known, low, width);
    double[] ofUnknown = shares(unknown, low, width);
    double most = Math.max(Arrays.stream(ofKnown).max().orElse(1), max(ofUnknown));
    List<String> names = List.of("known classes", "unknown classes");
    List<Color> colours = List.of(Style.color(0), Style.color(1));
    return Figure.drawn(
            title,
            Style.WIDTH,
            Style.HEIGHT,
            "histograms of the knownness of %s and %s, threshold %s"
                .formatted(
                    Words.count(known.length, "known row"),
                    Words.count(unknown.length, "unknown row"),
                    Axis.text(threshold, Math.max(1e-6, width / 10))),
            Axis.around("knownness", low, high, threshold),
            Axis.linear("share of rows", 0, 1.08 * most),
            (g, w, h, x, y) -> {
              Axes axes = Axes.layout(g, w, h, title, x, y, Axes.legendWidth(g, names));
              axes.paintGrid(g);
              bars(g, axes, edges, ofKnown, 0);
              bars(g, axes, edges, ofUnknown, 1);
              axes.paintFrame(g);
              Curves.broken(g);
              double at = axes.x(threshold);
              g.draw(new Line2D.Double(at, axes.area().y, at, axes.area().getMaxY()));
              axes.paintLegend(g, names, colours);
            })
        .withInteractive(
            shown ->
                LiveChart.of(shown)
                    .overlaid(names, colours, edges, List.of(ofKnown, ofUnknown), "knownness")
                    .rule(threshold, 0, threshold, 1.08 * most, "threshold")
                    .done());
  }

  private static double max(double[] values) {
    return Arrays.stream(values).max().orElse(1);
  }

  private static double[] shares(double[] values, double low, double width) {
    double[] shares = new double[BINS];
    for (double value : values) {
      shares[Math.clamp((long) ((value - low) / width), 0, BINS - 1)] += 1.0 / values.length;
    }
    return shares;
  }

  private static void bars(Graphics2D g, Axes axes, double[] edges, double[] shares, int colour) {
    Path2D path = new Path2D.Double();
    path.moveTo(axes.x(edges[0]), axes.y(0));
    for (int i = 0; i < shares.length; i++) {
      path.lineTo(axes.x(edges[i]), axes.y(shares[i]));
      path.lineTo(axes.x(edges[i + 1]), axes.y(shares[i]));
    }
    path.lineTo(axes.x(edges[edges.length - 1]), axes.y(0));
    Color full = Style.color(colour);
    g.setColor(new Color(full.getRed(), full.getGreen(), full.getBlue(), 60));
    g.fill(path);
    g.setColor(full);
    g.draw(path);
  }
}
