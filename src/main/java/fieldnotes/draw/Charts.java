package fieldnotes.draw;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.series.Series;
import org.knowm.xchart.internal.series.Series.DataType;
import org.knowm.xchart.style.XYStyler;

/** An XChart chart as a figure; line and scatter charts can share their axes. */
final class Charts {
  private Charts() {}

  static Figure of(Chart<?, ?> chart) {
    String title = title(chart);
    String name = title.equals("chart") ? "" : title;
    Optional<Scales> scales = scales(chart);
    String what = what(chart);
    if (scales.isEmpty()) {
      String alt = Described.text(name, what, null);
      return new Picture(
          title,
          chart.getWidth(),
          Fitted.height(chart),
          alt,
          (g, width, height) -> Fitted.paint(chart, g, width, height));
    }
    Axis x = scales.get().x();
    Axis y = scales.get().y();
    Figure drawn =
        new Drawing(
            title,
            chart.getWidth(),
            Fitted.height(chart),
            what,
            x,
            y,
            (g, width, height, shownX, shownY) -> {
              if (shownX.equals(x) && shownY.equals(y)) {
                Fitted.paint(chart, g, width, height);
              } else {
                shared(
                    (XYChart) chart, shownX, shownY, () -> Fitted.paint(chart, g, width, height));
              }
            });
    List<LiveChart.Line> lines = lines((XYChart) chart);
    return lines.isEmpty()
        ? drawn
        : drawn.withInteractive(
            shown -> LiveChart.of(shown).lines(lines, false, true, x.label(), y.label()).done());
  }

  /** The series of a chart of lines; empty if any is drawn otherwise. */
  private static List<LiveChart.Line> lines(XYChart chart) {
    List<LiveChart.Line> lines = new ArrayList<>();
    int colour = 0;
    for (XYSeries series : chart.getSeriesCollection()) {
      XYSeriesRenderStyle how =
          series.getXYSeriesRenderStyle().orElse(chart.getStyler().getDefaultSeriesRenderStyle());
      if (how != XYSeriesRenderStyle.Line || !series.isEnabled()) {
        return List.of();
      }
      Color own = series.getLineColor();
      lines.add(
          new LiveChart.Line(
              series.getLabel(),
              own == null ? Style.color(colour) : own,
              series.getXData(),
              series.getYData()));
      colour++;
    }
    return lines;
  }

  /** Paints with other limits of the axes and sets back those of the chart. */
  private static void shared(XYChart chart, Axis x, Axis y, Runnable paint) {
    XYStyler styler = chart.getStyler();
    Double left = styler.getXAxisMin();
    Double right = styler.getXAxisMax();
    Double bottom = styler.getYAxisMin();
    Double top = styler.getYAxisMax();
    limits(styler, x.from(), x.to(), y.from(), y.to());
    try {
      paint.run();
    } finally {
      limits(styler, left, right, bottom, top);
    }
  }

  private static void limits(
      XYStyler styler, Double left, Double right, Double bottom, Double top) {
    styler.setXAxisMin(left);
    styler.setXAxisMax(right);
    styler.setYAxisMin(bottom);
    styler.setYAxisMax(top);
  }

  private static String title(Chart<?, ?> chart) {
    String title = chart.getTitle();
    return title == null || title.isBlank() ? "chart" : title;
  }

  /** The axes of a line or scatter chart of numbers with linear axes. */
  private static Optional<Scales> scales(Chart<?, ?> chart) {
    if (!(chart instanceof XYChart xy)
        || xy.getSeriesCollection().isEmpty()
        || xy.getSeriesCollection().stream().anyMatch(s -> s.getxAxisDataType() != DataType.Number)
        || xy.getStyler().isXAxisLogarithmic()
        || xy.getStyler().isYAxisLogarithmic()) {
      return Optional.empty();
    }
    Collection<XYSeries> all = xy.getSeriesCollection();
    var styler = xy.getStyler();
    double[] ends = {
      styler.getXAxisMin() != null
          ? styler.getXAxisMin()
          : all.stream().mapToDouble(XYSeries::getXMin).min().orElse(0),
      styler.getXAxisMax() != null
          ? styler.getXAxisMax()
          : all.stream().mapToDouble(XYSeries::getXMax).max().orElse(1),
      styler.getYAxisMin() != null
          ? styler.getYAxisMin()
          : all.stream().mapToDouble(XYSeries::getYMin).min().orElse(0),
      styler.getYAxisMax() != null
          ? styler.getYAxisMax()
          : all.stream().mapToDouble(XYSeries::getYMax).max().orElse(1)
    };
    for (double end : ends) {
      if (!Double.isFinite(end)) {
        return Optional.empty();
      }
    }
    return Optional.of(
        Scales.of(
            axis(xy.getXAxisTitle(), ends[0], ends[1]),
            axis(xy.getYAxisTitle(), ends[2], ends[3])));
  }

  private static Axis axis(String label, double from, double to) {
    String name = label == null ? "" : label;
    return from < to ? Axis.linear(name, from, to) : Axis.around(name, from, to);
  }

  private static String what(Chart<?, ?> chart) {
    List<String> names = chart.getSeriesCollection().stream().map(Series::getName).toList();
    if (!(chart instanceof XYChart xy)) {
      return "chart of " + Words.list(names.size(), "series", "series", names);
    }
    if (names.isEmpty()) {
      return "chart with " + Texts.NOTHING;
    }
    String nothing = Fitted.isEmpty(xy) ? ", " + Texts.NOTHING : "";
    boolean scatter = false;
    int points = 0;
    for (XYSeries series : xy.getSeriesCollection()) {
      scatter |= series.getXYSeriesRenderStyle().orElse(null) == XYSeriesRenderStyle.Scatter;
      points += series.getXData().length;
    }
    return scatter
        ? "scatter chart of "
            + Words.count(points, "point")
            + " in "
            + Words.list(names.size(), "group", "groups", names)
            + nothing
        : "line chart of "
            + Words.list(names.size(), "line", "lines", names)
            + ", "
            + Words.count(points, "point")
            + nothing;
  }
}
