package fieldnotes.draw;

import fieldnotes.common.Check;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Heat map with a colour bar. It is rasterised directly, so a million cells are drawn as fast as a
 * few; if several cells share a pixel, their maximum is shown.
 *
 * <pre>{@code
 * HeatMap.of("Correlations", Describe.correlations(table))
 *     .withColours(ColorMap.DIVERGING)
 *     .withRange(-1, 1);
 * }</pre>
 */
public final class HeatMap implements Figure {
  /** The values: cell (across, up), both counted from 0 at the lower left. */
  @FunctionalInterface
  public interface Cells {
    /** The value of a cell; NaN is hatched in grey. */
    double at(int across, int up);
  }

  /** Texts of cells, in lines: cell (across, up), both counted from 0 at the lower left. */
  @FunctionalInterface
  public interface CellText {
    /** The text of a cell. */
    String at(int across, int up);
  }

  /**
   * Cells and their position.
   *
   * @param x from the left edge of the first column to the right edge of the last
   * @param y from the lower edge of the first row to the upper edge of the last
   */
  private record Grid(int across, int up, Cells cells, Axis x, Axis y) {
    /** The minimum and maximum finite value, or 0 and 1 if there is none. Then missing cells. */
    double[] range() {
      double missing = 0;
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < across; i++) {
        for (int j = 0; j < up; j++) {
          double value = cells.at(i, j);
          missing += Double.isNaN(value) ? 1 : 0;
          if (Double.isFinite(value)) {
            low = Math.min(low, value);
            high = Math.max(high, value);
          }
        }
      }
      return low > high ? new double[] {0, 1, missing} : new double[] {low, high, missing};
    }
  }

  static final int BAR_ROOM = 84;

  private final String title;
  private final Grid grid;

  // Set once, on a copy that is not yet shared; see changed().
  private Axis x;
  private Axis y;
  private int width = Style.WIDTH;
  private int height = Style.HEIGHT;
  private ColorMap colours = ColorMap.VIRIDIS;
  private double low;
  private double high;
  private String unit = "";
  private CellText texts;
  private long missing;
  private boolean bar = true;
  private String sound;

  private HeatMap(String title, Grid grid, Axis x, Axis y) {
    this.title = title;
    this.grid = grid;
    this.x = x;
    this.y = y;
  }

  private static HeatMap ranged(String title, Grid grid, Axis x, Axis y) {
    HeatMap map = new HeatMap(title, grid, x, y);
    double[] range = grid.range();
    map.low = range[0];
    map.high = range[1];
    map.missing = (long) range[2];
    return map;
  }

  private HeatMap changed(Consumer<HeatMap> change) {
    HeatMap copy = new HeatMap(title, grid, x, y);
    copy.width = width;
    copy.height = height;
    copy.colours = colours;
    copy.low = low;
    copy.high = high;
    copy.unit = unit;
    copy.texts = texts;
    copy.missing = missing;
    copy.bar = bar;
    copy.sound = sound;
    change.accept(copy);
    return copy;
  }

  /**
   * Heat map of the numeric columns of a table, for example of correlations. The first text column
   * names the rows; otherwise rows are numbered from 0. The first row is at the top; missing cells
   * are hatched in grey.
   */
  public static HeatMap of(String title, Table table) {
    List<String> rows = IntStream.range(0, table.rowCount()).mapToObj(Integer::toString).toList();
    for (Column<?> column : table.columns()) {
      if (column instanceof StringColumn names) {
        rows = names.asList();
        break;
      }
    }
    return of(title, "", rows, "", Matrix.ofNumeric(table));
  }

  /**
   * Heat map of a matrix with named rows and columns, the first row at the top; NaN cells are
   * hatched in grey.
   *
   * @param rowLabel label of the vertical axis; may be empty
   * @param rows the name of each row
   * @param columnLabel label of the horizontal axis; may be empty
   * @param values cells and column names
   */
  public static HeatMap of(
      String title, String rowLabel, List<String> rows, String columnLabel, Rows values) {
    Matrix matrix = values.matrix();
    double[][] cells = matrix.values();
    Check.that(cells.length > 0, "heat map '%s' has no rows", title);
    Check.that(matrix.columnCount() > 0, "heat map '%s' has no columns", title);
    Check.sameLength("rows", rows.size(), "values", cells.length);
    Axis x = Axis.names(columnLabel, matrix.names());
    Axis y = Axis.names(rowLabel, rows.reversed());
    int last = cells.length - 1;
    return of(title, x, y, y, matrix.columnCount(), rows.size(), (i, j) -> cells[last - j][i])
        .sized(Style.WIDTH, Math.clamp(120 + 28L * rows.size(), Style.HEIGHT, 900));
  }

  /**
   * Heat map over two numeric axes; NaN cells are hatched in grey.
   *
   * @param values shape [rows][columns]; row 0 is at the bottom, where {@code y} begins
   * @param x from the left edge of the first column to the right edge of the last
   * @param y from the lower edge of the first row to the upper edge of the last
   */
  public static HeatMap of(String title, Axis x, Axis y, double[][] values) {
    Check.rectangular("values", values);
    return of(title, x, y, y, values[0].length, values.length, (i, j) -> values[j][i]);
  }

  /**
   * Heat map whose rows have a different scale from the axis shown, for example linear frequency
   * bins on a logarithmic axis.
   *
   * @param x from the left edge of the first column to the right edge of the last
   * @param y vertical axis shown
   * @param rows from the lower edge of the first row to the upper edge of the last
   * @param across the number of columns
   * @param up the number of rows
   */
  public static HeatMap of(
      String title, Axis x, Axis y, Axis rows, int across, int up, Cells cells) {
    return ranged(title, new Grid(across, up, cells, x, rows), x, y);
  }

  /** Returns a copy with another colour map. */
  public HeatMap withColours(ColorMap newColours) {
    return changed(m -> m.colours = newColours);
  }

  /**
   * Returns a copy with colours from {@code newLow} to {@code newHigh}; values outside are clipped.
   */
  public HeatMap withRange(double newLow, double newHigh) {
    Check.that(newLow < newHigh, "low=%s, high=%s: low must lie below high", newLow, newHigh);
    return changed(
        m -> {
          m.low = newLow;
          m.high = newHigh;
        });
  }

  /** Returns a copy with colours from {@code span} below the maximum to the maximum. */
  public HeatMap withSpan(double span) {
    Check.positive("span", span);
    return changed(m -> m.low = high - span);
  }

  /** Returns a copy with a unit above the colour bar. */
  public HeatMap withUnit(String newUnit) {
    return changed(m -> m.unit = newUnit);
  }

  /**
   * Returns a copy with the value printed in each cell, in a {@link String#format} pattern such as
   * {@code %.2f}.
   */
  public HeatMap withNumbers(String newPattern) {
    return withTexts((i, j) -> String.format(Locale.ROOT, newPattern, grid.cells().at(i, j)));
  }

  /** Returns a copy with a text in each cell that is not missing, in one or more lines. */
  public HeatMap withTexts(CellText newTexts) {
    return changed(m -> m.texts = newTexts);
  }

  @Override
  public HeatMap sized(int newWidth, int newHeight) {
    return changed(
        m -> {
          m.width = newWidth;
          m.height = newHeight;
        });
  }

  @Override
  public Optional<Scales> scales() {
    return Optional.of(new Scales(x, y, low, high, unit));
  }

  @Override
  public HeatMap withScales(Scales scales) {
    return changed(
        m -> {
          m.x = scales.x();
          m.y = scales.y();
          m.low = scales.low();
          m.high = scales.high();
        });
  }

  /**
   * Returns a copy that plays a sound in the interactive form, from the second on the horizontal
   * axis that is clicked.
   *
   * @param newSound a file, relative to the working directory, or the key of a clip
   */
  public HeatMap withSound(String newSound) {
    return changed(m -> m.sound = newSound);
  }

  @Override
  public Optional<Interactive> interactive() {
    return Optional.of(
        new LiveHeat(this, grid.across(), grid.up(), grid.cells(), grid.x(), grid.y(), texts, sound)
            .made());
  }

  /** Returns a copy without a colour bar, for a sheet with one bar for all. */
  HeatMap withoutBar() {
    return changed(m -> m.bar = false);
  }

  ColorMap colours() {
    return colours;
  }

  long missing() {
    return missing;
  }

  @Override
  public String alt() {
    String what =
        String.format(
            Locale.ROOT,
            "heat map of %,d by %,d cells%s",
            grid.across(),
            grid.up(),
            missing == 0 ? "" : String.format(Locale.ROOT, ", %,d of them missing", missing));
    return Described.text(title, what, scales().orElseThrow());
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
    Axes axes = Axes.layout(g, paintedWidth, paintedHeight, title, x, y, bar ? BAR_ROOM : 0);
    Rectangle area = axes.area();
    Object before = g.getRenderingHint(RenderingHints.KEY_INTERPOLATION);
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    g.drawImage(raster(area.width, area.height), area.x, area.y, null);
    if (before != null) {
      g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, before);
    }
    axes.paintFrame(g);
    if (bar) {
      axes.paintColorBar(g, colours, low, high, unit, missing > 0);
    }
    if (texts != null) {
      CellTexts.paint(
          g,
          area,
          grid.across(),
          grid.up(),
          texts,
          colours,
          (i, j) -> (grid.cells().at(i, j) - low) / (high > low ? high - low : 1));
    }
  }

  private BufferedImage raster(int pixelsAcross, int pixelsUp) {
    BufferedImage image = new BufferedImage(pixelsAcross, pixelsUp, BufferedImage.TYPE_INT_ARGB);
    int[] left = edges(pixelsAcross, x, grid.x(), grid.across());
    int[] below = edges(pixelsUp, y, grid.y(), grid.up());
    double span = high > low ? high - low : 1;
    for (int px = 0; px < pixelsAcross; px++) {
      for (int py = 0; py < pixelsUp; py++) {
        if (outside(px, pixelsAcross, x, grid.x()) || outside(py, pixelsUp, y, grid.y())) {
          continue; // nothing is there
        }
        double greatest = Double.NaN;
        for (int i = left[px]; i < Math.max(left[px] + 1, left[px + 1]); i++) {
          for (int j = below[py]; j < Math.max(below[py] + 1, below[py + 1]); j++) {
            double value = i < grid.across() && j < grid.up() ? grid.cells().at(i, j) : Double.NaN;
            greatest = Double.isNaN(greatest) || value > greatest ? value : greatest;
          }
        }
        boolean line = Double.isNaN(greatest) && (px + py) % ColorMap.HATCH == 0;
        image.setRGB(
            px,
            pixelsUp - 1 - py,
            0xff000000 | (line ? ColorMap.HATCH_LINE : colours.rgb((greatest - low) / span)));
      }
    }
    return image;
  }

  /** Whether the middle of a pixel lies beyond the cells, as on an axis shared with longer ones. */
  private static boolean outside(int pixel, int pixels, Axis shown, Axis cells) {
    double share = cells.share(shown.valueAt((pixel + 0.5) / pixels));
    return share < 0 || share > 1;
  }

  /** The first cell of each pixel along an axis, plus the end. */
  private static int[] edges(int pixels, Axis shown, Axis cellAxis, int count) {
    int[] edges = new int[pixels + 1];
    for (int p = 0; p <= pixels; p++) {
      double value = shown.valueAt((p + (p == pixels ? 0 : 0.001)) / pixels);
      edges[p] = Math.clamp((long) Math.floor(cellAxis.share(value) * count), 0, count);
    }
    return edges;
  }

  @Override
  public String toString() {
    return "%s: heat map of %d by %d cells".formatted(title, grid.across(), grid.up());
  }
}
