package fieldnotes.draw;

import fieldnotes.common.Check;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/**
 * A grid of numbers as colours, with a colour bar. It is made pixel by pixel, so a grid of a
 * million cells is drawn as fast as a small one; where several cells fall on a pixel, it shows the
 * greatest.
 */
public final class HeatMap implements Figure {
  /** The numbers: cell (across, up). */
  @FunctionalInterface
  public interface Cells {
    double at(int across, int up);
  }

  private final String title;
  private final int width;
  private final int height;
  private final int across;
  private final int up;
  private final Cells cells;
  private final Axis cellsX;
  private final Axis cellsY;
  private final Axis x;
  private final Axis y;
  private final ColorMap colours;
  private final double low;
  private final double high;
  private final String unit;
  private final String pattern;

  public HeatMap(
      String title,
      int width,
      int height,
      int across,
      int up,
      Cells cells,
      Axis cellsX,
      Axis cellsY,
      Axis x,
      Axis y,
      ColorMap colours,
      double low,
      double high,
      String unit,
      String pattern) {
    this.title = title;
    this.width = width;
    this.height = height;
    this.across = across;
    this.up = up;
    this.cells = cells;
    this.cellsX = cellsX;
    this.cellsY = cellsY;
    this.x = x;
    this.y = y;
    this.colours = colours;
    this.low = low;
    this.high = high;
    this.unit = unit;
    this.pattern = pattern;
  }

  /**
   * A table of numbers with named rows and columns, the first row on top; NaN cells are grey.
   *
   * @param values shape [rows][columns]
   */
  public static HeatMap of(
      String title,
      String rowLabel,
      List<String> rows,
      String columnLabel,
      List<String> columns,
      double[][] values) {
    Check.rectangular("values", values);
    Check.sameLength("rows", rows.size(), "values", values.length);
    Check.sameLength("columns", columns.size(), "a row of values", values[0].length);
    Axis x = Axis.names(columnLabel, columns);
    Axis y = Axis.names(rowLabel, rows.reversed());
    int last = values.length - 1;
    Cells cells = (i, j) -> values[last - j][i];
    double[] range = range(columns.size(), rows.size(), cells);
    return new HeatMap(
        title,
        Style.WIDTH,
        Math.clamp(120 + 28L * rows.size(), Style.HEIGHT, 900),
        columns.size(),
        rows.size(),
        cells,
        x,
        y,
        x,
        y,
        ColorMap.VIRIDIS,
        range[0],
        range[1],
        "",
        "");
  }

  /**
   * A grid of numbers over two measured axes; NaN cells are grey.
   *
   * @param values shape [rows][columns]; row 0 lies at the bottom, where {@code y} begins
   * @param x from the left edge of the first column to the right edge of the last
   * @param y from the lower edge of the first row to the upper edge of the last
   */
  public static HeatMap of(String title, Axis x, Axis y, double[][] values) {
    Check.rectangular("values", values);
    Cells cells = (i, j) -> values[j][i];
    double[] range = range(values[0].length, values.length, cells);
    return new HeatMap(
        title,
        Style.WIDTH,
        Style.HEIGHT,
        values[0].length,
        values.length,
        cells,
        x,
        y,
        x,
        y,
        ColorMap.VIRIDIS,
        range[0],
        range[1],
        "",
        "");
  }

  public static double[] range(int across, int up, Cells cells) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < across; i++) {
      for (int j = 0; j < up; j++) {
        double value = cells.at(i, j);
        if (Double.isFinite(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    return low > high ? new double[] {0, 1} : new double[] {low, high};
  }

  /** With other colours. */
  public HeatMap withColours(ColorMap newColours) {
    return new HeatMap(
        title,
        width,
        height,
        across,
        up,
        cells,
        cellsX,
        cellsY,
        x,
        y,
        newColours,
        low,
        high,
        unit,
        pattern);
  }

  /** With the colours spread from {@code newLow} to {@code newHigh}; what lies beyond is cut. */
  public HeatMap withRange(double newLow, double newHigh) {
    Check.that(newLow < newHigh, "low=%s, high=%s: low must lie below high", newLow, newHigh);
    return new HeatMap(
        title, width, height, across, up, cells, cellsX, cellsY, x, y, colours, newLow, newHigh,
        unit, pattern);
  }

  /** With the unit over the colour bar. */
  public HeatMap withUnit(String newUnit) {
    return new HeatMap(
        title, width, height, across, up, cells, cellsX, cellsY, x, y, colours, low, high, newUnit,
        pattern);
  }

  /** With the number in each cell, as {@link String#format} writes it, such as {@code %.2f}. */
  public HeatMap withNumbers(String newPattern) {
    return new HeatMap(
        title,
        width,
        height,
        across,
        up,
        cells,
        cellsX,
        cellsY,
        x,
        y,
        colours,
        low,
        high,
        unit,
        newPattern);
  }

  @Override
  public HeatMap sized(int newWidth, int newHeight) {
    return new HeatMap(
        title, newWidth, newHeight, across, up, cells, cellsX, cellsY, x, y, colours, low, high,
        unit, pattern);
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public void paint(Graphics2D g, int paintedWidth, int paintedHeight) {
    Axes axes = Axes.layout(g, paintedWidth, paintedHeight, title, x, y, 84);
    Rectangle area = axes.area();
    Object before = g.getRenderingHint(RenderingHints.KEY_INTERPOLATION);
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    g.drawImage(raster(area.width, area.height), area.x, area.y, null);
    if (before != null) {
      g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, before);
    }
    axes.paintFrame(g);
    axes.paintColorBar(g, colours, low, high, unit);
    if (!pattern.isEmpty()) {
      paintNumbers(g, axes);
    }
  }

  private BufferedImage raster(int pixelsAcross, int pixelsUp) {
    BufferedImage image = new BufferedImage(pixelsAcross, pixelsUp, BufferedImage.TYPE_INT_RGB);
    int[] left = edges(pixelsAcross, x, cellsX, across);
    int[] below = edges(pixelsUp, y, cellsY, up);
    double span = high > low ? high - low : 1;
    for (int px = 0; px < pixelsAcross; px++) {
      for (int py = 0; py < pixelsUp; py++) {
        double greatest = Double.NaN;
        for (int i = left[px]; i < Math.max(left[px] + 1, left[px + 1]); i++) {
          for (int j = below[py]; j < Math.max(below[py] + 1, below[py + 1]); j++) {
            double value = i < across && j < up ? cells.at(i, j) : Double.NaN;
            greatest = Double.isNaN(greatest) || value > greatest ? value : greatest;
          }
        }
        image.setRGB(px, pixelsUp - 1 - py, colours.rgb((greatest - low) / span));
      }
    }
    return image;
  }

  /** The first cell of each pixel along an axis, and one more. */
  private static int[] edges(int pixels, Axis shown, Axis cellAxis, int count) {
    int[] edges = new int[pixels + 1];
    for (int p = 0; p <= pixels; p++) {
      double value = shown.valueAt((p + (p == pixels ? 0 : 0.001)) / pixels);
      edges[p] = Math.clamp((long) Math.floor(cellAxis.share(value) * count), 0, count);
    }
    return edges;
  }

  private void paintNumbers(Graphics2D g, Axes axes) {
    double cellWidth = (double) axes.area().width / across;
    double cellHeight = (double) axes.area().height / up;
    int size = 13;
    String widest = "";
    for (int i = 0; i < across; i++) {
      for (int j = 0; j < up; j++) {
        String text = String.format(Locale.ROOT, pattern, cells.at(i, j));
        widest = text.length() > widest.length() ? text : widest;
      }
    }
    while (size > 5
        && (g.getFontMetrics(Style.font(size)).stringWidth(widest) > cellWidth - 4
            || size > cellHeight - 2)) {
      size--;
    }
    g.setFont(Style.font(size));
    FontMetrics metrics = g.getFontMetrics();
    for (int i = 0; i < across; i++) {
      for (int j = 0; j < up; j++) {
        double value = cells.at(i, j);
        if (Double.isNaN(value)) {
          continue;
        }
        Color behind = colours.color((value - low) / (high > low ? high - low : 1));
        double light =
            0.299 * behind.getRed() + 0.587 * behind.getGreen() + 0.114 * behind.getBlue();
        g.setColor(light > 140 ? Color.BLACK : Color.WHITE);
        String text = String.format(Locale.ROOT, pattern, value);
        double left = axes.area().x + (i + 0.5) * cellWidth - metrics.stringWidth(text) / 2.0;
        double base = axes.area().y + (up - j - 0.5) * cellHeight + metrics.getAscent() / 2.0 - 1.5;
        g.drawString(text, (float) left, (float) base);
      }
    }
  }

  @Override
  public String toString() {
    return "%s: heat map of %d by %d cells".formatted(title, across, up);
  }
}
