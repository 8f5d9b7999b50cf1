package fieldnotes.draw;

import fieldnotes.common.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Points in a plane, in the colours of their groups. */
public final class Scatter {
  private static final Marker[] SHAPES = {
    SeriesMarkers.CIRCLE, SeriesMarkers.TRIANGLE_UP, SeriesMarkers.SQUARE, SeriesMarkers.DIAMOND
  };

  private Scatter() {}

  /**
   * Points in the colours of their labels, with a legend in order of the labels. The label −1 is
   * noise and grey. Every group has its own colour, and its own shape too, for eyes and printers
   * that see no colour.
   *
   * @param labels the group of each point, shape [points]
   * @param names the name of a label, for the legend
   */
  public static XYChart byLabel(
      String title,
      String xLabel,
      String yLabel,
      double[] x,
      double[] y,
      int[] labels,
      IntFunction<String> names) {
    Check.sameLength("y", y.length, "x", x.length);
    Check.sameLength("labels", labels.length, "x", x.length);
    XYChart chart = Style.xy(title, xLabel, yLabel);
    Map<Integer, List<Integer>> groups = new TreeMap<>();
    for (int i = 0; i < labels.length; i++) {
      if (Double.isFinite(x[i]) && Double.isFinite(y[i])) {
        groups.computeIfAbsent(labels[i], l -> new ArrayList<>()).add(i);
      }
    }
    for (Map.Entry<Integer, List<Integer>> group : groups.entrySet()) {
      int label = group.getKey();
      double[] gx = group.getValue().stream().mapToDouble(i -> x[i]).toArray();
      double[] gy = group.getValue().stream().mapToDouble(i -> y[i]).toArray();
      String name = names.apply(label);
      XYSeries series =
          chart.addSeries(chart.getSeries(name) == null ? name : name + " (" + label + ")", gx, gy);
      series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
      series.setMarkerColor(Style.color(label));
      series.setMarker(label < 0 ? SeriesMarkers.CROSS : SHAPES[label % SHAPES.length]);
    }
    chart.getStyler().setMarkerSize(x.length > 2_000 ? 4 : x.length > 300 ? 6 : 7);
    axes(chart, x, y);
    return chart;
  }

  /**
   * As {@link #byLabel(String, String, String, double[], double[], int[], IntFunction)}, naming.
   */
  public static XYChart byLabel(
      String title, String xLabel, String yLabel, double[] x, double[] y, int[] labels) {
    return byLabel(
        title, xLabel, yLabel, x, y, labels, label -> label < 0 ? "noise" : "cluster " + label);
  }

  private static void axes(XYChart chart, double[] x, double[] y) {
    Axis across = Axis.around("", x);
    Axis up = Axis.around("", y);
    chart.getStyler().setXAxisMin(across.from());
    chart.getStyler().setXAxisMax(across.to());
    chart.getStyler().setYAxisMin(up.from());
    chart.getStyler().setYAxisMax(up.to());
  }
}
