package fieldnotes.draw;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The common style of all charts: one font, a palette for colour-blind readers, thin grids,
 * labelled axes. {@link #dress} applies it to any XChart chart.
 */
public final class Style {
  /** Default width of a chart in CSS pixels. */
  public static final int WIDTH = 720;

  /** Default height of a chart in CSS pixels. */
  public static final int HEIGHT = 420;

  /** Colour of text and axis lines. */
  public static final Color INK = new Color(0x333333);

  /** Colour of ticks and notes. */
  public static final Color FAINT_INK = new Color(0x666666);

  /** Colour of grid lines. */
  public static final Color GRID = new Color(0xe3e3e3);

  /** Colour of noise and other ungrouped points. */
  public static final Color NOISE = new Color(0xb5b5b5);

  /**
   * Twelve colours for classes. Of the first eight, any two differ by at least 10 in CIEDE2000 for
   * full, red-blind, green-blind and blue-blind sight, on white and, as {@link Night} has them, on
   * dark pages; all eight have a contrast of 3 to both. Found by a search that began with Okabe and
   * Ito's colours, of which some are too pale for white and two look alike to the blue-blind.
   */
  private static final List<Color> PALETTE =
      List.of(
          new Color(0x1c6e91),
          new Color(0xb4581e),
          new Color(0x009369),
          new Color(0xdb6eb0),
          new Color(0xb98d10),
          new Color(0x488cef),
          new Color(0x6e1395),
          new Color(0x5c4800),
          new Color(0x4d4d4d),
          new Color(0x1b4f72),
          new Color(0x9b2226),
          new Color(0x6b8e23));

  /** Number of colours in the palette. */
  static final int COLOURS = PALETTE.size();

  private Style() {}

  /** The colour of group {@code i}, counted from 0; repeats after twelve. */
  public static Color color(int i) {
    return i < 0 ? NOISE : PALETTE.get(i % PALETTE.size());
  }

  /** A lighter colour of group {@code i}, for areas; strength 0 is white, 1 the full colour. */
  public static Color color(int i, double strength) {
    Color full = color(i);
    return new Color(
        (int) Math.round(255 - (255 - full.getRed()) * strength),
        (int) Math.round(255 - (255 - full.getGreen()) * strength),
        (int) Math.round(255 - (255 - full.getBlue()) * strength));
  }

  /** The common font at a size in CSS pixels. */
  public static Font font(int size) {
    return Lettering.font(false, size);
  }

  /** The common font in bold at a size in CSS pixels. */
  public static Font bold(int size) {
    return Lettering.font(true, size);
  }

  /** Enables antialiasing and platform-independent text rendering. */
  static void smooth(Graphics2D g) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
  }

  /** An empty XY chart with thin lines and no markers. */
  static XYChart xy(String title, String xLabel, String yLabel) {
    XYChart chart = new XYChart(WIDTH, HEIGHT);
    chart.setTitle(title);
    chart.setXAxisTitle(xLabel);
    chart.setYAxisTitle(yLabel);
    return dress(chart);
  }

  /** Applies the common style to an XChart chart and returns it. */
  public static <C extends Chart<?, ?>> C dress(C chart) {
    Styler styler = chart.getStyler();
    styler.setBaseFont(font(12));
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartFontColor(INK);
    styler.setChartPadding(12);
    styler.setChartTitleFont(bold(15));
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitlePadding(8);
    styler.setLegendFont(font(12));
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendBackgroundColor(Color.WHITE);
    styler.setLegendPadding(8);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setAnnotationTextFont(font(12));
    styler.setAnnotationTextFontColor(INK);
    styler.setAnnotationLineColor(FAINT_INK);
    styler.setSeriesColors(PALETTE.toArray(Color[]::new));
    styler.setLocale(Locale.ROOT);
    styler.setMarkerSize(6);
    styler.setAntiAlias(true);
    styler.setTextAntiAlias(true);
    if (styler instanceof AxesChartStyler axes) {
      axes.setAxisTitleFont(font(13));
      axes.setAxisTickLabelsFont(font(12));
      axes.setAxisTickLabelsColor(FAINT_INK);
      axes.setAxisTickMarksColor(NOISE);
      axes.setAxisTickMarkLength(4);
      axes.setAxisTitlePadding(8);
      axes.setPlotGridLinesColor(GRID);
      axes.setPlotGridLinesStroke(new BasicStroke(1f));
      axes.setPlotMargin(0);
      axes.setTimezone(TimeZone.getTimeZone("UTC"));
    }
    if (styler instanceof XYStyler xy) {
      xy.setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Line);
      xy.setSeriesLines(new BasicStroke[] {new BasicStroke(1.8f)});
      xy.setSeriesMarkers(new org.knowm.xchart.style.markers.Marker[] {SeriesMarkers.NONE});
    }
    if (styler instanceof CategoryStyler category) {
      category.setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Bar);
      category.setAvailableSpaceFill(0.75);
      category.setPlotGridVerticalLinesVisible(false);
    }
    return chart;
  }
}
