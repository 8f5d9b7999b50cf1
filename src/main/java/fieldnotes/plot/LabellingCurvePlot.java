package fieldnotes.plot;

import fieldnotes.common.Check;
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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What labels are worth as more clips are heard: a line per strategy, in a band over seeds. */
public final class LabellingCurvePlot {
  private LabellingCurvePlot() {}

  /** The mean of a strategy over seeds, and its standard deviation. */
  private record Line(String name, Color colour, double[] x, double[] mean, double[] spread) {}

  /**
   * The accuracy on rows held out over the clips heard, and a broken line at that of all labels.
   */
  public static Figure of(String title, LabellingCurves curves) {
    return of(title, curves, LabellingMeasure.ACCURACY);
  }

  /**
   * A measure over the clips heard: the mean over seeds of each strategy in a band of one standard
   * deviation. A strategy without values, such as of labels that follow where none do, is left out.
   */
  public static Figure of(String title, LabellingCurves curves, LabellingMeasure measure) {
    double[] clips = curves.trial().clips().stream().mapToDouble(Integer::doubleValue).toArray();
    List<double[]> x = curves.strategies().stream().map(name -> clips).toList();
    return of(title, curves, measure, "clips heard", x);
  }

  /**
   * The accuracy over the seconds heard, in the mean over seeds.
   *
   * @throws IllegalArgumentException if the rows did not say how long they are
   */
  public static Figure bySeconds(String title, LabellingCurves curves) {
    List<double[]> x =
        curves.strategies().stream()
            .map(name -> curves.mean(LabellingMeasure.SECONDS, name))
            .toList();
    Check.that(
        x.stream().flatMapToDouble(Arrays::stream).noneMatch(Double::isNaN),
        "'%s' has no column duration_s, so the seconds heard are not known: plot over clips heard",
        curves.id());
    return of(title, curves, LabellingMeasure.ACCURACY, "seconds heard", x);
  }

  private static Figure of(
      String title,
      LabellingCurves curves,
      LabellingMeasure measure,
      String across,
      List<double[]> x) {
    List<Line> lines = new ArrayList<>();
    for (int s = 0; s < x.size(); s++) {
      String name = curves.strategies().get(s);
      double[] mean = curves.mean(measure, name);
      if (Arrays.stream(mean).anyMatch(Double::isFinite)) {
        double[] spread = curves.deviation(measure, name);
        lines.add(new Line(name, Style.color(s), x.get(s), mean, spread));
      }
    }
    List<String> names = lines.stream().map(Line::name).toList();
    List<Color> colours = lines.stream().map(Line::colour).toList();
    double all = Describe.mean(curves.ceiling());
    boolean ceiling = measure == LabellingMeasure.ACCURACY;
    String broken =
        ceiling ? String.format(Locale.ROOT, "; broken line at %.3f: all labels", all) : "";
    DoubleStream reach = lines.stream().flatMapToDouble(LabellingCurvePlot::reach);
    return Figure.drawn(
        title,
        Style.WIDTH,
        Math.clamp(100 + 20L * names.size(), Style.HEIGHT, 900),
        Words.list(names.size(), "line", "lines", names)
            + " of %s over %s%s".formatted(measure, across, broken),
        Axis.around(across, x.stream().flatMapToDouble(Arrays::stream).toArray()),
        Axis.around(
            measure.toString(),
            (ceiling ? DoubleStream.concat(reach, DoubleStream.of(all)) : reach).toArray()),
        (g, w, h, horizontal, vertical) -> {
          Axes axes = Axes.layout(g, w, h, title, horizontal, vertical, Axes.legendWidth(g, names));
          axes.paint(g);
          for (Line line : lines) {
            LearningPlot.band(g, axes, line.x, line.mean, line.spread, line.colour);
          }
          if (ceiling) {
            Curves.broken(g);
            double at = axes.y(all);
            g.draw(new Line2D.Double(axes.area().x, at, axes.area().getMaxX(), at));
          }
          for (Line line : lines) {
            Curves.line(g, axes, line.x, line.mean, line.colour, false);
          }
          axes.paintLegend(g, names, colours);
        });
  }

  /** The ends of the band. */
  private static DoubleStream reach(Line line) {
    return IntStream.range(0, line.mean.length)
        .mapToObj(i -> new double[] {line.mean[i] - line.spread[i], line.mean[i] + line.spread[i]})
        .flatMapToDouble(Arrays::stream);
  }
}
