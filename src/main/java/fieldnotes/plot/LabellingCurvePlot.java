package fieldnotes.plot;

import fieldnotes.draw.Axes;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Curves;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Style;
import fieldnotes.draw.Words;
import fieldnotes.label.LabellingCurves;
import fieldnotes.label.LabellingMeasure;
import fieldnotes.table.Describe;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What labels are worth as more clips are heard: a line per strategy, in a band over seeds. */
public final class LabellingCurvePlot {
  private LabellingCurvePlot() {}

  /** The accuracy on rows held out, and a broken line at that of all labels. */
  public static Figure of(String title, LabellingCurves curves) {
    return of(title, curves, LabellingMeasure.ACCURACY);
  }

  /**
   * A measure over the clips heard: the mean over seeds of each strategy in a band of one standard
   * deviation.
   */
  public static Figure of(String title, LabellingCurves curves, LabellingMeasure measure) {
    double[] x = curves.trial().clips().stream().mapToDouble(Integer::doubleValue).toArray();
    List<double[]> means = new ArrayList<>();
    List<double[]> spreads = new ArrayList<>();
    List<Color> colours = new ArrayList<>();
    List<Double> reach = new ArrayList<>();
    double all = Describe.mean(curves.ceiling());
    boolean ceiling = measure == LabellingMeasure.ACCURACY;
    for (String strategy : curves.strategies()) {
      double[] mean = curves.mean(measure, strategy);
      double[] spread = curves.deviation(measure, strategy);
      for (int i = 0; i < x.length; i++) {
        reach.add(mean[i] - spread[i]);
        reach.add(mean[i] + spread[i]);
      }
      colours.add(Style.color(means.size()));
      means.add(mean);
      spreads.add(spread);
    }
    if (ceiling) {
      reach.add(all);
    }
    List<String> names = curves.strategies();
    String line =
        ceiling ? String.format(Locale.ROOT, "; broken line at %.3f: all labels", all) : "";
    return Figure.drawn(
        title,
        Style.WIDTH,
        Math.clamp(100 + 20L * names.size(), Style.HEIGHT, 900),
        Words.list(names.size(), "line", "lines", names)
            + " of %s over clips heard%s".formatted(measure, line),
        Axis.around("clips heard", x),
        Axis.around(measure.toString(), reach.stream().mapToDouble(Double::doubleValue).toArray()),
        (g, w, h, across, up) -> {
          Axes axes = Axes.layout(g, w, h, title, across, up, Axes.legendWidth(g, names));
          axes.paint(g);
          for (int s = 0; s < names.size(); s++) {
            LearningPlot.band(g, axes, x, means.get(s), spreads.get(s), colours.get(s));
          }
          if (ceiling) {
            Curves.broken(g);
            double at = axes.y(all);
            g.draw(new Line2D.Double(axes.area().x, at, axes.area().getMaxX(), at));
          }
          for (int s = 0; s < names.size(); s++) {
            Curves.line(g, axes, x, means.get(s), colours.get(s), false);
          }
          axes.paintLegend(g, names, colours);
        });
  }
}
