package fieldnotes.draw;

import fieldnotes.common.Check;
import java.awt.geom.Path2D;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Line charts. */
public final class Lines {
  private Lines() {}

  /** One line; with at most 60 points, they are marked. */
  public static XYChart of(String title, String xLabel, String yLabel, double[] x, double[] y) {
    XYChart chart = of(title, xLabel, yLabel, x, Map.of(yLabel.isEmpty() ? title : yLabel, y));
    chart.getStyler().setLegendVisible(false);
    return chart;
  }

  /**
   * Several lines over the same x, in map order; a value that is not finite leaves a gap.
   *
   * @param x shape [points]
   * @param lines y values by name, each of shape [points]
   */
  public static XYChart of(
      String title, String xLabel, String yLabel, double[] x, Map<String, double[]> lines) {
    Check.that(!lines.isEmpty(), "chart '%s' has no lines", title);
    for (int i = 0; i < x.length; i++) {
      Check.that(
          !Double.isInfinite(x[i]), "chart '%s': x[%d] is %s: must be finite", title, i, x[i]);
    }
    XYChart chart = Style.xy(title, xLabel, yLabel);
    lines.forEach(
        (name, y) -> {
          Check.sameLength(name, y.length, "x", x.length);
          chart
              .addSeries(name, x, finite(y))
              .setMarker(x.length <= 60 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        });
    if (x.length > 20) {
      // at the ends of the data XChart would put a mark at every so many points, not at round ones
      Axis across = Axis.around("", x);
      Axis up = Axis.around("", lines.values().stream().flatMapToDouble(Arrays::stream).toArray());
      chart.getStyler().setXAxisMin(across.from());
      chart.getStyler().setXAxisMax(across.to());
      chart.getStyler().setYAxisMin(up.from());
      chart.getStyler().setYAxisMax(up.to());
    }
    return chart;
  }

  /** XChart refuses infinite values. */
  private static double[] finite(double[] values) {
    return Arrays.stream(values).map(v -> Double.isFinite(v) ? v : Double.NaN).toArray();
  }

  /**
   * One line with the area below it filled and a vertical axis from 0, for example a density.
   *
   * @param x increasing, shape [points]
   * @param y at least 0, shape [points]
   */
  public static Figure fromZero(
      String title, String xLabel, String yLabel, double[] x, double[] y) {
    Check.sameLength("x", x.length, "y", y.length);
    Check.that(x.length > 1, "chart '%s' needs at least 2 points", title);
    for (int i = 0; i < y.length; i++) {
      Check.that(
          y[i] >= 0 && Double.isFinite(y[i]),
          "chart '%s': y[%d] is %s: must be a finite number, at least 0",
          title,
          i,
          y[i]);
    }
    double most = Arrays.stream(y).max().orElse(0);
    Check.that(most > 0, "chart '%s' has no value above 0", title);
    double[] across = x.clone();
    double[] up = y.clone();
    return Figure.drawn(
            title,
            Style.WIDTH,
            Style.HEIGHT,
            "line over a filled area, " + Words.count(across.length, "point"),
            Axis.linear(xLabel, across[0], across[across.length - 1]),
            Axis.linear(yLabel, 0, 1.08 * most),
            (g, w, h, shownX, shownY) -> {
              Axes axes = Axes.layout(g, w, h, title, shownX, shownY, 0);
              axes.paint(g);
              Path2D area = new Path2D.Double();
              area.moveTo(axes.x(across[0]), axes.y(0));
              for (int i = 0; i < across.length; i++) {
                area.lineTo(axes.x(across[i]), axes.y(up[i]));
              }
              area.lineTo(axes.x(across[across.length - 1]), axes.y(0));
              area.closePath();
              g.setColor(Style.color(0, 0.15));
              g.fill(area);
              Curves.line(g, axes, across, up, Style.color(0), false);
              axes.paintFrame(g);
            })
        .withInteractive(
            figure ->
                LiveChart.of(figure)
                    .band(Style.color(0), across, new double[across.length], up)
                    .lines(
                        List.of(new LiveChart.Line(yLabel, Style.color(0), across, up)),
                        false,
                        false,
                        xLabel,
                        yLabel)
                    .done());
  }
}
