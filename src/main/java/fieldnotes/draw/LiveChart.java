package fieldnotes.draw;

import fieldnotes.table.Samples;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the Vega-Lite form of a figure with two axes: layers of points, lines, areas, bars and
 * rules over the same ranges as in the picture. A pointer shows values; a drag pans, the wheel with
 * Ctrl, Alt or ⌘ zooms (alone it scrolls the notebook), a double click resets.
 */
public final class LiveChart {
  private static final String DRAG =
      "[mousedown[!event.shiftKey], window:mouseup] > window:mousemove!";
  private static final String WHEEL = "wheel![event.ctrlKey||event.metaKey||event.altKey]";

  private final Figure shown;
  private final Axis x;
  private final Axis y;
  private final List<Map<String, Object>> layers = new ArrayList<>();
  private final List<String> hints = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private boolean ticks = true;
  private boolean whole;
  private boolean axesShown = true;

  private LiveChart(Figure shown, Axis x, Axis y) {
    this.shown = shown;
    this.x = x;
    this.y = y;
  }

  /** An empty chart with the title, size and axes of a figure that has axes. */
  public static LiveChart of(Figure shown) {
    Scales scales = shown.scales().orElseThrow();
    return new LiveChart(shown, scales.x(), scales.y());
  }

  /**
   * An empty drawing without axes with the title and size of a figure, in coordinates from the
   * lower left.
   */
  public static LiveChart drawing(Figure shown, int width, int height) {
    LiveChart chart = new LiveChart(shown, Axis.linear("", 0, width), Axis.linear("", 0, height));
    chart.axesShown = false;
    return chart;
  }

  /** Leaves out the ticks of axes whose positions have no meaning. */
  LiveChart withoutTicks() {
    ticks = false;
    return this;
  }

  /** A hint under the title, such as {@code click: plays}. */
  LiveChart hint(String hint) {
    hints.add(hint);
    return this;
  }

  /** A note under the title, such as how many points are left out. */
  public LiveChart note(String note) {
    notes.add(note);
    return this;
  }

  /**
   * A line of a chart.
   *
   * @param dashes lengths of dashes and gaps in CSS pixels; empty for a whole line
   */
  public record Line(String name, Color colour, double[] x, double[] y, List<Integer> dashes) {
    /** A whole line. */
    public Line(String name, Color colour, double[] x, double[] y) {
      this(name, colour, x, y, List.of());
    }
  }

  /**
   * Lines with a legend if there are several. The point nearest to the pointer is marked and its
   * values are shown.
   *
   * @param steps whether lines keep their height up to the next point
   * @param xName what the horizontal values are, in the values shown
   */
  public LiveChart lines(
      List<Line> lines, boolean steps, boolean dots, String xName, String yName) {
    LiveLines.on(this, lines, steps, dots, xName, yName);
    return this;
  }

  /** A band around a line, from {@code low} to {@code high}. */
  public LiveChart band(Color colour, double[] at, double[] low, double[] high) {
    LiveLines.band(this, colour, at, low, high);
    return this;
  }

  /** Upright bars from {@code from} to {@code to} on the horizontal axis, and from 0. */
  public LiveChart bars(
      Color colour,
      double[] from,
      double[] to,
      double[] height,
      List<String> names,
      String what,
      String valueName) {
    LiveRects.bars(this, colour, from, to, height, names, what, valueName);
    return this;
  }

  /** Bars from 0 to the right, one a row, the first at the top. */
  LiveChart lying(
      Color colour, double[] length, List<String> names, String what, String valueName) {
    LiveRects.lying(this, colour, length, names, what, valueName);
    return this;
  }

  /**
   * Values in their intervals, one a row, the first at the top.
   *
   * @param what what the rows are, under the pointer
   */
  public LiveChart intervals(
      List<Color> colours,
      List<String> names,
      double[] value,
      double[] low,
      double[] high,
      String what) {
    LiveIntervals.on(this, colours, names, value, low, high, what);
    return this;
  }

  /**
   * Histograms one over another, with a legend; the pointer shows the shares of all in a bin.
   *
   * @param edges of the bins, shape [bins + 1]
   * @param shares one array for each name, shape [bins]
   * @param what what the horizontal values are
   */
  public LiveChart overlaid(
      List<String> names, List<Color> colours, double[] edges, List<double[]> shares, String what) {
    LiveSpread.on(this, names, colours, edges, shares, what);
    return this;
  }

  /**
   * A part of a raster that says what it is.
   *
   * @param value its probability; NaN if there is none
   */
  public record Place(double x1, double x2, double y1, double y2, String name, double value) {}

  /** A raster, whose places say under the pointer what they are. */
  public LiveChart regions(Raster raster, List<Place> places, String what) {
    LiveRegions.on(this, raster, places, what);
    return this;
  }

  /**
   * A rectangle of a chart.
   *
   * @param group its name in the legend
   * @param text what it is, under the pointer
   */
  public record Box(
      double x1, double x2, double y1, double y2, String group, Color colour, String text) {}

  /** Rectangles with a legend, which fades the other groups; at most some 2,000. */
  public LiveChart boxes(List<Box> boxes) {
    LiveRects.boxes(this, boxes);
    return this;
  }

  /** Boxes of a drawing with their texts in them, in one colour for each group. */
  public LiveChart labelled(List<Box> boxes) {
    LiveDiagram.boxes(this, boxes, (int) x.to());
    return this;
  }

  /** Straight lines of a drawing, each (x1, y1, x2, y2). */
  public LiveChart strokes(List<double[]> lines) {
    LiveDiagram.lines(this, lines);
    return this;
  }

  /** Points of one colour, each with its name. */
  public LiveChart dots(
      Color colour, double[] x, double[] y, List<String> names, String what, String valueName) {
    LiveSigns.dots(this, colour, x, y, names, what, valueName);
    return this;
  }

  /** Points with the colours and the legend of their groups. */
  public LiveChart groups(double[] atX, double[] atY, Groups groups) {
    new LivePoints(atX, atY, PointRows.NONE).groupedOn(this, groups);
    return this;
  }

  /** The same of rows, whose names and values are shown and whose sounds a click plays. */
  public LiveChart groups(double[] atX, double[] atY, Groups groups, Samples rows) {
    new LivePoints(atX, atY, PointRows.of(rows)).groupedOn(this, groups);
    return this;
  }

  /** Arrows with names, from the origin in directions of a common unit, as long as fits. */
  public LiveChart arrows(List<String> names, double[][] directions) {
    LiveArrows.draw(this, shown.scales().orElseThrow(), names, directions);
    return this;
  }

  /** A broken line from one point to another. */
  public LiveChart rule(double x1, double y1, double x2, double y2, String name) {
    LiveSigns.rule(this, x1, y1, x2, y2, name);
    return this;
  }

  /**
   * A sound over time: the least and greatest value of each part, and a click that plays it from
   * there.
   *
   * @param sound a file, or the key of a clip
   * @param from where each part begins, in seconds
   * @param to where each part ends, in seconds
   */
  public LiveChart heard(
      String sound,
      String name,
      Color colour,
      double[] from,
      double[] to,
      double[] low,
      double[] high) {
    LiveSound.on(this, sound, name, colour, from, to, low, high, true);
    return this;
  }

  /**
   * The same behind other values: its heights mean nothing on the vertical axis and are not told.
   */
  public LiveChart behind(
      String sound,
      String name,
      Color colour,
      double[] from,
      double[] to,
      double[] low,
      double[] high) {
    LiveSound.on(this, sound, name, colour, from, to, low, high, false);
    return this;
  }

  /** A marked point with its label. */
  public LiveChart mark(double atX, double atY, String name) {
    LiveSigns.mark(this, atX, atY, name, x.share(atX), y.share(atY));
    return this;
  }

  /** Says that horizontal values are whole numbers, so that no tick lies between them. */
  void counted(boolean wholeNumbers) {
    whole = wholeNumbers;
  }

  /** A new encoding of x and y: fields x and y over the ranges of the picture. */
  Map<String, Object> axes() {
    return axes("x", "y");
  }

  /** The same for other fields. */
  Map<String, Object> axes(String across, String up) {
    return new LiveAxes(x, y, ticks, whole, axesShown).encoding(across, up);
  }

  /** The size in bytes, nearly, of the layers so far. */
  int used() {
    return layers.isEmpty() ? 0 : Interactive.json(layers).length();
  }

  int layerCount() {
    return layers.size();
  }

  /** The same with the fields x2 and y2 as ends. */
  Map<String, Object> boxed() {
    Map<String, Object> encoding = axes();
    encoding.put("x2", Map.of("field", "x2"));
    encoding.put("y2", Map.of("field", "y2"));
    return encoding;
  }

  /** Any layer; its first one has the parameters by which the chart is zoomed and panned. */
  Map<String, Object> layer(
      List<Map<String, Object>> values,
      Map<String, Object> mark,
      Map<String, Object> encoding,
      List<Object> params) {
    Map<String, Object> layer = new LinkedHashMap<>();
    layer.put("data", Map.of("values", values));
    Map<String, Object> clipped = new LinkedHashMap<>(mark);
    clipped.put("clip", true);
    LiveWords.describe(clipped, encoding);
    layer.put("mark", clipped);
    layer.put("encoding", encoding);
    if (!params.isEmpty()) {
      layer.put("params", params);
    }
    layers.add(layer);
    return layer;
  }

  /** The parameters of a layer: if it is the first, those that zoom and pan. */
  List<Object> first() {
    List<Object> params = new ArrayList<>();
    if (layers.isEmpty()) {
      params.add(
          Map.of(
              "name", "view",
              "bind", "scales",
              "select", Map.of("type", "interval", "translate", DRAG, "zoom", WHEEL)));
    }
    return params;
  }

  String xLabel() {
    return x.label();
  }

  /** The label of the vertical axis. */
  public String yLabel() {
    return y.label();
  }

  /** The specification. */
  public Interactive done() {
    hints.addAll(LiveStyle.HINTS);
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("title", LiveStyle.title(shown.title(), notes, hints, shown.width()));
    spec.put("description", shown.alt());
    spec.put("width", Math.min(shown.width(), LiveStyle.WIDEST));
    spec.put("params", List.of(LiveStyle.width(shown.width())));
    spec.put("height", shown.height());
    spec.put("autosize", Map.of("type", "fit", "contains", "padding"));
    spec.put("config", LiveStyle.CONFIG);
    spec.put("layer", layers);
    return Interactive.lite(spec);
  }
}
