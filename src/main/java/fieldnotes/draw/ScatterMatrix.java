package fieldnotes.draw;

import fieldnotes.common.Check;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import java.awt.BasicStroke;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tech.tablesaw.api.Table;

/** Scatter matrix: each column against each other, with histograms on the diagonal. */
public final class ScatterMatrix {
  private static final int BINS = 30;
  private static final int CELL = 165;
  private static final int LEFT = 84;
  private static final int BOTTOM = 54;
  private static final int TOP = 40;

  private ScatterMatrix() {}

  /**
   * Scatter matrix of numeric columns of a table.
   *
   * @param names names of at least two columns, in the order to show
   * @param opacity opacity of the points, above 0 and at most 1
   * @throws IllegalArgumentException if a column does not exist or is not numeric
   */
  public static Figure of(String title, Table table, List<String> names, double opacity) {
    return of(title, Matrix.from(table, names), names, opacity);
  }

  /**
   * Scatter matrix of columns of rows; NaN are ignored.
   *
   * @param names names of at least two columns, in the order to show
   * @param opacity opacity of the points, above 0 and at most 1
   * @throws IllegalArgumentException if a column does not exist
   */
  public static Figure of(String title, Rows rows, List<String> names, double opacity) {
    Check.that(
        names.size() > 1, "a scatter matrix needs at least two columns; names are %s", names);
    Check.that(opacity > 0 && opacity <= 1, "opacity=%s: must be above 0 and at most 1", opacity);
    Matrix matrix = rows.matrix();
    double[][] columns = names.stream().map(matrix::column).toArray(double[][]::new);
    int n = columns.length;
    List<Axis> axes = new ArrayList<>();
    for (int j = 0; j < n; j++) {
      axes.add(Axis.around(names.get(j), columns[j]));
    }
    int left = Math.max(LEFT, widest(axes) + 28);
    return new Picture(
            title,
            left + n * CELL + 16,
            TOP + n * CELL + BOTTOM,
            Described.text(
                title,
                "scatter matrix of "
                    + Words.list(n, "column", "columns", names)
                    + " and "
                    + Words.count(columns[0].length, "row")
                    + ", with histograms on the diagonal",
                null),
            (g, width, height) -> {
              Texts.title(g, title, width);
              int wide = (width - left - 16) / n;
              int high = (height - TOP - BOTTOM) / n;
              for (int row = 0; row < n; row++) {
                for (int column = 0; column < n; column++) {
                  Rectangle cell =
                      new Rectangle(
                          left + column * wide + 3, TOP + row * high + 3, wide - 6, high - 6);
                  if (row == column) {
                    histogram(g, cell, columns[row], axes.get(row));
                  } else {
                    points(
                        g,
                        cell,
                        columns[column],
                        columns[row],
                        axes.get(column),
                        axes.get(row),
                        opacity);
                  }
                  g.setColor(Style.NOISE);
                  g.setStroke(new BasicStroke(1f));
                  g.draw(cell);
                }
              }
              labels(g, axes, wide, high, left, height);
            })
        .withInteractive(shown -> LiveMatrix.made(shown, axes, columns, opacity));
  }

  /** Width of the widest number at the vertical axes. */
  private static int widest(List<Axis> axes) {
    Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      Style.smooth(g);
      FontMetrics metrics = g.getFontMetrics(Style.font(11));
      return axes.stream()
          .flatMap(axis -> axis.ticks(Math.max(2, CELL / 40)).stream())
          .mapToInt(tick -> metrics.stringWidth(tick.text()))
          .max()
          .orElse(0);
    } finally {
      g.dispose();
    }
  }

  private static void points(
      Graphics2D g, Rectangle cell, double[] x, double[] y, Axis across, Axis up, double opacity) {
    var color = Style.color(0);
    g.setColor(
        new java.awt.Color(
            color.getRed(),
            color.getGreen(),
            color.getBlue(),
            Math.max(1, (int) Math.round(255 * opacity))));
    for (int i = 0; i < x.length; i++) {
      if (Double.isFinite(x[i] + y[i])) {
        double atX = cell.x + across.share(x[i]) * cell.width;
        double atY = cell.y + (1 - up.share(y[i])) * cell.height;
        g.fill(new Ellipse2D.Double(atX - 1.2, atY - 1.2, 2.4, 2.4));
      }
    }
  }

  private static void histogram(Graphics2D g, Rectangle cell, double[] values, Axis across) {
    if (Arrays.stream(values).noneMatch(Double::isFinite)) {
      g.setFont(Style.font(11));
      g.setColor(Style.FAINT_INK);
      String text = Texts.cut(g.getFontMetrics(), Texts.NOTHING, cell.width);
      int wide = g.getFontMetrics().stringWidth(text);
      g.drawString(text, cell.x + (cell.width - wide) / 2f, (float) cell.getCenterY());
      return;
    }
    Histogram bins = Histogram.of("", "", "", values, BINS);
    double most = 1.08 * Arrays.stream(bins.counts()).max().orElse(1);
    g.setColor(Style.color(0));
    for (int b = 0; b < BINS; b++) {
      double left = cell.x + across.share(bins.edges()[b]) * cell.width;
      double right = cell.x + across.share(bins.edges()[b + 1]) * cell.width;
      double tall = bins.counts()[b] / most * cell.height;
      g.fill(new Rectangle2D.Double(left, cell.getMaxY() - tall, right - left - 0.5, tall));
    }
  }

  private static void labels(
      Graphics2D g, List<Axis> axes, int wide, int high, int from, int height) {
    for (int j = 0; j < axes.size(); j++) {
      Axis axis = axes.get(j);
      g.setFont(Style.font(11));
      g.setColor(Style.FAINT_INK);
      FontMetrics metrics = g.getFontMetrics();
      int left = from + j * wide + 3;
      int bottom = TOP + axes.size() * high - 3;
      float free = left - 3f;
      for (Axis.Tick tick : axis.ticks(Math.max(2, wide / 48))) {
        float length = metrics.stringWidth(tick.text());
        double place = left + axis.share(tick.value()) * (wide - 6) - length / 2;
        // as far left as the next chart demands, unless that would cover the mark before
        float at = (float) Math.min(place, left + wide - 10 - length);
        if (at >= free) {
          g.drawString(tick.text(), at, bottom + 4f + metrics.getAscent());
          free = at + length + 6;
        }
      }
      int top = TOP + j * high + 3;
      for (Axis.Tick tick : axis.ticks(Math.max(2, high / 40))) {
        float at = (float) (top + (1 - axis.share(tick.value())) * (high - 6));
        g.drawString(
            tick.text(),
            from - 4f - metrics.stringWidth(tick.text()),
            at + metrics.getAscent() / 2f - 1.5f);
      }
      g.setFont(Texts.smaller(g, Style.font(12), axis.label(), Math.min(wide, high) - 6));
      g.setColor(Style.INK);
      metrics = g.getFontMetrics();
      String across = Texts.cut(metrics, axis.label(), wide - 6);
      g.drawString(across, left + (wide - 6 - metrics.stringWidth(across)) / 2f, height - 14f);
      var before = g.getTransform();
      g.translate(6.0 + metrics.getAscent(), top + (high - 6) / 2.0);
      g.rotate(-Math.PI / 2);
      String up = Texts.cut(metrics, axis.label(), high - 6);
      g.drawString(up, -metrics.stringWidth(up) / 2f, 0f);
      g.setTransform(before);
    }
  }
}
