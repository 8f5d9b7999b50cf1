package fieldnotes.plot;

import fieldnotes.common.Check;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Numbers along numbers, as lines. */
public final class Lines {
  private Lines() {}

  /** One line; its points are marked where they are no more than 60. */
  public static XYChart of(String title, String xLabel, String yLabel, double[] x, double[] y) {
    XYChart chart = of(title, xLabel, yLabel, x, Map.of(yLabel.isEmpty() ? title : yLabel, y));
    chart.getStyler().setLegendVisible(false);
    return chart;
  }

  /**
   * Several lines over the same x, in the order of the map; NaN leaves a gap.
   *
   * @param x shape [points]
   * @param lines the y of each line by its name, each of shape [points]
   */
  public static XYChart of(
      String title, String xLabel, String yLabel, double[] x, Map<String, double[]> lines) {
    Check.that(!lines.isEmpty(), "chart '%s' has no lines", title);
    XYChart chart = Style.xy(title, xLabel, yLabel);
    lines.forEach(
        (name, y) -> {
          Check.sameLength(name, y.length, "x", x.length);
          chart
              .addSeries(name, x, y)
              .setMarker(x.length <= 60 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        });
    return chart;
  }
}
