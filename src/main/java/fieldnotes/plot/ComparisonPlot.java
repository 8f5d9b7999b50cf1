package fieldnotes.plot;

import fieldnotes.common.Check;
import fieldnotes.draw.Axes;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Figure;
import fieldnotes.draw.LiveChart;
import fieldnotes.draw.Style;
import fieldnotes.draw.Words;
import fieldnotes.evaluate.ModelComparison;
import fieldnotes.table.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Models side by side: the score of each as a dot in its interval. */
public final class ComparisonPlot {
  private static final Color BLUE = Style.color(0);

  private ComparisonPlot() {}

  /**
   * Mean scores over folds in their intervals, the best first; models that are worse than the best
   * one, as far as the folds tell, are grey.
   */
  public static Figure of(String title, ModelComparison comparison) {
    List<ModelComparison.Line> lines = comparison.lines();
    return of(
        title,
        String.format(
            Locale.ROOT,
            "mean %s, %s %% interval",
            comparison.score(),
            Numbers.text(100 * comparison.confidence())),
        lines.stream().map(l -> l.model() + ": " + l.verdict()).toList(),
        lines.stream().mapToDouble(ModelComparison.Line::mean).toArray(),
        lines.stream().mapToDouble(l -> l.interval().low()).toArray(),
        lines.stream().mapToDouble(l -> l.interval().high()).toArray(),
        lines.stream().map(l -> l.verdict().equals("worse") ? Style.NOISE : BLUE).toList());
  }

  /**
   * One line per model, the first at the top.
   *
   * @param score what the score is called, and which interval is shown
   * @param names the models
   * @param values the score of each, finite, shape [models]
   * @param from the lower end of each interval, shape [models]
   * @param to the upper end of each interval, shape [models]
   */
  public static Figure of(
      String title, String score, List<String> names, double[] values, double[] from, double[] to) {
    return of(title, score, names, values, from, to, Collections.nCopies(names.size(), BLUE));
  }

  private static Figure of(
      String title,
      String score,
      List<String> names,
      double[] values,
      double[] from,
      double[] to,
      List<Color> colours) {
    Check.that(!names.isEmpty(), "names is empty: give at least one model");
    Check.sameLength("values", values.length, "names", names.size());
    Check.sameLength("from", from.length, "names", names.size());
    Check.sameLength("to", to.length, "names", names.size());
    double[] every = new double[3 * values.length];
    for (int i = 0; i < values.length; i++) {
      Check.that(
          from[i] <= values[i] && values[i] <= to[i],
          "the score of '%s' is %s: must lie in its interval, %s to %s",
          names.get(i),
          values[i],
          from[i],
          to[i]);
      every[3 * i] = values[i];
      every[3 * i + 1] = from[i];
      every[3 * i + 2] = to[i];
    }
    double[][] marks = {values.clone(), from.clone(), to.clone()};
    int n = names.size();
    return Figure.drawn(
            title,
            Style.WIDTH,
            Math.clamp(110 + 28L * n, 200, 1_400),
            "intervals of " + Words.list(n, "model", "models", names),
            Axis.around(score, Arrays.stream(every).filter(Double::isFinite).toArray()),
            Axis.names("", names.reversed()),
            (g, w, h, x, y) -> {
              Axes axes = Axes.layout(g, w, h, title, x, y, 0);
              axes.paint(g);
              for (int i = 0; i < n; i++) {
                double py = axes.y(n - 1.0 - i);
                double left = axes.x(marks[1][i]);
                double right = axes.x(marks[2][i]);
                g.setColor(colours.get(i));
                g.setStroke(new BasicStroke(2f));
                g.draw(new Line2D.Double(left, py, right, py));
                g.draw(new Line2D.Double(left, py - 4, left, py + 4));
                g.draw(new Line2D.Double(right, py - 4, right, py + 4));
                g.fill(new Ellipse2D.Double(axes.x(marks[0][i]) - 4.5, py - 4.5, 9, 9));
              }
              g.setStroke(new BasicStroke(1f));
            })
        .withInteractive(
            shown ->
                LiveChart.of(shown)
                    .intervals(colours, List.copyOf(names), marks[0], marks[1], marks[2], "model")
                    .done());
  }
}
