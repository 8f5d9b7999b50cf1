package fieldnotes.draw;

import fieldnotes.common.Check;
import fieldnotes.table.Samples;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/**
 * Scatter chart of many points, optionally with area and colour by value, such as a map. Points
 * with NaN coordinates are omitted. Later points are painted over earlier ones.
 *
 * <pre>{@code
 * Figure map =
 *     PointCloud.of("Districts", "longitude", "latitude", longitude, latitude)
 *         .withOpacity(0.4)
 *         .withAreas("population", population)
 *         .withColours("house value in dollars", value, ColorMap.VIRIDIS);
 * }</pre>
 */
public final class PointCloud implements Figure {
  private static final double LARGEST = 24;
  private static final int BAR_ROOM = 96;

  private final String title;
  private final String xLabel;
  private final String yLabel;
  private final double[] x;
  private final double[] y;

  // Set once, on a copy that is not yet shared; see changed().
  private double opacity = 1;
  private double diameter = 4;
  private String areaLabel = "";
  private double[] areas;
  private String shadeLabel = "";
  private double[] shades;
  private ColorMap colours = ColorMap.VIRIDIS;
  private List<Line> lines = List.of();
  private List<Mark> marks = List.of();
  private int width = Style.WIDTH;
  private int height = 500;
  private Scales given;
  private PointRows rows = PointRows.NONE;

  private PointCloud(String title, String xLabel, String yLabel, double[] x, double[] y) {
    this.title = title;
    this.xLabel = xLabel;
    this.yLabel = yLabel;
    this.x = x;
    this.y = y;
  }

  /** Returns a copy with one change; arrays and lists are never modified, so they are shared. */
  private PointCloud changed(Consumer<PointCloud> change) {
    PointCloud copy = new PointCloud(title, xLabel, yLabel, x, y);
    copy.opacity = opacity;
    copy.diameter = diameter;
    copy.areaLabel = areaLabel;
    copy.areas = areas;
    copy.shadeLabel = shadeLabel;
    copy.shades = shades;
    copy.colours = colours;
    copy.lines = lines;
    copy.marks = marks;
    copy.width = width;
    copy.height = height;
    copy.given = given;
    copy.rows = rows;
    change.accept(copy);
    return copy;
  }

  /**
   * A line drawn below the points.
   *
   * @param points vertices as (x, y), shape [vertices][2]
   */
  private record Line(String name, double[][] points) {}

  /**
   * Crosses drawn over the points.
   *
   * @param points as (x, y), shape [marks][2]
   */
  private record Mark(String name, double[][] points) {}

  /**
   * Opaque points of equal size.
   *
   * @param x shape [points]
   * @param y shape [points]
   */
  public static PointCloud of(String title, String xLabel, String yLabel, double[] x, double[] y) {
    Check.sameLength("x", x.length, "y", y.length);
    Check.that(x.length > 0, "chart '%s' has no points", title);
    return new PointCloud(title, xLabel, yLabel, x.clone(), y.clone());
  }

  /** Returns a copy with translucent points. */
  public PointCloud withOpacity(double newOpacity) {
    Check.that(
        newOpacity > 0 && newOpacity <= 1, "opacity=%s: must be above 0 and at most 1", newOpacity);
    return changed(c -> c.opacity = newOpacity);
  }

  /** Returns a copy with another point diameter in CSS pixels. */
  public PointCloud withDiameter(double newDiameter) {
    Check.positive("diameter", newDiameter);
    return changed(c -> c.diameter = newDiameter);
  }

  /**
   * Returns a copy with point areas proportional to a value, explained in the legend.
   *
   * @param newAreas at least 0, shape [points]; NaN is drawn as a dot
   */
  public PointCloud withAreas(String label, double[] newAreas) {
    Check.sameLength("areas", newAreas.length, "x", x.length);
    double[] copied = newAreas.clone();
    return changed(
        c -> {
          c.areaLabel = label;
          c.areas = copied;
        });
  }

  /**
   * Returns a copy with points coloured by a value, and a colour bar.
   *
   * @param numbers shape [points]; NaN is grey
   */
  public PointCloud withColours(String label, double[] numbers, ColorMap map) {
    Check.sameLength("numbers", numbers.length, "x", x.length);
    double[] copied = numbers.clone();
    return changed(
        c -> {
          c.shadeLabel = label;
          c.shades = copied;
          c.colours = map;
        });
  }

  /** Returns a copy with a line below the points, vertices as (x, y). */
  public PointCloud withLine(String name, double[][] corners) {
    return changed(
        c -> c.lines = Stream.concat(lines.stream(), Stream.of(new Line(name, corners))).toList());
  }

  /** Returns a copy with crosses over the points, as (x, y). */
  public PointCloud withMarks(String name, double[][] places) {
    return changed(
        c -> c.marks = Stream.concat(marks.stream(), Stream.of(new Mark(name, places))).toList());
  }

  @Override
  public Optional<Scales> scales() {
    if (given != null) {
      return Optional.of(given);
    }
    Axis across = around(xLabel, 0, x);
    Axis up = around(yLabel, 1, y);
    if (shades == null) {
      return Optional.of(Scales.of(across, up));
    }
    double low = finite(shades).min().orElse(0);
    double high = finite(shades).max().orElse(1);
    if (colours == ColorMap.DIVERGING) {
      high = Math.max(Math.abs(low), Math.abs(high));
      low = -high;
    }
    return Optional.of(new Scales(across, up, low, high, shadeLabel));
  }

  @Override
  public PointCloud withScales(Scales scales) {
    return changed(c -> c.given = scales);
  }

  @Override
  public PointCloud withRows(Samples of) {
    Check.sameLength("rows", of.rowCount(), "points of '" + title + "'", x.length);
    PointRows known = PointRows.of(of);
    return changed(c -> c.rows = known);
  }

  @Override
  public Optional<Interactive> interactive() {
    LiveChart chart = LiveChart.of(this);
    for (Line line : lines) {
      LiveCloud.path(chart, line.points());
    }
    new LivePoints(x, y, rows)
        .plainOn(
            chart, scales().orElseThrow(), shades, colours, areaLabel, areas, opacity, diameter);
    for (Mark mark : marks) {
      LiveCloud.crosses(chart, mark.name(), mark.points());
    }
    return Optional.of(chart.done());
  }

  @Override
  public String alt() {
    List<String> parts = new ArrayList<>();
    parts.add(
        "scatter chart of "
            + Words.count(x.length, "point")
            + (Texts.isEmpty(x, y) ? ", " + Texts.NOTHING : ""));
    if (shades != null) {
      parts.add("coloured by " + shadeLabel);
    }
    if (areas != null) {
      parts.add("sized by " + areaLabel);
    }
    lines.forEach(line -> parts.add("line: " + line.name()));
    marks.forEach(mark -> parts.add("crosses: " + mark.name()));
    return Described.text(title, String.join(", ", parts), scales().orElseThrow());
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
  public PointCloud sized(int newWidth, int newHeight) {
    return changed(
        c -> {
          c.width = newWidth;
          c.height = newHeight;
        });
  }

  @Override
  public void paint(Graphics2D g, int paintedWidth, int paintedHeight) {
    Scales scales = scales().orElseThrow();
    DoubleUnaryOperator sizes = widths();
    int right = shades == null ? 0 : BAR_ROOM;
    List<Sign> signs = signs(sizes);
    Axes axes =
        Axes.layout(
            g, paintedWidth, paintedHeight, title, scales.x(), scales.y(), right, head(signs));
    axes.paint(g);
    Rectangle area = axes.area();
    Shape clip = g.getClip();
    g.clipRect(area.x, area.y, area.width, area.height + 1);
    g.setColor(Style.FAINT_INK);
    g.setStroke(new BasicStroke(1.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    for (Line line : lines) {
      Path2D path = new Path2D.Double();
      for (double[] point : line.points()) {
        if (path.getCurrentPoint() == null) {
          path.moveTo(axes.x(point[0]), axes.y(point[1]));
        } else {
          path.lineTo(axes.x(point[0]), axes.y(point[1]));
        }
      }
      g.draw(path);
    }
    double low = scales.low();
    double high = scales.high();
    Color plain = Style.color(0);
    int alpha = Math.max(1, (int) Math.round(255 * opacity));
    for (int i = 0; i < x.length; i++) {
      if (Double.isFinite(x[i] + y[i])) {
        Color color =
            shades == null
                ? plain
                : colours.color(low == high ? 0.5 : (shades[i] - low) / (high - low));
        g.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha));
        double d = areas == null ? diameter : sizes.applyAsDouble(areas[i]);
        g.fill(new Ellipse2D.Double(axes.x(x[i]) - d / 2, axes.y(y[i]) - d / 2, d, d));
      }
    }
    for (Mark mark : marks) {
      for (double[] place : mark.points()) {
        Cross.paint(g, axes.x(place[0]), axes.y(place[1]), 7);
      }
    }
    g.setClip(clip);
    if (Texts.isEmpty(x, y)) {
      Texts.nothing(g, paintedWidth - right, paintedHeight);
    }
    if (shades != null) {
      axes.paintColorBar(g, colours, low, high == low ? low + 1 : high, shadeLabel, false);
    }
    paintLegend(g, area, signs);
  }

  private static java.util.stream.DoubleStream finite(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite);
  }

  private Axis around(String label, int coordinate, double[] values) {
    double[] all =
        java.util.stream.DoubleStream.concat(
                Arrays.stream(values),
                lines.stream()
                    .flatMap(l -> Arrays.stream(l.points()))
                    .mapToDouble(p -> p[coordinate]))
            .toArray();
    return Axis.around(label, all);
  }

  /**
   * Maps values to diameters with proportional areas; values above the 99.9th percentile are
   * clipped.
   */
  private DoubleUnaryOperator widths() {
    if (areas == null) {
      return v -> diameter;
    }
    double[] sorted = finite(areas).sorted().toArray();
    double most = sorted.length == 0 ? 1 : sorted[(int) (0.999 * (sorted.length - 1))];
    return v ->
        Double.isNaN(v) || v <= 0 || most <= 0
            ? 1.5
            : Math.max(1.5, LARGEST * Math.sqrt(Math.min(v / most, 4)));
  }

  /** An entry of the legend: a disc of a diameter, or a cross if it is NaN. */
  private record Sign(String text, double diameter) {
    double size() {
      return Double.isNaN(diameter) ? 14 : diameter;
    }
  }

  private List<Sign> signs(DoubleUnaryOperator diameters) {
    List<Sign> signs = new ArrayList<>();
    if (areas != null) {
      double[] sorted = finite(areas).sorted().toArray();
      double shown = sorted.length == 0 ? 0 : round(sorted[(int) (0.99 * (sorted.length - 1))]);
      for (double value : shown > 0 ? new double[] {shown / 5, shown} : new double[0]) {
        String text = areaLabel + " " + Axis.text(value, value);
        signs.add(new Sign(text, diameters.applyAsDouble(value)));
      }
    }
    marks.forEach(mark -> signs.add(new Sign(mark.name(), Double.NaN)));
    return signs;
  }

  /** The height of the legend above the area. */
  private static int head(List<Sign> signs) {
    double tallest = signs.stream().mapToDouble(Sign::size).max().orElse(-8);
    return signs.isEmpty() ? 0 : (int) Math.ceil(Math.max(14, tallest)) + 8;
  }

  /** Paints the legend of areas and crosses in a line above the area, off the points. */
  private static void paintLegend(Graphics2D g, Rectangle area, List<Sign> signs) {
    g.setFont(Style.font(12));
    FontMetrics metrics = g.getFontMetrics();
    double middle = area.y - head(signs) / 2.0 - 2;
    double left = area.x + 4.0;
    int room = area.width / Math.max(1, signs.size()) - 30;
    for (Sign sign : signs) {
      double size = sign.size();
      if (Double.isNaN(sign.diameter())) {
        Cross.paint(g, left + size / 2, middle, 6);
      } else {
        g.setColor(Style.NOISE);
        g.fill(new Ellipse2D.Double(left, middle - size / 2, size, size));
      }
      String text = Texts.cut(metrics, sign.text(), (int) (room - size));
      g.setColor(Style.INK);
      g.drawString(text, (float) left + (float) size + 6, (float) middle + 4.5f);
      left += size + metrics.stringWidth(text) + 24;
    }
  }

  /** Rounds to one significant digit. */
  private static double round(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-300))));
    return Math.rint(value / power) * power;
  }

  @Override
  public String toString() {
    return "'%s': %d points".formatted(title, x.length);
  }
}
