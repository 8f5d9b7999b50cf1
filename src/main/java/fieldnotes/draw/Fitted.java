package fieldnotes.draw;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.series.Series;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Paints an XChart chart so that its texts stay within the figure, which XChart lets run off: a
 * title and labels that are too long are smaller or cut, a legend that is too tall ends with the
 * number of the entries left out. The text alternative has them whole.
 */
final class Fitted {
  /** Height of a legend entry, its padding, and what a legend needs above and below. */
  private static final int ENTRY = 20;

  private static final int MARGIN = 44;
  private static final int HIGHEST = 1_240;

  /** Sign and gaps of a legend, next to its names. */
  private static final int SIGN = 52;

  /** Width of the marks of the vertical axis with its label, about. */
  private static final int LEAST_MARKS = 44;

  private static final int MOST_MARKS = 96;

  private static final int GAP = 12;
  private static final double WIDEST_NAME = 0.4;

  private Fitted() {}

  /** Whether a chart has no point with two finite coordinates. */
  static boolean isEmpty(XYChart chart) {
    return chart.getSeriesCollection().stream()
        .allMatch(series -> Texts.isEmpty(series.getXData(), series.getYData()));
  }

  /** The height at which the whole legend is seen, up to a limit. */
  static int height(Chart<?, ?> chart) {
    return legend(chart)
        ? Math.clamp(named(chart).size() * (long) ENTRY + MARGIN, chart.getHeight(), HIGHEST)
        : chart.getHeight();
  }

  private static boolean legend(Chart<?, ?> chart) {
    return chart.getStyler().isLegendVisible()
        && chart.getStyler().getLegendPosition() == LegendPosition.OutsideE;
  }

  private static List<Series> named(Chart<?, ?> chart) {
    Collection<? extends Series> all = chart.getSeriesCollection();
    return all.stream().filter(Series::isShowInLegend).map(series -> (Series) series).toList();
  }

  static void paint(Chart<?, ?> chart, Graphics2D g, int width, int height) {
    List<Runnable> undo = new ArrayList<>();
    synchronized (chart) { // which is changed while it is painted
      try {
        int right = legend(chart) ? fitLegend(chart, g, width, height, undo) : 0;
        fitTitles(chart, g, width, height, right, undo);
        chart.paint(g, width, height);
        if (chart instanceof XYChart xy && isEmpty(xy)) {
          Texts.nothing(g, width - right, height);
        }
      } finally {
        undo.forEach(Runnable::run);
      }
    }
  }

  /** Cuts names and leaves entries out; returns the width of the legend. */
  private static int fitLegend(
      Chart<?, ?> chart, Graphics2D g, int width, int height, List<Runnable> undo) {
    FontMetrics metrics = g.getFontMetrics(chart.getStyler().getLegendFont());
    List<Series> entries = named(chart);
    int room = Math.max(1, (height - MARGIN) / ENTRY);
    int widest = 0;
    for (int i = 0; i < entries.size(); i++) {
      Series one = entries.get(i);
      String label = one.getLabel();
      String shown = Texts.cut(metrics, label, (int) (WIDEST_NAME * width));
      if (i == room - 1 && entries.size() > room) {
        shown = "… and " + (entries.size() - room + 1) + " more";
      }
      if (i >= room) {
        undo.add(() -> one.setShowInLegend(true));
        one.setShowInLegend(false);
      } else if (!shown.equals(label)) {
        undo.add(() -> one.setLabel(label));
        one.setLabel(shown);
      }
      widest = Math.max(widest, i < room ? metrics.stringWidth(shown) : 0);
    }
    return entries.isEmpty() ? 0 : widest + SIGN;
  }

  private static void fitTitles(
      Chart<?, ?> chart, Graphics2D g, int width, int height, int right, List<Runnable> undo) {
    // XChart centres them on the plot, between the marks of the axis and the legend
    int plot = width - right - GAP;
    int room = Math.min(LEAST_MARKS + plot, 2 * width - MOST_MARKS - plot) - 2 * GAP;
    String title = chart.getTitle();
    Font font = chart.getStyler().getChartTitleFont();
    if (title != null && g.getFontMetrics(font).stringWidth(title) > room) {
      Font smaller = Texts.smaller(g, font, title, room);
      undo.add(() -> chart.getStyler().setChartTitleFont(font));
      undo.add(() -> chart.setTitle(title));
      chart.getStyler().setChartTitleFont(smaller);
      chart.setTitle(Texts.cut(g.getFontMetrics(smaller), title, room));
    }
    if (chart instanceof XYChart xy) {
      FontMetrics metrics = g.getFontMetrics(xy.getStyler().getAxisTitleFont());
      String across = xy.getXAxisTitle();
      String up = xy.getYAxisTitle();
      undo.add(() -> xy.setXAxisTitle(across));
      undo.add(() -> xy.setYAxisTitle(up));
      xy.setXAxisTitle(across == null ? null : Texts.cut(metrics, across, room));
      xy.setYAxisTitle(up == null ? null : Texts.cut(metrics, up, height - 90));
    }
  }
}
