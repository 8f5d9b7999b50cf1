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

/** Scatter chart with points coloured by group. */
public final class Scatter {
  private static final Marker[] SHAPES = {
    SeriesMarkers.CIRCLE,
    SeriesMarkers.TRIANGLE_UP,
    SeriesMarkers.SQUARE,
    SeriesMarkers.DIAMOND,
    SeriesMarkers.TRIANGLE_DOWN
  };

  private Scatter() {}

  /**
   * Points coloured by label, with a legend in label order. Label −1 is noise and grey. Up to
   * twelve groups have colours of their own; up to sixty have a pair of colour and marker shape of
   * their own, for colour-blind readers and greyscale prints. More groups repeat the pairs.
   *
   * @param labels the group of each point, shape [points]
   * @param names maps a label to its name in the legend
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
      series.setMarker(label < 0 ? SeriesMarkers.CROSS : shape(label));
    }
    chart.getStyler().setMarkerSize(x.length > 2_000 ? 4 : x.length > 300 ? 6 : 7);
    axes(chart, x, y);
    return chart;
  }

  /**
   * A chart of {@link #byLabel} as a figure with an interactive form of the same points.
   *
   * @param ticks whether the positions have a meaning
   */
  public static Figure figure(XYChart chart, double[] x, double[] y, Groups groups, boolean ticks) {
    return new Lively(
        Figure.of(chart),
        x.length,
        PointRows.NONE,
        (shown, rows) -> new LivePoints(x, y, rows).grouped(shown, groups, ticks));
  }

  /**
   * Like {@link #byLabel(String, String, String, double[], double[], int[], IntFunction)}, with
   * default names.
   */
  public static XYChart byLabel(
      String title, String xLabel, String yLabel, double[] x, double[] y, int[] labels) {
    return byLabel(
        title, xLabel, yLabel, x, y, labels, label -> label < 0 ? "noise" : "cluster " + label);
  }

  /** The next shape for each round of colours, so that colour and shape differ together. */
  private static Marker shape(int label) {
    return SHAPES[(label + label / Style.COLOURS) % SHAPES.length];
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
