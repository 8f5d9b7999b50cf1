package fieldnotes.draw;

import fieldnotes.common.Check;
import fieldnotes.table.Matrix;
import fieldnotes.table.Numbers;
import fieldnotes.table.Rows;
import java.awt.BasicStroke;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/**
 * Histogram with bins of equal width from the minimum to the maximum. As in NumPy, bins include
 * their left edge; the last bin includes both.
 *
 * @param title may be empty
 * @param valueLabel quantity and unit; may be empty
 * @param countLabel label of the counts; may be empty
 * @param edges bin edges, increasing, shape [bins + 1]
 * @param counts shape [bins]
 * @param highest upper limit of the count axis; 0: from the counts
 * @param curves lines over the bars, on a second axis at the right
 * @param across the horizontal axis; null: from the edges
 */
public record Histogram(
    String title,
    String valueLabel,
    String countLabel,
    double[] edges,
    int[] counts,
    double highest,
    List<Curve> curves,
    int width,
    int height,
    Axis across)
    implements Figure {
  /** Copies the arrays. */
  public Histogram {
    edges = edges.clone();
    counts = counts.clone();
    curves = List.copyOf(curves);
  }

  /**
   * A line over a histogram.
   *
   * @param name name in the legend
   * @param axisLabel label of the right axis; taken from the first curve
   * @param x shape [points]
   * @param y shape [points]
   * @param dashed whether the line is dashed
   */
  public record Curve(String name, String axisLabel, double[] x, double[] y, boolean dashed) {
    /** Copies the arrays. */
    public Curve {
      Check.sameLength("x", x.length, "y", y.length);
      x = x.clone();
      y = y.clone();
    }
  }

  /**
   * Counts the values; NaN are ignored.
   *
   * @param values at least one finite value
   * @param bins at least 1
   */
  public static Histogram of(
      String title, String valueLabel, String countLabel, double[] values, int bins) {
    Check.atLeast("bins", bins, 1);
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    Check.that(finite.length > 0, "histogram '%s' has no finite value", title);
    double low = Arrays.stream(finite).min().orElseThrow();
    double high = Arrays.stream(finite).max().orElseThrow();
    if (low == high) {
      low -= 0.5;
      high += 0.5;
    }
    double[] edges = new double[bins + 1];
    double step = (high - low) / bins;
    for (int b = 0; b < bins; b++) {
      edges[b] = b * step + low;
    }
    edges[bins] = high;
    int[] counts = new int[bins];
    for (double value : finite) {
      int bin = Math.min((int) ((value - low) / (high - low) * bins), bins - 1);
      if (value < edges[bin]) {
        bin--;
      } else if (bin < bins - 1 && value >= edges[bin + 1]) {
        bin++;
      }
      counts[bin]++;
    }
    return new Histogram(
        title,
        valueLabel,
        countLabel,
        edges,
        counts,
        0,
        List.of(),
        Style.WIDTH,
        Style.HEIGHT,
        null);
  }

  /** The histogram of each numeric column of a table, {@code across} per row. */
  public static Figure sheet(String title, Table table, int bins, int across) {
    return sheet(title, Matrix.ofNumeric(table), bins, across);
  }

  /** The histogram of each column, {@code across} per row. */
  public static Figure sheet(String title, Rows rows, int bins, int across) {
    Matrix numbers = rows.matrix();
    List<Figure> all = new ArrayList<>();
    for (int j = 0; j < numbers.columnCount(); j++) {
      String name = numbers.names().get(j);
      boolean some = Arrays.stream(numbers.column(j)).anyMatch(Double::isFinite);
      all.add(some ? of(name, "", "", numbers.column(j), bins) : nothing(name));
    }
    return Sheet.of(title, across, 320, 240, all);
  }

  /** A figure in place of a histogram of a column without values. */
  private static Figure nothing(String name) {
    return Figure.drawn(
            name,
            320,
            240,
            (g, w, h) -> {
              Texts.title(g, name, w);
              g.setFont(Style.font(12));
              g.setColor(Style.FAINT_INK);
              String text = "all values are missing";
              g.drawString(text, (w - g.getFontMetrics().stringWidth(text)) / 2f, h / 2f);
            })
        .withAlt(name + ": all values are missing.");
  }

  /** Returns a copy with a fixed upper limit of the count axis, for comparing several. */
  public Histogram withHighest(double newHighest) {
    return new Histogram(
        title, valueLabel, countLabel, edges, counts, newHighest, curves, width, height, across);
  }

  /** Returns a copy with another line on the right axis. */
  public Histogram withCurve(String name, String axisLabel, double[] x, double[] y) {
    return with(new Curve(name, axisLabel, x, y, false));
  }

  /** Returns a copy with another dashed line on the right axis. */
  public Histogram withDashedCurve(String name, String axisLabel, double[] x, double[] y) {
    return with(new Curve(name, axisLabel, x, y, true));
  }

  private Histogram with(Curve curve) {
    List<Curve> more = new ArrayList<>(curves);
    more.add(curve);
    return new Histogram(
        title, valueLabel, countLabel, edges, counts, highest, more, width, height, across);
  }

  @Override
  public double[] edges() {
    return edges.clone();
  }

  @Override
  public int[] counts() {
    return counts.clone();
  }

  private Scales ownScales() {
    double most = highest > 0 ? highest : 1.05 * Arrays.stream(counts).max().orElse(1);
    Axis x = across == null ? Axis.around(valueLabel, edges) : across;
    return Scales.of(x, Axis.linear(countLabel, 0, Math.max(1, most)));
  }

  @Override
  public Optional<Scales> scales() {
    return Optional.of(ownScales());
  }

  @Override
  public Histogram withScales(Scales scales) {
    return new Histogram(
        title,
        valueLabel,
        countLabel,
        edges,
        counts,
        scales.y().to(),
        curves,
        width,
        height,
        scales.x());
  }

  @Override
  public Histogram sized(int newWidth, int newHeight) {
    return new Histogram(
        title, valueLabel, countLabel, edges, counts, highest, curves, newWidth, newHeight, across);
  }

  @Override
  public String alt() {
    String what =
        "histogram of "
            + Words.count(Arrays.stream(counts).asLongStream().sum(), "value")
            + " in "
            + Words.count(counts.length, "bin");
    String over =
        curves.isEmpty()
            ? ""
            : " with "
                + Words.list(
                    curves.size(), "curve", "curves", curves.stream().map(Curve::name).toList());
    return Described.text(title, what + over, ownScales());
  }

  /** The bars with their edges and counts, and curves with the values of the second axis. */
  @Override
  public Optional<Interactive> interactive() {
    int bins = counts.length;
    Scales scales = ownScales();
    LiveChart chart =
        LiveChart.of(this)
            .bars(
                Style.color(0),
                Arrays.copyOf(edges, bins),
                Arrays.copyOfRange(edges, 1, bins + 1),
                Arrays.stream(counts).asDoubleStream().toArray(),
                IntStream.range(0, bins)
                    .mapToObj(b -> Numbers.text(edges[b]) + " to " + Numbers.text(edges[b + 1]))
                    .toList(),
                scales.x().label().isEmpty() ? "values" : scales.x().label(),
                scales.y().label().isEmpty() ? "count" : scales.y().label());
    for (int c = 0; c < curves.size(); c++) {
      LiveCurve.on(chart, curves.get(c), Style.color(c + 1), rightAxis(), scales.y());
    }
    return Optional.of(chart.done());
  }

  /** The second axis, of the curves. */
  private Axis rightAxis() {
    double top =
        curves.stream()
            .flatMapToDouble(curve -> Arrays.stream(curve.y()))
            .filter(Double::isFinite)
            .max()
            .orElse(0);
    String label = curves.isEmpty() ? "" : curves.getFirst().axisLabel();
    return Axis.linear(label, 0, top > 0 ? 1.05 * top : 1);
  }

  @Override
  public void paint(Graphics2D g, int paintedWidth, int paintedHeight) {
    Scales scales = ownScales();
    Axis x = scales.x();
    Axis y = scales.y();
    double most = y.to();
    boolean plain = curves.isEmpty();
    int right = plain ? 0 : RIGHT_ROOM;
    Axes axes = Axes.layout(g, paintedWidth, paintedHeight, title, x, y, right, plain ? 0 : LEGEND);
    axes.paint(g);
    g.setColor(Style.color(0));
    for (int b = 0; b < counts.length; b++) {
      double left = axes.x(edges[b]);
      double top = axes.y(Math.min(counts[b], most));
      double wide = Math.max(0.5, axes.x(edges[b + 1]) - left - (counts.length > 60 ? 0 : 0.6));
      g.fill(new Rectangle2D.Double(left, top, wide, axes.y(0) - top));
    }
    if (!curves.isEmpty()) {
      paintCurves(g, axes);
    }
  }

  private static final int RIGHT_ROOM = 64;

  /** Height of the legend of the curves, between title and area. */
  private static final int LEGEND = 22;

  private void paintCurves(Graphics2D g, Axes axes) {
    Rectangle area = axes.area();
    Axis right = rightAxis();
    for (int c = 0; c < curves.size(); c++) {
      Curve curve = curves.get(c);
      Path2D path = new Path2D.Double();
      boolean begun = false;
      for (int i = 0; i < curve.x().length; i++) {
        double atX = axes.x(curve.x()[i]);
        double atY = area.y + (1 - right.share(curve.y()[i])) * area.height;
        if (!Double.isFinite(atX + atY)) {
          begun = false;
        } else if (begun) {
          path.lineTo(atX, atY);
        } else {
          path.moveTo(atX, atY);
          begun = true;
        }
      }
      g.setColor(Style.color(c + 1));
      g.setStroke(stroke(curve));
      g.draw(path);
    }
    g.setStroke(new BasicStroke(1f));
    g.setFont(Style.font(12));
    FontMetrics metrics = g.getFontMetrics();
    double edge = area.getMaxX();
    g.setColor(Style.NOISE);
    g.draw(new Line2D.Double(edge, area.y, edge, area.getMaxY()));
    for (Axis.Tick tick : right.ticks(Math.max(2, area.height / 36))) {
      double at = area.y + (1 - right.share(tick.value())) * area.height;
      g.setColor(Style.NOISE);
      g.draw(new Line2D.Double(edge, at, edge + 4, at));
      g.setColor(Style.FAINT_INK);
      g.drawString(tick.text(), (float) edge + 8, (float) (at + metrics.getAscent() / 2.0 - 1.5));
    }
    paintRightLabel(g, right.label(), edge + RIGHT_ROOM - 4, area);
    double left = area.x + 4.0;
    for (int c = 0; c < curves.size(); c++) {
      double middle = area.y - LEGEND / 2.0 - 2;
      g.setColor(Style.color(c + 1));
      g.setStroke(stroke(curves.get(c)));
      g.draw(new Line2D.Double(left, middle, left + 28.0, middle));
      g.setColor(Style.INK);
      g.setFont(Style.font(12));
      String name = Texts.cut(metrics, curves.get(c).name(), area.width / curves.size() - 56);
      g.drawString(name, (float) left + 34, (float) middle + 4.5f);
      left += metrics.stringWidth(name) + 56;
    }
    g.setStroke(new BasicStroke(1f));
  }

  private static BasicStroke stroke(Curve curve) {
    return curve.dashed()
        ? new BasicStroke(
            2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {7, 5}, 0)
        : new BasicStroke(2f);
  }

  private static void paintRightLabel(Graphics2D g, String label, double x, Rectangle area) {
    g.setFont(Style.font(13));
    g.setColor(Style.INK);
    FontMetrics metrics = g.getFontMetrics();
    var before = g.getTransform();
    g.translate(x, area.y + area.height / 2.0);
    g.rotate(-Math.PI / 2);
    g.drawString(label, -metrics.stringWidth(label) / 2f, 0f);
    g.setTransform(before);
  }

  @Override
  public String toString() {
    return "histogram '%s': %d values in %d bins"
        .formatted(
            title.isEmpty() ? valueLabel : title, Arrays.stream(counts).sum(), counts.length);
  }
}
