package fieldnotes.draw;

import fieldnotes.common.Check;
import fieldnotes.table.Samples;
import java.awt.BasicStroke;
import java.awt.Color;
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
import java.util.stream.DoubleStream;
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
    CloudSizes sizes = new CloudSizes(areas, diameter);
    int right = shades == null ? 0 : BAR_ROOM;
    CloudLegend legend = CloudLegend.of(areaLabel, sizes, marks.stream().map(Mark::name).toList());
    Axes axes =
        Axes.layout(
            g, paintedWidth, paintedHeight, title, scales.x(), scales.y(), right, legend.height());
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
        double d = sizes.of(i);
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
    legend.paint(g, area);
  }

  private static DoubleStream finite(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite);
  }

  private Axis around(String label, int coordinate, double[] values) {
    double[] all =
        DoubleStream.concat(
                Arrays.stream(values),
                lines.stream()
                    .flatMap(l -> Arrays.stream(l.points()))
                    .mapToDouble(p -> p[coordinate]))
            .toArray();
    return Axis.around(label, all);
  }

  @Override
  public String toString() {
    return "'%s': %d points".formatted(title, x.length);
  }
}
