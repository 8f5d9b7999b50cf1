package fieldnotes.plot;

import fieldnotes.draw.Axes;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Curves;
import fieldnotes.draw.Figure;
import fieldnotes.draw.LiveChart;
import fieldnotes.draw.Style;
import fieldnotes.model.LearningCurve;
import fieldnotes.table.Describe;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Learning curves and validation curves: the mean score of training and of test rows, as more rows
 * are learnt from or an option changes, each in a band of one standard deviation over folds.
 */
public final class LearningPlot {
  private LearningPlot() {}

  /**
   * The two lines with the best value marked. A range of numbers above 0 that spans more than a
   * factor of 30 is drawn by logarithm; values that are words stand side by side.
   */
  public static Figure of(String title, LearningCurve curve) {
    Places places = Places.of(curve.option(), curve.values());
    double[][] means = new double[2][];
    double[][] spreads = new double[2][];
    for (int s = 0; s < 2; s++) {
      double[][] folds = s == 0 ? curve.train() : curve.test();
      means[s] = Arrays.stream(folds).mapToDouble(Describe::mean).toArray();
      spreads[s] =
          Arrays.stream(folds)
              .mapToDouble(f -> f.length > 1 ? Describe.standardDeviation(f) : 0)
              .toArray();
    }
    double[] reach = new double[4 * means[0].length];
    for (int i = 0; i < means[0].length; i++) {
      for (int s = 0; s < 2; s++) {
        reach[4 * i + 2 * s] = means[s][i] - spreads[s][i];
        reach[4 * i + 2 * s + 1] = means[s][i] + spreads[s][i];
      }
    }
    List<String> names = List.of("training rows", "test rows");
    List<Color> colours = List.of(Style.color(1), Style.color(0));
    int best = curve.best();
    String marked =
        String.format(
            Locale.ROOT, "best %s: %.3f", Places.text(curve.values().get(best)), means[1][best]);
    Figure drawn =
        Figure.drawn(
            title,
            Style.WIDTH,
            Style.HEIGHT,
            "line chart of the %s of training rows and test rows over %s values of %s, marked: %s"
                .formatted(curve.score().name(), curve.values().size(), curve.option(), marked),
            places.axis(),
            Axis.around(curve.score().name(), reach),
            (g, w, h, x, y) -> {
              Axes axes = Axes.layout(g, w, h, title, x, y, Axes.legendWidth(g, names));
              axes.paint(g);
              for (int s = 0; s < 2; s++) {
                band(g, axes, places.at(), means[s], spreads[s], colours.get(s));
              }
              for (int s = 0; s < 2; s++) {
                Curves.line(g, axes, places.at(), means[s], colours.get(s), true);
              }
              axes.paintLegend(g, names, colours);
              Curves.mark(
                  g, axes, places.at()[best], means[1][best], marked, true, places.at(), means);
            });
    return drawn.withInteractive(
        shown -> {
          LiveChart chart = LiveChart.of(shown);
          List<LiveChart.Line> lines = new ArrayList<>();
          for (int s = 0; s < 2; s++) {
            chart.band(
                colours.get(s),
                places.at(),
                sum(means[s], spreads[s], -1),
                sum(means[s], spreads[s], 1));
            lines.add(new LiveChart.Line(names.get(s), colours.get(s), places.at(), means[s]));
          }
          chart.lines(lines, false, true, curve.option(), curve.score().name());
          return chart.mark(places.at()[best], means[1][best], marked).done();
        });
  }

  private static double[] sum(double[] mean, double[] spread, int sign) {
    return IntStream.range(0, mean.length).mapToDouble(i -> mean[i] + sign * spread[i]).toArray();
  }

  /** A band around a line, where it is known. */
  static void band(
      Graphics2D g, Axes axes, double[] x, double[] mean, double[] spread, Color colour) {
    int[] known =
        IntStream.range(0, x.length)
            .filter(i -> Double.isFinite(axes.y(mean[i] + spread[i])))
            .toArray();
    if (known.length < 2) {
      return;
    }
    Path2D path = new Path2D.Double();
    path.moveTo(axes.x(x[known[0]]), axes.y(mean[known[0]] + spread[known[0]]));
    for (int i : known) {
      path.lineTo(axes.x(x[i]), axes.y(mean[i] + spread[i]));
    }
    for (int k = known.length - 1; k >= 0; k--) {
      int i = known[k];
      path.lineTo(axes.x(x[i]), axes.y(mean[i] - spread[i]));
    }
    path.closePath();
    g.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 45));
    g.fill(path);
  }
}
